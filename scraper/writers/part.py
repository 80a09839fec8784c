"""The files of a folder of parts: their names, and which of them lie there."""

import os
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from scraper.errors import OutputError, Place
from scraper.job.outputs import Compression
from scraper.records import Format

__all__ = ["Part", "Shelf", "Stage"]

_VISIBLE = re.compile(r"part-(\d{6,})-(\d{8})\.(jsonl|md|txt)(?:\.(gz|zst))?")
_HIDDEN = re.compile(r"part-(\d{6,})-(\d{8})-(jsonl|md|txt)(?:-(gz|zst))?\.(growing|ready)")


class Stage(StrEnum):
    """How far a part is."""

    GROWING = "growing"  # pieces are added to it
    READY = "ready"  # it is finished, or made anew, and waits for its visible name
    VISIBLE = "visible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part. `number` counts from 1, `day` (UTC, such as "20260305") is that of its first piece; names sort in the order of numbers."""

    number: int
    day: str
    form: Format
    compression: Compression | None = None

    @property
    def name(self) -> str:
        """Its visible name."""
        return f"part-{self.number:06}-{self.day}.{self.form}" + (f".{self.compression}" if self.compression else "")

    def hidden_name(self, stage: Stage) -> str:
        """Its name before that, which no search for files of the visible kind finds."""
        return f"part-{self.number:06}-{self.day}-{self.form}" + (f"-{self.compression}" if self.compression else "") + f".{stage}"


class Shelf:
    """The parts in `folder`, and those beside it that are not visible yet. OSError is left to the caller.

    They lie beside it because some readers open whatever a folder holds, hidden or not.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = Path(os.path.realpath(folder))
        self._prefix = f".{self.folder.name}."
        if self.folder.stat().st_dev != self.folder.parent.stat().st_dev:
            problem = "the folder is on another disk than the one that it lies in, so parts cannot become visible by a rename"
            raise OutputError(problem, remedy="name a folder below it", place=Place(file=str(folder)))

    def path(self, part: Part, stage: Stage) -> Path:
        """Where a part lies at a stage."""
        if stage is Stage.VISIBLE:
            return self.folder / part.name
        return self.folder.parent / (self._prefix + part.hidden_name(stage))

    def parts(self, stage: Stage) -> list[Part]:
        """The parts that are at a stage, in the order of their numbers."""
        if stage is Stage.VISIBLE:
            found = (_VISIBLE.fullmatch(name) for name in os.listdir(self.folder))  # noqa: PTH208 - names alone
        else:
            names = (name for name in os.listdir(self.folder.parent) if name.startswith(self._prefix))  # noqa: PTH208
            matches = (_HIDDEN.fullmatch(name.removeprefix(self._prefix)) for name in names)
            found = (match for match in matches if match and match[5] == stage)
        return sorted((_part(match) for match in found if match), key=lambda part: part.number)

    @property
    def mark(self) -> Path:
        """A file that lies there as long as lines were written, and those that they superseded were not dropped."""
        return self.folder.parent / (self._prefix + "revised")

    def remove(self, part: Part, stage: Stage) -> None:
        """Removes a part's file, if it is there."""
        self.path(part, stage).unlink(missing_ok=True)

    def clear(self) -> None:
        """Removes every part; other files stay."""
        for stage in Stage:
            for part in self.parts(stage):
                self.remove(part, stage)
        self.mark.unlink(missing_ok=True)


def _part(match: re.Match[str]) -> Part:
    compression = Compression(match[4]) if match[4] else None
    return Part(number=int(match[1]), day=match[2], form=Format(match[3]), compression=compression)
