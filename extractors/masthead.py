"""Lines over the body that the record holds under keys of their own: headline, byline, date and labels, printed once more."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.article import BlockType
from extractors.labels import label_list, split_values
from extractors.letters import letters_of
from extractors.piece import Piece

__all__ = ["Printed", "without_masthead"]

_LEAD = 6  # kept pieces at the top among which the headline may be printed again
_NAMED = frozenset({BlockType.HEADING, BlockType.PARAGRAPH, BlockType.LIST_ITEM})
_BY = 4  # letters of a word that makes names a byline ("by", "von", "door"), or of what joins several
_SIGNED = 2  # kept pieces before the last that may be a signature
_LEAST = 4  # letters of a printed value; a shorter one may be any word
_LONGEST = 200  # characters of a line of labels, dates and names
_MONTH = 14  # letters beside the numbers of a date: a month's name, a weekday's, "at", a time zone
_DATELINE = 24  # and with a place that is parted from it: "LONDON | Fri Jun 7, 2013 5:09am EDT"
_PARTING = frozenset("|•·")
_CLOCK = re.compile(r"\d{1,2} ?[:.h時时点點시] ?\d\d(?!\d|\.\d)")
_DAY = re.compile(r"(\d{4})-\d\d-(\d\d)")


@dataclass(frozen=True, slots=True)
class Printed:
    """What the record holds under other keys: `headline`; `texts` as printed (byline, date, site name); `day` (2024-05-03) and the day of
    the last change, `changed`; `labels`; `authors`, the names alone.
    """

    headline: str | None = None
    texts: tuple[str, ...] = ()
    day: str | None = None
    labels: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    changed: str | None = None


def without_masthead(pieces: Sequence[Piece], printed: Printed, *, unsaid: Callable[[str], str] = letters_of) -> list[Piece]:
    """The pieces without the lines at the top that say only what `printed` holds.

    `unsaid`: the letters of a line less the words that are printed around names and dates ("Published on", "Reading time").
    A piece of several lines loses only those. The headline, and a name behind a word that makes it a byline ("by", "von"), go wherever
    they stand among the first pieces, the rest only over the first paragraph of the text.
    """
    known = _Known(printed, unsaid)
    result: list[Piece] = []
    opened, count = False, 0
    for piece in pieces:
        count += piece.kept
        if count > _LEAD or piece.block.type not in _NAMED:
            result.append(piece)
            continue
        is_item = piece.block.type is BlockType.LIST_ITEM  # which may be of a table of contents, or of a list of facts
        kept = [
            line
            for line in piece.block.text.split("\n")
            if not (known.is_headline(line) and not is_item)
            and not (piece.kept and (known.is_byline(line) or known.has(line, is_below=opened or is_item)))
        ]
        if kept:
            text = "\n".join(kept)
            result.append(piece if text == piece.block.text else replace(piece, block=replace(piece.block, text=text)))
            opened = opened or piece.kept
    return _unsigned(result, known)


def _unsigned(pieces: list[Piece], known: "_Known") -> list[Piece]:
    """The pieces without a line below the text that names its author once more: "Autoři: Ludmila Hrubá, ČTK"."""
    kept = [place for place, piece in enumerate(pieces) if piece.kept]
    if len(kept) > _SIGNED and pieces[kept[-1]].block.type in _NAMED and known.signs(pieces[kept[-1]].block.text):
        del pieces[kept[-1]]
    return pieces


class _Known:
    """What is printed, as letters alone."""

    __slots__ = ("bylines", "days", "headline", "labels", "moments", "names", "texts", "unsaid")

    def __init__(self, printed: Printed, unsaid: Callable[[str], str]) -> None:
        names, texts = frozenset(_keys(printed.authors)), frozenset(_keys(printed.texts))
        self.headline = letters_of(printed.headline or "")
        self.bylines = {text for text in texts - names if 0 <= len(text) - sum(len(name) for name in names if name in text) <= _BY}
        self.texts = sorted(texts | names, key=lambda text: (-len(text), text))
        self.labels = frozenset(map(letters_of, printed.labels))
        self.names = tuple(name.casefold() for name in printed.authors)
        self.days = [match.groups() for day in (printed.day, printed.changed) if (match := _DAY.fullmatch(day or ""))]
        self.moments = frozenset(_keys(text for text in printed.texts if any(map(str.isdigit, text))))
        self.unsaid = unsaid

    def is_headline(self, line: str) -> bool:
        return bool(self.headline) and letters_of(line) == self.headline

    def is_byline(self, line: str) -> bool:
        return bool(self.bylines) and len(line) <= _LONGEST and letters_of(line) in self.bylines

    def signs(self, line: str) -> bool:
        """Whether a line credits an author behind a by-word and says no more; her name alone may sign a letter, and is her text."""
        key = letters_of(line) if len(line) <= _LONGEST else ""
        return bool(key) and self._says_no_more(line, key, is_below=True)

    def has(self, line: str, *, is_below: bool) -> bool:
        """Whether a line is made of known texts in any order, is a label with values that the record has, or holds the day besides.

        Below a paragraph, which may be a standfirst, it must credit a name or tell the hour: a day alone may head a part of the text.
        """
        if len(line) > _LONGEST or not (key := letters_of(line)):
            return False
        if is_below:
            return self._says_no_more(line, key, is_below=True)
        key, whole = self._without_texts(key), key
        if not key or self._is_label(line):
            return True
        return self._is_day(key, _MONTH if _PARTING.isdisjoint(line) else _DATELINE) or self._says_no_more(line, whole, is_below=False)

    def _without_texts(self, key: str) -> str:
        for text in self.texts:
            key = key.replace(text, "", 1)
        return key

    def _says_no_more(self, line: str, key: str, *, is_below: bool) -> bool:
        """Whether a line names the day or an author, and else holds the words alone that are printed around such."""
        rest = line.casefold()
        for name in self.names:
            rest = rest.replace(name, " ")
        is_named = len(rest) < len(line.casefold()) and (not is_below or bool(re.match(r"\W*[^\W\d_]", rest)))
        is_dated = (any(moment in key for moment in self.moments) or any(_holds(key, day) for day in self.days)) and (
            not is_below or bool(_CLOCK.search(line))
        )
        return (is_named or is_dated) and len(self._without_texts(self.unsaid(rest))) <= (0 if is_below else _BY)

    def _is_label(self, line: str) -> bool:
        found = label_list(line)
        return found is not None and bool(values := split_values(found[1])) and all(letters_of(value) in self.labels for value in values)

    def _is_day(self, key: str, most: int) -> bool:
        """Whether letters are the numbers of the day with at most so many others beside them: a month's name, a place."""
        return any(_holds(key, day) for day in self.days) and sum(map(str.isalpha, key)) <= most


def _holds(key: str, day: tuple[str, ...]) -> bool:
    """Whether letters hold the numbers of a day: its year, and the number of the day beside it."""
    year, number = day
    return year in key and str(int(number)) in key.replace(year, "", 1)


def _keys(texts: Iterable[str]) -> Iterator[str]:
    return (key for key in map(letters_of, texts) if len(key) >= _LEAST)
