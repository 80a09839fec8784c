"""Counts over the characters of many texts at once: classes of characters, words as numbers, and the longer words that texts share."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from extractors.letters import DENSE_ENDS, ENDS

__all__ = ["CLASSES", "Characters", "Words", "count_characters", "find_words", "shared_words"]

CLASSES = ("space", "comma", "stop", "digit", "upper", "letter", "wide", "symbol", "quote", "unmarked")
_PLANE = 65536  # code points beyond the basic plane count as nothing
_LONG_WORD = 5  # letters from which a word tells of the topic rather than of the grammar
_ENDLESS = 64  # letters of a word that its number tells apart
_BASE = np.uint64(1_099_511_628_211)  # the multiplier of the FNV hash: odd and large, so that the numbers spread
_PUNCTUATION = {
    "space": " ",
    "comma": ",;،、，؛၊፣፤",
    "stop": ENDS + DENSE_ENDS,
    "quote": '"“”„«»「」『』',
    "symbol": "|©®»›·•→",
}
_DIGITS = ((0x660, 0x66A), (0x6F0, 0x6FA), (0x966, 0x970), (0xFF10, 0xFF1A))
Ints = npt.NDArray[np.int64]
Bits = npt.NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Characters:
    """Of n texts, none empty: sizes, counts of each class (a row each, in the order of CLASSES), the class bits of the last characters;
    and of all characters in turn the code point, the text and the set of classes.
    """

    sizes: Ints
    counts: Ints
    tail: Ints
    starts: Ints
    codes: npt.NDArray[np.uint32]
    owners: Ints
    sets: npt.NDArray[np.uint8]

    def count(self, name: str) -> Ints:
        """How many characters of a class each text has."""
        row: Ints = self.counts[CLASSES.index(name)]
        return row

    def ends_with(self, name: str) -> Ints:
        """1 where a text ends with a character of the class."""
        return self.tail >> CLASSES.index(name) & 1


@dataclass(frozen=True, slots=True)
class Words:
    """The runs of letters in n texts: of each word a number that spelling and nothing else makes (case apart), its length, its text, its
    first letter's place in that text, and how many words of the text stand before it.
    """

    numbers: npt.NDArray[np.uint64]
    lengths: Ints
    owners: Ints
    offsets: Ints
    ranks: Ints

    def of(self, wanted: npt.NDArray[np.bool_]) -> "Words":
        """The words of the wanted texts alone."""
        held = wanted[self.owners]
        return Words(self.numbers[held], self.lengths[held], self.owners[held], self.offsets[held], self.ranks[held])


@cache
def _classes() -> Bits:
    """For each code point of the basic plane, the bits of the classes it belongs to."""
    table = np.zeros(_PLANE + 1, dtype=np.uint16)
    bits = {name: np.uint16(1 << position) for position, name in enumerate(CLASSES)}
    for code in range(0x250):
        category = unicodedata.category(chr(code))
        if category[0] == "L":
            table[code] |= bits["letter"] | (bits["upper"] if category in {"Lu", "Lt"} else np.uint16(0))
        elif category == "Nd":
            table[code] |= bits["digit"]
        elif category[0] == "S":
            table[code] |= bits["symbol"]
    table[0x250:0x2000] |= bits["letter"]
    table[0x2C00:0xE000] |= bits["letter"]
    table[0x3000:0xA000] |= bits["wide"]
    table[0xE00:0xF00] |= bits["unmarked"]  # Thai and Lao end sentences with a space
    for code in (*range(0x386, 0x3AC), *range(0x400, 0x430)):
        table[code] |= bits["upper"]
    for name, characters in _PUNCTUATION.items():
        for character in characters:
            table[ord(character)] = bits[name]
    for start, end in _DIGITS:
        table[start:end] = bits["digit"]
    return table


@cache
def _sets() -> tuple[npt.NDArray[np.uint8], Bits, Ints]:
    """The sets of classes that occur: which one each code point has, the bits of each, and 1 where a set (row) holds a class (column)."""
    bits, numbers = np.unique(_classes(), return_inverse=True)
    held = bits[:, np.newaxis] >> np.arange(len(CLASSES)) & 1
    return numbers.astype(np.uint8), bits, held.astype(np.int64)


@cache
def _lower() -> npt.NDArray[np.uint64]:
    """The lower-case form of each code point of the basic plane, where that is one code point."""
    lowered = [chr(code).lower() for code in range(_PLANE)]
    return np.array([ord(text) if len(text) == 1 else code for code, text in enumerate(lowered)] + [_PLANE], dtype=np.uint64)


@cache
def _powers() -> npt.NDArray[np.uint64]:
    return np.cumprod(np.full(_ENDLESS, _BASE), dtype=np.uint64)


def count_characters(texts: Sequence[str]) -> Characters:
    """Count the texts' characters in a few passes over all of them together."""
    sizes = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    codes = np.minimum(np.frombuffer("".join(texts).encode("utf-32-le", "replace"), dtype=np.uint32), _PLANE)
    numbers, bits, held = _sets()
    sets = numbers[codes]
    owners = np.repeat(np.arange(len(texts)), sizes)
    table = np.bincount(owners * len(bits) + sets, minlength=len(texts) * len(bits)).reshape(len(texts), len(bits)) @ held
    starts = np.cumsum(sizes) - sizes
    tail = bits[sets[starts + sizes - 1]].astype(np.int64)
    return Characters(sizes, table.T, tail, starts, codes, owners, sets)


def find_words(characters: Characters) -> Words:
    """The words of the texts that were counted, in order."""
    held = _sets()[2][:, CLASSES.index("letter")].astype(np.bool_)
    letters = np.flatnonzero(held[characters.sets])
    owners = characters.owners[letters]
    fresh = np.empty(len(letters), dtype=np.bool_)
    fresh[:1] = True
    np.logical_or(letters[1:] != letters[:-1] + 1, owners[1:] != owners[:-1], out=fresh[1:])
    begins = np.flatnonzero(fresh)
    lengths = np.diff(begins, append=len(letters))
    places = np.minimum(np.arange(len(letters)) - np.repeat(begins, lengths), _ENDLESS - 1)
    values = _lower()[characters.codes[letters]] * _powers()[places]
    numbers = np.add.reduceat(values, begins) if len(begins) else values
    owners = owners[begins]
    before = np.searchsorted(owners, np.arange(len(characters.sizes)))
    return Words(
        numbers=numbers,
        lengths=lengths,
        owners=owners,
        offsets=letters[begins] - characters.starts[owners],
        ranks=np.arange(len(begins)) - before[owners],
    )


def shared_words(words: Words, prose: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.float32], Ints]:
    """Per text: which share of its longer words stands elsewhere in the `prose` texts (-1 where it has none), and how many it has."""
    texts = len(prose)
    long = words.lengths >= _LONG_WORD
    owner = words.owners[long]
    _, word = np.unique(words.numbers[long], return_inverse=True)
    inside = prose[owner]
    used = np.bincount(word[inside], minlength=int(word.max()) + 1 if len(word) else 1)
    elsewhere = used[word] - inside > 0
    count = np.bincount(owner, minlength=texts)
    share = np.bincount(owner, elsewhere, minlength=texts) / np.maximum(count, 1)
    return np.where(count > 0, share, -1.0).astype(np.float32), count
