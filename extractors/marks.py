"""What class, id, role and the like say of an element: tokens looked up once, as flags that every reader of a page shares."""

import re
import tomllib
from enum import IntEnum, auto
from pathlib import Path

__all__ = ["ASKED", "ELSEWHERE", "Mark", "marks_of", "tokens_of"]


class Mark(IntEnum):
    """What an element's own names say that it is: one bit each. Unions are plain numbers, whose & costs a twentieth of an IntFlag's."""

    @staticmethod
    def _generate_next_value_(name: str, start: int, count: int, last_values: list[int]) -> int:  # noqa: ARG004, PLR0917 # enum's own hook
        return 1 << count

    BYLINE = auto()
    DATE = auto()
    HEADLINE = auto()
    STANDFIRST = auto()
    SECTION = auto()
    BREADCRUMB = auto()
    TAGS = auto()
    CAPTION = auto()
    BODY = auto()
    BIO = auto()
    RELATED = auto()
    SHARE = auto()
    NEWSLETTER = auto()
    COMMENTS = auto()
    AD = auto()
    NAVIGATION = auto()
    FOOTER = auto()
    SIDEBAR = auto()
    PAYWALL = auto()
    CONSENT = auto()
    HIDDEN = auto()
    MEDIA = auto()
    WIDGET = auto()


# Parts of a page that are not of its article.
ELSEWHERE = int(Mark.RELATED | Mark.SIDEBAR | Mark.COMMENTS | Mark.FOOTER | Mark.NAVIGATION | Mark.AD | Mark.NEWSLETTER | Mark.CONSENT)
# What the fields and the body ask elements for, inline ones among them.
ASKED = int(Mark.BYLINE | Mark.DATE | Mark.HEADLINE | Mark.SECTION | Mark.BREADCRUMB | Mark.TAGS | Mark.PAYWALL | Mark.CAPTION)

_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_a-zA-Z]+")
_SPACED = bytes(code if chr(code).isalpha() else ord(" ") for code in range(128)).ljust(256)  # ASCII with all but letters made spaces
_FLAGS: dict[str, tuple[int, dict[str, int]]] = {}  # of a token: its flags, and the flags of the pairs that it begins
for _name, _words in tomllib.loads(Path(__file__).with_name("marks.toml").read_text(encoding="utf-8")).items():
    for _word in _words:
        _first, _, _second = _word.partition("-")
        _flags, _pairs = _FLAGS.get(_first, (0, {}))
        if _second:
            _pairs[_second] = _pairs.get(_second, 0) | int(Mark[_name])
        else:
            _flags |= int(Mark[_name])
        _FLAGS[_first] = _flags, _pairs
_UNKNOWN: tuple[int, dict[str, int]] = (0, {})


# What was found of names before, as texts and numbers alone: the cycle collector never walks through it. An lru_cache it walks, each entry
# at each full collection, which after 300 pages took a tenth of the time.
_TOKENS: dict[str, str] = {}
_MARKS: dict[str, int] = {}
_MOST_KNOWN = 65_536


def tokens_of(key: str) -> tuple[str, ...]:
    """The lower-case tokens of an element's names, in order: "postMeta author-box" gives post, meta, author, box."""
    found = _TOKENS.get(key)
    if found is None:
        if len(_TOKENS) >= _MOST_KNOWN:
            _TOKENS.clear()
        plain = key.isascii() and key.lower() == key  # without humps letters alone tell: a third of the pattern's time
        found = _TOKENS[key] = key.encode().translate(_SPACED).decode() if plain else " ".join(_TOKEN.findall(key)).lower()
    return tuple(found.split())


def marks_of(key: str) -> int:
    """The flags (a union of Mark) that an element's names carry."""
    flags = _MARKS.get(key)
    if flags is None:
        if len(_MARKS) >= _MOST_KNOWN:
            _MARKS.clear()
        flags = _MARKS[key] = _marks(key)
    return flags


def _marks(key: str) -> int:
    flags = 0
    pairs: dict[str, int] = {}
    for token in tokens_of(key):
        if pairs and token in pairs:
            flags |= pairs[token]
        own, pairs = _FLAGS.get(token, _UNKNOWN)
        flags |= own
    return flags
