"""`scraper run --check`: what a job would do, without doing it."""

import click

from scraper.fetching import NoFetch
from scraper.filters import Filters
from scraper.inlets import open_source
from scraper.job import STDIO, Job
from scraper.logs import visible
from scraper.pipeline import failures_path
from scraper.records import IfExists

__all__ = ["show_job"]


def show_job(job: Job) -> int:
    """Prints the job's sources, outputs and keys with all paths resolved; 2 where its output could not be written, else 0.

    Raises JobError for what would end the run at once: a source that is missing, a pattern that cannot be read.
    """
    Filters(job.filter)
    lines = [f"job: {job.job.name}"]
    for index, section in enumerate(job.source):
        open_source(section, index, fetching=NoFetch(), since=None)
        lines.append(f"source[{index}]: {_values(section)}")
    lines += [f"{title}: {_values(getattr(job, title))}" for title in ("fetch", "extract", "filter", "write", "archive")]
    blocked = 0
    for title, path in (("records", job.job.output), ("failures", failures_path(job))):
        there = path is not None and path != STDIO and path.exists()
        refused = there and job.write.if_exists is IfExists.REFUSE
        note = f", which is there already: {'the run would refuse' if refused else job.write.if_exists.value}" if there else ""
        blocked += bool(refused)
        lines.append(f"{title}: {'standard output' if path == STDIO else path or 'in the log'}{note}")
    for line in lines:
        click.echo(visible(line))
    return 2 if blocked else 0


def _values(section: object) -> str:
    """The keys of a section and their values, as far as they are set."""
    names: tuple[str, ...] = getattr(section, "__struct_fields__", ())
    pairs = ((name, getattr(section, name)) for name in names)
    return ", ".join(f"{name} = {value!s}" for name, value in pairs if value not in (None, (), False)) or "the defaults"
