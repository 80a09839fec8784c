"""The lexicon: how much more often than other text the text under a class token, or in a short line with a word, belongs to the article."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from extractors.marks import tokens_of
from extractors.outline import Outline

__all__ = ["LONGEST_LINE", "Lexicon", "lexical_columns", "words_of"]

Floats = npt.NDArray[np.float32]
LONGEST_LINE = 160  # characters; words speak for a line only where it is short: longer prose may hold any word
_HEAD = 80
_MOST_WORDS = 8
_WORD = re.compile(r"[^\W\d_]+")
_NOTHING = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Tokens of names and words of lines, each with its share of article text less the average share (-1 to 1), learned over sites."""

    names: Mapping[str, float] = field(default_factory=dict)
    words: Mapping[str, float] = field(default_factory=dict)


def words_of(line: str) -> tuple[str, ...]:
    """The distinct first words of a line, case folded: at most eight, from its first 80 characters."""
    return tuple(dict.fromkeys(_WORD.findall(line[:_HEAD].casefold())[:_MOST_WORDS]))


def lexical_columns(
    page: Outline, lexicon: Lexicon, *, up: Sequence[npt.NDArray[np.int64]], heading: npt.NDArray[np.bool_]
) -> dict[str, Floats]:
    """Columns of what the lexicon says of each run: of its element, of the elements near and above, of its own words and its heading's.

    `up` holds the node of each run, its parent and its grandparent; `heading` tells which runs are headings.
    """
    own, path = _node_scores(page, lexicon.names)
    at, parent, grandparent = up[0], up[1], up[2]
    words = _line_scores(page, lexicon.words)
    spoken = np.where(heading, np.arange(len(at)), -1)
    last = np.maximum.accumulate(spoken)
    padded = np.concatenate(([0.0], words[:, 0], [0.0]))
    columns = {
        "name_mean": own[at, 0],
        "name_count": own[at, 3],
        "name_near_min": np.minimum(np.minimum(own[at, 1], own[parent, 1]), own[grandparent, 1]),
        "name_near_max": np.maximum(np.maximum(own[at, 2], own[parent, 2]), own[grandparent, 2]),
        "name_path_min": path[at, 0],
        "name_path_max": path[at, 1],
        "name_path_sum": path[at, 2],
        "name_path_mean": path[at, 2] / np.maximum(path[at, 3], 1),
        "name_above_min": path[grandparent, 0],
        "word_mean": words[:, 0],
        "word_min": words[:, 1],
        "word_max": words[:, 2],
        "word_heading": np.where(last >= 0, words[np.maximum(last, 0), 0], 0.0),
        "word_before": padded[:-2],
        "word_after": padded[2:],
    }
    return {name: np.asarray(values, dtype=np.float32) for name, values in columns.items()}


def _node_scores(page: Outline, names: Mapping[str, float]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Per node: (mean, min, max, count) of its own tokens, and (min, max, sum of means, named nodes) along its path from the root."""
    known: dict[str, tuple[float, float, float, float]] = {"": _NOTHING}
    own: list[tuple[float, float, float, float]] = []
    path: list[tuple[float, float, float, int]] = []
    for node in page.nodes:
        scores = known.get(node.key)
        if scores is None:
            scores = known[node.key] = _scores([names[token] for token in tokens_of(node.key) if token in names])
        own.append(scores)
        low, high, total, count = path[node.parent] if node.parent >= 0 else (0.0, 0.0, 0.0, 0)
        if scores is not _NOTHING:
            low, high, total, count = min(low, scores[1]), max(high, scores[2]), total + scores[0], count + 1
        path.append((low, high, total, count))
    return np.array(own), np.array(path)


def _line_scores(page: Outline, words: Mapping[str, float]) -> npt.NDArray[np.float64]:
    """Per run: (mean, min, max, count) of its words, zeros where it is long or no word is known."""
    rows = []
    for run in page.runs:
        rows.append(_scores([words[word] for word in words_of(run.text) if word in words]) if len(run.text) < LONGEST_LINE else _NOTHING)
    return np.array(rows)


def _scores(values: list[float]) -> tuple[float, float, float, float]:
    return (sum(values) / len(values), min(values), max(values), float(len(values))) if values else _NOTHING
