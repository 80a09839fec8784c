"""Gold pages as training material: their outlines, hints and labels, without the trees."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from lxml import etree

from extractors.body.features import Hints
from extractors.body.hints import read_hints
from extractors.decode import decode
from extractors.document import parse
from extractors.errors import ExtractionError
from extractors.outline import Outline
from extractors.structured import read
from scraper.gold.labels import chosen_runs, label_runs
from scraper.gold.pages import GoldPage

__all__ = ["Sample", "samples"]

_PROMPT = 1000.0  # characters from which a run weighs no more: one endless paragraph is one decision
_CHOSEN = 0.6  # of a gold page's, the weight of one whose runs a reader chose: MODEL.md says why


@dataclass(slots=True)
class Sample:
    """A labelled page. `labels`: 1 where the run is body; `weights`: what each decision is worth, about 1 a page in all."""

    page: GoldPage
    outline: Outline
    hints: Hints
    labels: npt.NDArray[np.bool_]
    weights: npt.NDArray[np.float32]
    chars: npt.NDArray[np.float32]


def samples(pages: Iterable[GoldPage]) -> Iterator[Sample]:
    """The pages that can be read and whose body is known: by its gold paragraphs, or by the runs that a reader chose."""
    bare = etree.Element("bare")
    for page in pages:
        body = page.gold.get("body")
        if body is None and "runs" not in page.gold:
            continue
        try:
            document = parse(decode(page.html).text, url=page.url)
        except ExtractionError:
            continue  # nothing to learn from: scoring counts it as lost
        outline = document.outline
        if not outline.runs:
            continue
        texts = [run.text for run in outline.runs]
        shares = chosen_runs(texts, page.gold["runs"]) if body is None else label_runs(texts, body)
        if shares is None:
            continue
        hints = read_hints(document, read(document))
        outline.nodes = [node._replace(element=bare) for node in outline.nodes]
        outline.marked.clear()
        labels = shares > 0.5
        chars = np.array([len(run.text) for run in outline.runs], dtype=np.float32)
        worth = np.minimum(chars, _PROMPT) + 15
        total = worth.sum() / 2 + worth[labels].sum() / 2 + 500
        share = _CHOSEN if body is None else 1.0
        yield Sample(page, outline, hints, labels, (share * worth / total).astype(np.float32), chars)
