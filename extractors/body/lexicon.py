"""The lexicon: how much more often than other text the text under a class token, or in a short line with a word, belongs to the article."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from string import ascii_lowercase

import numpy as np
import numpy.typing as npt

from extractors.body.lineage import Lineage, added_up
from extractors.marks import tokens_of

__all__ = ["LONGEST_LINE", "Lexicon", "lexical_columns", "words_of"]

Floats = npt.NDArray[np.float32]
LONGEST_LINE = 160  # characters; words speak for a line only where it is short: longer prose may hold any word
_HEAD = 80
_MOST_WORDS = 8
_WORD = re.compile(r"[^\W\d_]+")
_ASCII_WORD = re.compile(r"[a-z]+")  # the same in ASCII text, at a third of the time
_LETTERS = bytes(code if code == 0 or chr(code) in ascii_lowercase else 32 for code in range(256))  # others to a space, lines stay parted


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
    texts: Sequence[str], keys: Sequence[str], *, lexicon: Lexicon, lineage: Lineage, heading: npt.NDArray[np.bool_]
) -> dict[str, Floats]:
    """Columns of what the lexicon says of each run: of its element, of the elements near and above, of its own words and its heading's.

    `texts`: one a run; `keys`: the names of each element, "" where nobody asks; `heading` tells which runs are headings.
    """
    own = _scores(*_known_names(keys, lexicon.names))
    at, parent, grandparent = lineage.up[:3]
    low = lineage.handed_down(np.minimum(own[1], 0.0), np.minimum)
    high = lineage.handed_down(np.maximum(own[2], 0.0), np.maximum)
    total, count = (np.array(added_up(lineage.parents, values.tolist()))[at] for values in (own[0], own[3] > 0))
    words = _scores(*_known_words(texts, lexicon.words))
    spoken = np.where(heading, np.arange(len(at)), -1)
    last = np.maximum.accumulate(spoken)
    padded = np.concatenate(([0.0], words[0], [0.0]))
    columns = {
        "name_mean": own[0][at],
        "name_count": own[3][at],
        "name_near_min": np.minimum(np.minimum(own[1][at], own[1][parent]), own[1][grandparent]),
        "name_near_max": np.maximum(np.maximum(own[2][at], own[2][parent]), own[2][grandparent]),
        "name_path_min": low[at],
        "name_path_max": high[at],
        "name_path_sum": total,
        "name_path_mean": total / np.maximum(count, 1),
        "name_above_min": low[grandparent],
        "word_mean": words[0],
        "word_min": words[1],
        "word_max": words[2],
        "word_heading": np.where(last >= 0, words[0][np.maximum(last, 0)], 0.0),
        "word_before": padded[:-2],
        "word_after": padded[2:],
    }
    return {name: np.asarray(values, dtype=np.float32) for name, values in columns.items()}


def _known_names(keys: Sequence[str], names: Mapping[str, float]) -> tuple[list[float], list[int], list[int]]:
    """The values of the known tokens of each distinct key in turn, how many each has, and the place of each element's key among them."""
    values: list[float] = []
    sizes = [0]
    places = {"": 0}
    known = names.get
    for key in dict.fromkeys(keys):
        if key:
            found = [value for value in map(known, tokens_of(key)) if value is not None]
            places[key] = len(sizes) if found else 0
            if found:
                values += found
                sizes.append(len(found))
    return values, sizes, [places[key] for key in keys]


def _known_words(texts: Sequence[str], words: Mapping[str, float]) -> tuple[list[float], list[int], list[int]]:
    """The values of the known words of each short line in turn, how many each has, and the place of each text's line among them."""
    values: list[float] = []
    sizes = [0]
    places = [0] * len(texts)
    known = words.get
    short = [place for place, text in enumerate(texts) if len(text) < LONGEST_LINE]
    for place, line in zip(short, _all_words([texts[place] for place in short]), strict=True):
        found = [value for value in map(known, line) if value is not None]
        if found:
            values += found
            places[place] = len(sizes)
            sizes.append(len(found))
    return values, sizes, places


def _all_words(lines: Sequence[str]) -> Iterator[Iterable[str]]:
    """`words_of` each line; the ASCII ones are cut up together, at a quarter of the price."""
    heads = [line[:_HEAD] for line in lines]
    plain = [head.isascii() for head in heads]
    cut = iter("\0".join(compress(heads, plain)).encode("ascii").lower().translate(_LETTERS).decode("ascii").split("\0"))
    for head, simple in zip(heads, plain, strict=True):
        yield dict.fromkeys(next(cut).split(None, _MOST_WORDS)[:_MOST_WORDS]) if simple else words_of(head)


def _scores(values: Sequence[float], sizes: Sequence[int], rows: Sequence[int]) -> npt.NDArray[np.float64]:
    """Mean, least, most and number of each group of values, shape (4, rows); `rows`: the group of each row. The first group is empty."""
    groups = np.zeros((4, len(sizes)))
    if values:
        flat, counts = np.array(values), np.array(sizes[1:])
        starts = np.cumsum(counts) - counts
        groups[0, 1:] = np.bincount(np.repeat(np.arange(len(counts)), counts), flat) / counts
        groups[1, 1:] = np.minimum.reduceat(flat, starts)
        groups[2, 1:] = np.maximum.reduceat(flat, starts)
        groups[3, 1:] = counts
    return groups[:, rows]
