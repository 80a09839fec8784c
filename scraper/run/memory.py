"""What a run notes in the state: what became of each target, which lines the dataset holds, what was found at each host."""

import logging
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from scraper.errors import ExitCode, JobError, Place, ScraperError
from scraper.job.keys import STDIO, Job
from scraper.records import FailureKind, Outcome, Page, Truncation, Validators
from scraper.report.drift import Alarm, Findings, alarms_of
from scraper.report.summary import Summary
from scraper.run.errands import FROM_ARCHIVE
from scraper.run.frontier import Remembered
from scraper.run.schedule import due_after
from scraper.run.takedown import TakenDown
from scraper.state import State
from scraper.state.documents import Document
from scraper.state.targets import Settlement

__all__ = ["RECORDS", "Ending", "Memory", "open_memory", "refuse_foreign"]

_log = logging.getLogger(__name__)

RECORDS = "records"  # the role of the dataset in the state


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a run ended. `complete`: its sources were read through, and each target has an outcome."""

    exit_code: int
    ended_by: str | None
    complete: bool


class Memory:
    """One run in a job's state. Everything is noted in batches; `commit` puts one on disk."""

    def __init__(self, state: State, run_id: str | None) -> None:
        self.state = state
        self.run = state.runs.begin(run_id, time.time())
        self.taken_down = TakenDown(one.what for one in state.takedowns.all())
        self.frontier = Remembered(state.targets, run=self.run, round_start=state.runs.round_of(self.run), now=time.time)
        self._findings = Findings()

    def note(self, outcome: Outcome) -> None:
        """Note what became of a target, and the line that was written for it."""
        self._findings.count(outcome)
        article = outcome.article
        if article is not None:
            line = Document(id=article.id, content_hash=article.content_hash, payload_sha256=article.payload_sha256, run=self.run)
            self.state.documents.add(line)
        if outcome.page is not None:
            self._keep_validators(outcome.page)
        known = self.state.targets.find(outcome.asked) if outcome.asked is not None else None
        if known is not None:
            now = time.time()
            due = due_after(outcome, known, now=now)
            settlement = Settlement(run=self.run, outcome=outcome.kind, failure=outcome.failure, fetched=now, due=due)
            self.state.targets.settle(known.number, settlement)

    def commit(self, summary: Summary) -> None:
        """Put on disk what was noted so far, and how far the run has come."""
        self.state.runs.add_findings(self.run, self._findings.drain())
        self.state.runs.note(self.run, summary.figures(), time.time())
        self.state.commit()

    def drift(self) -> tuple[Alarm, ...]:
        """The collapses that this run shows at its hosts, which are noted, so that they are no measure for later runs."""
        alarms = alarms_of(self.state.runs.histories(self.run))
        self.state.runs.mark(self.run, alarms)
        self.state.commit()
        return tuple(alarms)

    def end(self, ending: Ending, summary: Summary) -> None:
        """Note how the run ended. What the outputs could not commit is dropped: what was read for it is read again by the next run."""
        self.state.rollback()
        self.state.runs.note(self.run, summary.figures(), time.time())
        self.state.runs.end(self.run, time.time(), exit_code=ending.exit_code, ended_by=ending.ended_by, complete=ending.complete)
        self.state.commit()

    def _keep_validators(self, page: Page) -> None:
        """What vouches for a record, in the batch that commits it."""
        if page.url is None or page.pages or FROM_ARCHIVE in page.warnings:
            return  # the first page's word is not that of the others, nor the archive's that of the site
        if page.truncation in {Truncation.NO, Truncation.MAYBE}:
            self.state.pages.keep_validators(page.url, Validators(page.headers.get("etag"), page.headers.get("last-modified")))


def open_memory(job: Job, stack: ExitStack) -> Memory | None:
    """The state of a job, closed with `stack`; None for a job that keeps none, and for one of saved pages alone.

    A state that was made for a run that cannot begin is gone with `stack`. Raises StateError, and JobError for that of another dataset.
    """
    if job.job.state is None or not job.fetches:
        return None
    if not job.job.state.exists():
        stack.push(_unmade(job.job.state))
    state = State(job.job.state)
    stack.callback(state.close)
    refuse_foreign(job, state)
    state.begin()
    state.targets.queue_due_failures(time.time())
    if job.job.retry_failed is not None:
        kind = None if job.job.retry_failed == "all" else FailureKind(job.job.retry_failed)
        _log.info("%s failures are asked for again", state.targets.queue_failed(kind, time.time()))
    memory = Memory(state, job.job.run_id)
    state.commit()
    return memory


def refuse_foreign(job: Job, state: State) -> None:
    """Raises JobError for the state of another dataset, which is still there: going on would forget what it knows of that."""
    committed = state.output.committed(RECORDS)
    if committed is None or job.job.output == STDIO or not committed.path.exists():
        return
    other = committed.path.resolve()
    if other != job.job.output.resolve():
        remedy = "name another output, or a state for this one"
        raise JobError(f"the state {state.path} is that of {other}", remedy=remedy, place=Place(key="job.state"))


def _unmade(path: Path) -> Callable[[type[BaseException] | None, BaseException | None, TracebackType | None], None]:
    """The end of a block in which a state was made: what was asked wrongly leaves none behind, in which nothing would stand."""

    def end(_kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None) -> None:
        if isinstance(error, ScraperError) and error.exit_code is ExitCode.USAGE:
            for ending in ("", "-wal", "-shm"):
                path.with_name(path.name + ending).unlink(missing_ok=True)

    return end
