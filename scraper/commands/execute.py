"""From a command's arguments to a finished run: one job, its messages, its exit code."""

import logging
import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from scraper.commands.notices import announce, report
from scraper.commands.options import job_settings
from scraper.errors import Interrupted, JobError, Locked, Place, ScraperError
from scraper.job.file import JobText, Raw, apply_setting, build_job, parse_setting
from scraper.job.keys import STDIO, Job, SourceSection
from scraper.job.outputs import beside
from scraper.job.places import is_stream, refuse_shared
from scraper.report.closing import Closing, summary_line
from scraper.report.logs import keep_log, start_logging
from scraper.report.progress import Told, choose_watch
from scraper.report.summary import Summary
from scraper.run.ledger import outputs_of
from scraper.run.pipeline import Run, run_job
from scraper.wellformed import readable

__all__ = ["Given", "execute", "finished_job", "given_job"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Given:
    """A job, and where its keys were given: complaints that come only as it runs name file and line, or the flag, too."""

    job: Job
    text: JobText


def finished_job(raw: Raw, params: Mapping[str, Any], *, file: Path | None = None, text: str = "") -> Job:
    """The job of `given_job` for those who do not run it: they need none of its secrets, and whoever asks may have none at hand."""
    return _given(raw, file=file, where=JobText(str(file) if file else None, text, _laid_over(raw, params)), variables=None).job


def given_job(raw: Raw, params: Mapping[str, Any], *, file: Path | None = None, text: str = "", settings: Iterable[str] = ()) -> Given:
    """The job of `raw`, each `--set` of `settings` and then the flags laid over it; relative paths hold from `file`'s folder.

    Raises JobError for what cannot be used, paths that are two things at once among it: their files are not touched then.
    """
    where = JobText(str(file) if file else None, text, _laid_over(raw, params, settings))
    return _given(raw, file=file, where=where, variables=os.environ)


def _laid_over(raw: Raw, params: Mapping[str, Any], settings: Iterable[str] = ()) -> dict[str, str]:
    """Sets in `raw` what the command line says; what it said it with, by key."""
    flags: dict[str, str] = {}
    for key, value in map(parse_setting, settings):
        apply_setting(raw, key, value)
        flags[key] = f"--set {key}"
    for key, (flag, value) in job_settings(params).items():
        apply_setting(raw, key, value)
        flags[key] = flag
    return flags


def _given(raw: Raw, *, file: Path | None, where: JobText, variables: Mapping[str, str] | None) -> Given:
    job = build_job(raw, base=file.parent if file else Path.cwd(), where=where, variables=variables)
    if file is not None and not job.source:
        remedy = 'add a [[source]], such as one with kind = "urls" and path = "urls.txt"; `scraper init` writes a whole job'
        raise JobError("the job has no source of articles", remedy=remedy, place=Place(file=where.file))
    job = _named(job, file) if file else job
    with where.told():
        refuse_shared(job, file)
    return Given(job, where)


def _named(job: Job, file: Path) -> Job:
    """A job from a file bears its name, its sources theirs, and each run of it an id of its own."""
    started = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    name = job.job.name or readable(file.stem)
    output = job.job.output
    alone = is_stream(output)
    head = replace(
        job.job,
        name=name,
        state=job.job.state or (None if alone else beside(output, "state.sqlite")),
        run_id=job.job.run_id or f"{name}-{started}-{secrets.token_hex(3)}",
    )
    archive = replace(job.archive, path=job.archive.path or (None if alone else beside(output, "warc")))
    sources = tuple(replace(section, name=section.name or _label(section)) for section in job.source)
    return replace(job, job=head, source=sources, archive=archive)


def _label(section: SourceSection) -> str:
    path = getattr(section, "path", None) or getattr(section, "manifest", None)
    if path:
        return readable(path.name)
    urls: tuple[str, ...] = getattr(section, "urls", ())
    return str(section.__struct_config__.tag) if len(urls) != 1 else str(urls[0])


def execute(given: Given, params: Mapping[str, Any]) -> int:
    """Runs a job, says how it went on stderr and wherever else the job says, and gives the exit code."""
    job = given.job
    if params["quiet"] and params["verbose"]:
        raise click.UsageError("--quiet and --verbose contradict each other.")
    verbosity = -1 if params["quiet"] else params["verbose"]
    redirect = start_logging(verbosity)
    keep_log(job.log, run_id=job.job.run_id)
    on_stdout = job.job.output == STDIO
    watch = choose_watch(redirect, verbosity=verbosity, records_on_stdout=on_stdout, seconds=job.log.progress)
    started = datetime.now(UTC)
    try:
        with given.text.told():
            run = run_job(job, watch=Told(watch, lambda: announce(job)))
    except ScraperError as error:
        run = Run(Summary(), error)
    closing = _closing(job, run, started)
    if isinstance(run.ended_by, ScraperError):
        _log.error("%s", run.ended_by)
    if not isinstance(run.ended_by, BrokenPipeError):
        _report(job, run, closing)
    if not isinstance(run.ended_by, Locked):  # the run that holds the lock has its own end to tell
        report(job, closing)
    return closing.exit_code


def _closing(job: Job, run: Run, started: datetime) -> Closing:
    reason = "a signal" if isinstance(run.ended_by, Interrupted) else str(run.ended_by) if run.ended_by else None
    return Closing(
        job=job.job.name,
        run_id=job.job.run_id,
        started=started,
        finished=datetime.now(UTC),
        exit_code=run.exit_code(job.job.fail_under),
        summary=run.summary,
        ended_by=reason,
        drift=run.drift,
    )


def _report(job: Job, run: Run, closing: Closing) -> None:
    """The closing lines; when all is well, a quiet run says nothing. The last line of a job file's run is for programs."""
    level = logging.INFO if closing.well else logging.WARNING
    begun = run.summary.targets or not isinstance(run.ended_by, ScraperError)
    if begun and not run.summary.targets and not run.summary.unread:
        _log.warning("the sources named no target at all")
    for alarm in closing.drift:
        _log.warning("drift: %s", alarm)
    lines = ["interrupted; what was written is whole"] if isinstance(run.ended_by, Interrupted) else []
    lines += run.summary.lines()
    lines += [f"{role}: {path}" for role, path in outputs_of(job).items()]
    for line in lines if begun else ():
        _log.log(level, "%s", line, extra={"bare": True})
    if closing.job is not None:
        _log.log(level, "%s", summary_line(closing), extra={"bare": True, "figures": closing.figures()})
