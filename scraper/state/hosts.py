"""What was learned of hosts: the delay they need, and those that are left alone, until when and why."""

from collections.abc import Iterable

from scraper.hosts import Host
from scraper.state.file import StateFile

__all__ = ["Host", "Hosts"]


class Hosts:
    """Hosts by name."""

    def __init__(self, file: StateFile) -> None:
        self._file = file

    def keep(self, hosts: Iterable[Host]) -> None:
        """Keep what is known of each, in place of what was."""
        rows = [(one.host, one.delay, one.parked_until, one.reason, one.failures) for one in hosts]
        self._file.write_each("INSERT OR REPLACE INTO hosts VALUES (?, ?, ?, ?, ?)", rows)

    def get(self, host: str) -> Host | None:
        """What is known of one."""
        row = self._file.row("SELECT host, delay, parked_until, reason, failures FROM hosts WHERE host = ?", host)
        return Host(host=row[0], delay=row[1], parked_until=row[2], reason=row[3], failures=row[4]) if row else None
