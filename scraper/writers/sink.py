"""Whole pieces of bytes into an output: all of a piece, or nothing of it; and up to where a run may trust it."""

import os
import sys
from pathlib import Path
from typing import Protocol

from scraper.errors import OutputError, OutputExists, Place
from scraper.job.outputs import Position
from scraper.process.streams import silence_stdout

__all__ = ["ANEW", "REMEDY", "Sink", "StdoutSink", "refuse_existing"]


class Sink(Protocol):
    """Takes whole pieces. Raises OutputError for a disk that refuses, BrokenPipeError for a reader that has gone.

    `restore` comes first. Whoever keeps positions commits each that `sync` or `finish` gives, and then hands it to `settle`:

        sink.restore(committed)                   # None where nothing is known of the output: what is there stays, and is added to
        sink.put(piece); ...
        position = sink.sync(); commit(position); sink.settle(position)
        ...
        position = sink.finish(); commit(position); sink.settle(position)      # a clean end
        sink.close()                                                           # any end
    """

    def restore(self, position: Position | None) -> Position:
        """Cuts what lies beyond `position`, finishes what a kill kept `settle` from, and gives the position that then holds."""
        ...

    def put(self, piece: bytes) -> None:
        """Takes a piece."""
        ...

    def sync(self) -> Position:
        """Waits until the disk has all pieces; where they end."""
        ...

    def finish(self) -> Position:
        """As `sync`, and everything is made ready to be seen, old revisions dropped where that was asked."""
        ...

    def settle(self, position: Position) -> None:
        """Makes visible what a committed position says is ready."""
        ...

    def close(self) -> None:
        """Closes the files, as they are."""
        ...


ANEW = "make a job's state anew of what is there with `scraper repair JOB.toml --anew`, or begin anew with --overwrite"
REMEDY = "add to it with --append, replace it with --overwrite, or name another with -o"


def refuse_existing(path: Path, *, remedy: str = REMEDY) -> None:
    """Raises OutputExists for an output that is there: to be asked for all outputs before the first of them is made.

    Pipes and devices are no files in this sense; nor is an empty folder.
    """
    if str(path) != "-" and os.path.lexists(path) and (path.is_file() or path.is_symlink() or (path.is_dir() and any(path.iterdir()))):
        raise OutputExists("the output is there already", remedy=remedy, place=Place(file=str(path)))


class StdoutSink:
    """Standard output, flushed after each piece, so that a reader gets whole records as they come. It has no position."""

    def restore(self, position: Position | None) -> Position:  # noqa: ARG002 - the protocol's
        """Nothing can be cut of what a reader has."""
        return Position()

    def put(self, piece: bytes) -> None:
        """Writes and flushes."""
        try:
            sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
        except (BrokenPipeError, OutputError):
            silence_stdout()
            raise
        except OSError as error:
            silence_stdout()
            raise OutputError(f"cannot write to standard output: {error.strerror}") from error

    def sync(self) -> Position:
        """Every piece was flushed."""
        return Position()

    def finish(self) -> Position:
        """Every piece was flushed."""
        return Position()

    def settle(self, position: Position) -> None:
        """Every piece was seen."""

    def close(self) -> None:
        """Nothing is left to do."""
