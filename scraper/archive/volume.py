"""The file of an archive that is appended to: whole members only, and another file once it is full."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from scraper.durable import sync_folder, write_all
from scraper.errors import OutputError, Place
from scraper.warc.files import file_name, number_of

__all__ = ["Spot", "Volume", "refused"]


class Spot(tuple[str, int]):
    """A file by name, and a byte of it."""

    __slots__ = ()

    def __new__(cls, file: str, offset: int) -> "Spot":
        """A spot of that file."""
        return super().__new__(cls, (file, offset))


class Volume:
    """Appends to the last file of a folder up to `largest` bytes, then to a new one that begins with what `header` gives for its name.

    Raises OutputError for a disk that refuses; the file then ends as it did before. The caller holds a lock.
    """

    def __init__(self, folder: Path, stem: str, *, largest: int, header: Callable[[str], bytes]) -> None:
        self._folder, self._stem, self._largest, self._header = folder, stem, largest, header
        self._path: Path | None = None
        self._fd = -1
        self._end = 0
        self._number = 0
        self._unsynced = False

    @property
    def end(self) -> Spot | None:
        """Where the next member goes; None before the first."""
        return Spot(self._path.name, self._end) if self._path else None

    def go_on(self, path: Path, end: int) -> None:
        """Append to `path`, which is cut at the byte `end`."""
        self._number = number_of(path) or 0
        try:
            self._fd = os.open(path, os.O_RDWR | os.O_CLOEXEC)
            if os.fstat(self._fd).st_size > end:
                os.ftruncate(self._fd, end)
                os.fsync(self._fd)
            os.lseek(self._fd, end, os.SEEK_SET)
        except OSError as error:
            raise refused(path, error) from error
        self._path, self._end = path, end

    def append(self, members: bytes) -> Spot:
        """Where in which file `members`, which stay together, now lie."""
        if self._path is None or self._end >= self._largest:
            self._begin()
        assert self._path is not None
        if not self._end:
            self._write(self._header(self._path.name))
        spot = Spot(self._path.name, self._end)
        self._write(members)
        return spot

    def sync(self) -> None:
        """What was appended is on disk when this returns."""
        if not self._unsynced or self._path is None:
            return
        try:
            os.fsync(self._fd)
        except OSError as error:
            raise refused(self._path, error) from error
        self._unsynced = False

    def close(self) -> None:
        """Sync, and close the file."""
        try:
            self.sync()
        finally:
            if self._fd >= 0:
                os.close(self._fd)
            self._fd, self._path = -1, None

    def _begin(self) -> None:
        """Begin the next file. The one before it is whole on disk by then."""
        self.close()
        self._number += 1
        name = file_name(self._stem, self._number, datetime.now(UTC))
        path = self._folder / name
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
            sync_folder(self._folder)
        except OSError as error:
            raise refused(path, error) from error
        self._path, self._end = path, 0

    def _write(self, data: bytes) -> None:
        """All of it, or nothing."""
        assert self._path is not None
        try:
            self._end = write_all(self._fd, data, self._end)
        except OSError as error:
            raise refused(self._path, error) from error
        self._unsynced = True


def refused(path: Path, error: OSError) -> OutputError:
    """What a disk that refuses means for the run."""
    remedy = "free space, make the folder writable, or name another one with [archive] path; what was archived before is whole"
    return OutputError(f"cannot write the archive: {error.strerror}", remedy=remedy, place=Place(file=str(path)))
