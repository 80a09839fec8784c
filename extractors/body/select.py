"""Scores to the body: which runs are kept, the region that the article fills, and what is doubtful outside of it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from extractors.body.amid import amid
from extractors.body.certainty import doubt_of
from extractors.body.model import Model
from extractors.marks import Mark
from extractors.outline import Outline

__all__ = ["Selection", "select"]

Floats = npt.NDArray[np.float32]
_STEPS = 3  # ancestors of the text's element that may be named the article's body
_BODY = int(Mark.BODY)
_LOW = 0.25
_MUCH = 0.5
_WHOLE = 0.97  # the article's container holds at least this share of the kept characters


@dataclass(frozen=True, slots=True)
class Selection:
    """`kept`, one value a run; `region`, the first and (exclusive) last run of the article; `doubt`, the doubtful text outside of it."""

    kept: npt.NDArray[np.bool_]
    region: tuple[int, int]
    doubt: float


def select(page: Outline, scores: Floats, model: Model) -> Selection:
    """Choose the runs above the model's cut, and what stands amid them. An empty choice has the region (0, 0)."""
    chars = np.array([len(run[0]) for run in page.runs], dtype=np.float32)
    kept = amid(page, scores, chars=chars, kept=_chosen(scores, chars, model.threshold))
    if not kept.any():
        return Selection(kept, (0, 0), 0.0)
    start, end = region = _region(page, chars * kept)
    return Selection(kept, region, doubt_of(scores[:start], chars[:start]) + doubt_of(scores[end:], chars[end:]))


def _chosen(scores: Floats, chars: Floats, cut: float) -> npt.NDArray[np.bool_]:
    """The runs above the cut, or above _LOW where much of the page lies between: there the model says "perhaps" of a whole article.

    By scores of models that had not seen the page's site, the lower cut is better on 11 of the 13 gold pages (of 940) where it is taken, by
    0.22 F1 of characters on average; _LOW from 0.2 to 0.35 and _MUCH from 0.3 to 1 all gain.
    """
    kept = scores > cut
    perhaps = (scores > _LOW) & ~kept
    return scores > _LOW if (chars * perhaps).sum() > _MUCH * (chars * kept).sum() else kept


def _region(page: Outline, chars: Floats) -> tuple[int, int]:
    """The span of the smallest element that holds (nearly) all kept text, widened to what is kept outside of it."""
    places = np.flatnonzero(chars)
    start, end = int(places[0]), int(places[-1]) + 1
    node = _holder(page, np.concatenate(([0.0], np.cumsum(chars))))
    if node >= 0:
        found = page.nodes[_article(page, node)]
        if found.tag not in {"body", "html"}:
            return min(start, found.first), max(end, found.last)
    return start, end


def _holder(page: Outline, running: npt.NDArray[np.float64]) -> int:
    """The smallest element that holds _WHOLE of the kept text, by running sums of its characters; -1 for none.

    Whatever holds more than half holds the run in the middle.
    """
    whole = running[-1]
    middle = page.runs[int(np.searchsorted(running, whole / 2)) - 1].node
    return next((place for place, node in page.upwards(middle) if running[node.last] - running[node.first] >= _WHOLE * whole), -1)


def _article(page: Outline, node: int) -> int:
    """The outermost element around `node` that is named an article's body: what stands beside the text in it was part of the article."""
    found = node
    for place, above in page.upwards(page.nodes[node].parent, _STEPS):
        if above.tag in {"body", "html", "main"}:
            break
        if above.marks & _BODY:
            found = place
    return found
