"""What sources share about untrusted XML and HTML: how they ask for it, and what is refused."""

import codecs
import io
import re
import zlib
from collections.abc import Callable, Iterator, Sequence

from lxml import etree, html

from extractors.bounds import bounded
from extractors.errors import TooComplex
from scraper.records import Failure, FailureKind, Page, Target
from scraper.wellformed import well_formed

__all__ = [
    "Get",
    "TooLarge",
    "bad",
    "declares_entities",
    "elements",
    "page_tree",
    "unpacked",
    "without_crowds",
    "without_nulls",
    "without_surrogates",
]

Get = Callable[[Target], Page | Failure]
"""How a source asks for its own documents: robots, pace and guard apply to them too."""

_DECLARATION = re.compile(rb"<!\s*(?:ENTITY|DOCTYPE\s[^>]*\[)", re.IGNORECASE)
_MAX_BYTES = 50 * 1024 * 1024  # sitemaps.org: 50 MB uncompressed
_PROLOG = 64 * 1024  # bytes; a declaration stands before the first element
# References to halves of a character, U+D800 to U+DFFF, as writers make them that take UTF-16 for Unicode; no parser reads them.
_HALF = rb"&#(?:[xX]0{0,4}[dD][89a-fA-F][0-9a-fA-F]{2}|0{0,4}(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]));"
_HALVES = re.compile(rb"(?:%b)+" % _HALF)
# What writers who glue strings together leave in XML, and what makes a strict parser drop all that follows: an ampersand that begins no
# reference of XML's own, as in ?a=1&b=2; and characters that XML 1.0 (2.2) does not have, as they are or as references.
_BARE = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]+|#[xX][0-9a-fA-F]+);)")
_CONTROL = re.compile(rb"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bceBCEfF]|1[0-9a-fA-F]));")
_BLANKS = bytes.maketrans(bytes(code for code in range(32) if code not in b"\t\n\r"), b" " * 29)
_XML = re.compile(rb"""<\?xml(?:[^>]{0,200}?encoding\s*=\s*["']([^"'>]{0,40})["'])?[^>]{0,200}>""", re.IGNORECASE)

_HARMLESS = frozenset({etree.ErrorTypes.ERR_DOCUMENT_END, etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE})


class TooLarge(ValueError):
    """A document of more bytes than are read."""


def declares_entities(data: bytes) -> bool:
    """Whether a document declares entities of its own, in UTF-8, UTF-16 or UTF-32: no feed or sitemap has a use for that."""
    return bool(_DECLARATION.search(without_nulls(data[:_PROLOG])))


def unpacked(data: bytes) -> bytes:
    """The document, out of its gzip file where it lies in one. Raises ValueError, in words, for one that is broken, and TooLarge."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    members: list[bytes] = []
    room = _MAX_BYTES + 1
    while data.startswith(b"\x1f\x8b") and room:  # members may follow one another (RFC 1952, 2.2)
        member = zlib.decompressobj(zlib.MAX_WBITS + 16)
        try:
            members.append(member.decompress(data, room))
        except zlib.error as error:
            raise ValueError(f"a broken gzip file: {error}") from error
        room -= len(members[-1])
        data = member.unused_data
    if not room:
        raise TooLarge(f"more than {_MAX_BYTES} bytes unpacked")
    return b"".join(members)


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


def _mended(data: bytes) -> bytes:
    """UTF-8 XML that keeps its characters, without what makes a strict parser give up: feeds and sitemaps are often not well-formed.

    White space before the XML declaration goes too, and with it an encoding that the document cannot have. Other encodings are left.
    """
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    declared = _XML.match(data)
    if b"\x00" in data[:_PROLOG] or (declared and declared[1] and not _is_utf_8(declared[1].decode("latin-1"))):
        return data
    data = data[declared.end() :].lstrip() if declared else data
    pieces = data.translate(_BLANKS).decode("utf-8", "replace").encode().split(b"<![CDATA[")
    parted = [piece.partition(b"]]>") for piece in pieces[1:]]  # in a CDATA section everything stands for itself
    return _escaped(pieces[0]) + b"".join(b"<![CDATA[" + inside + end + _escaped(rest) for inside, end, rest in parted)


def _is_utf_8(encoding: str) -> bool:
    """Whether a document without null bytes that names this encoding is taken for UTF-8: it cannot be UTF-16, or in what nobody knows."""
    try:
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        return True
    return name.startswith(("utf-8", "utf-16", "utf-32"))


def _escaped(data: bytes) -> bytes:
    return _BARE.sub(b"&amp;", _CONTROL.sub(b" ", data))


def elements(data: bytes, tags: str | Sequence[str]) -> Iterator[etree._Element]:
    """Each element of one of `tags`, whole, and gone when the next is asked for: memory stays flat.

    Raises etree.XMLSyntaxError where the XML breaks; entities, DTDs and the network are left alone. What stands behind the document's end,
    and prefixes that it does not declare, break nothing.
    """
    events = etree.iterparse(
        io.BytesIO(without_surrogates(_mended(data))),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=False,
    )
    try:
        for _, element in events:
            yield element
            element.clear()
            parent = element.getparent()
            while parent is not None and parent[0] is not element:
                del parent[0]
    except etree.XMLSyntaxError:
        if any(error.type not in _HARMLESS for error in events.error_log):
            raise


def page_tree(data: bytes) -> html.HtmlElement:
    """The tree of an HTML page, which is cut or refused where reading it would have no bound, as articles are.

    Raises ValueError, in words, for what is no page.
    """
    try:
        return html.document_fromstring(without_crowds(data))
    except etree.LxmlError as error:
        raise ValueError(str(error)) from error


def without_crowds(data: bytes) -> bytes:
    """Markup without tags of thousands of attributes, for which parsers need minutes. Raises ValueError, in words, for too many tags."""
    try:
        return bounded(data.decode("latin-1"), []).encode("latin-1")  # which keeps every byte
    except TooComplex as error:
        raise ValueError(str(error)) from error


def bad(url: str, detail: str, kind: FailureKind = FailureKind.BAD_INPUT) -> Failure:
    """A document that a source cannot use."""
    return Failure(url=url, kind=kind, detail=detail)
