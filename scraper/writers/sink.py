"""Whole pieces of bytes into a file or standard output: all of a piece, or nothing of it."""

import contextlib
import os
import stat
import sys
from pathlib import Path
from typing import Protocol

from scraper.errors import OutputError, OutputExists, Place
from scraper.records import IfExists

__all__ = ["CommittedSink", "FileSink", "Sink", "StdoutSink", "open_sink", "refuse_existing", "resume_sink"]


class Sink(Protocol):
    """Takes whole pieces. Raises OutputError for a disk that refuses, BrokenPipeError for a reader that has gone."""

    def put(self, piece: bytes) -> None: ...

    def close(self) -> None: ...


class CommittedSink(Sink, Protocol):
    """Takes whole pieces, and tells how far they are safe: what lies beyond the position that a state holds is cut at the next start."""

    def sync(self) -> str:
        """What was put is on disk; the position that the state is to hold."""

    def restore(self, position: str) -> None:
        """Cut what lies beyond a position. Raises OutputError where there is less than that."""


def refuse_existing(path: Path) -> None:
    """Raises OutputExists for a file that is there: to be asked for all outputs before the first of them is made.

    Pipes and devices are no files in this sense.
    """
    if str(path) != "-" and os.path.lexists(path) and (path.is_file() or path.is_dir() or path.is_symlink()):
        remedy = "add to it with --append, replace it with --overwrite, or name another file with -o"
        raise OutputExists("the output is there already", remedy=remedy, place=Place(file=str(path)))


def open_sink(path: Path, if_exists: IfExists) -> Sink:
    """A sink for `path`; "-" is standard output. Raises OutputExists for a file that is there and must not be touched."""
    return StdoutSink() if str(path) == "-" else FileSink(path, if_exists)


def resume_sink(path: Path, position: str) -> CommittedSink:
    """A sink that goes on at `path` from a position that the state holds; "0" is the beginning."""
    return FileSink(path, IfExists.APPEND, position=position)


class StdoutSink:
    """Standard output, flushed after each piece, so that a reader gets whole records as they come."""

    def put(self, piece: bytes) -> None:
        """Writes and flushes."""
        try:
            sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            silence_stdout()
            raise
        except OSError as error:
            silence_stdout()
            raise OutputError(f"cannot write to standard output: {error.strerror}") from error

    def close(self) -> None:
        """Nothing is left to do: every piece was flushed."""


def silence_stdout() -> None:
    """Points standard output at nothing, so that the interpreter's own flush at exit has nowhere to fail."""
    with Path(os.devnull).open("wb") as nothing:
        os.dup2(nothing.fileno(), sys.stdout.fileno())


class FileSink:
    """A file that ends with a whole piece at any time: what a full disk took in half is cut away again. Synced when closed.

    With a `position`, a CommittedSink (positions are offsets in bytes).
    """

    def __init__(self, path: Path, if_exists: IfExists, *, position: str | None = None) -> None:
        self._path = path
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        flags |= {IfExists.REFUSE: 0 if path.exists() else os.O_EXCL, IfExists.APPEND: os.O_APPEND, IfExists.OVERWRITE: os.O_TRUNC}[
            if_exists
        ]
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if if_exists is IfExists.REFUSE:
                refuse_existing(path)
            self._fd = os.open(path, flags, 0o666)
        except OSError as error:
            raise self._error(error) from error
        self._end = 0 if self._is_special(self._fd) else os.lseek(self._fd, 0, os.SEEK_END)
        if position is None:
            self._refuse_torn_end()
        else:
            self.restore(position)

    def put(self, piece: bytes) -> None:
        """Writes all of `piece`, or raises OutputError and leaves the file as it was."""
        left = memoryview(piece)
        try:
            while left:
                left = left[os.write(self._fd, left) :]
        except OSError as error:
            with contextlib.suppress(OSError):  # a pipe or device cannot be cut; the first error is the one to report
                os.ftruncate(self._fd, self._end)
            raise self._error(error) from error
        self._end += len(piece)

    def sync(self) -> str:
        """What was put is on disk; the offset of its end."""
        try:
            os.fsync(self._fd)
        except OSError as error:
            raise self._error(error) from error
        return str(self._end)

    def restore(self, position: str) -> None:
        """Cut what lies beyond an offset. Raises OutputError where the file is shorter."""
        if self._end < int(position):
            remedy = "put back the whole file, or let `scraper repair JOB` begin with what is there"
            problem = f"the output has {self._end} bytes, of which {position} were committed"
            raise OutputError(problem, remedy=remedy, place=Place(file=str(self._path)))
        try:
            os.ftruncate(self._fd, int(position))
        except OSError as error:
            raise self._error(error) from error
        self._end = int(position)

    def close(self) -> None:
        """Syncs and closes. Raises OutputError where the disk refuses even now."""
        if self._fd < 0:
            return
        fd, self._fd = self._fd, -1
        try:
            with contextlib.suppress(OSError) if self._is_special(fd) else contextlib.nullcontext():
                os.fsync(fd)
        except OSError as error:
            raise self._error(error) from error
        finally:
            os.close(fd)

    def _refuse_torn_end(self) -> None:
        """A file that does not end with a line end was cut in the middle of a record; adding to it would spoil a line."""
        if self._end and not self._is_special(self._fd) and os.pread(self._fd, 1, self._end - 1) != b"\n":
            os.close(self._fd)
            remedy = "remove that line, or write to another file with -o"
            raise OutputError("the last line of the output is torn", remedy=remedy, place=Place(file=str(self._path)))

    @staticmethod
    def _is_special(fd: int) -> bool:
        """A pipe or a device, which can be neither synced nor cut."""
        return not stat.S_ISREG(os.fstat(fd).st_mode)

    def _error(self, error: OSError) -> OutputError:
        remedy = "free space or choose another place with -o; what was written before is whole"
        return OutputError(f"cannot write: {error.strerror}", remedy=remedy, place=Place(file=str(self._path)))
