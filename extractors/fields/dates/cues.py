"""What a printed date is the date of: publication, change, or something else; by the words beside it and its element's names."""

import re
import tomllib
from datetime import UTC, datetime
from enum import Enum, auto
from functools import lru_cache
from pathlib import Path

from extractors.fields.moments import relative
from extractors.marks import tokens_of

__all__ = ["Role", "names_publication", "role_of_keys", "role_of_words", "told_behind", "words_of_dates"]

_WORD = re.compile(r"[^\W\d_]+|[©]|\(c\)")
_NOUN = "NOUN"  # the list of the words that mean no more than "date"
_UNPARTED = 0x0E00  # Thai and the scripts after it part no words


class Role(Enum):
    """What a date tells of the article."""

    PUBLISHED = auto()
    MODIFIED = auto()
    FOREIGN = auto()


_KEYS = {
    Role.PUBLISHED: frozenset(
        "published publish pubdate publication publishdate created posted written release issued veroeffentlicht".split()
    ),
    Role.MODIFIED: frozenset(
        "updated update modified lastmod lastupdated lastmodified edited revised aktualisiert actualizado datemodified".split()
    ),
    Role.FOREIGN: frozenset(
        "event copyright deadline birthday countdown expires expiry calendar weather now today currentdate clock".split()
    ),
}
_BEFORE = 80  # characters before it
_FIRST = 2  # a word behind a date must follow it directly
_AFTER = 24  # characters behind a date in which a word may speak of it: "3 March 2024 (updated)"
_PARTED = re.compile(r"[()\[\]|·•]")
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)  # for asking whether a text tells a distance, not which


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, list[tuple[str, str]]], re.Pattern[str]]:
    """The phrases by their first word, longest first; and one pattern for the scripts that part no words. Both name the list of each."""
    table = tomllib.loads(Path(__file__).with_name("cues.toml").read_text(encoding="utf-8"))
    roles = {word.casefold(): role.upper() for role, languages in reversed(table.items()) for words in languages.values() for word in words}
    phrases: dict[str, list[tuple[str, str]]] = {}
    for phrase in sorted(roles, key=lambda phrase: (-len(phrase), phrase)):
        first = _WORD.match(phrase)
        phrases.setdefault(first[0] if first else phrase, []).append((phrase, roles[phrase]))
    unparted = sorted((phrase for phrase in roles if ord(phrase[-1]) >= _UNPARTED), key=lambda phrase: (-len(phrase), phrase))
    groups = (
        f"(?P<{name}>{'|'.join(re.escape(phrase) for phrase in unparted if roles[phrase] == name)})" for name in (*Role.__members__, _NOUN)
    )
    return phrases, re.compile("|".join(groups))


def role_of_words(before: str, after: str = "") -> Role | None:
    """The role that the nearest telling word before a date gives; else the first one close behind it."""
    roles = _roles(before[-_BEFORE:])
    if roles:
        return roles[-1][0]
    told = told_behind(after) if after else None
    return told[0] if told and not _tells_when(told[1]) else None


def told_behind(after: str) -> tuple[Role, str] | None:
    """The role that the words close behind a date give, and what follows them; None where they give none."""
    behind = after.lstrip(" ,;.|·•–—-/()[]:")
    roles = _roles(behind[:_AFTER], _FIRST) if behind else []
    return (roles[0][0], behind[roles[0][1] :]) if roles and roles[0][0] is not Role.FOREIGN else None


def _tells_when(text: str) -> bool:
    """Whether a word's own time or distance follows it: in "3 March 2024, updated 2 hours ago" it speaks of that."""
    own = _PARTED.split(text, 1)[0][:_AFTER]
    return any(map(str.isdigit, own)) or bool(own.strip(" :") and relative(own, None, _ANY_TIME))


def words_of_dates() -> frozenset[str]:
    """The phrases that say of a date that the article was published or changed then, lower case."""
    phrases, _ = _table()
    return frozenset(phrase for listed in phrases.values() for phrase, name in listed if name != Role.FOREIGN.name)


def _roles(text: str, within: int = _BEFORE) -> list[tuple[Role, int]]:
    """The roles of the telling words of a short text that begin among its first characters, in their order, and where each ends."""
    text = text.casefold()
    phrases, unparted = _table()
    found = []
    end = 0
    for match in _WORD.finditer(text):
        for phrase, name in phrases.get(match[0], ()) if match.start() >= end else ():
            if text.startswith(phrase, match.start()) and not text[match.start() + len(phrase) :][:1].isalnum():
                end = match.start() + len(phrase)
                found.append((match.start(), end, name))
                break
    if not text.isascii() and any(ord(letter) >= _UNPARTED for letter in text):
        found += [(*match.span(), match.lastgroup or "") for match in unparted.finditer(text)]
        found.sort()
    return [
        (Role.PUBLISHED if name == _NOUN else Role[name], end)
        for start, end, name in found
        if start < within and (name != _NOUN or _is_alone(text, start, end))
    ]


def _is_alone(text: str, start: int, end: int) -> bool:
    """Whether a word that means no more than "date" is the whole label: in "closing date:" and "date of birth:" the others tell which."""
    return not (text[:start].rstrip(" ")[-1:].isalpha() or any(map(str.isalpha, text[end:])))


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


def names_publication(key: str) -> bool:
    """Whether an element's names tell that it shows the publication, and nothing of a change."""
    tokens = frozenset(tokens_of(key))
    return not tokens.isdisjoint(_KEYS[Role.PUBLISHED]) and tokens.isdisjoint(_KEYS[Role.MODIFIED])
