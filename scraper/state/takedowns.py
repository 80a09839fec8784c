"""What was taken out of the dataset because somebody asked, and when."""

from dataclasses import dataclass

import msgspec

from scraper.state.file import StateFile

__all__ = ["Takedown", "Takedowns"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Takedown:
    """`what`: an address or a host. `removed`: how many of what, such as {"records": 2}."""

    what: str
    moment: float
    reason: str | None
    removed: dict[str, int]


class Takedowns:
    """Takedowns in their order."""

    def __init__(self, file: StateFile) -> None:
        self._file = file

    def add(self, takedown: Takedown) -> None:
        """Note one, in the transaction that does it."""
        values = (takedown.what, takedown.moment, takedown.reason, msgspec.json.encode(takedown.removed).decode())
        self._file.write("INSERT INTO takedowns (what, moment, reason, removed) VALUES (?, ?, ?, ?)", *values)

    def all(self) -> list[Takedown]:
        """All of them, oldest first."""
        rows = self._file.rows("SELECT what, moment, reason, removed FROM takedowns ORDER BY number")
        return [Takedown(what=row[0], moment=row[1], reason=row[2], removed=msgspec.json.decode(row[3])) for row in rows]
