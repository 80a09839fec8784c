"""What a run keeps: records and failures in their files, and the state's word for them, committed together."""

import logging
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from msgspec.structs import replace

from scraper.errors import ScraperError
from scraper.job.keys import STDIO, Job, WriteSection
from scraper.job.outputs import Position
from scraper.job.places import failures_path, refuse_shared
from scraper.process.interrupts import uninterrupted
from scraper.records import Format, IfExists, Outcome, Writer
from scraper.report.summary import Summary
from scraper.run.archiving import Archiving
from scraper.run.memory import RECORDS, Memory
from scraper.state import State
from scraper.state.output import Committed
from scraper.writers.choose import check_write, open_output, open_plain
from scraper.writers.jsonl import FailureLines, JsonLines
from scraper.writers.sink import REMEDY, Sink, refuse_existing
from scraper.writers.text import Reading

__all__ = [
    "FAILURES",
    "RECORDS",
    "Ledger",
    "holds_lines",
    "is_continued",
    "outputs_of",
    "refuse_at_once",
    "remedy_of_existing",
]

_log = logging.getLogger(__name__)

FAILURES = "failures"  # their role in the state

# A commit costs some milliseconds of waiting for the disk, and a kill between two of them the work of extracting again what came since.
_MOST_OUTCOMES = 200
_MOST_SECONDS = 1.0


@dataclass(slots=True)
class _Book:
    """One of the outputs."""

    role: str
    path: Path
    sink: Sink
    writer: Writer


