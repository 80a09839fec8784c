"""The tables of a state file, version by version."""

__all__ = ["MIGRATIONS"]

# Each entry brings the file from the version of its place (counted from 0) to the next; entries are added, never changed.
# Moments are seconds since 1970; `run` is runs.number.
MIGRATIONS = (
    """
    CREATE TABLE robots (
        origin TEXT PRIMARY KEY, state TEXT NOT NULL, expires REAL NOT NULL, text TEXT NOT NULL, reason TEXT NOT NULL, kind TEXT,
        retry_after REAL
    ) WITHOUT ROWID;
    CREATE TABLE validators (url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT) WITHOUT ROWID;
    """,
    "CREATE TABLE listings (url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, content_type TEXT, body BLOB NOT NULL)",
    """
    CREATE TABLE targets (
        number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, url TEXT NOT NULL, host TEXT NOT NULL, source TEXT, name TEXT,
        evidence BLOB, said REAL, pending INTEGER NOT NULL, due REAL, named_in INTEGER NOT NULL, settled_in INTEGER, outcome TEXT,
        failure TEXT, failures INTEGER NOT NULL DEFAULT 0, fetched REAL
    );
    CREATE INDEX targets_pending ON targets (host, due, number) WHERE pending;
    CREATE INDEX targets_failed ON targets (failure, due) WHERE failure IS NOT NULL;
    CREATE TABLE documents (
        id BLOB NOT NULL, content_hash TEXT NOT NULL, payload_sha256 TEXT, sequence INTEGER NOT NULL, run INTEGER NOT NULL,
        PRIMARY KEY (id, content_hash)
    ) WITHOUT ROWID;
    CREATE TABLE output (role TEXT PRIMARY KEY, path TEXT NOT NULL, position TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE runs (
        number INTEGER PRIMARY KEY AUTOINCREMENT, run_id TEXT, started REAL NOT NULL, seen REAL NOT NULL, ended REAL, exit_code INTEGER,
        ended_by TEXT, complete INTEGER NOT NULL DEFAULT 0, totals TEXT NOT NULL DEFAULT '{}'
    );
    CREATE TABLE findings (host TEXT NOT NULL, run INTEGER NOT NULL, figures TEXT NOT NULL, PRIMARY KEY (host, run)) WITHOUT ROWID;
    CREATE INDEX findings_run ON findings (run);
    CREATE TABLE hosts (
        host TEXT PRIMARY KEY, delay REAL NOT NULL DEFAULT 0, parked_until REAL, reason TEXT, failures INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID;
    CREATE TABLE archived (
        payload_sha256 TEXT NOT NULL, url TEXT NOT NULL, record_id TEXT NOT NULL, file TEXT NOT NULL, date TEXT NOT NULL,
        PRIMARY KEY (payload_sha256, url)
    ) WITHOUT ROWID;
    CREATE INDEX archived_url ON archived (url);
    CREATE INDEX archived_file ON archived (file);
    CREATE TABLE takedowns (
        number INTEGER PRIMARY KEY, what TEXT NOT NULL, moment REAL NOT NULL, reason TEXT, removed TEXT NOT NULL DEFAULT '{}'
    );
    """,
    "ALTER TABLE targets ADD COLUMN behalf TEXT",
)
