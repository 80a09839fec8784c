"""Which encoding bytes without a true label are in: the one in which their text consists of a language's letters."""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["guess"]

_MOST = 32_768  # bytes that are looked at
_ENOUGH = 0.5  # share of letters from which a reading is one
_BROKEN = 0.02  # share of what no reading may leave undecoded
_COMMON = 0.75  # of a text
_USUAL = "cp1252"  # what browsers take where nothing is said
_DOUBT = 3  # characters that stand against any other encoding
_LATIN = "\u024f"  # the last of the Latin letters
_CASES = re.compile(r"(?=([^\W\d_a-zA-Z]{2}))")  # in another Cyrillic code small letters read as capitals
_MIXED = re.compile(r"(?=([a-zA-Z][^\W\d_a-zA-Z]|[^\W\d_a-zA-Z][a-zA-Z]))")  # no word is written in two scripts


@dataclass(frozen=True, slots=True)
class _Reading:
    """An encoding and the letters of a language that is written in it."""

    encoding: str
    letters: frozenset[str]
    common: frozenset[str]
    whole: float  # share of a text that the letters make up

    def share(self, characters: Counter[str]) -> float:
        """How much of a text are letters of the language, 0 to 1; where its common letters are known, half of it by these."""
        total = sum(characters.values()) + (_DOUBT if self.encoding != _USUAL else 0)
        known = min(sum(count for character, count in characters.items() if character in self.letters) / total / self.whole, 1.0)
        if not self.common:
            return known
        common = sum(count for character, count in characters.items() if character in self.common) / total
        return (known + min(common / _COMMON, 1.0)) / 2


def guess(data: bytes) -> str | None:
    """The encoding, as Python names it; None where no reading is likely. Of equal ones the first of the table is taken."""
    sample = data[:_MOST]
    best, found = _ENOUGH, None
    texts: dict[str, Counter[str] | None] = {}
    for reading in _readings():
        if reading.encoding not in texts:
            texts[reading.encoding] = _characters(sample, reading.encoding)
        characters = texts[reading.encoding]
        if characters and (share := reading.share(characters)) > best:
            best, found = share, reading.encoding
    return found


def _characters(data: bytes, encoding: str) -> Counter[str] | None:
    """How often each telling character beyond ASCII occurs, misread ones as none; None where the bytes are not valid."""
    text = data.decode(encoding, "replace")
    if text.count("\ufffd") > _BROKEN * sum(byte > 127 for byte in data) + 1:
        return None
    counts = Counter(character for character in text if character > "\x7f" and character not in _table()["neutral"])
    misread = [pair[1] for pair in _CASES.findall(text) if pair[0].islower() and pair[1].isupper()]
    misread += [letter for pair in _MIXED.findall(text) for letter in pair if letter > _LATIN]
    counts.subtract(misread)
    counts["\ufffd"] += len(misread)
    return +counts


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("charsets.toml").read_text(encoding="utf-8"))


@cache
def _readings() -> tuple[_Reading, ...]:
    """Every encoding of every language, those that are likeliest for their languages first."""
    found = [
        (rank, _Reading(encoding, frozenset(language["letters"]), frozenset(language.get("common", "")), language.get("frequent", 1.0)))
        for language in _table()["language"]
        for rank, encoding in enumerate(language["encodings"])
    ]
    return tuple(reading for _, reading in sorted(found, key=lambda item: item[0]))
