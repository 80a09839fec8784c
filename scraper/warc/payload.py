"""The body of an answer that was kept as it was sent: unframed by the parser that read it live, and decoded."""

import http.client
import io
from typing import Any, cast

from scraper.compression.decoding import CutStream, NotEncoded, UnknownEncoding, decoded, encodings

__all__ = ["Unreadable", "body_of"]

_PIECE = 64 * 1024


class Unreadable(Exception):
    """An answer that cannot be read again; the message says why."""


class _Wire:
    """Bytes in the place of a socket."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def makefile(self, *_: Any, **__: Any) -> io.BytesIO:
        return io.BytesIO(self._data)


def body_of(answer: bytes, length: int) -> bytes:
    """The first `length` bytes of the decoded body of an HTTP answer. Raises Unreadable for what is no answer."""
    response = http.client.HTTPResponse(cast("Any", _Wire(answer)))
    pieces: list[bytes] = []
    try:
        response.begin()
        read = decoded(response.read1, encodings(", ".join(response.headers.get_all("content-encoding", []))))
        while length > 0 and (piece := read(min(_PIECE, length))):
            pieces.append(piece)
            length -= len(piece)
    except (CutStream, http.client.IncompleteRead):
        pass  # it was cut when it came, and what came is kept
    except (NotEncoded, UnknownEncoding, http.client.HTTPException, ValueError) as error:
        raise Unreadable(f"no answer that can be read: {error}") from error
    return b"".join(pieces)
