"""The lines of a dataset (a file, standard input, a folder of parts; packed or not), each with its number, however long or broken."""

import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

import msgspec

from scraper.compression.packing import UNREADABLE, compression_of, unpacked
from scraper.errors import Place, SourceError
from scraper.wellformed import UNDECODABLE

__all__ = ["BrokenLine", "Dataset", "Line", "Passes", "decoded", "open_dataset", "value_at"]

_Value = TypeVar("_Value")

# The longest record seen in tests of this project is far under 1 MB; a line is held in memory whole.
_MAX_LINE = 16 * 1024 * 1024
_BOM = b"\xef\xbb\xbf"
_PARTS = tuple(name + packing for name in (".jsonl", ".ndjson") for packing in ("", ".gz", ".zst"))


class Passes(Enum):
    """How often a dataset is read. What cannot be read again, such as a pipe, is copied to disk first where it is read twice."""

    ONE = auto()
    TWO = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its end: its file, its number there from 1, and what is wrong with it as a line, if anything."""

    file: str
    number: int
    data: bytes
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset that was found: its files in order, or the stream that stands for them."""

    name: str
    parts: tuple[Path, ...] = ()
    stream: BinaryIO | None = None

    def lines(self) -> Iterator[Line]:
        """The lines from the first on. A packed stream that breaks off is a last line with a problem. Raises SourceError."""
        if self.stream is not None:
            if self.stream.seekable():
                self.stream.seek(0)
            yield from _lines(self.name, self.stream)
        for path in self.parts:
            with _opened(path) as stream:
                yield from _lines(str(path), stream)


class BrokenLine(ValueError):
    """A line that cannot be used; the message says what is wrong with it."""


def decoded(line: Line, kind: type[_Value], *, noun: str = "record") -> _Value:
    """What a line holds. Raises BrokenLine where that is no `kind`, "no record: ..."."""
    if line.problem is not None:
        raise BrokenLine(line.problem)
    try:
        return msgspec.json.decode(line.data, type=kind)
    except UNDECODABLE as error:
        raise BrokenLine(f"no {noun}: {error}") from error


def value_at(record: Any, path: Iterable[str]) -> Any:
    """What a record holds under a path of keys; None where it holds no such key."""
    for key in path:
        record = record.get(key) if isinstance(record, dict) else None
    return record


@contextmanager
def open_dataset(path: Path, passes: Passes) -> Iterator[Dataset]:
    """Opens a file, a folder of parts, or standard input for "-". Raises SourceError where it cannot be read."""
    if path.is_dir():
        parts = tuple(sorted(one for one in path.iterdir() if one.name.endswith(_PARTS) and not one.name.startswith(".")))
        if not parts:
            raise SourceError("the folder holds no parts", remedy=f"they end with one of {', '.join(_PARTS)}", place=Place(file=str(path)))
        yield Dataset(str(path), parts)
        return
    name = "standard input" if str(path) == "-" else str(path)
    with ExitStack() as stack:
        stream = sys.stdin.buffer if str(path) == "-" else stack.enter_context(_opened(path))
        if passes is Passes.TWO and (str(path) == "-" or not stream.seekable()):
            copy = cast("BinaryIO", stack.enter_context(tempfile.TemporaryFile()))
            with _told(name):
                shutil.copyfileobj(stream, copy)
            stream = copy
        yield Dataset(name, stream=stream)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    with ExitStack() as stack:
        with _told(str(path)):
            stream = stack.enter_context(path.open("rb"))
        yield stream


@contextmanager
def _told(name: str, line: int | None = None) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SourceError(f"cannot read the dataset: {error.strerror}", place=Place(file=name, line=line)) from error


def _lines(name: str, stream: BinaryIO) -> Iterator[Line]:
    """The lines of one stream from where it stands."""
    number = 0
    try:
        for number, data in enumerate(_split(_plain(stream)), 1):
            yield _line(name, number, data)
    except UNREADABLE as error:
        yield Line(name, number + 1, b"", f"the packed stream is broken here: {error}")
    except OSError as error:
        raise SourceError(f"cannot read the dataset: {error.strerror}", place=Place(file=name, line=number + 1)) from error


def _plain(stream: BinaryIO) -> BinaryIO:
    """The stream, unpacked if it is packed."""
    if hasattr(stream, "peek"):
        head = bytes(stream.peek(4)[:4])
    else:
        head = stream.read(4)
        stream.seek(0)
    return unpacked(stream, compression_of(head))


def _split(stream: BinaryIO) -> Iterator[bytes]:
    """Lines with their ends; of a line over the cap, one byte more than the cap."""
    while line := stream.readline(_MAX_LINE + 1):
        yield line
        while len(line) > _MAX_LINE and not line.endswith(b"\n"):
            line = stream.readline(_MAX_LINE + 1)


def _line(name: str, number: int, data: bytes) -> Line:
    if len(data) > _MAX_LINE:
        return Line(name, number, b"", f"the line is longer than {_MAX_LINE >> 20} MB")
    if number == 1:
        data = data.removeprefix(_BOM)
    data = data.rstrip(b"\r\n")
    return Line(name, number, data, None if data.strip() else "the line is empty")
