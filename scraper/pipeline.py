"""A run: sources, fetching, extraction and writing, joined here and nowhere else."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from extractors.article import Options
from scraper.engines.local import Done, Later, in_order, run_in_lanes
from scraper.errors import Interrupted, JobError, Place, ScraperError
from scraper.fetching import Fetching, open_fetching
from scraper.filters import Filters
from scraper.inlets import open_sources
from scraper.intake import Arrival, Intake
from scraper.interrupts import uninterrupted
from scraper.job import STDIO, Job
from scraper.lock import held
from scraper.outputs import beside
from scraper.progress import Silence, Watch
from scraper.records import (
    Answer,
    Failure,
    FailureKind,
    Fetch,
    Format,
    IfExists,
    NotYet,
    Outcome,
    OutcomeKind,
    Page,
    Target,
    Unchanged,
    Writer,
)
from scraper.summary import Summary
from scraper.verdict import Extract, Verdict, defect, extraction
from scraper.writers.choose import open_output, open_sink
from scraper.writers.jsonl import FailureLines, JsonLines
from scraper.writers.sink import refuse_existing
from scraper.writers.text import Reading

__all__ = ["Run", "extract_options", "failures_path", "run_job"]

_log = logging.getLogger(__name__)

_Item = NotYet | Page | Outcome


@dataclass(frozen=True, slots=True)
class Run:
    """What a run came to: its totals, and what ended it early, if anything did. A BrokenPipeError is a reader who had enough."""

    summary: Summary
    ended_by: Interrupted | ScraperError | BrokenPipeError | None = None

    def exit_code(self, fail_under: float | None) -> int:
        """The highest code that applies."""
        return max(int(self.summary.exit_code(fail_under)), int(getattr(self.ended_by, "exit_code", 0)))


def run_job(job: Job, *, fetch: Fetch | None = None, extract: Extract | None = None, watch: Watch | None = None) -> Run:
    """Runs `job` to its end; `fetch` and `extract` replace the real ones.

    Raises JobError, SourceError, OutputError or Locked for what keeps a run from beginning; what ends it later is told with its totals,
    and what befalls a single target is an outcome.
    """
    summary, filters = Summary(), Filters(job.filter)
    intake = Intake(filters, summary, limit=job.job.limit)
    try:
        with ExitStack() as stack:
            stack.enter_context(held(job.job.output, run_id=job.job.run_id))
            fetching = open_fetching(job, fetch, stack)
            filters.taken_down = fetching.taken_down()
            arrivals = intake.read(open_sources(job, fetching=fetching))
            verdict = Verdict(extract or extraction(extract_options(job), job.job.run_id), filters)
            stack.enter_context(_nothing_left_empty(job))
            writers = [stack.enter_context(_closed_whole(writer)) for writer in _writers(job)]
            outcomes = _outcomes(arrivals, fetching, verdict, parallel=job.fetch.parallel)
            look = stack.enter_context(watch or Silence()).look
            for outcome in outcomes:
                with uninterrupted():
                    for writer in writers:
                        writer.write(outcome)
                    fetching.remember(outcome)
                    summary.count(outcome)
                _tell(outcome, failures_kept=len(writers) > 1)
                look(summary)
            summary.left_alone = fetching.left_alone()
    except (Interrupted, ScraperError, BrokenPipeError) as end:
        if isinstance(end, ScraperError) and not summary.done:
            raise
        return Run(summary, end)
    if intake.stopped_at_limit:
        _log.info("stopped at the limit of %s; the rest of the sources was not read", job.job.limit)
    return Run(summary)


def failures_path(job: Job) -> Path | None:
    """Where failures are written: as the job says, or beside the output; None where they are log lines."""
    if job.job.failures is not None or job.job.output == STDIO:
        return job.job.failures
    return beside(job.job.output, "failures.jsonl")


def extract_options(job: Job) -> Options:
    """What [extract] and [write] ask of extraction; Markdown output needs Markdown bodies.

    Raises JobError for weights that are not there.
    """
    section = job.extract
    if section.weights is not None and not section.weights.is_file():
        raise JobError(f"there is no {section.weights}", place=Place(key="extract.weights"))
    return Options(
        body_engine=section.body_engine,
        markdown=section.markdown or job.write.format is Format.MARKDOWN,
        blocks=section.blocks,
        captions=section.captions,
        rules=section.rules,
        weights=section.weights,
    )


def _writers(job: Job) -> Iterator[Writer]:
    """The writer of records, and that of failures if they are kept; lazily, so that the first is closed if the second cannot open."""
    failures = failures_path(job)
    inputs = {path for section in job.source for key in ("path", "manifest") if (path := getattr(section, key, None))}
    for key, path in (("output", job.job.output), ("failures", failures)):
        if path is not None and path != STDIO and path in inputs | ({job.job.output} if key == "failures" else set()):
            raise JobError(f"{path} is used for something else in this job", place=Place(key=f"job.{key}"))
        if path is not None and job.write.if_exists is IfExists.REFUSE:
            refuse_existing(path)
    sink = open_output(job.job.output, job.write)
    sink.restore(None)
    yield JsonLines(sink) if job.write.format is Format.JSONL else Reading(sink, job.write.format)
    if failures is not None:
        yield FailureLines(open_sink(failures, job.write.if_exists))


@contextmanager
def _nothing_left_empty(job: Job) -> Iterator[None]:
    """A run that could not begin leaves no empty file behind, which would stand in the way of the next attempt."""
    outputs = [path for path in (job.job.output, failures_path(job)) if path is not None and path != STDIO]
    made = [path for path in outputs if not path.exists()]
    try:
        yield
    except ScraperError:
        for path in made:
            if path.is_file() and not path.stat().st_size:
                path.unlink()
        raise


@contextmanager
def _closed_whole(writer: Writer) -> Iterator[Writer]:
    try:
        yield writer
    finally:
        with uninterrupted():
            try:
                writer.finish()
            finally:
                writer.close()


def _outcomes(arrivals: Iterable[Arrival], fetching: Fetching, verdict: Verdict, *, parallel: int) -> Iterator[Outcome]:
    """The outcome of each arrival, in the order of the sources where that needs little memory; hosts are asked side by side."""

    def work(item: _Item) -> Answer | Outcome | Later[_Item]:
        if not isinstance(item, NotYet):
            return item
        try:
            answer = fetching.ask(item)
        except ScraperError:
            raise
        except Exception as error:  # noqa: BLE001 - a fetcher does not raise; if it does, that is a defect met at one target
            return Failure(url=item.target.url, kind=FailureKind.INTERNAL, detail=defect(error))
        return Later(answer, answer.seconds) if isinstance(answer, NotYet) else answer

    items = (NotYet(target=arrival) if isinstance(arrival, Target) else arrival for arrival in arrivals)
    results: Iterator[Done[Answer | Outcome]] = run_in_lanes(items, work, lane_of=_host, parallel=parallel)
    for result in in_order(results, size=_weight):
        if isinstance(result, Page):
            yield _judged(result, fetching, verdict)
        elif isinstance(result, Failure):
            yield Outcome(kind=OutcomeKind.FAILED, url=result.url, failure=result)
        elif isinstance(result, Unchanged):
            yield Outcome(kind=OutcomeKind.UNCHANGED, url=result.url, asked=result.url_requested)
        else:
            yield result


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
