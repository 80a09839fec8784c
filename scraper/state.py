"""What a job remembers between its runs, in one SQLite file: robots.txt files, pages' validators, feeds and sitemaps."""

import sqlite3
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scraper.errors import Place, StateError
from scraper.records import FailureKind, Page, RobotsState, StoredRobots, Validators

__all__ = ["State"]

# Each entry brings the file from the version of its place (counted from 0) to the next; entries are added, never changed.
_MIGRATIONS = (
    """
    CREATE TABLE robots (
        origin TEXT PRIMARY KEY, state TEXT NOT NULL, expires REAL NOT NULL, text TEXT NOT NULL, reason TEXT NOT NULL, kind TEXT,
        retry_after REAL
    ) WITHOUT ROWID;
    CREATE TABLE validators (url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT) WITHOUT ROWID;
    """,
    "CREATE TABLE listings (url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, content_type TEXT, body BLOB NOT NULL)",
)

_LARGEST_LISTING = 8 * 2**20  # bytes, compressed: a sitemap of 50,000 addresses has about 300 kB

_PATIENCE = 10.0  # seconds that another process may hold the file; its transactions are single statements


class State:
    """An open state file; safe to share among threads. It is a RobotsStore. Raises StateError for whatever the file or disk refuses."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        with self._told():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
            try:
                self._prepare()
            except BaseException:
                self._file.close()
                raise

    def get(self, origin: str) -> StoredRobots | None:
        """What is kept of the robots.txt of an origin such as "https://example.org"."""
        row = self._row("SELECT state, expires, text, reason, kind, retry_after FROM robots WHERE origin = ?", origin)
        if row is None:
            return None
        state, expires, text, reason, kind, wait = row
        known = FailureKind(kind) if kind else None
        return StoredRobots(state=RobotsState(state), expires=expires, text=text, reason=reason, kind=known, retry_after=wait)

    def put(self, origin: str, stored: StoredRobots) -> None:
        """Keep a robots.txt."""
        kind = str(stored.kind) if stored.kind else None
        values = (origin, str(stored.state), stored.expires, stored.text, stored.reason, kind, stored.retry_after)
        self._write("INSERT OR REPLACE INTO robots VALUES (?, ?, ?, ?, ?, ?, ?)", *values)

    def validators(self, url: str) -> Validators | None:
        """What was kept to ask with whether the page at `url`, an address after redirects, has changed."""
        row = self._row("SELECT etag, last_modified FROM validators WHERE url = ?", url)
        return Validators(*row) if row else None

    def keep_validators(self, url: str, validators: Validators) -> None:
        """Keep what vouches for a record that has been written; nothing is kept where the server gave nothing."""
        if validators.etag or validators.last_modified:
            self._write("INSERT OR REPLACE INTO validators VALUES (?, ?, ?)", url, validators.etag, validators.last_modified)
        else:
            self._write("DELETE FROM validators WHERE url = ?", url)

    def forget_validators(self) -> None:
        """Drop all of them: the dataset that they vouched for begins anew."""
        self._write("DELETE FROM validators")

    def listing_validators(self, url: str) -> Validators | None:
        """What was kept to ask with whether the feed, sitemap or section page at `url` has changed."""
        row = self._row("SELECT etag, last_modified FROM listings WHERE url = ?", url)
        return Validators(*row) if row else None

    def listing(self, url: str) -> tuple[str | None, bytes] | None:
        """Content type and bytes of a listing that was kept."""
        row = self._row("SELECT content_type, body FROM listings WHERE url = ?", url)
        return (row[0], zlib.decompress(row[1])) if row else None

    def keep_listing(self, page: Page) -> None:
        """Keep a feed, sitemap or section page whole: what it names must be named in every run, whether it has changed or not."""
        etag, modified = page.headers.get("etag"), page.headers.get("last-modified")
        body = zlib.compress(page.data, 1) if page.url and (etag or modified) else b""
        if body and len(body) <= _LARGEST_LISTING:
            values = (page.url, etag, modified, page.content_type, body)
            self._write("INSERT OR REPLACE INTO listings VALUES (?, ?, ?, ?, ?)", *values)
        elif page.url:
            self._write("DELETE FROM listings WHERE url = ?", page.url)

    def close(self) -> None:
        """Close the file."""
        with self._lock, self._told():
            self._file.close()

    def _prepare(self) -> None:
        """Write-ahead log, and the tables of the present version. Of two processes the second waits and finds them made."""
        self._file.execute("PRAGMA journal_mode = WAL")
        self._file.execute("PRAGMA synchronous = NORMAL")
        self._file.execute("BEGIN IMMEDIATE")
        (version,) = self._file.execute("PRAGMA user_version").fetchone()
        if version > len(_MIGRATIONS):
            self._file.execute("ROLLBACK")
            remedy = "use that version, or name another state file"
            raise StateError("the state was written by a newer version of this program", remedy=remedy, place=self._place)
        for migration in _MIGRATIONS[version:]:
            for statement in filter(str.strip, migration.split(";")):
                self._file.execute(statement)
        self._file.execute(f"PRAGMA user_version = {len(_MIGRATIONS)}")
        self._file.execute("COMMIT")

    def _row(self, query: str, key: str) -> tuple[Any, ...] | None:
        with self._lock, self._told():
            row: tuple[Any, ...] | None = self._file.execute(query, (key,)).fetchone()
            return row

    def _write(self, statement: str, *values: object) -> None:
        with self._lock, self._told():
            self._file.execute(statement, values)

    @property
    def _place(self) -> Place:
        return Place(file=str(self.path))

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What SQLite or the disk refuses, as a StateError that says what to do."""
        try:
            yield
        except sqlite3.Error as error:
            locked = getattr(error, "sqlite_errorcode", None) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
            damaged = isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
            remedy = "free space, or make its folder writable"
            if locked:
                remedy = "wait for the run that holds it"
            elif damaged:
                remedy = "move it away: a new one is made, and unchanged pages are fetched once more"
            raise StateError(f"the state cannot be used: {error}", remedy=remedy, place=self._place) from error
        except OSError as error:
            raise StateError(f"the state cannot be used: {error.strerror}", place=self._place) from error
