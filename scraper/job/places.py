"""The files that a job names: those it writes and those it reads, none of them two things at once."""

from collections.abc import Iterator
from pathlib import Path

from scraper.errors import JobError, Place
from scraper.job.keys import STDIO, Job
from scraper.job.outputs import beside

__all__ = ["failures_path", "is_stream", "refuse_shared"]


def failures_path(job: Job) -> Path | None:
    """Where failures are written: as the job says, or beside the output; None where they are log lines."""
    if job.job.failures is not None or is_stream(job.job.output):
        return job.job.failures
    return beside(job.job.output, "failures.jsonl")


def is_stream(output: Path) -> bool:
    """Whether an output is standard output or a device such as /dev/null: no place to put anything beside."""
    return output == STDIO or output.is_char_device()


def refuse_shared(job: Job, file: Path | None = None) -> None:
    """Raises JobError for a path that is written as one thing and used as another. `file`: the job file."""
    used = {_real(path): what for what, path in _read(job, file)}
    for key, path in _written(job):
        if _is_special(path):
            continue
        other = used.setdefault(_real(path), key)
        if other != key:
            problem = f"{path} is used for something else in this job: {other}"
            raise JobError(problem, remedy="name another path", place=Place(key=key))


def _written(job: Job) -> Iterator[tuple[str, Path]]:
    """Each path that a run writes to, by its key."""
    paths = {
        "job.output": job.job.output,
        "job.failures": failures_path(job),
        "job.state": job.job.state,
        "archive.path": job.archive.path if job.archive.enabled and job.fetches else None,
        "log.file": job.log.file,
        "report.metrics": job.report.metrics,
    }
    return ((key, path) for key, path in paths.items() if path is not None)


def _read(job: Job, file: Path | None) -> Iterator[tuple[str, Path]]:
    """Each path that a run reads, by its key."""
    if file is not None:
        yield "the job file", file
    for index, section in enumerate(job.source):
        for key in ("path", "manifest"):
            if (path := getattr(section, key, None)) is not None and path != STDIO:
                yield f"source[{index}].{key}", path
    for key in ("ca_bundle", "client_cert", "client_key"):
        if (path := getattr(job.fetch, key)) is not None:
            yield f"fetch.{key}", path
    if job.extract.weights is not None:
        yield "extract.weights", job.extract.weights


def _real(path: Path) -> Path:
    """The path without links, so that one file has one."""
    return path.resolve()


def _is_special(path: Path) -> bool:
    """Standard output, a pipe or a device, which may well be written to as several things."""
    return path == STDIO or (path.exists() and not path.is_file() and not path.is_dir())
