"""What a credit names: people, news agencies and other bodies, and when two spellings are one person."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from extractors.fields.cleaning import letters
from extractors.fields.words import TITLES

__all__ = ["Credit", "Trust", "distinct", "joined", "person_key"]


class Trust(Enum):
    """How sure it is that a text is nothing but a credit.

    DECLARED: the page's data say so. CREDITED: it stands in an author's element or behind a by-word. PRINTED: text in which a name
    may stand.
    """

    DECLARED = "declared"
    CREDITED = "credited"
    PRINTED = "printed"


@dataclass(frozen=True, slots=True)
class Credit:
    """The people, the news agencies, and other bodies (desks, companies, accounts) that a credit names, in its order."""

    people: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def joined(several: Iterable[Credit]) -> Credit:
    """Several credits as one, each name once, the fuller spelling kept."""
    parts = list(several)
    return Credit(
        distinct(name for credit in parts for name in credit.people),
        distinct(name for credit in parts for name in credit.agencies),
        distinct(name for credit in parts for name in credit.others),
    )


@lru_cache(maxsize=4096)
def person_key(name: str) -> str:
    """The letters of a name without its titles: what makes two spellings one person."""
    return letters(" ".join(word for word in name.split() if word.lower() not in TITLES)) or letters(name)


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, at its first place, in its first spelling that has lower-case letters."""
    found: dict[str, str] = {}
    for name in names:
        key = person_key(name)
        if key and (key not in found or (found[key].isupper() and not name.isupper())):
            found[key] = name
    return tuple(found.values())
