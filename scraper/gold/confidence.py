"""How far a body's own scores can be believed: their certainty against the true word F1, on pages that the trees had not seen."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from extractors.body.select import certainty, chosen
from scraper.gold.labels import words
from scraper.gold.samples import Sample

__all__ = ["confidence_table", "word_f1"]

_BINS = 12
Floats = npt.NDArray[np.float32]


def word_f1(found: str, body: Sequence[str]) -> float:
    """F1 over the bag of words of a text against the gold paragraphs."""
    have, want = Counter(words(found)), Counter(words("\n".join(body)))
    shared = sum((have & want).values())
    return 2 * shared / (sum(have.values()) + sum(want.values())) if shared else 0.0


def confidence_table(pages: Sequence[Sample], scores: Sequence[Floats], threshold: float) -> list[list[float]]:
    """Points (certainty, word F1), rising: means of bins of equal size, pooled where they would fall."""
    pairs = []
    for sample, page_scores in zip(pages, scores, strict=True):
        kept = chosen(page_scores, sample.chars, threshold)
        text = "\n".join(run.text for run, keep in zip(sample.outline.runs, kept, strict=True) if keep)
        pairs.append((certainty(page_scores, sample.chars, kept), word_f1(text, sample.page.gold["body"])))
    pairs.sort()
    bins = [np.array(part) for part in np.array_split(np.array(pairs), _BINS) if len(part)]
    points = [(float(part[:, 0].mean()), float(part[:, 1].mean()), len(part)) for part in bins]
    return [[round(at, 4), round(value, 4)] for at, value in _rising(points)]


def _rising(points: list[tuple[float, float, int]]) -> list[tuple[float, float]]:
    """Neighbouring points pooled until their values rise (pool adjacent violators), each pool as one point, so that ranks stay apart."""
    pooled: list[list[tuple[float, float, int]]] = []
    for point in points:
        pooled.append([point])
        while len(pooled) > 1 and _mean(pooled[-2], 1) >= _mean(pooled[-1], 1):
            pooled[-2:] = [pooled[-2] + pooled[-1]]
    return [(_mean(pool, 0), _mean(pool, 1)) for pool in pooled]


def _mean(pool: list[tuple[float, float, int]], column: int) -> float:
    return sum(point[column] * point[2] for point in pool) / sum(point[2] for point in pool)
