"""`scraper run --check`: what a job would do, without doing it."""

import os
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import click

from scraper.errors import JobError, Place
from scraper.job.environment import SECRETS
from scraper.job.keys import STDIO, Job
from scraper.job.outputs import Layout
from scraper.job.places import failures_path
from scraper.process.lock import holder
from scraper.records import IfExists
from scraper.report.logs import visible
from scraper.run.archiving import archive_folder
from scraper.run.fetching import NoFetch, fetch_settings
from scraper.run.filters import Filters
from scraper.run.inlets import open_source
from scraper.run.ledger import is_continued, remedy_of_existing
from scraper.run.memory import refuse_foreign
from scraper.run.pipeline import extract_options
from scraper.state import State
from scraper.writers.choose import check_write, layout_of

__all__ = ["blocked_by", "show_job"]

_SECTIONS = ("fetch", "extract", "filter", "write", "archive", "engine", "log", "report")


def show_job(job: Job) -> int:
    """Prints the job's sources, outputs and keys with all paths resolved; 2 where it could not run, else 0.

    Raises JobError for what would end the run at once: a source that is missing, a pattern that cannot be read.
    """
    problems = blocked_by(job)
    for line in (*_described(job), *(f"problem: {problem}" for problem in problems)):
        click.echo(visible(line))
    return 2 if problems else 0


def blocked_by(job: Job) -> list[str]:
    """Why the job could not write what it is to write. Raises JobError for a key whose value cannot be used."""
    Filters(job.filter)
    for index, section in enumerate(job.source):
        open_source(section, index, fetching=NoFetch(), since=None)
    if job.fetches:
        fetch_settings(job.fetch)
    extract_options(job)
    check_write(job.job.output, job.write)
    folder = archive_folder(job)
    if folder is not None and folder.exists() and not folder.is_dir():
        raise JobError(f"{folder} is no folder", remedy="name a folder for WARC files", place=Place(key="archive.path"))
    known = _known(job)
    problems = (_problem(path, job, goes_on=known is not None and known.goes_on) for path in _written(job))
    return list(dict.fromkeys(problem for problem in problems if problem))


@dataclass(frozen=True, slots=True)
class _Known:
    """Whether a run goes on with the output, since the state knows it, and how many addresses wait."""

    goes_on: bool
    waiting: int


def _known(job: Job) -> _Known | None:
    """What the job's state says; None where there is none yet. Raises StateError for one that cannot be read, JobError for another's."""
    if job.job.state is None or not job.job.state.exists():
        return None
    with closing(State(job.job.state)) as state:
        refuse_foreign(job, state)
        return _Known(is_continued(job, state), state.targets.pending())


def _problem(path: Path, job: Job, *, goes_on: bool) -> str | None:
    """Why `path` could not be written."""
    if not goes_on and path.exists() and job.write.if_exists is IfExists.REFUSE and path in (job.job.output, failures_path(job)):
        return f"{path} is there already, and the run would refuse; {remedy_of_existing(job)}"
    if path == job.job.output and path.exists() and path.is_dir() is not (layout_of(path, job.write) is Layout.FOLDER):
        return f"{path} is {'a folder' if path.is_dir() else 'a file'}, and the job asks for {'a file' if path.is_dir() else 'a folder'}"
    nearest = next(one for one in (path, *path.parents) if one.exists())
    return None if os.access(nearest, os.W_OK) else f"{nearest} cannot be written to"


def _written(job: Job) -> list[Path]:
    paths = (job.job.output, failures_path(job), job.job.state, archive_folder(job))
    return [path for path in paths if path is not None and path != STDIO]


def _described(job: Job) -> Iterator[str]:
    yield f"job: {job.job.name}"
    for index, section in enumerate(job.source):
        yield f"source[{index}]: kind = {section.__struct_config__.tag}, {_values(section)}"
    for title in _SECTIONS:
        yield f"{title}: {_values(getattr(job, title), title)}"
    known = _known(job)
    goes_on = known is not None and known.goes_on
    for title, path in (("records", job.job.output), ("failures", failures_path(job))):
        there = path is not None and path != STDIO and path.exists()
        note = f", which is there already: {'gone on with' if goes_on else job.write.if_exists.value}" if there else ""
        yield f"{title}: {'standard output' if path == STDIO else path or 'in the log'}{note}"
    if job.job.state is not None:
        yield f"state: {job.job.state}, " + ("which is new" if known is None else f"where {known.waiting:,} addresses wait")
    if folder := archive_folder(job):
        yield f"archive: {folder}" + ("" if folder.exists() else ", which is new")
    paths = (path for path in (job.job.output, job.job.state) if path is not None and path != STDIO)
    if who := next(filter(None, map(holder, paths)), None):
        yield f"held: by {who}; a run would end with exit code 4"


def _values(section: object, title: str = "") -> str:
    """The keys of a section and their values, as far as they are set; of secrets the names alone."""
    names: tuple[str, ...] = getattr(section, "__struct_fields__", ())
    pairs = ((name, getattr(section, name)) for name in names)
    shown = ", ".join(f"{name} = {_shown(value, f'{title}.{name}')}" for name, value in pairs if value not in (None, (), False))
    return shown or "the defaults"


def _shown(value: object, key: str) -> str:
    if key not in SECRETS:
        return str(value)
    return "{" + ", ".join(f"{name}: ***" for name in value) + "}" if isinstance(value, Mapping) else "***"
