"""What was taken out of the dataset because somebody asked, and when."""

import re
from collections.abc import Container, Iterable
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


_ID = re.compile(r"(?:[0-9a-fA-F]{2})+")
_TABLES = ("targets", "validators", "listings", "archived")
_MAY_BE_AT = r"url LIKE ? OR url GLOB '*[^ -~]*' OR url LIKE '%\%%' ESCAPE '\'"


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

    def strike(self, which: Container[str], host: str) -> int:
        """Drop what is known of the addresses `which`, all at `host` or below it; how many addresses of each table that were.

        A source may have written the host in other signs; such addresses are looked at too.
        """
        struck = 0
        for table in _TABLES:
            for (url,) in self._file.rows(f"SELECT DISTINCT url FROM {table} WHERE {_MAY_BE_AT}", f"%{host}%"):
                if url in which:
                    self._file.write(f"DELETE FROM {table} WHERE url = ?", url)
                    struck += 1
        return struck

    def strike_lines(self, ids: Iterable[str], records: Iterable[str]) -> None:
        """Drop the lines of the dataset and the records of the archive that went. An id of another make was never among them."""
        own = (one for one in ids if _ID.fullmatch(one))
        self._file.write_each("DELETE FROM documents WHERE id = ?", [(bytes.fromhex(one),) for one in own])
        self._file.write_each("DELETE FROM archived WHERE record_id = ?", [(one,) for one in records])
