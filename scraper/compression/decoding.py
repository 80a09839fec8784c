"""Content-Encoding undone as a stream: at most the bytes that are asked for, and a stream that is cut is an error, never an end."""

import zlib
from collections.abc import Callable
from typing import Any, Protocol

__all__ = ["CutStream", "NotEncoded", "Read", "UnknownEncoding", "decoded", "encodings"]

Read = Callable[[int], bytes]
"""At most so many bytes; b"" at the end."""

# urllib3 refuses more than five encodings on top of each other; no server has a use for more than one.
MAX_ENCODINGS = 5

_ALIASES = {"x-gzip": "gzip", "gzip": "gzip", "deflate": "deflate", "br": "br", "zstd": "zstd"}

# What servers write where no encoding is meant, charsets among it; browsers take such a body as it is.
_NO_ENCODINGS = frozenset({"", "identity", "none", "utf-8", "utf8", "iso-8859-1", "windows-1252", "us-ascii", "binary", "8bit", "7bit"})

# A zstd block header of 4 bytes may stand for 128 KiB (RFC 8878, 3.1.1.2): 256 bytes at a time give 8 MiB at the most.
_ZSTD_SLICE = 256
_ZSTD_WINDOW = 8 * 2**20  # RFC 9659: the window that a decoder of "Content-Encoding: zstd" must support


_PIECE = 16384  # raw bytes at a time; what is behind a member is copied once for each of them


class UnknownEncoding(Exception):
    """An encoding that was not offered, or too many of them."""


class NotEncoded(Exception):
    """The bytes are not in the encoding that the header names."""


class CutStream(Exception):
    """The bytes ended before the encoding's own end mark."""


def encodings(header: str | None) -> tuple[str, ...]:
    """The encodings of a Content-Encoding header, in the order in which they are undone. Raises UnknownEncoding."""
    names = [name.strip().lower() for name in (header or "").split(",")]
    names = [name for name in names if name not in _NO_ENCODINGS]
    if len(names) > MAX_ENCODINGS:
        raise UnknownEncoding(f"{len(names)} encodings on top of each other")
    unknown = [name for name in names if name not in _ALIASES]
    if unknown:
        raise UnknownEncoding(f"Content-Encoding {unknown[0][:40]!r}")
    return tuple(_ALIASES[name] for name in reversed(names))


def decoded(read: Read, names: tuple[str, ...]) -> Read:
    """A reader of the decoded bytes over a reader of the raw ones. It raises CutStream and NotEncoded."""
    for name in names:
        read = _Stream(read, _DECODERS[name])
    return read


class _Decoder(Protocol):
    """One member or frame of an encoding. `pending`: output waits inside. `following`: of the next member; None where none may follow."""

    finished: bool
    pending: bool
    unused: bytes

    def feed(self, data: bytes, limit: int) -> bytes: ...

    def following(self) -> "_Decoder | None": ...


class _Zlib:
    """gzip, or deflate with its zlib wrapper or without, as servers have always disagreed about."""

    finished = False
    pending = False
    unused = b""

    def __init__(self, bits: int) -> None:
        self._bits = bits
        self._stream: Any = None

    def feed(self, data: bytes, limit: int) -> bytes:
        if self._stream is None:
            wrapped = self._bits > zlib.MAX_WBITS or (data[0] & 0x0F == 8 and data[0] >> 4 <= 7)
            self._stream = zlib.decompressobj(self._bits if wrapped else -zlib.MAX_WBITS)
        out: bytes = self._stream.decompress(data, limit)
        self.finished = self._stream.eof
        self.pending = len(out) == limit and not self.finished
        self.unused = self._stream.unused_data if self.finished else self._stream.unconsumed_tail
        return out

    def following(self) -> "_Zlib | None":
        return _Zlib(self._bits) if self._bits > zlib.MAX_WBITS else None


class _Brotli:
    finished = False
    pending = False
    unused = b""

    def __init__(self) -> None:
        import brotli  # type: ignore[import-untyped]  # noqa: PLC0415  # no type information; loaded where a server uses it

        self._stream = brotli.Decompressor()

    def feed(self, data: bytes, limit: int) -> bytes:
        ready = self._stream.can_accept_more_data()
        out: bytes = self._stream.process(data if ready else b"", output_buffer_limit=limit)
        self.unused = b"" if ready else data
        self.finished = self._stream.is_finished()
        self.pending = not self.finished and bool(out or not self._stream.can_accept_more_data())
        return out

    def following(self) -> None:
        return None


class _Zstd:
    finished = False
    pending = False
    unused = b""

    def __init__(self, context: Any = None) -> None:
        import zstandard  # noqa: PLC0415  # loaded where a server uses it

        # One for all frames of a body: to make it takes longer than to undo a small frame, which may have 8 bytes.
        self._context = context or zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
        self._stream = self._context.decompressobj()

    def feed(self, data: bytes, limit: int) -> bytes:  # noqa: ARG002  # bounded by the slice
        out: bytes = self._stream.decompress(data[:_ZSTD_SLICE])
        self.finished = self._stream.eof
        self.unused = self._stream.unused_data + data[_ZSTD_SLICE:]
        return out

    def following(self) -> "_Zstd":
        return _Zstd(self._context)


_DECODERS: dict[str, Callable[[], _Decoder]] = {
    "gzip": lambda: _Zlib(zlib.MAX_WBITS + 16),
    "deflate": lambda: _Zlib(zlib.MAX_WBITS),
    "br": _Brotli,
    "zstd": _Zstd,
}


class _Stream:
    """The decoded bytes of members that follow one another; what follows the last of them and is no member is dropped, as browsers do."""

    def __init__(self, read: Read, make: Callable[[], _Decoder]) -> None:
        self._read = read
        self._decoder = make()
        self._whole = False  # a member was read to its end
        self._begun = False  # the present member has given output
        self._data = b""
        self._over = False

    def __call__(self, limit: int) -> bytes:
        """At most about `limit` bytes (a zstd slice may give up to 8 MiB); b"" at the end."""
        while not self._over:
            if not self._data and not self._decoder.pending:
                self._data = self._read(_PIECE)
                if not self._data:
                    self._end()
                    break
            out = self._feed(limit)
            if out:
                return out
        return b""

    def _feed(self, limit: int) -> bytes:
        decoder = self._decoder
        try:
            out = decoder.feed(self._data, limit)
        except Exception as error:  # zlib.error, brotli.error and zstandard.ZstdError have no common root
            if not self._whole or self._begun:
                raise NotEncoded(str(error)) from error
            self._over = True  # junk after a whole member
            return b""
        self._data = decoder.unused
        self._begun = self._begun or bool(out)
        if decoder.finished:
            self._whole, self._begun = True, False
            following = decoder.following()
            self._over = following is None
            self._decoder = following or decoder
        return out

    def _end(self) -> None:
        """The raw bytes are over: fine after a whole member, and for a body of no bytes."""
        self._over = True
        if self._begun or not self._whole:
            raise CutStream("the encoded body ends before its end mark")
