"""A folder of parts as an output: any reader at any moment sees whole parts only. The part that grows lies hidden beside the folder."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from time import monotonic

from scraper.compression.packing import pack_pieces, pieces_of, unpacked
from scraper.durable import make_file, rename, sync_folder, told
from scraper.job.outputs import Compression, Position, Revisions, Rotate
from scraper.records import Format, IfExists
from scraper.writers.file import FileSink
from scraper.writers.latest import Superseded, find_superseded
from scraper.writers.part import Part, Shelf, Stage
from scraper.writers.recovery import adopt, recover
from scraper.writers.sink import refuse_existing

__all__ = ["Clock", "PartsSink", "Rotation"]


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """`now` names the day, in UTC; `elapsed` counts seconds and is never set back."""

    now: Callable[[], datetime] = _now
    elapsed: Callable[[], float] = monotonic


@dataclass(frozen=True, slots=True)
class Rotation:
    """When a part is full: at so many bytes before packing, `interval` seconds after its first piece, at the day's end where asked."""

    size: int = 256 * 2**20
    by: Rotate = Rotate.SIZE
    interval: float = 60.0


@dataclass(frozen=True, slots=True)
class _Growing:
    """The part that takes pieces, and when its first one came, in seconds of the clock that is never set back."""

    part: Part
    file: FileSink
    since: float


@dataclass(kw_only=True)
class PartsSink:
    """A folder of parts. The growing part is a plain hidden file; it is packed, whole, when it becomes visible."""

    folder: Path
    if_exists: IfExists
    form: Format = Format.JSONL
    compression: Compression | None = None
    rotation: Rotation = field(default_factory=Rotation)
    revisions: Revisions = Revisions.APPEND
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        with told(self.folder):
            if self.if_exists is IfExists.REFUSE:
                refuse_existing(self.folder)
            self.folder.mkdir(parents=True, exist_ok=True)
            sync_folder(self.folder.parent)
            self._shelf = Shelf(self.folder)
            if self.if_exists is IfExists.OVERWRITE:
                self._shelf.clear()
        self._number = 1  # of the part that grows, or is next
        self._growing: _Growing | None = None
        self._ending = self._compact = self._marked = False

    def restore(self, position: Position | None) -> Position:
        """Raises OutputError where a part is missing that was committed, and for parts of another format."""
        with told(self.folder):
            begun = adopt(self._shelf, self.form) if position is None else recover(self._shelf, self.form, position)
        self._number = begun.number
        self._compact = position is not None and position.ready and not self._shelf.mark.exists()
        if begun.growing is None:
            return Position(part=self._number)
        file = FileSink(self._shelf.path(begun.growing, Stage.GROWING), IfExists.APPEND)
        self._growing = _Growing(begun.growing, file, self.clock.elapsed())
        return Position(file.size, self._number)

    def put(self, piece: bytes) -> None:
        """Writes all of `piece`, or raises OutputError and leaves the part as it was."""
        self._note_revision()
        if self._growing is None:
            part = Part(number=self._number, day=self._today(), form=self.form)
            file = FileSink(self._shelf.path(part, Stage.GROWING), IfExists.OVERWRITE)
            self._growing = _Growing(part, file, self.clock.elapsed())
        self._growing.file.put(piece)

    def sync(self) -> Position:
        """A part that is full is made ready."""
        if self._growing is None:
            return Position(part=self._number)
        position = self._growing.file.sync()
        if self._ending or self._is_full(self._growing):
            return self._seal(self._growing)
        return replace(position, part=self._number)

    def finish(self) -> Position:
        """The last part becomes visible, full or not."""
        self._ending = True
        return self.sync()

    def settle(self, position: Position) -> None:
        """Makes a ready part visible; at the end, parts lose the lines that newer ones have superseded, one part after another."""
        with told(self.folder):
            if position.ready and self._growing is not None:
                self._growing.file.close()
                self._show(self._growing.part)
                self._growing = None
                self._number += 1
            if self._ending and self.revisions is Revisions.LATEST and not self._compact:
                self._drop_superseded()
                self._compact, self._marked = True, False
                self._shelf.mark.unlink(missing_ok=True)

    def close(self) -> None:
        """Closes the growing part. Raises OutputError where the disk refuses even now."""
        if self._growing is not None:
            self._growing.file.close()

    def _note_revision(self) -> None:
        """From now on lines may be superseded, which a run that is killed leaves to the next one's clean end."""
        self._compact = False
        if self.revisions is Revisions.LATEST and not self._marked:
            with told(self._shelf.mark):
                self._shelf.mark.touch()
                sync_folder(self._shelf.mark.parent)
            self._marked = True

    def _today(self) -> str:
        return self.clock.now().strftime("%Y%m%d")

    def _is_full(self, growing: _Growing) -> bool:
        if self.rotation.by is Rotate.DAY and self._today() > growing.part.day:  # a clock set back ends no day
            return True
        return growing.file.size >= self.rotation.size or self.clock.elapsed() - growing.since >= self.rotation.interval

    def _seal(self, growing: _Growing) -> Position:
        size = growing.file.size
        if self.compression is not None:
            path = self._shelf.path(growing.part, Stage.GROWING)
            with told(path), path.open("rb") as stream:
                packed = replace(growing.part, compression=self.compression)
                size = make_file(self._shelf.path(packed, Stage.READY), pack_pieces(pieces_of(stream), self.compression))
        return Position(size, growing.part.number, ready=True)

    def _show(self, part: Part) -> None:
        packed = replace(part, compression=self.compression)
        stage = Stage.READY if self.compression else Stage.GROWING
        rename(self._shelf.path(packed, stage), self._shelf.path(packed, Stage.VISIBLE))
        self._shelf.remove(part, Stage.GROWING)

    def _drop_superseded(self) -> None:
        parts = self._shelf.parts(Stage.VISIBLE)
        with find_superseded(self._shelf.path(part, Stage.VISIBLE) for part in parts) as found:
            for index in sorted(found.where):
                self._rewrite(parts[index], index, found)

    def _rewrite(self, part: Part, index: int, found: Superseded) -> None:
        """A part without its superseded lines, in its place; one that has no others goes."""
        path, new = self._shelf.path(part, Stage.VISIBLE), self._shelf.path(part, Stage.READY)
        with path.open("rb") as stream:
            kept = found.kept(index, unpacked(stream, part.compression))
            first = next(kept, None)
            if first is None:
                path.unlink()
                return
            make_file(new, pack_pieces(chain([first], kept), part.compression))
        rename(new, path)