class Ledger:
    """The outputs of a run. A record is in the dataset once the state says so: bytes first, on the disk, then the positions.

    Without a memory nothing is committed, and what is written stands as it is. Raises OutputError and StateError.
    """

    def __init__(self, job: Job, summary: Summary, *, memory: Memory | None = None, archiving: Archiving | None = None) -> None:
        self._summary, self._memory, self._archiving = summary, memory, archiving
        self._books: list[_Book] = []
        self._open = 0  # outcomes since the last commit
        self._next = time.monotonic() + _MOST_SECONDS
        self._made = [path for path in outputs_of(job).values() if not path.exists()]
        self._begin(job)
        self.keeps_failures = len(self._books) > 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """What was written is made whole and seen, however the run ended; of two errors the first is told."""
        with uninterrupted():
            try:
                try:
                    self._end()
                finally:
                    self._close()
            except ScraperError as second:
                if error is None:
                    raise
                _log.debug("and then: %s", second)
            finally:
                if isinstance(error, ScraperError) and not self._summary.done:
                    self._leave_nothing_empty()

    def write(self, outcome: Outcome) -> None:
        """Write what there is to write of an outcome, and note it. It is committed with those that came with it."""
        for book in self._books:
            book.writer.write(outcome)
        if self._archiving is not None and outcome.asked is not None:
            self._archiving.settle(outcome.asked)
        if self._memory is not None:
            self._memory.note(outcome)
        self._open += 1

    def commit_if_due(self) -> None:
        """Commit what is old enough, or enough."""
        if self._open and (self._open >= _MOST_OUTCOMES or time.monotonic() >= self._next):
            self.commit()

    def commit(self) -> None:
        """Everything that was written is on disk, and then the state says so."""
        with uninterrupted():
            self._commit([(book, book.sink.sync()) for book in self._books])

    def _begin(self, job: Job) -> None:
        """Open the outputs where their last commit left them; as [write] says where the state knows nothing of them."""
        state = self._memory.state if self._memory else None
        goes_on = state is not None and is_continued(job, state)
        known = {role: _position(state, role, path) if goes_on else None for role, path in outputs_of(job).items()}
        write = replace(job.write, if_exists=IfExists.APPEND) if goes_on else job.write
        if job.write.if_exists is IfExists.REFUSE:
            for role, path in outputs_of(job).items():
                if known[role] is None and (state is None or holds_lines(path)):
                    refuse_existing(path, remedy=remedy_of_existing(job))
            if state is not None:
                write = replace(write, if_exists=IfExists.APPEND)  # what is there is empty: a run was killed before its first commit
        if state is not None and not goes_on:
            if _vouched_without_position(job, state):
                _log.warning("%s holds what the state knows nothing of; `scraper repair JOB` makes a state of it", job.job.output)
            else:
                state.forget_dataset()
        with self._closed_on_error():
            self._open_books(job, write)
            self._commit([(book, book.sink.restore(known.get(book.role))) for book in self._books])

    def _open_books(self, job: Job, write: WriteSection) -> None:
        sink = open_output(job.job.output, write)
        writer: Writer = JsonLines(sink) if write.format is Format.JSONL else Reading(sink, write.format)
        self._books.append(_Book(RECORDS, job.job.output, sink, writer))
        failures = failures_path(job)
        if failures is not None:
            sink = open_plain(failures, write.if_exists)
            self._books.append(_Book(FAILURES, failures, sink, FailureLines(sink)))

    def _commit(self, positions: list[tuple[_Book, Position]]) -> None:
        self._open, self._next = 0, time.monotonic() + _MOST_SECONDS
        synced = self._archiving.sync() if self._archiving else None
        if self._memory is not None:
            for book, position in positions:
                if book.path != STDIO:
                    self._memory.state.output.commit(book.role, Committed(book.path, str(position)))
            if synced is not None and self._archiving is not None:
                self._archiving.commit(synced)
            self._memory.commit(self._summary)
        for book, position in positions:
            book.sink.settle(position)

    def _end(self) -> None:
        self._commit([(book, book.sink.finish()) for book in self._books])

    def _close(self) -> None:
        with ExitStack() as stack:
            for book in self._books:
                stack.callback(book.sink.close)

    @contextmanager
    def _closed_on_error(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self._close()
            self._leave_nothing_empty()
            raise

    def _leave_nothing_empty(self) -> None:
        """A run that could not begin leaves no empty file behind, which would stand in the way of the next attempt."""
        for path in self._made:
            if path.is_file() and not path.stat().st_size:
                path.unlink()


def refuse_at_once(job: Job) -> None:
    """Raises JobError or OutputExists for what needs no state to be known, so that none is made."""
    refuse_shared(job)
    check_write(job.job.output, job.write)
    if job.write.if_exists is IfExists.REFUSE and job.job.state is not None and not job.job.state.exists():
        for path in outputs_of(job).values():
            if holds_lines(path):
                refuse_existing(path, remedy=remedy_of_existing(job))


def remedy_of_existing(job: Job) -> str:
    """What to do about an output that is there and that the job's state does not know."""
    if job.job.name is None or job.job.state is None or not job.fetches:
        return REMEDY
    return f"make its state anew with `scraper repair JOB.toml`, {REMEDY}"


def is_continued(job: Job, state: State) -> bool:
    """Whether a run goes on with what earlier ones wrote; standard output always does."""
    if job.write.if_exists is IfExists.OVERWRITE:
        return False
    return job.job.output == STDIO or _position(state, RECORDS, job.job.output) is not None


def outputs_of(job: Job) -> dict[str, Path]:
    """The files of a job by role; standard output is none."""
    paths = {RECORDS: job.job.output, FAILURES: failures_path(job)}
    return {role: path for role, path in paths.items() if path is not None and path != STDIO}


def _position(state: State | None, role: str, path: Path) -> Position | None:
    """Up to where the state vouches for a file; None where it knows another file in that role or none, and for one that was taken away."""
    committed = state.output.committed(role) if state is not None else None
    if committed is None or os.path.normpath(committed.path) != os.path.normpath(path.absolute()):
        return None
    if not path.exists() and committed.position != str(Position()):
        _log.warning("%s is gone: it begins anew", path)
        return None
    return Position.read(committed.position)


def _vouched_without_position(job: Job, state: State) -> bool:
    """Whether lines are added to a dataset for which the state keeps validators alone, as it did before it kept positions."""
    return job.write.if_exists is IfExists.APPEND and state.output.committed(RECORDS) is None and holds_lines(job.job.output)


def holds_lines(path: Path) -> bool:
    """Whether something stands in an output: a file that is not empty, or a folder with parts."""
    if path.is_dir():
        return any(path.iterdir())
    return path.exists() and not (path.is_file() and not path.stat().st_size)
