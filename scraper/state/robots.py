"""The robots.txt files of origins, each for a day."""

from scraper.records import FailureKind, RobotsState, StoredRobots
from scraper.state.file import StateFile

__all__ = ["RobotsFiles"]


class RobotsFiles:
    """A RobotsStore that lies on disk."""

    def __init__(self, file: StateFile) -> None:
        self._file = file

    def get(self, origin: str) -> StoredRobots | None:
        """What is kept of the robots.txt of an origin such as "https://example.org"."""
        row = self._file.row("SELECT state, expires, text, reason, kind, retry_after FROM robots WHERE origin = ?", origin)
        if row is None:
            return None
        state, expires, text, reason, kind, wait = row
        known = FailureKind(kind) if kind else None
        return StoredRobots(state=RobotsState(state), expires=expires, text=text, reason=reason, kind=known, retry_after=wait)

    def put(self, origin: str, stored: StoredRobots) -> None:
        """Keep a robots.txt."""
        kind = str(stored.kind) if stored.kind else None
        values = (origin, str(stored.state), stored.expires, stored.text, stored.reason, kind, stored.retry_after)
        self._file.write("INSERT OR REPLACE INTO robots VALUES (?, ?, ?, ?, ?, ?, ?)", *values)
