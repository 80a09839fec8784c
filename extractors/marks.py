"""What class, id, role and the like say of an element: tokens looked up once, as flags that every reader of a page shares."""

import re
import tomllib
from enum import IntFlag, auto
from functools import lru_cache
from pathlib import Path

__all__ = ["Mark", "marks_of", "tokens_of"]


class Mark(IntFlag):
    """What an element's own names say that it is."""

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


_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_a-zA-Z]+")
_FLAGS: dict[str, int] = {}
for _name, _words in tomllib.loads(Path(__file__).with_name("marks.toml").read_text(encoding="utf-8")).items():
    for _word in _words:
        _FLAGS[_word] = _FLAGS.get(_word, 0) | int(Mark[_name])


@lru_cache(maxsize=65536)
def tokens_of(key: str) -> tuple[str, ...]:
    """The lower-case tokens of an element's names, in order: "postMeta author-box" gives post, meta, author, box."""
    return tuple(token.lower() for token in _TOKEN.findall(key))


@lru_cache(maxsize=65536)
def marks_of(key: str) -> int:
    """The flags (a union of Mark) that an element's names carry."""
    flags, last = 0, ""
    for token in tokens_of(key):
        flags |= _FLAGS.get(token, 0)
        if last:
            flags |= _FLAGS.get(f"{last}-{token}", 0)
        last = token
    return flags
