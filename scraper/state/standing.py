"""A state looked at from beside: counts for a reader, while a run may be writing. Nothing is changed, and nothing waited for."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from scraper.errors import Place, StateError
from scraper.state.hosts import Host
from scraper.state.migrations import MIGRATIONS
from scraper.state.runs import LAST_RUNS, PastRun, past_run

__all__ = ["Queue", "Standing", "Waiting"]

_REMEDY = "`scraper repair JOB` makes a new one from the dataset and the archive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A host at which targets wait; `due`: seconds since 1970, from when the first of them may be asked for."""

    host: str
    targets: int
    due: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Addresses that the sources ever named: those that wait, the last outcome of the others, and the failures among them by kind."""

    known: int
    waiting: int
    outcomes: dict[str, int]
    failures: dict[str, int]


class Standing:
    """A state opened for reading alone. Raises StateError for a file that is none, or of another version."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._told():
            self._connection = sqlite3.connect(
                f"file:{quote(os.fsencode(path.absolute()))}?mode=ro", uri=True, timeout=10.0, isolation_level=None
            )
            try:
                (version,) = self._connection.execute("PRAGMA user_version").fetchone()
                self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            except BaseException:
                self._connection.close()
                raise
        if version != len(MIGRATIONS):
            self.close()
            remedy = "the next run brings it up to date" if version < len(MIGRATIONS) else "use that version"
            which = "an earlier" if version < len(MIGRATIONS) else "a newer"
            raise StateError(f"the state was written by {which} version of this program", remedy=remedy, place=Place(file=str(path)))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def queue(self) -> Queue:
        """What is known of all addresses."""
        rows = self._rows("SELECT pending, outcome, failure, count(*) FROM targets GROUP BY pending, outcome, failure")
        outcomes: dict[str, int] = {}
        failures: dict[str, int] = {}
        for pending, outcome, failure, count in rows:
            if not pending and outcome is not None:
                outcomes[outcome] = outcomes.get(outcome, 0) + count
            if not pending and failure is not None:
                failures[failure] = failures.get(failure, 0) + count
        waiting = sum(row[3] for row in rows if row[0])
        largest = dict(sorted(failures.items(), key=lambda item: (-item[1], item[0])))
        return Queue(known=sum(row[3] for row in rows), waiting=waiting, outcomes=outcomes, failures=largest)

    def waiting(self, count: int) -> list[Waiting]:
        """The hosts at which most targets wait."""
        query = "SELECT host, count(*), min(due) FROM targets WHERE pending GROUP BY host ORDER BY count(*) DESC, host LIMIT ?"
        return [Waiting(host=row[0], targets=row[1], due=row[2]) for row in self._rows(query, count)]

    def parked(self, now: float) -> list[Host]:
        """Hosts that are left alone, longest first."""
        query = "SELECT host, delay, parked_until, reason, failures FROM hosts WHERE parked_until > ? ORDER BY parked_until DESC"
        rows = self._rows(query, now)
        return [Host(host=row[0], delay=row[1], parked_until=row[2], reason=row[3], failures=row[4]) for row in rows]

    def articles(self) -> tuple[int, int]:
        """How many articles the dataset holds, and in how many lines."""
        ((articles, lines),) = self._rows("SELECT count(DISTINCT id), count(*) FROM documents")
        return articles, lines

    def runs(self, count: int) -> list[PastRun]:
        """The last runs, newest first."""
        return [past_run(row) for row in self._rows(LAST_RUNS, count)]

    def alarms(self) -> dict[str, list[str]]:
        """The measures on which each host raised an alarm in its last run."""
        query = "SELECT host, figures FROM findings AS f WHERE run = (SELECT max(run) FROM findings WHERE host = f.host)"
        found = ((host, msgspec.json.decode(figures).get("alarms", [])) for host, figures in self._rows(query))
        return {host: alarms for host, alarms in found if alarms}

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._told():
            return self._connection.execute(query, values).fetchall()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StateError(f"the state cannot be read: {error}", remedy=_REMEDY, place=Place(file=str(self._path))) from error
