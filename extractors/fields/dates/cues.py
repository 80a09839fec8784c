"""What a printed date is the date of: publication, change, or something else; by the words beside it and its element's names."""

import re
import tomllib
from enum import Enum, auto
from functools import lru_cache
from pathlib import Path

from extractors.marks import tokens_of

__all__ = ["Role", "role_of_keys", "role_of_words"]


class Role(Enum):
    """What a date tells of the article."""

    PUBLISHED = auto()
    MODIFIED = auto()
    FOREIGN = auto()


_KEYS = {
    Role.PUBLISHED: frozenset("published publish pubdate publication publishdate created posted written release issued veroeffentlicht".split()),
    Role.MODIFIED: frozenset("updated update modified lastmod lastupdated lastmodified edited revised aktualisiert actualizado datemodified".split()),
    Role.FOREIGN: frozenset("event copyright deadline birthday countdown expires expiry calendar weather now today currentdate clock".split()),
}
_AFTER = 24  # characters behind a date in which a word may speak of it: "3 March 2024 (updated)"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """One pattern with a group for each role."""
    table = tomllib.loads(Path(__file__).with_name("cues.toml").read_text(encoding="utf-8"))
    groups = []
    for role, languages in table.items():
        words = sorted({word for listed in languages.values() for word in listed}, key=lambda word: (-len(word), word))
        groups.append(f"(?P<{role}>{'|'.join(_bounded(word) for word in words)})")
    return re.compile("|".join((groups[1], groups[0], *groups[2:])), re.IGNORECASE)


def _bounded(word: str) -> str:
    """A word as a pattern: at a word's beginning and end where its script parts words."""
    spaced = ord(word[-1]) < 0x0E00
    return rf"(?<!\w){re.escape(word)}" + (r"(?!\w)" if spaced and word[-1].isalnum() else "") if spaced else re.escape(word)


def role_of_words(before: str, after: str = "") -> Role | None:
    """The role that the nearest telling word before a date gives; else the first one close behind it."""
    last = None
    if not before.isspace():
        for match in _pattern().finditer(before):
            last = match.lastgroup
    if last is None and after and (match := _pattern().search(after, 0, _AFTER)):
        last = match.lastgroup if match.lastgroup != "foreign" else None
    return Role[last.upper()] if last else None


def role_of_keys(key: str) -> Role | None:
    """The role that an element's class, id and itemprop give; published where they say both."""
    tokens = frozenset(tokens_of(key))
    if "datemodified" in key.lower():
        return Role.MODIFIED
    if tokens & _KEYS[Role.PUBLISHED]:
        return Role.PUBLISHED
    if tokens & _KEYS[Role.MODIFIED]:
        return Role.MODIFIED
    return Role.FOREIGN if tokens & _KEYS[Role.FOREIGN] else None
