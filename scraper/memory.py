"""What a run notes in the state: what became of each target, which lines the dataset holds, what was found at each host."""

import logging
import time
from contextlib import ExitStack
from dataclasses import dataclass

from scraper.drift import Alarm, Findings, alarms_of
from scraper.errands import FROM_ARCHIVE
from scraper.fetching import fetches
from scraper.frontier import Remembered
from scraper.job import Job
from scraper.records import FailureKind, Outcome, Page, Truncation, Validators
from scraper.schedule import due_after
from scraper.state import State
from scraper.state.documents import Document
from scraper.state.targets import Settlement
from scraper.summary import Summary
from scraper.takedown import TakenDown

__all__ = ["Ending", "Memory", "open_memory"]

_log = logging.getLogger(__name__)


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
    """The state of a job, closed with `stack`; None for a job that keeps none, and for one of saved pages alone. Raises StateError."""
    if job.job.state is None or not fetches(job):
        return None
    state = State(job.job.state)
    stack.callback(state.close)
    state.begin()
    state.targets.queue_due_failures(time.time())
    if job.job.retry_failed is not None:
        kind = None if job.job.retry_failed == "all" else FailureKind(job.job.retry_failed)
        _log.info("%s failures are asked for again", state.targets.queue_failed(kind, time.time()))
    memory = Memory(state, job.job.run_id)
    state.commit()
    return memory
