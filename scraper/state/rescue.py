"""A state file that may be broken: what is wrong with it, what can still be read of it, and putting it aside."""

import contextlib
import os
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from scraper.state.migrations import MIGRATIONS
from scraper.state.takedowns import Takedown
from scraper.wellformed import UNDECODABLE

__all__ = ["Rescued", "has_outputs", "problem_of", "quarantine", "takedowns_in"]

_BESIDE = ("", "-wal", "-shm")  # the files of a database in WAL


def problem_of(path: Path) -> str | None:
    """What is wrong with the file; None for one that is whole, whatever its version. One that is not there is missing."""
    if not path.exists():
        return "it is missing"
    try:
        with contextlib.closing(_opened(path)) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()
            tables = _tables(connection)
            if "robots" not in tables:
                return "it holds no state"
            missing = sorted(_made(connection.execute("PRAGMA user_version").fetchone()[0]) - tables)
    except sqlite3.Error as error:
        return str(error)
    if found != ("ok",):
        return str(found[0] if found else "it cannot be read")
    return f"it lacks what it is made of: {', '.join(missing)}" if missing else None


def _tables(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")}


def _made(version: int) -> set[str]:
    """The tables that a state of that version has; of a version that is not known yet, those of the last that is."""
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(";".join(MIGRATIONS[:version]))
        return _tables(connection)


def has_outputs(path: Path) -> bool:
    """Whether a whole state vouches for any output; one from before it could is taken to."""
    try:
        with contextlib.closing(_opened(path)) as connection:
            return bool(connection.execute("SELECT count(*) FROM output WHERE role <> 'archive'").fetchone()[0])
    except sqlite3.Error:
        return True


@dataclass(frozen=True, slots=True)
class Rescued:
    """The takedowns that can still be read, oldest first, and whether these are all."""

    takedowns: tuple[Takedown, ...]
    whole: bool


def takedowns_in(path: Path) -> Rescued:
    """The takedowns in a state: nothing else knows of them. What a broken page hides is passed over from both its sides."""
    rows: dict[int, tuple[Any, ...]] = {}
    whole = False
    for order in ("ASC", "DESC"):
        with contextlib.suppress(sqlite3.Error), contextlib.closing(_opened(path)) as connection:
            connection.text_factory = lambda data: data.decode("utf-8", "replace")
            query = f"SELECT number, what, moment, reason, removed FROM takedowns ORDER BY number {order}"
            for row in connection.execute(query):
                rows[row[0]] = row[1:]
            whole = True
            break
    found = [_takedown(rows[number]) for number in sorted(rows)]
    return Rescued(tuple(one for one in found if one is not None), whole and None not in found)


def _takedown(row: tuple[Any, ...]) -> Takedown | None:
    """What a row tells; None where it does not tell of what. How much was removed is of no consequence."""
    what, moment, reason, removed = row
    if not isinstance(what, str) or not what:
        return None
    try:
        counts = msgspec.json.decode(removed, type=dict[str, int])
    except (*UNDECODABLE, TypeError):
        counts = {}
    when = float(moment) if isinstance(moment, int | float) else 0.0
    return Takedown(what=what, moment=when, reason=reason if isinstance(reason, str) else None, removed=counts)


def quarantine(path: Path) -> Path | None:
    """Renames the file and what belongs to it; where it lies now, None where there was none. Raises OSError."""
    aside = path.with_name(f"{path.name}.broken-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    for ending in _BESIDE:
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + ending).rename(aside.with_name(aside.name + ending))
    return aside if aside.exists() else None


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(os.fsencode(path.absolute()))}?mode=rw", uri=True, timeout=10.0, isolation_level=None)
