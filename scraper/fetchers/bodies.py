"""An answer's body, read under caps and with what is known of its end."""

import contextlib
import http.client
from collections.abc import Mapping
from dataclasses import dataclass

import urllib3

from scraper.compression.decoding import CutStream, Read, UnknownEncoding, decoded, encodings
from scraper.fetchers.causes import words
from scraper.records import Truncation

__all__ = ["Body", "announced", "drain", "read_body"]

_PIECE = 64 * 1024

_FRAMINGS = frozenset({"", "chunked", "identity"})  # any other coding is for those who ask for it with TE (RFC 9110, 10.1.4)

# Bodies of redirects and errors: most are under 16 kB and come in one piece, and a new TLS connection costs several round trips.
_DRAINED = 16 * 1024
_DRAINING_READS = 4


@dataclass(frozen=True, slots=True)
class Body:
    """The decoded bytes, what is known of their end, and why where they were cut. `longer`: more came than was announced."""

    data: bytes
    truncation: Truncation
    reason: str = ""
    longer: bool = False


class _CapReached(Exception):
    """More bytes than the cap came over the wire."""


def read_body(raw: urllib3.BaseHTTPResponse, *, max_bytes: int, max_decoded_bytes: int) -> Body:
    """Read a body to its end or to a cap: no more than `max_bytes` raw and `max_decoded_bytes` decoded bytes are held.

    Raises UnknownEncoding and NotEncoded. A lost connection is no error here but a `Truncation.DISCONNECT`.
    """
    transfer = raw.headers.get("transfer-encoding", "").strip().lower()
    if transfer not in _FRAMINGS:
        raise UnknownEncoding(f"Transfer-Encoding {transfer[:40]!r}, which was not offered")
    names = encodings(raw.headers.get("content-encoding"))
    read = decoded(_capped(raw, max_bytes), names)
    pieces: list[bytes] = []
    size = 0
    try:
        while piece := read(min(_PIECE, max_decoded_bytes + 1 - size)):
            pieces.append(piece)
            size += len(piece)
            if size > max_decoded_bytes:
                return Body(b"".join(pieces)[:max_decoded_bytes], Truncation.LENGTH, f"more than {max_decoded_bytes} decoded bytes")
    except _CapReached:
        return Body(b"".join(pieces)[:max_decoded_bytes], Truncation.LENGTH, f"more than {max_bytes} bytes")
    except CutStream as error:
        return Body(b"".join(pieces), Truncation.DISCONNECT, str(error)) if pieces or not _bare(raw) else Body(b"", Truncation.NO)
    except (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError) as error:
        return Body(b"".join(pieces), Truncation.DISCONNECT, words(error))
    return Body(b"".join(pieces), Truncation.NO if names or _framed(raw.headers) else Truncation.MAYBE)


def drain(raw: urllib3.BaseHTTPResponse) -> None:
    """Read a small body that nobody wants, so that its connection can be kept; a large or slow one is left, and costs its connection."""
    size = announced(raw.headers)
    if size is None or size > _DRAINED:
        return
    with contextlib.suppress(urllib3.exceptions.HTTPError, http.client.HTTPException, OSError):  # the connection is closed then
        for _ in range(_DRAINING_READS):
            if not raw.read1(_DRAINED, decode_content=False):
                return


def _capped(raw: urllib3.BaseHTTPResponse, cap: int) -> Read:
    """A reader of the raw bytes that raises _CapReached after `cap` of them."""
    left = cap

    def read(limit: int) -> bytes:
        nonlocal left
        data = raw.read1(min(limit, left + 1), decode_content=False)
        left -= len(data)
        if left < 0:
            raise _CapReached
        return data

    return read


def announced(headers: Mapping[str, str]) -> int | None:
    """The bytes that an answer says its body has, of an absurd number the first 18 digits; None where it names no number."""
    lengths = {text.strip() for text in headers.get("content-length", "").split(",")}
    length = lengths.pop() if len(lengths) == 1 else ""
    return int(length[:18]) if length.isascii() and length.isdigit() else None


def _framed(headers: Mapping[str, str]) -> bool:
    """Whether the answer tells where its body ends."""
    return announced(headers) is not None or headers.get("transfer-encoding", "").strip().lower() == "chunked"


def _bare(raw: urllib3.BaseHTTPResponse) -> bool:
    """Whether no byte of a body came: an empty body needs no end mark."""
    return raw.tell() == 0
