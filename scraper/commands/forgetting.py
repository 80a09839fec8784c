"""A takedown: an address or a host out of a job's dataset, failures, archive and state, under the lock of its runs."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from extractors.urls import host_of
from scraper.archive.strike import Strike, strike
from scraper.compression.packing import compression_of, pack_pieces, unpacked
from scraper.dataset.strike import Struck, without
from scraper.durable import make_file, rename, told
from scraper.errors import UsageError
from scraper.job.keys import STDIO, Job
from scraper.job.outputs import Position
from scraper.process.lock import held
from scraper.records import Format, IfExists
from scraper.run.archiving import ARCHIVE, archive_folder
from scraper.run.ledger import RECORDS, outputs_of
from scraper.run.takedown import TakenDown
from scraper.state import State
from scraper.state.output import Committed
from scraper.state.takedowns import Takedown
from scraper.writers.choose import open_output
from scraper.writers.sink import Sink

__all__ = ["Outcry", "forget"]


@dataclass(frozen=True, slots=True)
class Outcry:
    """What is to go, an address or a host, and why."""

    what: str
    reason: str | None = None

    @property
    def host(self) -> str:
        """The host itself, or that of the address."""
        return host_of(self.what) or self.what

    @property
    def which(self) -> TakenDown:
        """The addresses that are meant."""
        return TakenDown([self.what])


@dataclass(slots=True)
class _Book:
    """An output by its role in the state. `new`: the size of the file that waits beside it to come in its place."""

    role: str
    path: Path
    sink: Sink
    committed: bool
    struck: Struck
    new: int | None = None


def forget(job: Job, outcry: Outcry, *, trial: bool = False) -> dict[str, int]:
    """Takes it down; how many records, failures, records of the archive and addresses of the state went. A trial changes nothing.

    The archive is written anew first, the lines next; the state notes it last. What broke off before that is done by calling it again.
    Raises UsageError for a job without a file of JSON lines, Locked, OutputError and StateError.
    """
    if job.job.output == STDIO or job.write.format is not Format.JSONL:
        raise UsageError("the job writes no file of JSON lines, of which records could be taken out")
    which, folder = outcry.which, archive_folder(job)
    with ExitStack() as stack:
        stack.enter_context(held(job.job.output))
        found = strike(folder, which) if folder is not None else None
        if trial:
            return _told({role: _survey(path, which) for role, path in _outputs(job)}, found)
        state = stack.enter_context(closing(State(job.job.state))) if job.job.state else None
        if found is not None:
            found.carry_out()
        books = [_opened(job, role, path, state=state) for role, path in _outputs(job)]
        for book in books:
            stack.callback(book.sink.close)
            _take_out(book, which)
        counts = _told({book.role: book.struck for book in books}, found)
        if state is not None:
            counts["addresses"] = _note(state, books, found, outcry=outcry)
        for book in books:
            if book.new is not None:
                book.sink.settle(Position(book.new, ready=True))
        return counts


def _outputs(job: Job) -> Iterator[tuple[str, Path]]:
    """Role and path of each output that is there."""
    return ((role, path) for role, path in outputs_of(job).items() if path.exists())


def _opened(job: Job, role: str, path: Path, *, state: State | None) -> _Book:
    """An output, with everything in it that is committed, visible, and nothing that is not."""
    write = replace(job.write, if_exists=IfExists.APPEND) if role == RECORDS else type(job.write)(if_exists=IfExists.APPEND)
    sink = open_output(path, write)
    known = state.output.committed(role) if state else None
    sink.restore(Position.read(known.position) if known else None)
    for position in (sink.finish(), sink.sync()):
        if state is not None and known is not None:
            state.output.commit(role, Committed(path, str(position)))
        sink.settle(position)
    return _Book(role, path, sink, known is not None, Struck())


def _take_out(book: _Book, which: TakenDown) -> None:
    """Writes the output anew where it holds such lines: parts in their places, a single file beside itself."""
    with told(book.path):
        if not book.path.is_dir():
            new = book.path.with_name(f".{book.path.name}.ready")
            book.new = _written(book.path, new, which=which, struck=book.struck)
            return
        for part in _parts(book.path):
            new = book.path.resolve().parent / f".{book.path.name}.{part.name}.ready"
            size = _written(part, new, which=which, struck=book.struck)
            if size == 0:
                new.unlink()
                part.unlink()
            elif size is not None:
                rename(new, part)


def _written(path: Path, new: Path, *, which: TakenDown, struck: Struck) -> int | None:
    """The size of the file without such lines; None where it has none, and nothing was written."""
    before = struck.lines
    with path.open("rb") as stream:
        packing = compression_of(stream.peek(4))
        size = make_file(new, pack_pieces(without(unpacked(stream, packing), which, struck), packing))
    if struck.lines > before:
        return size
    new.unlink()
    return None


def _parts(folder: Path) -> list[Path]:
    """The parts of an output; other folders and hidden files are none."""
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))


def _survey(path: Path, which: TakenDown) -> Struck:
    struck = Struck()
    for one in _parts(path) if path.is_dir() else (path,):
        with told(one), one.open("rb") as stream:
            for _ in without(unpacked(stream, compression_of(stream.peek(4))), which, struck):
                pass
    return struck


def _told(struck: dict[str, Struck], found: Strike | None) -> dict[str, int]:
    return {role: one.lines for role, one in struck.items()} | ({"archive": found.records} if found else {})


def _note(state: State, books: list[_Book], found: Strike | None, *, outcry: Outcry) -> int:
    """All that the state has to know of it, in one transaction; how many addresses it knows no more."""
    with state.transaction():
        addresses = state.takedowns.strike(outcry.which, outcry.host)
        state.takedowns.strike_lines((one for book in books for one in book.struck.ids if one), found.ids if found else ())
        known = state.output.committed(ARCHIVE)
        if known is not None and found is not None:
            state.output.commit(ARCHIVE, Committed(known.path, found.position(known.position)))
        for book in books:
            if book.committed and book.new is not None:
                state.output.commit(book.role, Committed(book.path, str(Position(book.new, ready=True))))
        removed = {**_told({book.role: book.struck for book in books}, found), "addresses": addresses}
        state.takedowns.add(Takedown(what=outcry.what, moment=time.time(), reason=outcry.reason, removed=removed))
    return addresses
