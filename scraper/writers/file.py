"""One file as an output: it ends with a whole piece at any time, whatever the disk does."""

import logging
import os
from collections import deque
from pathlib import Path

from scraper.compression.packing import UNREADABLE, pack, pack_pieces, pieces_of, unpacked
from scraper.durable import cut, is_special, make_file, rename, sync, sync_folder, told, write_all
from scraper.errors import OutputError, Place
from scraper.job.outputs import Compression, Position, Revisions
from scraper.records import IfExists
from scraper.writers.latest import Superseded, find_superseded
from scraper.writers.sink import ANEW, refuse_existing

__all__ = ["FileSink"]

_log = logging.getLogger(__name__)

_MEMBER = 1 << 20  # bytes that are packed together at most; a member ends at each sync as well, so that a position is a member's end
_FLAGS = {IfExists.REFUSE: os.O_EXCL, IfExists.APPEND: 0, IfExists.OVERWRITE: os.O_TRUNC}


class FileSink:
    """A file; what a full disk took in half is cut away again.

    Unpacked pieces are written as they come, packed ones a gzip member or zstd frame at a time.
    """

    def __init__(
        self, path: Path, if_exists: IfExists, *, compression: Compression | None = None, revisions: Revisions = Revisions.APPEND
    ) -> None:
        self._path, self._compression, self._revisions = path, compression, revisions
        flags = 0 if if_exists is IfExists.REFUSE and path.exists() and not path.is_file() else _FLAGS[if_exists]
        with told(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            if if_exists is IfExists.REFUSE:
                refuse_existing(path)
            self._fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | flags, 0o666)
        self._special = is_special(self._fd)
        if not self._special:
            with told(path):
                sync_folder(path.parent)
        self._end = 0 if self._special else os.lseek(self._fd, 0, os.SEEK_END)
        self._waiting = bytearray()
        self._unsure = False
        self._compact = False  # whether no id is there twice for sure

    def restore(self, position: Position | None) -> Position:
        """Raises OutputError for a file that is shorter than it was, and for a torn end where nothing is known of the file."""
        if self._special:
            return Position()
        if position is None:
            self._refuse_torn_end()
            return Position(self._end)
        if self._ready.exists():
            self._finish_or_drop(position)
        if self._end < position.length:
            problem = f"{position.length - self._end} bytes are missing that were committed"
            raise OutputError(problem, remedy=f"bring the file back, {ANEW}", place=Place(file=str(self._path)))
        if self._end > position.length:
            _log.info("%s: %s bytes beyond what was committed are cut", self._path, self._end - position.length)
            with told(self._path):
                cut(self._fd, position.length)
                sync(self._fd)
        self._end, self._compact = position.length, position.ready
        return Position(self._end)

    def put(self, piece: bytes) -> None:
        """Writes all of `piece`, or raises OutputError and leaves the file as it was."""
        self._compact = False
        if self._compression is None:
            self._write(piece)
            return
        before = len(self._waiting)
        self._waiting += piece
        if len(self._waiting) >= _MEMBER:
            try:
                self._end_member()
            except OutputError:
                del self._waiting[before:]  # this piece was refused; those before it were taken, and wait on
                raise

    def sync(self) -> Position:
        """A packed file ends with a whole member then."""
        if self._unsure:
            problem = "the disk failed to keep what was written; nothing after that is committed"
            raise OutputError(problem, remedy="see to the disk, and start the run again", place=Place(file=str(self._path)))
        self._end_member()
        with told(self._path):
            self._unsure = True  # a second fsync says all is well, though the bytes of the first are lost (`man 2 fsync`, EIO)
            sync(self._fd)
            self._unsure = False
        return Position(self._end)

    def finish(self) -> Position:
        """With the latest revisions alone, the file is written anew beside itself, if it has others."""
        position = self.sync()
        if self._revisions is Revisions.APPEND or self._compact or self._special:
            return position
        with told(self._path), find_superseded([self._path]) as found:
            self._compact = True
            return self._without(found) if found.where else position

    def settle(self, position: Position) -> None:
        """Puts the new file in the place of the old one."""
        if not position.ready:
            return
        with told(self._path):
            rename(self._ready, self._path)
            self._reopen()

    def close(self) -> None:
        """Syncs and closes. Raises OutputError where the disk refuses even now."""
        if self._fd < 0:
            return
        try:
            if not self._unsure:  # else that was told already
                self.sync()
        finally:
            fd, self._fd = self._fd, -1
            os.close(fd)

    @property
    def size(self) -> int:
        """Bytes on the disk."""
        return self._end

    @property
    def _ready(self) -> Path:
        return self._path.with_name(f".{self._path.name}.ready")

    def _write(self, data: bytes) -> None:
        with told(self._path):
            self._end = write_all(self._fd, data, self._end)

    def _end_member(self) -> None:
        if self._waiting:
            self._write(pack(bytes(self._waiting), self._compression))
            self._waiting.clear()  # not before: what a full disk refused must not pass for written at the next sync

    def _without(self, found: Superseded) -> Position:
        """Writes the file anew, without the lines that newer ones have superseded."""
        with self._path.open("rb") as stream:
            kept = found.kept(0, unpacked(stream, self._compression))
            size = make_file(self._ready, pack_pieces(kept, self._compression))
        return Position(size, ready=True)

    def _finish_or_drop(self, position: Position) -> None:
        """The file that should have come in this one's place comes there if it was committed, and goes if not."""
        with told(self._path):
            if position.ready and self._ready.stat().st_size == position.length:
                self.settle(position)
            else:
                self._ready.unlink()

    def _reopen(self) -> None:
        os.close(self._fd)
        self._fd = os.open(self._path, os.O_RDWR | os.O_CLOEXEC)
        self._end = os.lseek(self._fd, 0, os.SEEK_END)

    def _refuse_torn_end(self) -> None:
        """A file that does not end with a line end was cut in the middle of a record; adding to it would spoil a line."""
        if self._end and not self._ends_whole():
            remedy = "remove that line, or write to another file with -o"
            raise OutputError("the last line of the output is torn", remedy=remedy, place=Place(file=str(self._path)))

    def _ends_whole(self) -> bool:
        if self._compression is None:
            return os.pread(self._fd, 1, self._end - 1) == b"\n"
        with self._path.open("rb") as stream:
            try:
                last = deque(pieces_of(unpacked(stream, self._compression)), maxlen=1)
            except UNREADABLE:
                return False
        return not last or last[0].endswith(b"\n")
