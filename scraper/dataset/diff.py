"""What changed between two extractions of the same pages: per host and field. The older one lies on disk meanwhile, not in memory."""

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec

from extractors.article import TAXONOMY_KEYS, Article
from scraper.dataset.lines import BrokenLine, Dataset, decoded, value_at
from scraper.errors import OutputError

__all__ = ["FIELDS", "Change", "Row", "Tally", "compare"]

# What the run or the fetch says of a record, and what follows from its body: no field that an extraction decides.
_NOT_DECIDED = {"schema_version", "id", "url", "url_requested", "host", "source", "run_id", "fetched_at", "http_status"}
_NOT_DECIDED |= {"payload_sha256", "warc_record_id", "provenance", "extractor_version", "word_count", "content_hash", "fingerprint"}

FIELDS = tuple(
    name
    for key in Article.__slots__
    if key not in _NOT_DECIDED
    for name in ([f"taxonomy.{one}" for one in TAXONOMY_KEYS] if key == "taxonomy" else [key])
)

_EXAMPLES = 3  # ids that a row names
_NAMED = 100  # broken lines
_EMPTY: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True, slots=True)
class Change:
    """A field that has another value in the newer record."""

    id: str
    url: str | None
    host: str
    field: str
    old: Any
    new: Any


@dataclass(slots=True)
class Row:
    """A field of a host: in how many records it has another value, of them those where it had none and those where it has none now."""

    changed: int = 0
    gained: int = 0
    lost: int = 0
    examples: list[str] = field(default_factory=list)

    def count(self, change: Change) -> None:
        """Counts a change of this field."""
        self.changed += 1
        self.gained += change.old in _EMPTY
        self.lost += change.new in _EMPTY
        if len(self.examples) < _EXAMPLES:
            self.examples.append(change.id)


@dataclass(slots=True)
class Tally:
    """What has been seen so far: records in both by host, those in one alone, the rows by host and field, and lines that are none."""

    both: dict[str, int] = field(default_factory=dict)
    only_old: dict[str, int] = field(default_factory=dict)
    only_new: dict[str, int] = field(default_factory=dict)
    rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    broken: int = 0
    named: list[tuple[str, int, str]] = field(default_factory=list)  # file, line and problem of the first of those
    versions: tuple[set[str], set[str]] = field(default_factory=lambda: (set(), set()))


def compare(old: Dataset, new: Dataset, tally: Tally, *, fields: Iterable[str] = FIELDS) -> Iterator[Change]:
    """Each change, in the order of the newer dataset; counts in `tally` as it goes.

    Records are the same that have the same id and were read from the same bytes; then, of those that are left, those with the same id,
    the first with the first. `fields` are keys of a record, or of what is in it, such as "taxonomy.tags". Raises SourceError, and
    OutputError where the disk for temporary files is full.
    """
    paths = tuple(tuple(name.split(".")) for name in fields)
    with _shelf() as shelf:
        for record in _records(old, tally, versions=tally.versions[0]):
            shelf.put("old", record)
        for record in _records(new, tally, versions=tally.versions[1]):
            before = shelf.take(record["id"], record.get("payload_sha256"))
            if before is None:
                shelf.put("new", record)
            else:
                yield from _changes(before, record, paths, tally=tally)
        for record in shelf.left("new"):
            before = shelf.take(record["id"], None)
            if before is None:
                _add(tally.only_new, record)
            else:
                yield from _changes(before, record, paths, tally=tally)
        for record in shelf.left("old"):
            _add(tally.only_old, record)


class _Shelf:
    """Records on disk, in a file that SQLite makes and removes."""

    def __init__(self, table: sqlite3.Connection) -> None:
        self._table = table
        table.executescript(
            "PRAGMA journal_mode = OFF; BEGIN;"
            "CREATE TABLE records (number INTEGER PRIMARY KEY, side TEXT, id TEXT, payload TEXT, record BLOB);"
            "CREATE INDEX records_id ON records (id, side);"
        )

    def put(self, side: str, record: Mapping[str, Any]) -> None:
        values = (side, record["id"], record.get("payload_sha256"), zlib.compress(msgspec.json.encode(record), 1))
        self._table.execute("INSERT INTO records (side, id, payload, record) VALUES (?, ?, ?, ?)", values)

    def take(self, identity: str, payload: str | None) -> dict[str, Any] | None:
        """The first older record with that id, and read from those bytes where they are given; it is gone from here then."""
        query = "SELECT number, record FROM records WHERE id = ? AND side = 'old' AND (? IS NULL OR payload = ?) ORDER BY number LIMIT 1"
        row = self._table.execute(query, (identity, payload, payload)).fetchone()
        if row is None:
            return None
        self._table.execute("DELETE FROM records WHERE number = ?", row[:1])
        return _unpacked(row[1])

    def left(self, side: str) -> Iterator[dict[str, Any]]:
        """What is there still, in its order."""
        for (record,) in self._table.execute("SELECT record FROM records WHERE side = ? ORDER BY number", (side,)):
            yield _unpacked(record)


@contextmanager
def _shelf() -> Iterator[_Shelf]:
    try:
        with closing(sqlite3.connect("", isolation_level=None)) as table:
            yield _Shelf(table)
    except sqlite3.Error as error:
        remedy = "free space where temporary files lie (TMPDIR)"
        raise OutputError(f"cannot keep the older dataset at hand: {error}", remedy=remedy) from error


def _unpacked(blob: bytes) -> dict[str, Any]:
    record: dict[str, Any] = msgspec.json.decode(zlib.decompress(blob))
    return record


def _records(dataset: Dataset, tally: Tally, *, versions: set[str]) -> Iterator[dict[str, Any]]:
    for line in dataset.lines():
        try:
            record: Any = decoded(line, object, noun="JSON")
            if not (isinstance(record, dict) and isinstance(record.get("id"), str)):
                raise BrokenLine("no record with an id")
        except BrokenLine as error:
            tally.broken += 1
            if len(tally.named) < _NAMED:
                tally.named.append((line.file, line.number, str(error)))
            continue
        versions.add(str(record.get("extractor_version")))
        yield record


def _changes(old: dict[str, Any], new: dict[str, Any], paths: Iterable[tuple[str, ...]], *, tally: Tally) -> Iterator[Change]:
    host = _host(new)
    _add(tally.both, new)
    for path in paths:
        before, after = value_at(old, path), value_at(new, path)
        if before != after:
            change = Change(new["id"], new.get("url"), host, ".".join(path), before, after)
            tally.rows.setdefault((host, change.field), Row()).count(change)
            yield change


def _host(record: Mapping[str, Any]) -> str:
    return str(record.get("host") or "(no host)")


def _add(counts: dict[str, int], record: Mapping[str, Any]) -> None:
    host = _host(record)
    counts[host] = counts.get(host, 0) + 1
