"""Lists in files: text lines, CSV and TSV rows, JSONL objects, each with its line number."""

import contextlib
import csv
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from scraper.compression.packing import UNREADABLE, compression_of, unpacked
from scraper.errors import Place, SourceError
from scraper.records import ListFormat
from scraper.wellformed import UNDECODABLE, readable

__all__ = ["Row", "list_format", "read_rows"]

_SUFFIXES = {
    ".csv": ListFormat.CSV,
    ".tsv": ListFormat.TSV,
    ".jsonl": ListFormat.JSONL,
    ".ndjson": ListFormat.JSONL,
}
_PACKED = frozenset({".gz", ".zst"})
# A dataset's own lines may serve as a list of addresses; the longest record seen in tests of this project is far under 1 MB.
_MAX_LINE = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a list: its line, its values by name ("" for a text line), and what is wrong with it, if anything."""

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    problem: str | None = None


def list_format(path: Path) -> ListFormat:
    """The format that a file's name tells, packed or not; one address a line where it tells none."""
    bare = path.with_suffix("") if path.suffix.lower() in _PACKED else path
    return _SUFFIXES.get(bare.suffix.lower(), ListFormat.TXT)


def read_rows(path: Path, *, form: ListFormat, need: str) -> Iterator[Row]:
    """The rows of a file, or of standard input for "-". Raises SourceError where it cannot be read, or has no column `need`."""
    name = readable(path)
    try:
        with contextlib.nullcontext(sys.stdin.buffer) if str(path) == "-" else _opened(path) as stream:
            lines = _lines(stream, name)
            if form is ListFormat.TXT:
                yield from _text_rows(lines)
            elif form is ListFormat.JSONL:
                yield from _json_rows(lines)
            else:
                yield from _table_rows(lines, form, Place(file=name, line=1, key=need))
    except UNREADABLE as error:
        raise SourceError(f"cannot read the list: it is packed, and broken: {error}", place=Place(file=name)) from error
    except OSError as error:
        raise SourceError(f"cannot read the list: {error.strerror}", place=Place(file=name)) from error


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """A file, unpacked if it is packed, as a dataset may be that serves as a list."""
    with path.open("rb") as stream:
        yield unpacked(stream, compression_of(stream.peek(4)[:4]))


def _lines(stream: BinaryIO, name: str) -> Iterator[str]:
    """Decoded lines with their ends; bytes that are no UTF-8 become U+FFFD, a line over the cap is cut there."""
    number = 0
    while line := stream.readline(_MAX_LINE):
        number += 1
        if number == 1:
            if line[:2] in {b"\xff\xfe", b"\xfe\xff"}:
                raise SourceError("the list is UTF-16", remedy="save it as UTF-8", place=Place(file=name, line=1))
            line = line.removeprefix(b"\xef\xbb\xbf")
        yield line.decode("utf-8", "replace")
        while line and not line.endswith(b"\n") and len(line) == _MAX_LINE:
            line = stream.readline(_MAX_LINE)


def _text_rows(lines: Iterable[str]) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        text = line.partition(" #")[0].strip()
        if text and not text.startswith("#"):
            yield Row(number, {"": text})


def _json_rows(lines: Iterable[str]) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = msgspec.json.decode(line)
        except UNDECODABLE as error:
            yield Row(number, problem=f"no valid JSON ({error})")
            continue
        yield Row(number, value) if isinstance(value, dict) else Row(number, problem="no JSON object")


def _table_rows(lines: Iterable[str], form: ListFormat, need: Place) -> Iterator[Row]:
    lines = iter(lines)
    first = next(lines, "")
    # Where the comma is the decimal sign, spreadsheets part the cells of a CSV by semicolons.
    delimiter = "\t" if form is ListFormat.TSV else ";" if ";" in first and "," not in first else ","
    reader = csv.reader(chain((first,), lines), delimiter=delimiter)
    header = [cell.strip() for cell in next(reader, [])]
    if header and need.key not in header:
        remedy = f"the columns are: {', '.join(header)}; name the right one (--field, or field in the job)"
        raise SourceError("no such column", remedy=remedy, place=need)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(reader.line_num, problem=f"no valid row ({error})")
            continue
        if any(cell.strip() for cell in cells):
            yield Row(reader.line_num, dict(zip(header, (cell.strip() for cell in cells), strict=False)))
