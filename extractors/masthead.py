"""Lines over the body that the record holds under keys of their own: headline, byline, date and labels, printed once more."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.article import BlockType
from extractors.labels import label_list, split_values
from extractors.letters import letters_of
from extractors.piece import Piece

__all__ = ["Printed", "without_masthead"]

_LEAD = 6  # kept pieces at the top among which the headline may be printed again
_NAMED = frozenset({BlockType.HEADING, BlockType.PARAGRAPH})
_BY = 4  # letters of a word that makes names a byline ("by", "von", "door"), or of what joins several
_LEAST = 4  # letters of a printed value; a shorter one may be any word
_LONGEST = 200  # characters of a line of labels, dates and names
_MONTH = 14  # letters beside the numbers of a date: a month's name, a weekday's, "at", a time zone
_DATELINE = 24  # and with a place that is parted from it: "LONDON | Fri Jun 7, 2013 5:09am EDT"
_PARTING = frozenset("|•·")


@dataclass(frozen=True, slots=True)
class Printed:
    """What the record holds under other keys: `headline`; `texts` as printed (byline, date, site name); `day` (2024-05-03); `labels`;
    `authors`, the names alone.
    """

    headline: str | None = None
    texts: tuple[str, ...] = ()
    day: str | None = None
    labels: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


def without_masthead(pieces: Sequence[Piece], printed: Printed) -> list[Piece]:
    """The pieces without the lines at the top that say only what `printed` holds.

    A piece of several lines loses only those. The headline, and a name behind a word that makes it a byline ("by", "von"), go wherever
    they stand among the first pieces, the rest only over the first paragraph of the text.
    """
    known = _Known(printed)
    result: list[Piece] = []
    opened, count = False, 0
    for piece in pieces:
        count += piece.kept
        if count > _LEAD or piece.block.type not in _NAMED:
            result.append(piece)
            continue
        kept = [
            line
            for line in piece.block.text.split("\n")
            if not known.is_headline(line) and not (piece.kept and (known.is_byline(line) or (not opened and known.has(line))))
        ]
        if kept:
            text = "\n".join(kept)
            result.append(piece if text == piece.block.text else replace(piece, block=replace(piece.block, text=text)))
            opened = opened or piece.kept
    return result


class _Known:
    """What is printed, as letters alone."""

    __slots__ = ("bylines", "day", "headline", "labels", "texts")

    def __init__(self, printed: Printed) -> None:
        names, texts = frozenset(_keys(printed.authors)), frozenset(_keys(printed.texts))
        self.headline = letters_of(printed.headline or "")
        self.bylines = {text for text in texts - names if 0 <= len(text) - sum(len(name) for name in names if name in text) <= _BY}
        self.texts = sorted(texts | names, key=lambda text: (-len(text), text))
        self.labels = frozenset(map(letters_of, printed.labels))
        self.day = re.fullmatch(r"(\d{4})-\d\d-(\d\d)", printed.day or "")

    def is_headline(self, line: str) -> bool:
        return bool(self.headline) and letters_of(line) == self.headline

    def is_byline(self, line: str) -> bool:
        return bool(self.bylines) and len(line) <= _LONGEST and letters_of(line) in self.bylines

    def has(self, line: str) -> bool:
        """Whether a line is made of known texts in any order, is a label with values that the record has, or holds the day besides."""
        if len(line) > _LONGEST or not (key := letters_of(line)):
            return False
        for text in self.texts:
            key = key.replace(text, "", 1)
        return not key or self._is_label(line) or self._is_day(key, _MONTH if _PARTING.isdisjoint(line) else _DATELINE)

    def _is_label(self, line: str) -> bool:
        found = label_list(line)
        return found is not None and bool(values := split_values(found[1])) and all(letters_of(value) in self.labels for value in values)

    def _is_day(self, key: str, most: int) -> bool:
        """Whether letters are the numbers of the day with at most so many others beside them: a month's name, a place."""
        if self.day is None or sum(map(str.isalpha, key)) > most:
            return False
        year, day = self.day.groups()
        return year in key and str(int(day)) in key.replace(year, "", 1)


def _keys(texts: Iterable[str]) -> Iterator[str]:
    return (key for key in map(letters_of, texts) if len(key) >= _LEAST)
