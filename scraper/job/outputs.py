"""What a job says of its output, and up to where an output is committed."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

__all__ = ["Compression", "Layout", "Position", "Revisions", "Rotate", "beside"]


class Layout(StrEnum):
    """What an output is: one file, or a folder of parts of which every reader sees whole ones only."""

    FILE = "file"
    FOLDER = "folder"


class Compression(StrEnum):
    """How bytes are packed; the value is the end of a file's name."""

    GZIP = "gz"
    ZSTD = "zst"


class Rotate(StrEnum):
    """When a part is full, besides its size."""

    SIZE = "size"  # at that alone
    DAY = "day"  # at midnight, UTC, too


class Revisions(StrEnum):
    """What becomes of an article's line when a new one with the same id is written."""

    APPEND = "append"  # it stays
    LATEST = "latest"  # it goes at the run's clean end


@dataclass(frozen=True, slots=True)
class Position:
    """Up to where an output is committed. A state keeps it as text; "0" is the beginning.

    `length`: bytes, as they lie on the disk. `part`: the number of the part that they are of, from 1; 0 for a single file.
    `ready`: the part, or what replaces the single file, is finished at that length and only waits for its visible name.
    """

    length: int = 0
    part: int = 0
    ready: bool = False

    def __str__(self) -> str:
        return f"{self.length}" + (f" part {self.part}" if self.part else "") + (" ready" if self.ready else "")

    @classmethod
    def read(cls, text: str) -> "Position":
        """The position that was written so."""
        words = text.split()
        return cls(int(words[0]), int(words[2]) if "part" in words else 0, "ready" in words)


def beside(output: Path, ending: str) -> Path:
    """The path of a file that goes with an output: "out.failures.jsonl" for any of "out.jsonl", "out.jsonl.zst" and the folder "out"."""
    bare = output.with_suffix("") if output.suffix in {f".{kind}" for kind in Compression} else output
    return output.with_name(f"{bare.stem}.{ending}")
