"""The lexicon: how much more often than other text the text under a class token, or in a short line with a word, belongs to the article."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

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
_ASCII_WORD = re.compile(r"[a-z]+")  # the same in ASCII text, at a third of the time
_NOTHING = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Tokens of names and words of lines, each with its share of article text less the average share (-1 to 1), learned over sites."""

    names: Mapping[str, float] = field(default_factory=dict)
    words: Mapping[str, float] = field(default_factory=dict)


def words_of(line: str) -> tuple[str, ...]:
    """The distinct first words of a line, case folded: at most eight, from its first 80 characters."""
    head = line[:_HEAD].casefold()
    return tuple(dict.fromkeys((_ASCII_WORD if head.isascii() else _WORD).findall(head)[:_MOST_WORDS]))


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
    known: dict[str, int] = {"": 0}  # of a key: its row of `scores`
    scores = [_NOTHING]
    paths = [_NOTHING]  # a node without known names shares its parent's row
    own: list[int] = []
    path: list[int] = []
    for node in page.nodes:
        key = node.key
        row = known.get(key) if node.first < node.last else 0  # of an element without text nobody asks
        if row is None:
            found = _scores([value for value in map(names.get, tokens_of(key)) if value is not None])
            row = known[key] = 0 if found is _NOTHING else len(scores)
            if row:
                scores.append(found)
        above = path[node.parent] if node.parent >= 0 else 0
        if row:
            low, high, total, count = paths[above]
            mean, least, most, _ = scores[row]
            above = len(paths)  # conditions, not min and max: a call each costs more than all else here
            paths.append((least if least < low else low, most if most > high else high, total + mean, count + 1))
        own.append(row)
        path.append(above)
    return _table(scores)[own], _table(paths)[path]


def _line_scores(page: Outline, words: Mapping[str, float]) -> npt.NDArray[np.float64]:
    """Per run: (mean, min, max, count) of its words, zeros where it is long or no word is known."""
    scores = [_NOTHING]
    rows = []
    known = words.get
    for run in page.runs:
        text = run.text
        row = 0
        if len(text) < LONGEST_LINE:
            found = [value for value in map(known, words_of(text)) if value is not None]
            if found:
                row = len(scores)
                scores.append(_scores(found))
        rows.append(row)
    return _table(scores)[rows]


def _scores(values: list[float]) -> tuple[float, float, float, float]:
    return (sum(values) / len(values), min(values), max(values), float(len(values))) if values else _NOTHING


def _table(rows: list[tuple[float, float, float, float]]) -> npt.NDArray[np.float64]:
    return np.fromiter(chain.from_iterable(rows), dtype=np.float64, count=4 * len(rows)).reshape(-1, 4)
