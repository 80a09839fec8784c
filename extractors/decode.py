"""Bytes to text: byte order mark, HTTP header, the page's own label, then the content itself; a label that lies is overruled."""

import codecs
import re
from dataclasses import dataclass

from bs4.dammit import EncodingDetector
from w3lib.encoding import http_content_type_encoding, read_bom, resolve_encoding

from extractors.charsets import guess
from extractors.errors import EmptyPage, NotText, UndecodableText
from extractors.mojibake import is_written_twice, mended

__all__ = ["Decoded", "decode", "decoded"]

_SNIFF = 4096  # bytes in which a page must name its encoding; the HTML standard asks for 1024, real pages put scripts first
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
# What Python calls codecs too, and browsers do not know: transforms of bytes, and spellings of addresses and escapes.
_OTHER_CODECS = "base64 bz2 hex idna mbcs oem punycode quopri raw_unicode_escape rot_13 undefined unicode_escape uu zlib"
_NO_CHARSETS = frozenset(_OTHER_CODECS.split())

# First bytes of what is no text, from the formats' own specifications.
_MAGIC = {
    b"%PDF-": "a PDF",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"RIFF": "a RIFF file (image, audio or video)",
    b"PK\x03\x04": "a ZIP archive or office document",
    b"\x1f\x8b": "a gzip file",
    b"BZh": "a bzip2 file",
    b"\x28\xb5\x2f\xfd": "a Zstandard file",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"\x7fELF": "a program",
    b"OggS": "an Ogg file",
    b"ID3": "an MP3 file",
    b"\x00\x00\x00\x18ftyp": "an MP4 file",
    b"\x00\x00\x00\x20ftyp": "an MP4 file",
    b"wOFF": "a font",
    b"wOF2": "a font",
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was read in, whether some bytes were not valid in it, and whether it was encoded twice."""

    text: str
    encoding: str
    damaged: bool = False
    twice: bool = False


def decode(data: bytes, content_type: str | None = None) -> Decoded:
    """Decode `data`. Raises EmptyPage, NotText for bytes that are no text, UndecodableText where nothing fits."""
    if not data.strip(b" \t\r\n\0"):
        raise EmptyPage("the document has no bytes but white space")
    for magic, name in _MAGIC.items():
        if data.startswith(magic):
            raise NotText(f"the document is {name}, not text")
    bom, _ = read_bom(data)
    if bom:
        text = data.decode(bom, "replace").lstrip("\ufeff")
        return Decoded(text, bom, "\ufffd" in text)
    wide = _wide(data)
    if wide:
        text = data.decode(wide, "replace")
        return Decoded(text, wide, "\ufffd" in text)
    if b"\0" in data:  # a fifth of the time of counting them
        if data.count(b"\0") > len(data) // 50 + 8:
            raise NotText("the document has too many null bytes to be text")
        data = data.replace(b"\0", b"")
    return _by_content(data, content_type)


def decoded(text: str) -> Decoded:
    """Text that was UTF-8, taken back where it was encoded twice."""
    twice = is_written_twice(text)
    return Decoded(mended(text) if twice else text, "utf-8", twice=twice)


def _by_content(data: bytes, content_type: str | None) -> Decoded:
    """Valid UTF-8 is UTF-8, whatever the labels say; then the labels in which the bytes are valid; then a guess."""
    label = _resolved(http_content_type_encoding(content_type))
    label = label or _resolved(EncodingDetector.find_declared_encoding(data[:_SNIFF], is_html=True, search_entire_document=True))
    if label in {"iso2022_jp", "hz"}:  # seven-bit encodings look like valid UTF-8
        return Decoded(data.decode(label, "replace"), label)
    try:
        return decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass  # not UTF-8: the ladder goes on
    if label and not label.startswith("utf"):
        try:
            return Decoded(data.decode(label), label)
        except UnicodeDecodeError:
            pass  # the label lies, or the page is damaged: judged below
    sound = sum(len(match) for match in _MULTIBYTE.findall(data))
    if sound * 2 > len(_HIGH.findall(data)):
        return Decoded(_mixed(data), "utf-8", damaged=True)
    if label and not label.startswith("utf"):
        text = data.decode(label, "replace")
        if text.count("\ufffd") * 100 < len(_HIGH.findall(data)) + 100:
            return Decoded(text, label, damaged=True)
    return _guessed(data)


def _guessed(data: bytes) -> Decoded:
    """By the letters of the text; as windows-1252 where these say nothing."""
    encoding = guess(data) or "cp1252"
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    if text.count("\ufffd") * 10 > len(text):
        raise UndecodableText("more than a tenth of the bytes fit no known encoding")
    return Decoded(text, encoding, damaged=True)


def _resolved(label: str | None) -> str | None:
    """A label as Python's codec name, as browsers read it (latin-1 is windows-1252, gb2312 is gb18030); None for what is no charset."""
    name = resolve_encoding(label) if label else None
    if name is None or name.replace("-", "_") in _NO_CHARSETS:
        return None
    return "cp1252" if name in {"iso8859-1", "latin-1", "ascii"} else name


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark shows as null bytes at regular places."""
    head = data[:512]
    if head.count(b"\0") * 3 < len(head):
        return None
    even, odd = head[::2].count(b"\0"), head[1::2].count(b"\0")
    if min(even, odd) > len(head) // 6:
        return "utf-32-be" if head[:1] == b"\0" else "utf-32-le"
    if odd > even * 4:
        return "utf-16-le"
    return "utf-16-be" if even > odd * 4 else None


def _mixed(data: bytes) -> str:
    """UTF-8 with single bytes of windows-1252 between."""
    return data.decode("utf-8", _AS_WINDOWS)


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """What the bytes that are no UTF-8 say in windows-1252, and where they end."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_AS_WINDOWS = "extractors.windows-1252"
codecs.register_error(_AS_WINDOWS, _as_windows)
