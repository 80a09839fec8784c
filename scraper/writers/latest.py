"""Which lines of a dataset newer lines with the same id have superseded; counted on disk, so that memory does not grow with it."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec

from scraper.compression.packing import compression_of, unpacked
from scraper.errors import OutputError
from scraper.wellformed import UNDECODABLE

__all__ = ["Superseded", "find_superseded"]


class _Named(msgspec.Struct):
    id: str


_read = msgspec.json.Decoder(_Named).decode


@dataclass(frozen=True, slots=True)
class Superseded:
    """The numbers, in the order in which they were given, of the files that hold superseded lines, and which lines those are."""

    where: frozenset[int]
    _table: sqlite3.Connection

    def kept(self, file: int, lines: Iterable[bytes]) -> Iterator[bytes]:
        """The lines of a file that stay. What is no record stays as well."""
        dropped = self._table.execute("SELECT line FROM dropped WHERE file = ? ORDER BY line", (file,))
        due = next(dropped, None)
        for number, line in enumerate(lines):
            if due is not None and due[0] == number:
                due = next(dropped, None)
            else:
                yield line


@contextmanager
def find_superseded(files: Iterable[Path]) -> Iterator[Superseded]:
    """Reads `files`, packed or not, from the oldest to the newest line. Raises OutputError where the temporary disk is full."""
    try:
        with closing(sqlite3.connect("", isolation_level=None)) as table:  # "": SQLite makes a file of its own, and removes it
            table.executescript(
                "PRAGMA journal_mode = OFF; BEGIN; CREATE TABLE last (id TEXT PRIMARY KEY, file INTEGER, line INTEGER) WITHOUT ROWID;"
                "CREATE TABLE dropped (file INTEGER, line INTEGER, PRIMARY KEY (file, line)) WITHOUT ROWID;"
            )
            for number, path in enumerate(files):
                with path.open("rb") as stream:
                    _note(table, number, unpacked(stream, compression_of(stream.peek(4))))
            where = frozenset(row[0] for row in table.execute("SELECT DISTINCT file FROM dropped"))
            yield Superseded(where, table)
    except sqlite3.Error as error:
        remedy = "free space where temporary files lie (TMPDIR); the dataset is whole, and holds old revisions too"
        raise OutputError(f"cannot look for old revisions: {error}", remedy=remedy) from error


def _note(table: sqlite3.Connection, file: int, lines: BinaryIO) -> None:
    for number, line in enumerate(lines):
        try:
            record = _read(line)
        except UNDECODABLE:
            continue
        old = table.execute("SELECT file, line FROM last WHERE id = ?", (record.id,)).fetchone()
        if old is not None:
            table.execute("INSERT INTO dropped VALUES (?, ?)", old)
        table.execute("INSERT OR REPLACE INTO last VALUES (?, ?, ?)", (record.id, file, number))
