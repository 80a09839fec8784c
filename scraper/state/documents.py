"""Which articles the dataset holds: the id and content hash of each line that is committed."""

from dataclasses import dataclass

from scraper.state.file import StateFile

__all__ = ["Document", "Documents"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A line of the dataset. `run`: the number of the run that wrote it."""

    id: str
    content_hash: str
    payload_sha256: str | None
    run: int


class Documents:
    """Lines by id, in the order in which they were written."""

    def __init__(self, file: StateFile) -> None:
        self._file = file

    def latest(self, document_id: str) -> Document | None:
        """The last line with that id."""
        return self._found(document_id, "ORDER BY sequence DESC")

    def with_payload(self, document_id: str, payload_sha256: str) -> Document | None:
        """A line with that id that was read from those bytes."""
        return self._found(document_id, "AND payload_sha256 = ?", payload_sha256)

    def add(self, document: Document) -> None:
        """Note a line that is now the last of its id."""
        row = self._file.row("SELECT max(sequence) FROM documents WHERE id = ?", bytes.fromhex(document.id))
        values = (document.content_hash, document.payload_sha256, (row[0] or 0) + 1 if row else 1, document.run)
        self._file.write("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?)", bytes.fromhex(document.id), *values)

    def forget(self, document_id: str | None = None) -> None:
        """Drop the lines of an id; without one, all."""
        if document_id is None:
            self._file.write("DELETE FROM documents")
        else:
            self._file.write("DELETE FROM documents WHERE id = ?", bytes.fromhex(document_id))

    def _found(self, document_id: str, which: str, *values: str) -> Document | None:
        query = f"SELECT content_hash, payload_sha256, run FROM documents WHERE id = ? {which} LIMIT 1"
        row = self._file.row(query, bytes.fromhex(document_id), *values)
        return Document(id=document_id, content_hash=row[0], payload_sha256=row[1], run=row[2]) if row else None
