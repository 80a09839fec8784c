"""Whole records of a .warc.gz file with one gzip member a record, each verified by length and digest; the first that is not ends it.

Libraries read a record that was torn, and the checksums of gzip alone do not tell where a file that is being appended to ends whole.
"""

import base64
import hashlib
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

__all__ = ["Record", "Torn", "digest_of", "read_record", "read_records", "sha256_in"]

_PIECE = 32 * 1024  # what follows a member is copied for each member in a piece, so larger pieces are no faster
_LARGEST = 2**30  # bytes of a record unpacked: no answer is as large, and a crafted member is not unpacked to its end
_TAIL = b"\r\n\r\n"


class Torn(Exception):
    """From the byte `start` on, a file holds no whole record; the message says why."""

    def __init__(self, start: int, why: str) -> None:
        super().__init__(why)
        self.start = start


@dataclass(frozen=True, slots=True)
class Record:
    """A record: where its gzip member starts and ends in the file, its headers by lower-case name, and its block."""

    start: int
    end: int
    headers: Mapping[str, str]
    block: bytes

    @property
    def kind(self) -> str:
        """Its WARC-Type."""
        return self.headers.get("warc-type", "")

    @property
    def id(self) -> str:
        """Its WARC-Record-ID, in angle brackets."""
        return self.headers.get("warc-record-id", "")

    @property
    def url(self) -> str | None:
        """Its WARC-Target-URI."""
        return self.headers.get("warc-target-uri")


def digest_of(data: bytes) -> str:
    """A labelled digest as WARC headers have it: SHA-256 in base32."""
    return "sha256:" + base64.b32encode(hashlib.sha256(data).digest()).decode()


def sha256_in(digest: str | None) -> str | None:
    """The SHA-256 (hexadecimal) of a labelled digest; None for one of another kind, as other programs write."""
    kind, _, value = (digest or "").partition(":")
    try:
        raw = base64.b32decode(value)
    except ValueError:
        return None
    return raw.hex() if kind == "sha256" and len(raw) == hashlib.sha256().digest_size else None


def read_records(stream: BinaryIO, start: int = 0) -> Iterator[Record]:
    """The records from the byte `start` on, which must begin one. Raises Torn at the first that is not whole, OSError for the disk."""
    stream.seek(start)
    rest = b""
    while True:
        data, rest, end = _member(stream, rest, start)
        if not end:
            return
        yield _parsed(data, start, end)
        start = end


def read_record(stream: BinaryIO, start: int) -> Record | None:
    """The record that starts at a byte; None where none does."""
    try:
        return next(read_records(stream, start), None)
    except Torn:
        return None


def _member(stream: BinaryIO, rest: bytes, start: int) -> tuple[bytes, bytes, int]:
    """A gzip member's content, what was read beyond it, and where it ends; that is 0 at the file's end."""
    unpack = zlib.decompressobj(31)
    pieces: list[bytes] = []
    used = size = 0
    while not unpack.eof:
        piece = rest or stream.read(_PIECE)
        rest = b""
        if not piece:
            if not used:
                return b"", b"", 0
            raise Torn(start, "the file ends within a record")
        try:
            pieces.append(unpack.decompress(piece, _LARGEST))
        except zlib.error as error:
            raise Torn(start, f"no gzip member: {error}") from error
        size += len(pieces[-1])
        if size >= _LARGEST:
            raise Torn(start, f"a record of more than {_LARGEST} bytes")
        used += len(piece)
    return b"".join(pieces), unpack.unused_data, start + used - len(unpack.unused_data)


def _parsed(data: bytes, start: int, end: int) -> Record:
    head, blank, block = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("utf-8", "replace").split("\r\n")
    if not blank or not first.startswith("WARC/"):
        raise Torn(start, "no WARC record")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    length = headers.get("content-length", "")
    if not length.isdecimal() or len(block) != int(length) + len(_TAIL) or not block.endswith(_TAIL):
        raise Torn(start, f"a block of {len(block) - len(_TAIL)} bytes where {length or 'no number'} are announced")
    block = block[: -len(_TAIL)]
    digest = headers.get("warc-block-digest")
    if digest is not None and digest.startswith("sha256:") and digest != digest_of(block):
        raise Torn(start, "its digest does not match")
    return Record(start, end, headers, block)
