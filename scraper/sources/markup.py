"""What sources share about untrusted XML and HTML: how they ask for it, and what is refused."""

import re
from collections.abc import Callable

from scraper.records import Failure, FailureKind, Page, Target

__all__ = ["Get", "bad", "declares_entities", "without_nulls"]

Get = Callable[[Target], Page | Failure]
"""How a source asks for its own documents: robots, pace and guard apply to them too."""

_DECLARATION = re.compile(rb"<!\s*(?:ENTITY|DOCTYPE\s[^>]*\[)", re.IGNORECASE)
_PROLOG = 64 * 1024  # bytes; a declaration stands before the first element


def declares_entities(data: bytes) -> bool:
    """Whether a document declares entities of its own, in UTF-8, UTF-16 or UTF-32: no feed or sitemap has a use for that."""
    return bool(_DECLARATION.search(without_nulls(data[:_PROLOG])))


def without_nulls(data: bytes) -> bytes:
    """Bytes of a wide encoding as the ASCII that they mostly are, good for looking but not for parsing."""
    return data.replace(b"\x00", b"")


def bad(url: str, detail: str, kind: FailureKind = FailureKind.BAD_INPUT) -> Failure:
    """A document that a source cannot use."""
    return Failure(url=url, kind=kind, detail=detail)
