"""What goes over the wire of an exchange, byte for byte: its request, and its answer as far as that was read."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from scraper.captured import Captured
from scraper.records import Failure, FailureKind, Page, Truncation, Unchanged

__all__ = ["Wire", "captured"]

_BLANK_LINE = re.compile(rb"\n\r?\n")

# What cut an answer short, in the words of WARC-Truncated (WARC 1.1, 5.13).
_CUTS = {
    FailureKind.TIMEOUT: "time",
    FailureKind.TRUNCATED: "disconnect",
    FailureKind.CONNECT: "disconnect",
    FailureKind.TOO_LARGE: "length",
    Truncation.DISCONNECT: "disconnect",
    Truncation.LENGTH: "length",
}
_NOT_WANTED = "unspecified"  # the body of a redirect or an error, which is read where it is small


class Wire:
    """The last request of an exchange and the answer to it. `address`: the server's; None behind a proxy.

    `whole`: whether the answer was read to its end.
    """

    def __init__(self) -> None:
        self.request = b""
        self.address: str | None = None
        self.whole = False
        self._pieces: list[bytes] = []
        self._head = 0

    def answer(self, stream: Any) -> "_Tee":
        """`stream`, from which an answer is about to be read; what was read before is forgotten."""
        self._pieces, self._head = [], 0
        return _Tee(stream, self._pieces)

    def end_head(self) -> None:
        """What was read so far is the answer's head."""
        self._head = sum(map(len, self._pieces))

    def taken(self) -> tuple[bytes, int] | None:
        """The answer without the interim ones (1xx) before it, and the length of its head; None where no whole head came."""
        if not self._head:
            return None
        data = b"".join(self._pieces)
        heads = [match.end() for match in _BLANK_LINE.finditer(data, 0, self._head)]
        start = heads[-2] if len(heads) > 1 else 0
        return data[start:], self._head - start


def captured(wire: Wire, url: str, result: object, *, now: Callable[[], datetime]) -> Captured | None:
    """The exchange that had that result; None where no answer came."""
    taken = wire.taken()
    if taken is None:
        return None
    if isinstance(result, Page):
        cut = _CUTS.get(result.truncation)
    else:
        cut = (_CUTS.get(result.kind) if isinstance(result, Failure) else None) or (None if wire.whole else _NOT_WANTED)
    moment = getattr(result, "fetched_at", None) or now()
    return Captured(
        url=url,
        request=wire.request,
        response=taken[0],
        head=taken[1],
        address=wire.address,
        moment=moment,
        cut=cut,
        unchanged=isinstance(result, Unchanged),
    )


class _Tee:
    """A stream that is read as it is, and remembered."""

    def __init__(self, stream: Any, pieces: list[bytes]) -> None:
        self._stream = stream
        self._pieces = pieces

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def readline(self, limit: int = -1) -> bytes:
        return self._kept(self._stream.readline(limit))

    def read(self, size: int = -1) -> bytes:
        return self._kept(self._stream.read(size))

    def read1(self, size: int = -1) -> bytes:
        return self._kept(self._stream.read1(size))

    def readinto(self, buffer: Any) -> int:
        count: int = self._stream.readinto(buffer)
        self._kept(bytes(memoryview(buffer)[:count]))
        return count

    def _kept(self, piece: bytes) -> bytes:
        self._pieces.append(piece)
        return piece
