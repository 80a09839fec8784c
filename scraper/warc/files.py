"""The files of an archive: their names, which tell their order, and what lies in a folder."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

__all__ = ["file_name", "in_order", "number_of"]

_NAME = re.compile(r".*-(\d{5,})-\d{14}\.warc\.gz")


def file_name(stem: str, number: int, moment: datetime) -> str:
    """The name of an archive's file. The number leads, so that files written by a clock that was set back stay in order."""
    return f"{stem}-{number:05d}-{moment:%Y%m%d%H%M%S}.warc.gz"


def number_of(path: Path) -> int | None:
    """The number in a file's name; None for a file with another name."""
    match = _NAME.fullmatch(path.name)
    return int(match[1]) if match else None


def in_order(folder: Path) -> list[Path]:
    """The files of an archive, in the order in which they were begun. Raises OSError; a folder that is not there has none."""
    return [path for _, path in sorted(_numbered(folder))] if folder.is_dir() else []


def _numbered(folder: Path) -> Iterator[tuple[int, Path]]:
    for path in folder.iterdir():
        number = number_of(path)
        if number is not None:
            yield number, path
