"""A run: sources, fetching, extraction and writing, joined here and nowhere else."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import chain

from extractors.article import Options
from scraper.defects import defect
from scraper.engines.local import Done, Later, Pulse, run_in_lanes
from scraper.engines.order import in_order
from scraper.errors import Defect, ExitCode, Interrupted, JobError, Place, ScraperError
from scraper.job.keys import Job
from scraper.process.interrupts import Request, requested, uninterrupted
from scraper.process.lock import held
from scraper.records import (
    Answer,
    Failure,
    FailureKind,
    Fetch,
    Format,
    NotYet,
    Outcome,
    OutcomeKind,
    Page,
    Target,
    Unchanged,
)
from scraper.report.drift import Alarm
from scraper.report.progress import Silence, Watch
from scraper.report.summary import Summary
from scraper.run.archiving import Archiving, open_archiving
from scraper.run.fetching import Fetching, open_fetching
from scraper.run.filters import Filters
from scraper.run.inlets import open_sources
from scraper.run.intake import Arrival, Intake
from scraper.run.ledger import Ledger, refuse_at_once
from scraper.run.memory import Ending, Memory, open_memory
from scraper.run.verdict import Extract, Verdict, extraction

__all__ = ["Run", "extract_options", "run_job"]

_log = logging.getLogger(__name__)

_Item = NotYet | Page | Outcome

# Seconds that extraction may take though the run has less left: a page takes 0.05 s, and is not to fail for having come last.
_LEAST = 1.0


@dataclass(frozen=True, slots=True)
class Run:
    """What a run came to: its totals, and what ended it early, if anything did. A BrokenPipeError is a reader who had enough.

    `drift`: the collapses that it shows at its hosts; `alarmed`: whether they make its exit code.
    """

    summary: Summary
    ended_by: Interrupted | ScraperError | BrokenPipeError | None = None
    drift: tuple[Alarm, ...] = ()
    alarmed: bool = False

    def exit_code(self, fail_under: float | None) -> int:
        """The highest code that applies."""
        drift = ExitCode.DRIFT if self.drift and self.alarmed else ExitCode.OK
        return max(int(self.summary.exit_code(fail_under)), int(getattr(self.ended_by, "exit_code", 0)), int(drift))


@dataclass(frozen=True, slots=True)
class _Given:
    """What a caller has replaced, and who looks on."""

    fetch: Fetch | None
    extract: Extract | None
    watch: Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """What a run works with."""

    intake: Intake
    memory: Memory | None
    archiving: Archiving | None
    fetching: Fetching
    verdict: Verdict
    pulse: Pulse
    parallel: int
    end: float  # monotonic seconds from which nothing is begun any more, what was fetched included


def run_job(job: Job, *, fetch: Fetch | None = None, extract: Extract | None = None, watch: Watch | None = None) -> Run:
    """Runs `job` to its end; `fetch` and `extract` replace the real ones.

    Raises JobError, SourceError, OutputError, StateError or Locked for what keeps a run from beginning; what ends it later is told with
    its totals, and what befalls a single target is an outcome.
    """
    summary = Summary()
    with ExitStack() as stack:
        stack.enter_context(held(job.job.output, run_id=job.job.run_id))
        refuse_at_once(job)
        if job.job.state is not None and job.fetches:
            stack.enter_context(held(job.job.state, run_id=job.job.run_id, what="state"))
        memory = open_memory(job, stack)
        filters = Filters(job.filter, taken_down=memory.taken_down if memory else ())
        intake = Intake(filters, summary, limit=job.job.limit, frontier=memory.frontier if memory else None)
        run = Run(summary)
        try:
            _run(job, intake, _Given(fetch, extract, watch or Silence()), memory=memory)
            run = replace(run, drift=memory.drift() if memory else (), alarmed=job.job.fail_on_drift)
        except (Interrupted, ScraperError, BrokenPipeError) as end:
            run = replace(run, ended_by=end)
            if isinstance(end, ScraperError) and not summary.done:
                raise
        except Exception as error:  # noqa: BLE001 - whatever ends a run, its totals are told, and so is whoever waits for its end
            run = replace(run, ended_by=Defect(defect(error)))
        finally:
            if memory is not None:
                complete = intake.read_through and run.ended_by is None and not summary.total(OutcomeKind.PENDING)
                _end(memory, job, run, complete=complete)
    if intake.stopped_at_limit:
        _log.info("stopped at the limit of %s; the rest of the sources was not read", job.job.limit)
    return run


def extract_options(job: Job) -> Options:
    """What [extract] and [write] ask of extraction; Markdown output needs Markdown bodies. Raises JobError for what is not there."""
    section = job.extract
    if section.weights is not None and not section.weights.is_file():
        raise JobError(f"there is no {section.weights}", place=Place(key="extract.weights"))
    for key, folders in (("profiles", section.profiles or ()), ("rules", section.rules)):
        for folder in (folder for folder in folders if not folder.is_dir()):
            raise JobError(f"there is no folder {folder}", place=Place(key=f"extract.{key}"))
    return Options(
        body_engine=section.body_engine,
        markdown=section.markdown or job.write.format is Format.MARKDOWN,
        blocks=section.blocks,
        captions=section.captions,
        profiles=section.profiles,
        rules=section.rules,
        weights=section.weights,
    )


def _run(job: Job, intake: Intake, given: _Given, *, memory: Memory | None) -> None:
    """From the sources to the outputs. Raises what ends it, Interrupted too once what was in flight is through."""
    summary, deadline = intake.summary, time.monotonic() + job.job.deadline_seconds
    with ExitStack() as stack:
        state = memory.state if memory else None
        archiving = open_archiving(job, state, stack) if given.fetch is None and job.fetches else None
        fetching = open_fetching(job, given.fetch, stack, state=state, archiving=archiving)
        summary.waits = fetching.waits
        arrivals = intake.read(open_sources(job, fetching=fetching))
        verdict = _verdict(job, intake, given.extract, memory=memory, end=deadline + job.job.grace)
        ledger = stack.enter_context(Ledger(job, summary, memory=memory, archiving=archiving))
        request = stack.enter_context(requested(job.job.grace))
        look = stack.enter_context(given.watch).look
        parts = _Parts(
            intake=intake,
            memory=memory,
            archiving=archiving,
            fetching=fetching,
            verdict=verdict,
            pulse=_pulse(job, ledger, request, deadline=deadline, look=lambda: look(summary)),
            parallel=job.fetch.parallel,
            end=deadline + job.job.grace,
        )
        for outcome in chain(_recovered(parts), _outcomes(arrivals, parts)):
            with uninterrupted():
                ledger.write(outcome)
                summary.count(outcome)
            _tell(outcome, failures_kept=ledger.keeps_failures)
            look(summary)
        summary.left_alone = fetching.left_alone()
        if request.signal is not None:
            raise Interrupted(request.signal)


def _verdict(job: Job, intake: Intake, extract: Extract | None, *, memory: Memory | None, end: float) -> Verdict:
    """Who judges the pages of a job, in the time that is left until `end`."""
    lines, run = (memory.state.documents, memory.run) if memory else (None, 0)
    extract = extract or extraction(extract_options(job), job.job.run_id)

    def allowed() -> float:
        return min(job.extract.timeout, max(end - time.monotonic(), _LEAST))

    return Verdict(extract, intake.filters, lines=lines, run=run, allowed=allowed)


def _end(memory: Memory, job: Job, run: Run, *, complete: bool) -> None:
    """Notes how the run ended, if the state still takes it."""
    ending = Ending(
        exit_code=run.exit_code(job.job.fail_under),
        ended_by=None if run.ended_by is None else str(run.ended_by) or type(run.ended_by).__name__,
        complete=complete,
    )
    try:
        memory.end(ending, run.summary)
    except ScraperError as error:
        if run.ended_by is None:
            raise
        _log.debug("and then: %s", error)


def _pulse(job: Job, ledger: Ledger, request: Request, *, deadline: float, look: Callable[[], None]) -> Pulse:
    """What is looked after between outcomes: commits that are due, who looks on, a signal, the deadline."""

    def pulse() -> float | None:
        ledger.commit_if_due()
        look()
        if request.signal is None and time.monotonic() < deadline:
            return None
        return job.job.grace

    return pulse


def _recovered(parts: _Parts) -> Iterator[Outcome]:
    """The outcomes of what was fetched and not committed when the last run was killed."""
    memory, archiving = parts.memory, parts.archiving
    for replayed in archiving.recover() if archiving is not None else ():
        wanted = memory is not None and parts.intake.filters.refuses_address(replayed.asked) is None
        if memory is not None and wanted and memory.frontier.recall(replayed.answer):
            parts.intake.summary.take(replayed.asked)
            if time.monotonic() < parts.end:
                yield _outcome_of(replayed.answer, parts)
            parts.pulse()
        elif archiving is not None:
            archiving.settle(replayed.asked)


def _outcomes(arrivals: Iterable[Arrival], parts: _Parts) -> Iterator[Outcome]:
    """The outcome of each arrival, in the order of the sources where that needs little memory; hosts are asked side by side."""

    def work(item: _Item) -> Answer | Outcome | Later[_Item]:
        if not isinstance(item, NotYet):
            return item
        try:
            answer = parts.fetching.ask(item)
        except ScraperError:
            raise
        except Exception as error:  # noqa: BLE001 - a fetcher does not raise; if it does, that is a defect met at one target
            return Failure(url=item.target.url, kind=FailureKind.INTERNAL, detail=defect(error))
        return Later(answer, answer.seconds) if isinstance(answer, NotYet) else answer

    items = (NotYet(target=arrival) if isinstance(arrival, Target) else arrival for arrival in arrivals)
    results: Iterator[Done[Answer | Outcome]] = run_in_lanes(items, work, lane_of=_host, parallel=parts.parallel, pulse=parts.pulse)
    for result in in_order(results, size=_weight):
        if isinstance(result, Page) and time.monotonic() >= parts.end:
            continue  # it stays pending
        yield result if isinstance(result, Outcome) else _outcome_of(result, parts)


def _outcome_of(answer: Answer, parts: _Parts) -> Outcome:
    """What became of a target that was asked for."""
    if isinstance(answer, Page):
        return _judged(answer, parts.fetching, parts.verdict)
    if isinstance(answer, Unchanged):
        return Outcome(kind=OutcomeKind.UNCHANGED, url=answer.url, asked=answer.url_requested)
    return Outcome(kind=OutcomeKind.FAILED, url=answer.url, asked=answer.url, failure=answer)


def _judged(page: Page, fetching: Fetching, verdict: Verdict) -> Outcome:
    """The outcome of a page, with a browser's help where the job wants it."""
    rendered = fetching.render(page, None)
    outcome = _rendered(rendered, page, verdict) if isinstance(rendered, Failure) else verdict(rendered or page)
    if outcome.failure is None:
        return outcome
    rendered = fetching.render(page, outcome.failure.kind)
    return outcome if rendered is None else _rendered(rendered, page, verdict)


def _rendered(rendered: Page | Failure, page: Page, verdict: Verdict) -> Outcome:
    """The outcome of what a browser made of a page."""
    if isinstance(rendered, Failure):
        return Outcome(kind=OutcomeKind.FAILED, url=page.url, asked=page.url_requested, failure=rendered)
    return verdict.again(rendered)


def _weight(result: Answer | Outcome) -> int:
    """The bytes that a result holds."""
    return sum(len(page.data) for page in (result, *result.pages)) if isinstance(result, Page) else 0


def _host(item: _Item) -> str | None:
    return item.lane if isinstance(item, NotYet) else None


def _tell(outcome: Outcome, *, failures_kept: bool) -> None:
    """A log line for what left no record anywhere, at -v for everything."""
    failure = outcome.failure
    if failure is not None:
        level = logging.DEBUG if failures_kept else logging.WARNING
        _log.log(level, "%s: %s: %s", failure.url or "(no address)", failure.kind, failure.detail)
    else:
        _log.debug("%s: %s%s", outcome.url, outcome.kind.value, f" ({outcome.reason})" if outcome.reason else "")
