"""News agencies in credits."""

from extractors.fields.cleaning import letters
from extractors.fields.words import AGENCIES

__all__ = ["parted"]

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
