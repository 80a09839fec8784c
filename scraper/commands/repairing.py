"""A state made anew from the dataset, its failures and the archive, so that the next run goes on as if nothing had happened."""

import contextlib
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TypeVar

from msgspec.structs import replace

from extractors.urls import document_id, host_of
from scraper.compression.packing import compression_of, whole_end
from scraper.dataset.repair import KnownArticle, KnownFailure, read_articles, read_failures
from scraper.errors import OutputError, Place, StateError, UsageError
from scraper.job.keys import STDIO, Job, WriteSection
from scraper.job.outputs import Position
from scraper.job.places import failures_path
from scraper.process.lock import held
from scraper.records import Failure, Format, IfExists, Outcome, OutcomeKind, Target, Truncation, Validators
from scraper.run.archiving import ARCHIVE, archive_folder
from scraper.run.ledger import FAILURES, RECORDS, holds_lines
from scraper.run.schedule import due_after
from scraper.state import State
from scraper.state.archived import ArchivedPayload
from scraper.state.documents import Document
from scraper.state.output import Committed
from scraper.state.rescue import has_outputs, problem_of, quarantine, takedowns_in
from scraper.state.targets import KnownTarget, Settlement
from scraper.warc.conclusion import Conclusion, KeptPage
from scraper.warc.files import in_order
from scraper.warc.records import Record, Torn, read_records, sha256_in
from scraper.warc.replay import conclusion_in
from scraper.writers.choose import open_output

__all__ = ["Repaired", "repair"]

_log = logging.getLogger(__name__)

_Item = TypeVar("_Item")
_Spot = tuple[int, int]  # the index of a file of the archive, and the byte at which a record starts

_BATCH = 100  # lines or records to a transaction, which are held in memory; a record is a page
_AGAIN = 86400.0  # seconds until an article may be asked for again, if no source says earlier that it is newer


@dataclass(slots=True)
class Repaired:
    """What was wrong, where the old state lies now, and how much of what the new one knows. `unread`: lines that tell nothing."""

    problem: str
    aside: Path | None = None
    counts: Counter[str] = field(default_factory=Counter)


def repair(job: Job, *, anew: bool) -> Repaired | None:
    """Makes the state anew, and puts the old one aside; None for one that is whole, which `anew` makes anew all the same.

    Raises UsageError for a job that has nothing to make it from, Locked, OutputError, SourceError and StateError; nothing is changed then
    but a torn end of an output, which is cut.
    """
    path = job.job.state
    if path is None or job.job.output == STDIO or job.write.format is not Format.JSONL:
        raise UsageError("the job writes no file of JSON lines, of which a state could be made")
    if not job.fetches:
        raise UsageError("the job reads saved pages, and keeps no state")
    folder = archive_folder(job)
    with held(job.job.output):
        problem = problem_of(path) or (f"it knows nothing of {job.job.output}" if _is_unknown_to(path, job.job.output) else None)
        if problem is None and not anew:
            return None
        if not job.job.output.exists() and not (folder and folder.exists()):
            remedy = "move the state away to begin anew"
            raise UsageError(
                "there is neither a dataset nor an archive to make a state of", remedy=remedy, place=Place(file=str(job.job.output))
            )
        new = path.with_name(f"{path.name}.new")
        _remove(new)
        repaired = Repaired(problem or "it was to be made anew")
        try:
            with closing(State(new)) as state:
                _Rebuilding(job, state, repaired.counts).carry_out(path)
        except BaseException:
            _remove(new)
            raise
        try:
            repaired.aside = quarantine(path)
            new.rename(path)
        except OSError as error:
            raise StateError(f"the state cannot be renamed: {error.strerror}", place=Place(file=str(path))) from error
    return repaired


def _is_unknown_to(state: Path, output: Path) -> bool:
    """Whether a dataset is there, and a state that is whole has never heard of it: a run that meets an empty file makes it one so."""
    return holds_lines(output) and not has_outputs(state)


