"""News agencies in credits."""

import re
from collections.abc import Iterator

from extractors.fields.cleaning import letters
from extractors.fields.words import AGENCIES

__all__ = ["bracketed", "parted"]

_BRACKET = re.compile(r"\(([^()]{2,40})\)")
_JOINED = re.compile(r"\s*[,/&+]\s*|\s+(?:et|und|and|y|e|og|och|en|i|a)\s+")
_SURE = 2  # letters: shorter names are initials of reporters, too
_WITH = frozenset("avec mit with con com met med z s cu amb със с со з ve".split())
_ENDS = frozenset(key[place:] for key in AGENCIES for place in range(len(key)))


def parted(part: str) -> tuple[str, str | None]:
    """A part without the agency that it is or ends with, and that agency."""
    if agency := AGENCIES.get(letters(part)):
        return "", agency
    tokens = part.split()
    if len(tokens) < 3 or letters(tokens[-1]) not in _ENDS:
        return part, None
    for size in (3, 2, 1):
        tail = " ".join(tokens[-size:])
        if len(tokens) > size + 1 and (agency := AGENCIES.get(letters(tail))) and (len(agency) > 4 or tail == agency):
            return " ".join(tokens[:-size]), agency
    return part, None


def bracketed(line: str) -> Iterator[str]:
    """The agencies in a line's brackets: "Par Ann Lee (avec AFP)", "Ann Lee (dpa/AFP)"."""
    for bracket in _BRACKET.findall(line) if "(" in line else ():
        words = bracket.split()
        rest = " ".join(words[1:] if len(words) > 1 and words[0].lower() in _WITH else words)
        yield from (
            name for part in _JOINED.split(rest) if (name := AGENCIES.get(letters(part))) and (len(name) > _SURE or part == name == "AP")
        )
