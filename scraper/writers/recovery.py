"""What a kill left of a folder of parts: renames are finished, and what was not committed is cut."""

import logging
import os
from dataclasses import dataclass
from pathlib import Path

from scraper.compression.packing import whole_end
from scraper.durable import rename
from scraper.errors import OutputError, Place
from scraper.job.outputs import Position
from scraper.records import Format
from scraper.writers.part import Part, Shelf, Stage
from scraper.writers.sink import ANEW

__all__ = ["Beginning", "adopt", "recover"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Beginning:
    """With which number a run goes on, and the part of that number if it is begun."""

    number: int
    growing: Part | None = None


def adopt(shelf: Shelf, form: Format) -> Beginning:
    """Takes over parts of which nothing is known: those that were growing become visible as far as their lines are whole."""
    _refuse_mixture(shelf, form)
    for part in shelf.parts(Stage.READY):
        shelf.remove(part, Stage.READY)  # its growing file, plain, is there as well
    for part in shelf.parts(Stage.GROWING):
        path = shelf.path(part, Stage.GROWING)
        _cut_torn_line(path)
        if path.stat().st_size:
            rename(path, shelf.path(part, Stage.VISIBLE))
        else:
            path.unlink()
    _cut_torn_lines(shelf)
    return Beginning(max((part.number for part in shelf.parts(Stage.VISIBLE)), default=0) + 1)


def recover(shelf: Shelf, form: Format, position: Position) -> Beginning:
    """Brings the parts to what `position` says. Raises OutputError where that cannot be."""
    _refuse_mixture(shelf, form)
    number = max(position.part, 1)
    visible = {part.number: part for part in shelf.parts(Stage.VISIBLE)}
    if max(visible, default=0) > number:
        problem = f"part {max(visible)} is there, and the state knows of {number} only"
        raise OutputError(problem, remedy=f"bring the newer state back, {ANEW}", place=Place(file=str(shelf.folder)))
    growing = None
    if position.ready:
        _finish(shelf, position, shown=number in visible)
        number += 1
    elif position.length:
        growing = _cut_growing(shelf, position)
    _drop_hidden(shelf, growing)
    _cut_torn_lines(shelf)
    return Beginning(number, growing)


def _finish(shelf: Shelf, position: Position, *, shown: bool) -> None:
    """Makes visible what was committed as ready, if that was not done."""
    if shown:
        return
    for part in _numbered(shelf, Stage.READY, position.part):
        if shelf.path(part, Stage.READY).stat().st_size == position.length:
            rename(shelf.path(part, Stage.READY), shelf.path(part, Stage.VISIBLE))
            return
    part = _cut_growing(shelf, position)
    rename(shelf.path(part, Stage.GROWING), shelf.path(part, Stage.VISIBLE))


def _cut_growing(shelf: Shelf, position: Position) -> Part:
    """The growing part of a position, cut to its length."""
    for part in _numbered(shelf, Stage.GROWING, position.part):
        path = shelf.path(part, Stage.GROWING)
        size = path.stat().st_size
        if size > position.length:
            _log.info("%s: %s bytes beyond what was committed are cut", path, size - position.length)
        if size >= position.length:
            _cut(path, position.length)
            return part
    problem = f"part {position.part} is missing, or shorter than the {position.length} bytes that were committed"
    raise OutputError(problem, remedy=f"bring the part back, {ANEW}", place=Place(file=str(shelf.folder)))


def _numbered(shelf: Shelf, stage: Stage, number: int) -> list[Part]:
    return [part for part in shelf.parts(stage) if part.number == number]


def _drop_hidden(shelf: Shelf, growing: Part | None) -> None:
    for stage in (Stage.READY, Stage.GROWING):
        for part in shelf.parts(stage):
            if stage is Stage.READY or part != growing:
                shelf.remove(part, stage)


def _refuse_mixture(shelf: Shelf, form: Format) -> None:
    others = {part.form for stage in Stage for part in shelf.parts(stage)} - {form}
    if others:
        problem = f"the folder holds parts in another format ({', '.join(sorted(others))}) than the job asks for ({form})"
        raise OutputError(problem, remedy="name another folder", place=Place(file=str(shelf.folder)))


def _cut_torn_lines(shelf: Shelf) -> None:
    """Half a line at the end of a plain visible part is not of this program's making, and readers refuse the whole part for it."""
    for part in shelf.parts(Stage.VISIBLE):
        if part.form is Format.JSONL and part.compression is None:
            _cut_torn_line(shelf.path(part, Stage.VISIBLE))


def _cut_torn_line(path: Path) -> None:
    end, size = _whole_end(path), path.stat().st_size
    if end < size:
        _log.warning("%s: its last line was torn: %s bytes are cut", path, size - end)
        _cut(path, end)


def _whole_end(path: Path) -> int:
    with path.open("rb") as stream:
        return whole_end(stream, None)


def _cut(path: Path, end: int) -> None:
    os.truncate(path, end)
    with path.open("rb") as stream:
        os.fsync(stream.fileno())
