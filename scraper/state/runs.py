"""The runs of a job: when they were, what they came to, and what they found on each host."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from scraper.state.file import StateFile

__all__ = ["PastRun", "Runs", "Statistic"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRun:
    """One run. `seen`: its last commit; `ended` is None where it was killed, or lasts. `ended_by`: what ended it early, in words."""

    number: int
    run_id: str | None
    started: float
    seen: float
    ended: float | None
    exit_code: int | None
    ended_by: str | None
    totals: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic:
    """What a run found on a host, such as `name` "title": `value` of `count` articles had one."""

    run: int
    host: str
    name: str
    count: int
    value: float


class Runs:
    """Runs by number, from 1."""

    def __init__(self, file: StateFile) -> None:
        self._file = file

    def begin(self, run_id: str | None, now: float) -> int:
        """Note a run; gives its number."""
        with self._file.transaction():
            self._file.write("INSERT INTO runs (run_id, started, seen) VALUES (?, ?, ?)", run_id, now, now)
            row = self._file.row("SELECT last_insert_rowid()")
        assert row is not None
        return int(row[0])

    def note(self, number: int, totals: dict[str, Any], now: float) -> None:
        """Note how far a run has come, in the transaction that commits it."""
        values = (msgspec.json.encode(totals).decode(), now, number)
        self._file.write("UPDATE runs SET totals = ?, seen = ? WHERE number = ?", *values)

    def end(self, number: int, now: float, *, exit_code: int, ended_by: str | None) -> None:
        """Note that a run has ended."""
        values = (now, now, exit_code, ended_by, number)
        self._file.write("UPDATE runs SET seen = ?, ended = ?, exit_code = ?, ended_by = ? WHERE number = ?", *values)

    def last(self, count: int) -> list[PastRun]:
        """The last runs, newest first."""
        names = ("number", "run_id", "started", "seen", "ended", "exit_code", "ended_by", "totals")
        rows = self._file.rows(f"SELECT {', '.join(names)} FROM runs ORDER BY number DESC LIMIT ?", count)
        return [PastRun(**dict(zip(names[:-1], row, strict=False)), totals=msgspec.json.decode(row[-1])) for row in rows]

    def keep_statistics(self, statistics: Iterable[Statistic]) -> None:
        """Keep what a run found, in place of what was kept of that run, host and name."""
        rows = [(one.run, one.host, one.name, one.count, one.value) for one in statistics]
        self._file.write_each("INSERT OR REPLACE INTO run_statistics VALUES (?, ?, ?, ?, ?)", rows)

    def statistics(self, since: int) -> list[Statistic]:
        """What the runs from number `since` on found, by run, host and name."""
        rows = self._file.rows("SELECT run, host, name, count, value FROM run_statistics WHERE run >= ? ORDER BY run, host, name", since)
        return [Statistic(run=row[0], host=row[1], name=row[2], count=row[3], value=row[4]) for row in rows]
