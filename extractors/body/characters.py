"""Counts over the characters of many texts at once: classes of characters, and the longer words that texts share."""

import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

__all__ = ["CLASSES", "Characters", "count_characters", "shared_words"]

CLASSES = ("space", "comma", "stop", "digit", "upper", "letter", "wide", "symbol", "quote")
_PLANE = 65536  # code points beyond the basic plane count as nothing
_LONG_WORD = 5  # characters from which a word tells of the topic rather than of the grammar
_BASE = np.uint64(1_099_511_628_211)  # the multiplier of the FNV hash: odd and large, so that word hashes spread
_PUNCTUATION = {
    "space": " ",
    "comma": ",;،、，؛",
    "stop": ".!?。！？؟।…۔",
    "quote": '"“”„«»「」『』',
    "symbol": "|©®»›·•→",
}
_DIGITS = ((0x660, 0x66A), (0x6F0, 0x6FA), (0x966, 0x970), (0xFF10, 0xFF1A))
Ints = npt.NDArray[np.int64]
Bits = npt.NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Characters:
    """Of n texts, none empty: sizes, counts of each class, and the class bits of the first and last characters; and all code points."""

    sizes: Ints
    counts: dict[str, Ints]
    head: Ints
    tail: Ints
    codes: npt.NDArray[np.uint32]
    starts: Ints

    def starts_with(self, name: str) -> Ints:
        """1 where a text begins with a character of the class."""
        return self.head >> CLASSES.index(name) & 1

    def ends_with(self, name: str) -> Ints:
        """1 where a text ends with a character of the class."""
        return self.tail >> CLASSES.index(name) & 1


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
    for code in (*range(0x386, 0x3AC), *range(0x400, 0x430)):
        table[code] |= bits["upper"]
    for name, characters in _PUNCTUATION.items():
        for character in characters:
            table[ord(character)] = bits[name]
    for start, end in _DIGITS:
        table[start:end] = bits["digit"]
    return table


@cache
def _lower() -> npt.NDArray[np.uint64]:
    """The lower-case form of each code point of the basic plane, where that is one code point; the space counts as nothing."""
    lowered = [chr(code).lower() for code in range(_PLANE)]
    table = np.array([ord(text) if len(text) == 1 else code for code, text in enumerate(lowered)] + [_PLANE], dtype=np.uint64)
    table[ord(" ")] = 0
    return table


def count_characters(texts: list[str]) -> Characters:
    """Count the texts' characters in a few passes over all of them together."""
    sizes = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    codes = np.minimum(np.frombuffer("".join(texts).encode("utf-32-le", "replace"), dtype=np.uint32), _PLANE)
    bits = _classes()[codes]
    starts = np.cumsum(sizes) - sizes
    counts = {
        name: np.add.reduceat((bits >> position & 1).astype(np.uint8), starts, dtype=np.int64) for position, name in enumerate(CLASSES)
    }
    return Characters(sizes, counts, bits[starts].astype(np.int64), bits[starts + sizes - 1].astype(np.int64), codes, starts)


def shared_words(characters: Characters, prose: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.float32], Ints]:
    """Per text: which share of its longer words stands elsewhere in the `prose` texts (-1 where it has none), and how many it has."""
    codes, texts = characters.codes, len(characters.sizes)
    bounds = codes == 32
    bounds[characters.starts] |= True
    begins = np.flatnonzero(bounds)
    lengths = np.diff(np.append(begins, len(codes)))
    if int(lengths.max()) > 4096:  # one endless word: no prose that could be compared, and no powers for it
        return np.full(texts, -1, dtype=np.float32), np.zeros(texts, dtype=np.int64)
    powers = np.cumprod(np.full(int(lengths.max()), _BASE, dtype=np.uint64))
    spaced = codes[begins] == 32
    places = np.arange(len(codes)) - np.repeat(begins + spaced, lengths)  # -1 at the space before a word, which counts as nothing
    hashes = np.add.reduceat(_lower()[codes] * powers[places], begins)
    long = lengths - spaced >= _LONG_WORD
    owner = np.searchsorted(characters.starts, begins[long], side="right") - 1
    _, word = np.unique(hashes[long], return_inverse=True)
    inside = prose[owner]
    used = np.bincount(word[inside], minlength=int(word.max()) + 1 if len(word) else 1)
    elsewhere = used[word] - inside > 0
    count = np.bincount(owner, minlength=texts)
    share = np.bincount(owner, elsewhere, minlength=texts) / np.maximum(count, 1)
    return np.where(count > 0, share, -1.0).astype(np.float32), count
