"""The frontier: every address that the sources ever named, what became of it, and which is next at each host."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from extractors.article import Evidence
from extractors.urls import document_id, host_of
from scraper.records import Failure, FailureKind, OutcomeKind, Target
from scraper.state.file import StateFile

__all__ = ["KnownTarget", "Settlement", "Targets"]

_EVIDENCE = msgspec.json.Decoder(tuple[Evidence, ...])
_COLUMNS = (
    "number, url, source, name, evidence, behalf, host, said, pending, due, named_in, settled_in, outcome, failure, failures, fetched"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTarget:
    """A target and what is known of it. Moments are seconds since 1970, runs are told by their numbers.

    `said`: the newest moment that a feed or sitemap has said of it when it was queued. `pending`: it waits for its outcome.
    `due`: from when it may be asked for again, None for never. `named_in`, `settled_in`: the last run whose sources named it, and the
    one that gave it its last `outcome`. `failures`: how often it was asked for and failed in a row.
    """

    number: int
    target: Target
    host: str
    said: float | None
    pending: bool
    due: float | None
    named_in: int
    settled_in: int | None
    outcome: OutcomeKind | None
    failure: FailureKind | None
    failures: int
    fetched: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What became of a target in a run, at the moment `fetched`, and when it is due again."""

    run: int
    outcome: OutcomeKind
    failure: Failure | None
    fetched: float
    due: float | None


class Targets:
    """Targets by the hash of their normal address; the next of a host through an index, whatever their number."""

    def __init__(self, file: StateFile) -> None:
        self._file = file

    def find(self, url: str) -> KnownTarget | None:
        """What is known of an address."""
        return self._found("id = ?", _id(url))

    def add(self, target: Target, *, run: int, said: float | None, due: float) -> None:
        """A target that is new: it waits for its outcome. Those with an earlier `due` come first."""
        values = (_id(target.url), target.url, host_of(target.url) or "", *_told(target), said, due, run)
        columns = "id, url, host, source, name, evidence, behalf, said, due, named_in, pending"
        self._file.write(f"INSERT INTO targets ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)", *values)

    def queue(self, known: KnownTarget, target: Target, *, run: int, said: float | None, due: float) -> None:
        """A known target waits for an outcome again, with what is said of it now."""
        values = (*_told(target), said, due, run, known.number)
        columns = "source = ?, name = ?, evidence = ?, behalf = ?, said = ?, due = ?, named_in = ?, pending = 1"
        self._file.write(f"UPDATE targets SET {columns} WHERE number = ?", *values)

    def named(self, known: KnownTarget, run: int) -> None:
        """A source of this run has named it, and nothing else changes."""
        self._file.write("UPDATE targets SET named_in = ? WHERE number = ?", run, known.number)

    def queue_failed(self, kind: FailureKind | None, now: float) -> int:
        """All that failed last, or failed so, are due and wait for an outcome again; how many more wait now.

        What waits has to be due at some moment, or it would never be the next. Some states hold such targets.
        """
        which = "failure IS NOT NULL" if kind is None else "failure = ?"
        values = () if kind is None else (str(kind),)
        self._file.write(f"UPDATE targets SET due = ? WHERE pending AND due IS NULL AND {which}", now, *values)
        return self._file.write(f"UPDATE targets SET pending = 1, due = ? WHERE NOT pending AND {which}", now, *values)

    def queue_due_failures(self, now: float) -> int:
        """Those that failed last and may be tried again wait for an outcome again; how many."""
        return self._file.write("UPDATE targets SET pending = 1 WHERE NOT pending AND failure IS NOT NULL AND due <= ?", now)

    def waiting(self, run: int) -> Iterator[KnownTarget]:
        """The targets that wait for an outcome and were not named in `run`: of each host in turn the next, the earliest due first."""
        places: dict[str, tuple[float, int]] = {}
        while True:
            host, found = self._next_host(""), False
            while host is not None:
                known = self._next_of(host, places.get(host, (-math.inf, -1)), run)
                if known is not None:
                    places[host] = (known.due or 0.0, known.number)
                    found = True
                    yield known
                host = self._next_host(host)
            if not found:
                return

    def _next_host(self, after: str) -> str | None:
        row = self._file.row("SELECT host FROM targets WHERE pending AND host > ? ORDER BY host LIMIT 1", after)
        return str(row[0]) if row else None

    def _next_of(self, host: str, place: tuple[float, int], run: int) -> KnownTarget | None:
        which = "pending AND host = ? AND (due, number) > (?, ?) AND named_in < ? ORDER BY due, number"
        return self._found(which, host, *place, run)

    def settle(self, number: int, settlement: Settlement) -> None:
        """Note what became of a target; it waits no more."""
        failure = settlement.failure
        values = (settlement.run, str(settlement.outcome), str(failure.kind) if failure else None, settlement.fetched, settlement.due)
        statement = (
            "UPDATE targets SET pending = 0, settled_in = ?, outcome = ?, failure = ?, fetched = ?, due = ?,"
            f" failures = {'failures' if failure and failure.put_off else 'failures + 1' if failure else '0'} WHERE number = ?"
        )
        self._file.write(statement, *values, number)

    def pending(self) -> int:
        """How many wait for an outcome."""
        row = self._file.row("SELECT count(*) FROM targets WHERE pending")
        return int(row[0]) if row else 0

    def forget(self) -> None:
        """Drop all of them."""
        self._file.write("DELETE FROM targets")

    def _found(self, which: str, *values: object) -> KnownTarget | None:
        row = self._file.row(f"SELECT {_COLUMNS} FROM targets WHERE {which} LIMIT 1", *values)
        return _known(row) if row else None


def _id(url: str) -> bytes:
    return bytes.fromhex(document_id(url, None))


def _told(target: Target) -> tuple[str | None, str | None, bytes | None, str | None]:
    """What a source tells of a target, as it is kept."""
    return target.source, target.name, msgspec.json.encode(target.evidence) if target.evidence else None, target.behalf


def _known(row: tuple[Any, ...]) -> KnownTarget:
    number, url, source, name, evidence, behalf, host, said, pending, due, named_in, settled_in, outcome, failure, failures, fetched = row
    return KnownTarget(
        number=number,
        target=Target(url=url, source=source, name=name, evidence=_EVIDENCE.decode(evidence) if evidence else (), behalf=behalf),
        host=host,
        said=said,
        pending=bool(pending),
        due=due,
        named_in=named_in,
        settled_in=settled_in,
        outcome=OutcomeKind(outcome) if outcome else None,
        failure=FailureKind(failure) if failure else None,
        failures=failures,
        fetched=fetched,
    )
