"""What sources share about untrusted XML and HTML: how they ask for it, and what is refused."""

import io
import re
import zlib
from collections.abc import Callable, Iterator, Sequence

from lxml import etree

from scraper.records import Failure, FailureKind, Page, Target
from scraper.wellformed import well_formed

__all__ = ["Get", "TooLarge", "bad", "declares_entities", "elements", "unpacked", "without_nulls", "without_surrogates"]

Get = Callable[[Target], Page | Failure]
"""How a source asks for its own documents: robots, pace and guard apply to them too."""

_DECLARATION = re.compile(rb"<!\s*(?:ENTITY|DOCTYPE\s[^>]*\[)", re.IGNORECASE)
_MAX_BYTES = 50 * 1024 * 1024  # sitemaps.org: 50 MB uncompressed
_PROLOG = 64 * 1024  # bytes; a declaration stands before the first element
# References to halves of a character, U+D800 to U+DFFF, as writers make them that take UTF-16 for Unicode; no parser reads them.
_HALF = rb"&#(?:[xX]0{0,4}[dD][89a-fA-F][0-9a-fA-F]{2}|0{0,4}(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]));"
_HALVES = re.compile(rb"(?:%b)+" % _HALF)


class TooLarge(ValueError):
    """A document of more bytes than are read."""


def declares_entities(data: bytes) -> bool:
    """Whether a document declares entities of its own, in UTF-8, UTF-16 or UTF-32: no feed or sitemap has a use for that."""
    return bool(_DECLARATION.search(without_nulls(data[:_PROLOG])))


def unpacked(data: bytes) -> bytes:
    """The document, out of its gzip file where it lies in one. Raises ValueError, in words, for one that is broken, and TooLarge."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        text = zlib.decompressobj(zlib.MAX_WBITS + 16).decompress(data, _MAX_BYTES + 1)
    except zlib.error as error:
        raise ValueError(f"a broken gzip file: {error}") from error
    if len(text) > _MAX_BYTES:
        raise TooLarge(f"more than {_MAX_BYTES} bytes unpacked")
    return text


def without_nulls(data: bytes) -> bytes:
    """Bytes of a wide encoding as the ASCII that they mostly are, good for looking but not for parsing."""
    return data.replace(b"\x00", b"")


def without_surrogates(data: bytes) -> bytes:
    """Markup whose references to halves of characters are joined to whole ones; a half alone becomes U+FFFD."""
    return _HALVES.sub(_joined, data)


def _joined(match: re.Match[bytes]) -> bytes:
    numbers = (half.removeprefix("&#").lower() for half in match[0].decode("ascii").split(";")[:-1])
    text = well_formed("".join(chr(int(number[1:], 16) if number.startswith("x") else int(number)) for number in numbers))
    return "".join(f"&#{ord(char)};" for char in text).encode("ascii")


def elements(data: bytes, tags: str | Sequence[str]) -> Iterator[etree._Element]:
    """Each element of one of `tags`, whole, and gone when the next is asked for: memory stays flat.

    Raises etree.XMLSyntaxError where the XML breaks; entities, DTDs and the network are left alone.
    """
    events = etree.iterparse(
        io.BytesIO(without_surrogates(data)),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=False,
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
