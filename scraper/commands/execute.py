"""From a command's arguments to a finished run: one job, its messages, its exit code."""

import logging
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from scraper.commands.options import job_settings
from scraper.errors import Interrupted, ScraperError
from scraper.job import STDIO, Job, SourceSection
from scraper.jobfile import Raw, apply_setting, build_job
from scraper.logs import start_logging
from scraper.pipeline import Run, failures_path, run_job
from scraper.progress import choose_watch

__all__ = ["execute", "finished_job"]

_log = logging.getLogger(__name__)


def finished_job(raw: Raw, params: Mapping[str, Any], *, file: Path | None = None, text: str = "") -> Job:
    """The job of `raw` with the flags of the command line laid over it; relative paths hold from `file`'s folder."""
    for key, value in job_settings(params).items():
        apply_setting(raw, key, value)
    job = build_job(raw, base=file.parent if file else Path.cwd(), file=str(file) if file else None, text=text)
    return _named(job, file) if file else job


def _named(job: Job, file: Path) -> Job:
    """A job from a file bears its name, its sources theirs, and each run of it an id of its own."""
    started = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    output = job.job.output
    head = replace(
        job.job,
        name=job.job.name or file.stem,
        state=job.job.state or (None if output == STDIO else output.with_name(f"{output.stem}.state.sqlite")),
        run_id=job.job.run_id or f"{job.job.name or file.stem}-{started}-{secrets.token_hex(3)}",
    )
    return replace(job, job=head, source=tuple(replace(section, name=section.name or _label(section)) for section in job.source))


def _label(section: SourceSection) -> str:
    path = getattr(section, "path", None) or getattr(section, "manifest", None)
    if path:
        return str(path.name)
    return str(section.__struct_config__.tag) if len(section.urls) != 1 else str(section.urls[0])  # type: ignore[union-attr]


def execute(job: Job, params: Mapping[str, Any]) -> int:
    """Runs `job`, says on stderr how it went, and gives the exit code."""
    if params["quiet"] and params["verbose"]:
        raise click.UsageError("--quiet and --verbose contradict each other.")
    verbosity = -1 if params["quiet"] else params["verbose"]
    redirect = start_logging(verbosity)
    watch = choose_watch(redirect, verbosity=verbosity, records_on_stdout=job.job.output == STDIO)
    run = run_job(job, watch=watch)
    code = run.exit_code(job.job.fail_under)
    if isinstance(run.ended_by, ScraperError):
        _log.error("%s", run.ended_by)
    if not isinstance(run.ended_by, BrokenPipeError):
        _report(job, run, level=logging.WARNING if code else logging.INFO)
    return code


def _report(job: Job, run: Run, *, level: int) -> None:
    """The closing lines; when all is well, a quiet run says nothing."""
    if not run.summary.targets:
        _log.warning("the sources named no target at all")
    lines = ["interrupted; what was written is whole"] if isinstance(run.ended_by, Interrupted) else []
    lines += run.summary.lines()
    places = {"records": job.job.output, "failures": failures_path(job)}
    lines += [f"{name}: {path}" for name, path in places.items() if path is not None and path != STDIO]
    for line in lines:
        _log.log(level, "%s", line, extra={"bare": True})
