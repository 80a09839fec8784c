"""How far each file of a job is committed: what lies beyond is not in the dataset."""

import os
from dataclasses import dataclass
from pathlib import Path

from scraper.state.file import StateFile

__all__ = ["Committed", "Output"]


@dataclass(frozen=True, slots=True)
class Committed:
    """What the state says of a file. `position`: what its writer gave when it was last synced."""

    path: Path
    position: str


class Output:
    """Committed positions by role: "records", "failures", "archive". Paths are kept relative to the state's folder, so that it can move."""

    def __init__(self, file: StateFile) -> None:
        self._file = file
        self._folder = file.path.absolute().parent

    def committed(self, role: str) -> Committed | None:
        """Where the file of a role is, and how far it is committed; None where the state knows of none."""
        row = self._file.row("SELECT path, position FROM output WHERE role = ?", role)
        return Committed(self._folder / _read(row[0]), row[1]) if row else None

    def commit(self, role: str, committed: Committed) -> None:
        """Note a position, in the transaction that commits what lies before it and once that is on disk."""
        path = committed.path.absolute()
        kept = path.relative_to(self._folder) if path.is_relative_to(self._folder) else path
        self._file.write("INSERT OR REPLACE INTO output VALUES (?, ?, ?)", role, _written(kept), committed.position)

    def forget(self) -> None:
        """Records and failures are known no more; the archive stays."""
        self._file.write("DELETE FROM output WHERE role <> 'archive'")


def _written(path: Path) -> str | bytes:
    """A path as the state keeps it, whatever encoding this process takes names to be in: text, or bytes where they are no UTF-8."""
    name = os.fsencode(path)
    try:
        return name.decode()
    except UnicodeDecodeError:
        return name


def _read(kept: str | bytes) -> Path:
    return Path(os.fsdecode(kept.encode() if isinstance(kept, str) else kept))