def _remove(state: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            state.with_name(state.name + ending).unlink()


class _Rebuilding:
    """Fills an empty state."""

    def __init__(self, job: Job, state: State, counts: Counter[str]) -> None:
        self._job, self._state, self._counts = job, state, counts
        self._now = time.time()
        self._run = state.runs.begin("repair", self._now)

    def carry_out(self, old: Path) -> None:
        """All of it, in transactions of some size; the file has its name only when it is whole."""
        rescued = takedowns_in(old)
        for takedown in rescued.takedowns:
            self._state.takedowns.add(takedown)
            self._counts["takedowns"] += 1
        if old.exists() and not (rescued.whole and rescued.takedowns):
            known = len(rescued.takedowns) or "no"
            _log.warning("%s takedowns are known from the old state: if there were more, repeat them with `scraper forget`", known)
        records, failures = self._job.job.output, failures_path(self._job)
        self._commit(RECORDS, records, replace(self._job.write, if_exists=IfExists.APPEND))
        self._in_batches(read_articles(records) if records.exists() else (), self._article)
        if failures is not None and failures.exists():
            self._commit(FAILURES, failures, WriteSection(if_exists=IfExists.APPEND))
            self._in_batches(read_failures(failures), self._failure)
        folder = archive_folder(self._job)
        if folder is not None and folder.exists():
            self._archive(folder)
        self._state.runs.end(self._run, time.time(), exit_code=0, ended_by="made anew by scraper repair", complete=False)

    def _commit(self, role: str, path: Path, write: WriteSection) -> None:
        """An output is committed up to its last whole line, and what lies behind that is cut."""
        if not path.exists():
            return
        sink = open_output(path, write)
        try:
            position = sink.restore(None if path.is_dir() else Position(_end_of(path)))
            self._state.output.commit(role, Committed(path, str(position)))
        finally:
            sink.close()

    def _in_batches(self, items: Iterable[_Item], step: Callable[[_Item], None]) -> None:
        left = iter(items)
        while batch := list(islice(left, _BATCH)):
            with self._state.transaction():
                for item in batch:
                    step(item)

    def _article(self, line: KnownArticle | str) -> None:
        if isinstance(line, str):
            self._unread(line)
            return
        self._counts["lines"] += 1
        self._state.documents.add(Document(id=line.id, content_hash=line.content_hash, payload_sha256=line.payload, run=self._run))
        self._settle(Target(url=line.asked or "", source=line.source), OutcomeKind.WRITTEN, moment=line.fetched_at)

    def _failure(self, line: KnownFailure | str) -> None:
        if isinstance(line, str):
            self._unread(line)
            return
        self._counts["failures"] += 1
        self._settle(Target(url=line.url or ""), OutcomeKind.FAILED, moment=line.fetched_at, failure=line)

    def _unread(self, problem: str) -> None:
        self._counts["unread"] += 1
        _log.warning("%s", problem)

    def _settle(self, target: Target, kind: OutcomeKind, *, moment: datetime | None, failure: KnownFailure | None = None) -> None:
        """What became of a target, if it is a newer word than the one that is known; a name that is no address is none."""
        if host_of(target.url) is None:
            return
        fetched = moment.timestamp() if moment else self._now
        known = self._state.targets.find(target.url)
        if known is not None and known.fetched is not None and known.fetched > fetched:
            return
        if known is None:
            known = self._added(target)
        told = failure.failure if failure else None
        due = due_after(Outcome(kind=kind, url=target.url, failure=told), known, now=fetched) if told else self._now + _AGAIN
        self._state.targets.settle(known.number, Settlement(run=self._run, outcome=kind, failure=told, fetched=fetched, due=due))

    def _added(self, target: Target) -> KnownTarget:
        self._counts["addresses"] += 1
        self._state.targets.add(target, run=self._run, said=None, due=self._now)
        known = self._state.targets.find(target.url)
        assert known is not None
        return known

    def _archive(self, folder: Path) -> None:
        """Where payloads lie; validators; and what was concluded of targets without a line, which wait, to be answered from the archive."""
        waiting: dict[str, _Spot] = {}  # the place of the last word on each target that waits, by the hash of its address
        files = in_order(folder)
        end: _Spot | None = None
        for index, path in enumerate(files):
            try:
                with path.open("rb") as stream:
                    whole = _Whole(path, stream)
                    self._in_batches(whole, partial(self._record, file=(index, path.name), waiting=waiting))
                    end = (index, whole.end)
            except OSError as error:
                raise OutputError(f"the archive cannot be read: {error.strerror}", place=Place(file=str(path))) from error
        self._counts["waiting"] = len(waiting)
        spot = min(waiting.values(), default=end)
        if spot is not None:
            self._state.output.commit(ARCHIVE, Committed(folder, f"{files[spot[0]].name}:{spot[1]}"))

    def _record(self, record: Record, *, file: tuple[int, str], waiting: dict[str, _Spot]) -> None:
        sha256 = sha256_in(record.headers.get("warc-payload-digest"))
        if record.kind == "response" and sha256 and record.url and "warc-truncated" not in record.headers:
            self._counts["payloads"] += 1
            date = record.headers.get("warc-date", "")
            payload = ArchivedPayload(payload_sha256=sha256, url=record.url, record_id=record.id, file=file[1], date=date)
            self._state.archived.keep(payload)
        conclusion = conclusion_in(record)
        if conclusion is None or host_of(conclusion.asked) is None:
            return
        key = document_id(conclusion.asked, None)
        if self._is_settled(conclusion):
            waiting.pop(key, None)
        else:
            self._wait(conclusion)
            waiting[key] = (file[0], record.start)

    def _is_settled(self, conclusion: Conclusion) -> bool:
        """Whether the dataset or its failures have what was concluded, which is noted then."""
        page, known = conclusion.page, self._state.targets.find(conclusion.asked)
        if page is None:
            if conclusion.unchanged is not None and known is not None and known.outcome is OutcomeKind.WRITTEN:
                return True
            moment = conclusion.failure.fetched_at if conclusion.failure else None
            return known is not None and not _is_newer(moment, known)
        if known is None and page.url is not None and (behind := self._state.targets.find(page.url)) is not None:
            known = self._as_behind(conclusion, behind)
        if known is None or (_is_newer(page.fetched_at, known) and not self._has(page)):
            return False
        if page.url is not None and not page.pages and page.truncation in {Truncation.NO, Truncation.MAYBE}:
            self._state.pages.keep_validators(page.url, Validators(page.headers.get("etag"), page.headers.get("last-modified")))
        return True

    def _as_behind(self, conclusion: Conclusion, known: KnownTarget) -> KnownTarget:
        """A failure is told of the address that redirects led to; with it failed the one that was asked for."""
        asked = self._added(Target(url=conclusion.asked, source=conclusion.page.source if conclusion.page else None))
        if known.outcome is None or known.fetched is None:
            return asked
        failure = Failure(url=conclusion.asked, kind=known.failure, detail="") if known.failure else None
        told = Settlement(run=self._run, outcome=known.outcome, failure=failure, fetched=known.fetched, due=known.due)
        self._state.targets.settle(asked.number, told)
        return self._state.targets.find(conclusion.asked) or asked

    def _has(self, page: KeptPage) -> bool:
        """Whether the dataset has an article of those very bytes."""
        return self._state.documents.with_payload(document_id(page.url, None), page.sha256) is not None

    def _wait(self, conclusion: Conclusion) -> None:
        known = self._state.targets.find(conclusion.asked)
        source = conclusion.page.source if conclusion.page else None
        if known is None:
            self._added(Target(url=conclusion.asked, source=source))
        elif not known.pending:
            self._state.targets.queue(known, known.target, run=self._run, said=known.said, due=self._now)


class _Whole:
    """The whole records of a file, up to a torn one. `end`: behind the last of them."""

    def __init__(self, path: Path, stream: BinaryIO) -> None:
        self._path, self._stream = path, stream
        self.end = 0

    def __iter__(self) -> Iterator[Record]:
        try:
            for record in read_records(self._stream):
                yield record
                self.end = record.end
        except Torn as torn:
            _log.warning("%s: nothing is read from byte %s on, where it is torn: %s", self._path, torn.start, torn)


def _is_newer(moment: datetime | None, known: KnownTarget) -> bool:
    """Whether something was concluded of a target after the word that the dataset has, whose moment may be cut to seconds."""
    return known.pending or known.fetched is None or (moment is not None and moment.timestamp() >= known.fetched + 1)


def _end_of(path: Path) -> int:
    with path.open("rb") as stream:
        return whole_end(stream, compression_of(stream.peek(4)[:4]))
