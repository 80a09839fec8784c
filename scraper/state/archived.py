"""Where the archive holds a payload: what a revisit record refers to."""

from dataclasses import dataclass

from scraper.state.file import StateFile

__all__ = ["Archived", "ArchivedPayload"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedPayload:
    """A response record. `file`: the archive's file by name; `date`: the record's WARC-Date."""

    payload_sha256: str
    url: str
    record_id: str
    file: str
    date: str


class Archived:
    """Payloads by digest and address."""

    def __init__(self, file: StateFile) -> None:
        self._file = file

    def keep(self, payload: ArchivedPayload) -> None:
        """Keep where a payload lies, in the transaction that commits the archive's position."""
        values = (payload.payload_sha256, payload.url, payload.record_id, payload.file, payload.date)
        self._file.write("INSERT OR REPLACE INTO archived VALUES (?, ?, ?, ?, ?)", *values)

    def find(self, payload_sha256: str) -> ArchivedPayload | None:
        """A record that holds those bytes."""
        return self._found("payload_sha256 = ?", payload_sha256)

    def newest(self, url: str) -> ArchivedPayload | None:
        """The newest record of an address."""
        return self._found("url = ? ORDER BY date DESC", url)

    def forget_file(self, name: str) -> None:
        """The file is gone, and its payloads with it."""
        self._file.write("DELETE FROM archived WHERE file = ?", name)

    def _found(self, which: str, value: str) -> ArchivedPayload | None:
        row = self._file.row(f"SELECT payload_sha256, url, record_id, file, date FROM archived WHERE {which} LIMIT 1", value)
        return ArchivedPayload(payload_sha256=row[0], url=row[1], record_id=row[2], file=row[3], date=row[4]) if row else None
