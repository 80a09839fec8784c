"""The state file itself: opened and brought to the present version, read and written under one lock, its errors in words."""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from scraper.errors import Place, StateError
from scraper.state.migrations import MIGRATIONS

__all__ = ["StateFile"]

_PATIENCE = 10.0  # seconds that another process may hold the file; its transactions are single statements or one batch

# 4 MB of pages, whatever the file's size: memory stays flat.
_SETTINGS = ("journal_mode = WAL", "synchronous = FULL", "cache_size = -4096")

# Whether there are tables in a file that was never given a version; in one statement, since another process may be giving it one.
_FOREIGN = "SELECT (SELECT user_version FROM pragma_user_version) = 0 AND (SELECT count(*) FROM sqlite_master) > 0"

# What to do, by SQLite's primary result code (https://sqlite.org/rescode.html).
_REMEDIES = {
    sqlite3.SQLITE_BUSY: "wait for the run that holds it",
    sqlite3.SQLITE_LOCKED: "wait for the run that holds it",
    sqlite3.SQLITE_ERROR: "`scraper repair JOB` makes a new one from the dataset and the archive",  # a table is missing
    sqlite3.SQLITE_CORRUPT: "`scraper repair JOB` makes a new one from the dataset and the archive",
    sqlite3.SQLITE_NOTADB: "`scraper repair JOB` makes a new one from the dataset and the archive; or move it away",
    sqlite3.SQLITE_READONLY: "make the file and its folder writable",
    sqlite3.SQLITE_CANTOPEN: "make its folder, and make it writable",
}


class StateFile:
    """One connection that threads share. Raises StateError for what SQLite or the disk refuses."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._depth = 0
        self._lost: sqlite3.Error | None = None  # what undid a batch; SQLite rolls back by itself where the disk is full
        with self._told():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
            try:
                self._prepare()
            except BaseException:
                self._connection.close()
                raise

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside, or nothing of it; on disk at the end. Inside another transaction, a part of that one."""
        with self._lock:
            if self._depth:
                yield
                return
            with self._told():
                self._connection.execute("BEGIN IMMEDIATE")
                self._depth = 1
                try:
                    yield
                    self._connection.execute("COMMIT")
                except BaseException:
                    with suppress(sqlite3.Error):  # SQLite has rolled back by itself where the disk is full
                        self._connection.execute("ROLLBACK")
                    raise
                finally:
                    self._depth, self._lost = 0, None

    def begin(self) -> None:
        """From here on whatever is written, by whichever thread, is one batch, which is on disk with the next `commit`."""
        with self._lock, self._told():
            self._connection.execute("BEGIN IMMEDIATE")
            self._depth = 1

    def commit(self) -> None:
        """All of the batch is on disk, and the next one begins. What is not committed when the file is closed was never written."""
        with self._lock, self._told():
            self._connection.execute("COMMIT")
            self._connection.execute("BEGIN IMMEDIATE")

    def rollback(self) -> None:
        """What was written since the last `commit` never was, and the next batch begins."""
        with self._lock, self._told():
            self._connection.execute("ROLLBACK")
            self._connection.execute("BEGIN IMMEDIATE")

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """All rows of a query, which must be known to be few."""
        with self._lock, self._told():
            return self._connection.execute(query, values).fetchall()

    def row(self, query: str, *values: object) -> tuple[Any, ...] | None:
        """The first row of a query."""
        with self._lock, self._told():
            row: tuple[Any, ...] | None = self._connection.execute(query, values).fetchone()
            return row

    def write(self, statement: str, *values: object) -> int:
        """One statement; the number of rows that it changed."""
        with self._lock, self._told():
            return self._connection.execute(statement, values).rowcount

    def write_each(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """One statement for each of `rows`, all of them or none."""
        with self.transaction():
            self._connection.executemany(statement, rows)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._lost = None
            with self._told():
                self._connection.close()

    def _prepare(self) -> None:
        """Write-ahead log, and the tables of the present version. Of two processes the second waits and finds them made."""
        if self._connection.execute(_FOREIGN).fetchone() == (1,):
            raise StateError("it is the database of another program", remedy="name another state file", place=self._place)
        for setting in _SETTINGS:
            self._connection.execute(f"PRAGMA {setting}")
        if self._connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),):
            return  # nobody need wait for a run that writes
        with self.transaction():
            (version,) = self._connection.execute("PRAGMA user_version").fetchone()
            if version > len(MIGRATIONS):
                remedy = "use that version, or name another state file"
                raise StateError("the state was written by a newer version of this program", remedy=remedy, place=self._place)
            for migration in MIGRATIONS[version:]:
                for statement in filter(str.strip, migration.split(";")):
                    self._connection.execute(statement)
            self._connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")

    @property
    def _place(self) -> Place:
        return Place(file=str(self.path))

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What SQLite or the disk refuses, as a StateError that says what to do."""
        try:
            if self._lost is not None:
                raise self._lost
            yield
        except sqlite3.Error as error:
            if self._depth:
                self._lost = error
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the low byte of an extended code is the primary one
            remedy = _REMEDIES.get(code, "free space, or make its folder writable")
            raise StateError(f"the state cannot be used: {error}", remedy=remedy, place=self._place) from error
        except OSError as error:
            raise StateError(f"the state cannot be used: {error.strerror}", place=self._place) from error
