"""The lines of a dataset: of a file or standard input, gzipped or not, each with its number, however long or broken."""

import gzip
import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import BinaryIO, cast

from scraper.errors import Place, SourceError

__all__ = ["Dataset", "Line", "Passes", "open_dataset"]

# The longest record seen in tests of this project is far under 1 MB; a line is held in memory whole.
_MAX_LINE = 16 * 1024 * 1024
_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"


class Passes(Enum):
    """How often a dataset is read. What cannot be read again, such as a pipe, is copied to disk first where it is read twice."""

    ONE = auto()
    TWO = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its end, counted from 1, and what is wrong with it as a line, if anything."""

    number: int
    data: bytes
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Dataset:
    """An open dataset and the name to call it by."""

    name: str
    stream: BinaryIO
    packed: bool

    def lines(self) -> Iterator[Line]:
        """The lines from the first on. A gzip stream that breaks off is a last line with a problem. Raises SourceError."""
        if self.stream.seekable():
            self.stream.seek(0)
        # The cast: GzipFile has all that is used of a BinaryIO here, but does not say so.
        stream = cast("BinaryIO", gzip.GzipFile(fileobj=self.stream)) if self.packed else self.stream
        number = 0
        try:
            for line in _split(stream):
                number += 1
                yield _line(number, line)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            yield Line(number + 1, b"", f"the gzip stream is broken here: {error}")
        except OSError as error:
            raise SourceError(f"cannot read the dataset: {error.strerror}", place=Place(file=self.name, line=number + 1)) from error


@contextmanager
def open_dataset(path: Path, passes: Passes) -> Iterator[Dataset]:
    """Opens a file, or standard input for "-". Raises SourceError where it cannot be read."""
    name = "standard input" if str(path) == "-" else str(path)
    with ExitStack() as stack:
        try:
            stream: BinaryIO = sys.stdin.buffer if str(path) == "-" else stack.enter_context(path.open("rb"))
            if passes is Passes.TWO and (str(path) == "-" or not stream.seekable()):
                copy = cast("BinaryIO", stack.enter_context(tempfile.TemporaryFile()))
                shutil.copyfileobj(stream, copy)
                copy.seek(0)
                stream = copy
            packed = _is_packed(stream)
        except OSError as error:
            raise SourceError(f"cannot read the dataset: {error.strerror}", place=Place(file=name)) from error
        yield Dataset(name, stream, packed)


def _is_packed(stream: BinaryIO) -> bool:
    if hasattr(stream, "peek"):
        return bool(stream.peek(2)[:2] == _GZIP)
    head = stream.read(2)
    stream.seek(0)
    return head == _GZIP


def _split(stream: BinaryIO) -> Iterator[bytes]:
    """Lines with their ends; of a line over the cap, one byte more than the cap."""
    while line := stream.readline(_MAX_LINE + 1):
        yield line
        while len(line) > _MAX_LINE and not line.endswith(b"\n"):
            line = stream.readline(_MAX_LINE + 1)


def _line(number: int, data: bytes) -> Line:
    if len(data) > _MAX_LINE:
        return Line(number, b"", f"the line is longer than {_MAX_LINE >> 20} MB")
    if number == 1:
        data = data.removeprefix(_BOM)
    data = data.rstrip(b"\r\n")
    return Line(number, data, None if data.strip() else "the line is empty")
