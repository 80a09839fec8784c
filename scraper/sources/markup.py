"""What sources share about untrusted XML and HTML: how they ask for it, and what is refused."""

import io
import re
from collections.abc import Callable, Iterator, Sequence

from lxml import etree

from scraper.records import Failure, FailureKind, Page, Target

__all__ = ["Get", "bad", "declares_entities", "elements", "without_nulls"]

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


def elements(data: bytes, tags: str | Sequence[str]) -> Iterator[etree._Element]:
    """Each element of one of `tags`, whole, and gone when the next is asked for: memory stays flat.

    Raises etree.XMLSyntaxError where the XML breaks; entities, DTDs and the network are left alone.
    """
    events = etree.iterparse(
        io.BytesIO(data), tag=tags, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    for _, element in events:
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and parent[0] is not element:
            del parent[0]


def bad(url: str, detail: str, kind: FailureKind = FailureKind.BAD_INPUT) -> Failure:
    """A document that a source cannot use."""
    return Failure(url=url, kind=kind, detail=detail)
