"""A state file that may be broken: what is wrong with it, what can still be read of it, and putting it aside."""

import contextlib
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import msgspec

from scraper.state.takedowns import Takedown

__all__ = ["problem_of", "quarantine", "takedowns_in"]

_BESIDE = ("", "-wal", "-shm")  # the files of a database in WAL


def problem_of(path: Path) -> str | None:
    """What is wrong with the file; None for one that is whole, whatever its version. One that is not there is missing."""
    if not path.exists():
        return "it is missing"
    try:
        with contextlib.closing(_opened(path)) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()
            if connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'robots'").fetchone() == (0,):
                return "it holds no state"
    except sqlite3.Error as error:
        return str(error)
    return None if found == ("ok",) else str(found[0] if found else "it cannot be read")


def takedowns_in(path: Path) -> Iterator[Takedown]:
    """The takedowns that can still be read, oldest first: nothing but the state knows of them."""
    with contextlib.suppress(sqlite3.Error, msgspec.DecodeError), contextlib.closing(_opened(path)) as connection:
        for row in connection.execute("SELECT what, moment, reason, removed FROM takedowns ORDER BY number"):
            yield Takedown(what=row[0], moment=row[1], reason=row[2], removed=msgspec.json.decode(row[3]))


def quarantine(path: Path) -> Path | None:
    """Renames the file and what belongs to it; where it lies now, None where there was none. Raises OSError."""
    aside = path.with_name(f"{path.name}.broken-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    for ending in _BESIDE:
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + ending).rename(aside.with_name(aside.name + ending))
    return aside if aside.exists() else None


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=rw", uri=True, timeout=10.0, isolation_level=None)
