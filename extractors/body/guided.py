"""The body by a site's profile: the runs that it names, unless they are too few to be the article."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.document import Guide
from extractors.outline import Outline

__all__ = ["Marked", "guided_by"]

_LEAST = 100  # characters of an article
_SHARE = 0.4  # of the characters that the model would keep; a container that holds less is no longer the article's


@dataclass(frozen=True, slots=True)
class Marked:
    """`kept`: one value a run; `region`: the first and (exclusive) last run of the article."""

    kept: list[bool]
    region: tuple[int, int]


def guided_by(guide: Guide, page: Outline, *, kept: Sequence[bool], region: tuple[int, int]) -> Marked | None:
    """What the profile makes of the model's choice; None where the blocks that it names hold too little to be the article."""
    marked = [held and run not in guide.dropped for run, held in enumerate(kept)]
    if not guide.body:
        return Marked(marked, region)
    wanted = sum(len(page.runs[run].text) for run, held in enumerate(marked) if held)
    marked = [False] * len(kept)
    for first, last in guide.body:
        marked[first:last] = [run not in guide.dropped for run in range(first, last)]
    size = sum(len(page.runs[run].text) for run, held in enumerate(marked) if held)
    if size < max(_LEAST, _SHARE * wanted):
        return None
    return Marked(marked, (min(first for first, _ in guide.body), max(last for _, last in guide.body)))
