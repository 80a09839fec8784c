"""The lexicon: how much more often than other text the text under a class token, or in a short line with a word, belongs to the article."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from extractors.body.characters import Words, count_characters, find_words
from extractors.body.lineage import Lineage, added_up
from extractors.marks import tokens_of

__all__ = ["HEAD", "LONGEST_LINE", "MOST_WORDS", "Lexicon", "lexical_columns"]

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
LONGEST_LINE = 160  # characters; words speak for a line only where it is short: longer prose may hold any word
HEAD = 80  # characters, and words, of a line within which a word speaks for it
MOST_WORDS = 8


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Tokens of names and words of lines, each with its share of article text less the average share (-1 to 1), learned over sites."""

    names: Mapping[str, float] = field(default_factory=dict)
    words: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def numbered(self) -> tuple[npt.NDArray[np.uint64], Doubles]:
        """The words' numbers (characters.Words), rising, and the value of each."""
        spelled = [word for word in self.words if word]
        if not spelled:
            return np.zeros(0, dtype=np.uint64), np.zeros(0)
        characters = count_characters(spelled)
        found = find_words(characters)
        whole = found.lengths == characters.sizes[found.owners]  # the others hold what is no letter here
        numbers = found.numbers[whole]
        order = np.argsort(numbers, kind="stable")
        return numbers[order], np.array([self.words[spelled[place]] for place in found.owners[whole]])[order]


def lexical_columns(
    spoken: Words, keys: Sequence[str], *, lexicon: Lexicon, lineage: Lineage, heading: npt.NDArray[np.bool_]
) -> dict[str, Floats]:
    """Columns of what the lexicon says of each run: of its element, of the elements near and above, of its own words and its heading's.

    `spoken`: the words of the short lines; `keys`: the names of each element, "" where nobody asks; `heading`: which runs are headings.
    """
    own = _scores(*_known_names(keys, lexicon.names))
    at, parent, grandparent = lineage.up[:3]
    low = lineage.handed_down(np.minimum(own[1], 0.0), np.minimum)
    high = lineage.handed_down(np.maximum(own[2], 0.0), np.maximum)
    total, count = (np.array(added_up(lineage.parents, values.tolist()))[at] for values in (own[0], own[3] > 0))
    words = _word_scores(spoken, lexicon, lines=len(at))
    last = np.maximum.accumulate(np.where(heading, np.arange(len(at)), -1))
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


def _word_scores(words: Words, lexicon: Lexicon, *, lines: int) -> Doubles:
    """Mean and least of the known words at the head of each line, shape (2, lines); 0 where none is known."""
    numbers, values = lexicon.numbered
    found = np.zeros((2, lines))
    if not len(numbers):
        return found
    place = np.minimum(np.searchsorted(numbers, words.numbers), len(numbers) - 1)
    known = np.flatnonzero((numbers[place] == words.numbers) & (words.offsets < HEAD) & (words.ranks < MOST_WORDS))
    if len(known):
        owners, told = words.owners[known], values[place[known]]
        begins = np.flatnonzero(np.diff(owners, prepend=-1))
        line = owners[begins]
        found[0, line] = np.add.reduceat(told, begins) / np.diff(begins, append=len(known))
        found[1, line] = np.minimum.reduceat(told, begins)
    return found


def _scores(values: Sequence[float], sizes: Sequence[int], rows: Sequence[int]) -> Doubles:
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
