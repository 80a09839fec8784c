"""What the disk has for sure: bytes that are all written, names that survive a loss of power, errors that say what to do."""

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from scraper.errors import OutputError, Place

__all__ = ["cut", "is_special", "make_file", "rename", "sync", "sync_folder", "told", "write_all"]


@contextmanager
def told(path: Path) -> Iterator[None]:
    """What the disk refuses, as an OutputError that names the file. A pipe without a reader stays a BrokenPipeError."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        remedy = "free space or choose another place; what was written before is whole"
        raise OutputError(f"cannot write: {error.strerror}", remedy=remedy, place=Place(file=str(path))) from error


def write_all(fd: int, piece: bytes, end: int) -> int:
    """Writes all of `piece` at `end` and gives the new end, or raises OSError and leaves the file as it was."""
    left = memoryview(piece)
    try:
        while left:
            left = left[os.write(fd, left) :]
    except OSError:
        with contextlib.suppress(OSError):  # a pipe or device cannot be cut; the first error is the one to report
            cut(fd, end)
        raise
    return end + len(piece)


def cut(fd: int, end: int) -> None:
    """Cuts a file at `end`, and writes on from there."""
    os.ftruncate(fd, end)
    os.lseek(fd, end, os.SEEK_SET)


def is_special(fd: int) -> bool:
    """A pipe or a device, which can be neither synced nor cut."""
    return not stat.S_ISREG(os.fstat(fd).st_mode)


def sync(fd: int) -> None:
    """Waits until the disk has what was written."""
    if not is_special(fd):
        os.fsync(fd)


def make_file(path: Path, pieces: Iterable[bytes]) -> int:
    """A new synced file of `pieces`, and its size; nothing is left of one that the disk refused."""
    fd, end = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666), 0
    try:
        for piece in pieces:
            end = write_all(fd, piece, end)
        os.fsync(fd)
    except BaseException:
        path.unlink()
        raise
    finally:
        os.close(fd)
    return end


def rename(old: Path, new: Path) -> None:
    """Gives a synced file its name for good, over one that has it."""
    old.replace(new)
    for folder in {old.parent, new.parent}:
        sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Waits until the disk has the names in `folder`."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
