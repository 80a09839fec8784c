"""Packed bytes: gzip members and zstd frames, written whole, and read one after another to the last."""

import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from scraper.job.outputs import Compression

if TYPE_CHECKING:
    import zstandard

__all__ = ["UNREADABLE", "compression_of", "pack", "pack_pieces", "pieces_of", "unpacked", "whole_end"]

_MAGIC = {Compression.GZIP: b"\x1f\x8b", Compression.ZSTD: b"\x28\xb5\x2f\xfd"}
_SLICE = 4096  # bytes given to the zstd decoder at a time: a block of 4 bytes can stand for 128 KiB, so one slice gives 128 MiB at most
_PIECE = 1 << 20  # bytes read at a time from what is packed
_GZIP_LEVEL = 6
_ZSTD_LEVEL = 3  # the default of zstd

# What a reader of `unpacked` raises for a stream that is broken or breaks off, besides OSError for the disk.
UNREADABLE = (EOFError, gzip.BadGzipFile, zlib.error)


def compression_of(head: bytes) -> Compression | None:
    """How a stream is packed, by its first four bytes."""
    return next((kind for kind, magic in _MAGIC.items() if head.startswith(magic)), None)


def pack(data: bytes, compression: Compression | None) -> bytes:
    """`data` as one whole gzip member or zstd frame, with a checksum; as it is where nothing is asked."""
    if compression is None:
        return data
    if compression is Compression.GZIP:
        return gzip.compress(data, _GZIP_LEVEL, mtime=0)
    import zstandard  # noqa: PLC0415 - only where it is used

    return zstandard.ZstdCompressor(level=_ZSTD_LEVEL, write_checksum=True).compress(data)


def pack_pieces(pieces: Iterable[bytes], compression: Compression | None) -> Iterator[bytes]:
    """All of `pieces` as one gzip member or zstd frame, in pieces."""
    if compression is None:
        yield from pieces
        return
    packer = _packer(compression)
    for piece in pieces:
        yield packer.compress(piece)
    yield packer.flush()


def _packer(compression: Compression) -> "zlib._Compress | zstandard.ZstdCompressionObj":
    if compression is Compression.GZIP:
        return zlib.compressobj(_GZIP_LEVEL, wbits=zlib.MAX_WBITS | 16)  # 16: with the head and end of a gzip member
    import zstandard  # noqa: PLC0415

    return zstandard.ZstdCompressor(level=_ZSTD_LEVEL, write_checksum=True).compressobj()


def pieces_of(stream: BinaryIO) -> Iterator[bytes]:
    """What `stream` holds, from where it stands to its end."""
    return iter(lambda: stream.read(_PIECE), b"")


def unpacked(stream: BinaryIO, compression: Compression | None) -> BinaryIO:
    """The bytes that `stream` holds, over all members or frames. What breaks off raises one of UNREADABLE when it is read so far."""
    if compression is Compression.GZIP:
        return gzip.GzipFile(fileobj=stream)  # type: ignore[return-value]  # it has what a BinaryIO has, but does not say so
    return io.BufferedReader(_Frames(stream), _PIECE) if compression is Compression.ZSTD else stream


def whole_end(stream: BinaryIO, compression: Compression | None) -> int:
    """The byte behind the last whole line; of what is packed, behind the last whole gzip member or zstd frame that ends with one."""
    if compression is not None:
        return max((end for end, last in _member_ends(stream, compression) if last == b"\n"), default=0)
    end = stream.seek(0, io.SEEK_END)
    while end:
        begin = max(end - _PIECE, 0)
        stream.seek(begin)
        if (found := stream.read(end - begin).rfind(b"\n")) >= 0:
            return begin + found + 1
        end = begin
    return 0


def _member_ends(stream: BinaryIO, compression: Compression) -> Iterator[tuple[int, bytes]]:
    """Where each whole member or frame ends, and the last byte that it holds; what is broken ends it."""
    import zstandard  # noqa: PLC0415

    decoder = zstandard.ZstdDecompressor()
    read, last, unpack = 0, b"", None
    while piece := stream.read(_SLICE):
        read += len(piece)
        while piece:
            unpack = unpack or (zlib.decompressobj(zlib.MAX_WBITS | 16) if compression is Compression.GZIP else decoder.decompressobj())
            try:
                last = unpack.decompress(piece)[-1:] or last
            except (zlib.error, zstandard.ZstdError):
                return
            piece = b""
            if unpack.eof:
                piece, unpack = unpack.unused_data, None
                yield read - len(piece), last


class _Frames(io.RawIOBase):
    """A reader of zstd frames. (That of `zstandard` takes an unfinished frame for the end.)"""

    def __init__(self, stream: BinaryIO) -> None:
        import zstandard  # noqa: PLC0415

        self._error = zstandard.ZstdError
        self._decoder = zstandard.ZstdDecompressor()
        self._stream = stream
        self._frame = self._decoder.decompressobj()
        self._begun = False
        self._packed = b""
        self._plain = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]  # BufferedReader gives a memoryview
        while not self._plain and self._next():
            pass
        taken = self._plain[: len(buffer)]
        buffer[: len(taken)] = taken
        self._plain = self._plain[len(taken) :]
        return len(taken)

    def _next(self) -> bool:
        """Decode one slice more; False at the end."""
        if self._frame.eof:
            self._packed = self._frame.unused_data + self._packed
            self._frame, self._begun = self._decoder.decompressobj(), False
        piece, self._packed = self._packed[:_SLICE], self._packed[_SLICE:]
        if not piece:
            piece = self._stream.read(_SLICE)
        if not piece:
            if self._begun:
                raise EOFError("the zstd stream ends in the middle of a frame")
            return False
        self._begun = True
        try:
            self._plain = memoryview(self._frame.decompress(piece))
        except self._error as error:
            raise EOFError(f"the zstd stream is broken: {error}") from error
        return True
