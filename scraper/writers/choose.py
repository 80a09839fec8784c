"""The sink of an output, as [write] asks for it."""

from pathlib import Path

from scraper.errors import JobError, Place
from scraper.job.keys import STDIO, WriteSection
from scraper.job.outputs import Compression, Layout, Revisions
from scraper.records import Format, IfExists
from scraper.writers.file import FileSink
from scraper.writers.parts import Clock, PartsSink, Rotation
from scraper.writers.sink import Sink, StdoutSink

__all__ = ["check_write", "layout_of", "open_output", "open_plain", "open_sink"]

_TABLES = frozenset({".csv", ".tsv", ".parquet", ".xlsx", ".xls", ".feather", ".arrow"})


def open_sink(path: Path, if_exists: IfExists) -> Sink:
    """A sink for the file `path`, packed if its name says so, of which nothing is remembered; "-" is standard output.

    Raises OutputExists for a file that is there and must not be touched.
    """
    sink = open_plain(path, if_exists)
    sink.restore(None)
    return sink


def open_plain(path: Path, if_exists: IfExists) -> Sink:
    """The same, with `restore` left to the caller."""
    return StdoutSink() if path == STDIO else FileSink(path, if_exists, compression=_by_name(path))


def open_output(path: Path, write: WriteSection, clock: Clock | None = None) -> Sink:
    """The sink of a job's records: standard output, one file, or a folder of parts. `restore` is left to the caller.

    Raises OutputExists as above, and JobError for what [write] asks in vain.
    """
    check_write(path, write)
    if path == STDIO:
        return StdoutSink()
    if layout_of(path, write) is Layout.FILE:
        return FileSink(path, write.if_exists, compression=_by_name(path), revisions=write.revisions)
    given = {"size": write.part_bytes, "by": write.rotate, "interval": write.visible_interval}
    return PartsSink(
        folder=path,
        if_exists=write.if_exists,
        form=write.format,
        compression=write.compression,
        rotation=Rotation(**{key: value for key, value in given.items() if value is not None}),  # type: ignore[arg-type]  # as named
        revisions=write.revisions,
        clock=clock or Clock(),
    )


def layout_of(path: Path, write: WriteSection) -> Layout:
    """A folder where the job says so, or where the output is one already; else a file."""
    return write.layout or (Layout.FOLDER if path != STDIO and path.is_dir() else Layout.FILE)


def check_write(path: Path, write: WriteSection) -> None:
    """Raises JobError for keys of [write] that say nothing for this output, rather than leave them unheard."""
    if write.revisions is Revisions.LATEST and (write.format is not Format.JSONL or path == STDIO):
        raise _unheard("revisions", "only lines of JSON in a file or a folder of parts have revisions")
    if layout_of(path, write) is Layout.FOLDER:
        return
    bare = path.with_suffix("") if _by_name(path) else path
    if bare.suffix.lower() in _TABLES:
        remedy = f"name it {bare.stem}.jsonl; `scraper export {bare.stem}.jsonl` makes a table of that"
        raise JobError(
            f"{path} has the name of a table, and records are written as {write.format}", remedy=remedy, place=Place(key="job.output")
        )
    for key in ("rotate", "part_bytes", "visible_interval"):
        if getattr(write, key) is not None:
            raise _unheard(key, 'only a folder has parts: end the output with a slash, as in output = "out/"')
    if write.compression is not None and write.compression is not _by_name(path):
        raise _unheard("compression", f"a file says by its name how it is packed: name it so that it ends with .{write.compression}")


def _unheard(key: str, remedy: str) -> JobError:
    return JobError("the key has no effect on this output", remedy=remedy, place=Place(key=f"write.{key}"))


def _by_name(path: Path) -> Compression | None:
    """The compression of a file's name."""
    return next((kind for kind in Compression if path.suffix == f".{kind}"), None)
