"""The runs of a job: when they were, what they came to, and what they found on each host."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec.structs import replace

from scraper.report.drift import RUNS_KEPT, Alarm, HostFigures, pooled
from scraper.state.file import StateFile

__all__ = ["LAST_RUNS", "PastRun", "Runs", "past_run"]

LAST_RUNS = (  # of a number of runs, newest first
    "SELECT number, run_id, started, seen, ended, exit_code, ended_by, complete, totals FROM runs ORDER BY number DESC LIMIT ?"
)
_FIGURES = msgspec.json.Decoder(HostFigures)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRun:
    """One run. `seen`: its last commit; `ended` is None where it was killed, or lasts. `ended_by`: what ended it early, in words.

    `complete`: its sources were read through, and each target has an outcome.
    """

    number: int
    run_id: str | None
    started: float
    seen: float
    ended: float | None
    exit_code: int | None
    ended_by: str | None
    complete: bool
    totals: dict[str, Any]


def past_run(row: tuple[Any, ...]) -> PastRun:
    """A run from a row of LAST_RUNS."""
    *values, complete, totals = row
    names = ("number", "run_id", "started", "seen", "ended", "exit_code", "ended_by")
    return PastRun(**dict(zip(names, values, strict=True)), complete=bool(complete), totals=msgspec.json.decode(totals))


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

    def end(self, number: int, now: float, *, exit_code: int, ended_by: str | None, complete: bool) -> None:
        """Note that a run has ended."""
        values = (now, now, exit_code, ended_by, complete, number)
        self._file.write("UPDATE runs SET seen = ?, ended = ?, exit_code = ?, ended_by = ?, complete = ? WHERE number = ?", *values)

    def round_of(self, number: int) -> int:
        """The first run of the round that a run belongs to: a round is gone on with until a run of it is complete."""
        row = self._file.row("SELECT max(number) FROM runs WHERE complete AND number < ?", number)
        return 1 + (row[0] or 0 if row else 0)

    def last(self, count: int) -> list[PastRun]:
        """The last runs, newest first."""
        return [past_run(row) for row in self._file.rows(LAST_RUNS, count)]

    def add_findings(self, number: int, findings: Mapping[str, HostFigures]) -> None:
        """Add what a run has found at hosts to what it had found there already, in the transaction that commits it."""
        for host, figures in findings.items():
            row = self._file.row("SELECT figures FROM findings WHERE host = ? AND run = ?", host, number)
            whole = pooled((_FIGURES.decode(row[0]), figures)) if row else figures
            self._file.write("INSERT OR REPLACE INTO findings VALUES (?, ?, ?)", host, number, msgspec.json.encode(whole).decode())
            if row is None:
                oldest = "SELECT run FROM findings WHERE host = ? ORDER BY run DESC LIMIT 1 OFFSET ?"
                self._file.write(f"DELETE FROM findings WHERE host = ? AND run <= ({oldest})", host, host, RUNS_KEPT)

    def histories(self, number: int) -> Iterator[tuple[str, list[HostFigures]]]:
        """Each host at which that run found something, with what was found there in it and in the runs before, newest first."""
        host = ""
        while row := self._file.row("SELECT min(host) FROM findings WHERE run = ? AND host > ?", number, host):
            if row[0] is None:
                return
            host = row[0]
            rows = self._file.rows("SELECT figures FROM findings WHERE host = ? AND run <= ? ORDER BY run DESC", host, number)
            yield host, [_FIGURES.decode(figures) for (figures,) in rows]

    def mark(self, number: int, alarms: Iterable[Alarm]) -> None:
        """Note the alarms that a run raised, so that what it found is no measure of what is sound."""
        for alarm in alarms:
            row = self._file.row("SELECT figures FROM findings WHERE host = ? AND run = ?", alarm.host, number)
            if row is not None:
                figures = _FIGURES.decode(row[0])
                marked = replace(figures, alarms=(*figures.alarms, alarm.measure))
                values = (msgspec.json.encode(marked).decode(), alarm.host, number)
                self._file.write("UPDATE findings SET figures = ? WHERE host = ? AND run = ?", *values)

    def accept(self, host: str) -> bool:
        """Drop what was found at a host before its last run, and the alarms of that: what it is like from then on is as it should be.

        False for a host of which nothing is known.
        """
        row = self._file.row("SELECT run, figures FROM findings WHERE host = ? ORDER BY run DESC LIMIT 1", host)
        if row is None:
            return False
        figures = msgspec.json.encode(replace(_FIGURES.decode(row[1]), alarms=())).decode()
        with self._file.transaction():
            self._file.write("DELETE FROM findings WHERE host = ? AND run < ?", host, row[0])
            self._file.write("UPDATE findings SET figures = ? WHERE host = ?", figures, host)
        return True
