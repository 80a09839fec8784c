"""What a job says: frozen structs with every key that a job file may hold. `scraper get` and `extract` make one from their flags."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from extractors.article import BodyEngine
from scraper.records import Format, IfExists, ListFormat

__all__ = [
    "STDIO",
    "ExtractSection",
    "FetchSection",
    "FilesSource",
    "FilterSection",
    "Job",
    "JobSection",
    "SourceSection",
    "UrlsSource",
    "WriteSection",
]

STDIO = Path("-")  # standard input where something is read, standard output where something is written

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Seconds = Annotated[float, msgspec.Meta(ge=0)]
Positive = Annotated[int, msgspec.Meta(ge=1)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class _Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the job file."""


class JobSection(_Section, frozen=True):
    """[job]. `failures` lies beside `output` where it is not given; `fail_under` is the share of tried targets that must succeed."""

    name: str | None = None  # the job file's name where it is not given
    output: Path = STDIO
    failures: Path | None = None
    fail_under: Share | None = None
    limit: Positive | None = None
    run_id: str | None = None


class UrlsSource(_Section, frozen=True, tag_field="kind", tag="urls"):
    """[[source]] kind = "urls": addresses given here, or in a file: one a line, a CSV or TSV column, a JSONL key."""

    name: str | None = None
    path: Path | None = None
    urls: tuple[str, ...] = ()
    format: ListFormat | None = None  # by the file's name where it is not given
    field: str = "url"


class FilesSource(_Section, frozen=True, tag_field="kind", tag="files"):
    """[[source]] kind = "files": saved pages. `url` and `fetched_at` hold for a single file; a manifest gives them for each."""

    name: str | None = None
    path: Path | None = None
    manifest: Path | None = None
    url: str | None = None
    fetched_at: Moment | None = None
    content_type: str | None = None
    max_bytes: Positive = 64 * 1024 * 1024  # decompressed; the largest of the pages measured here held 2.4 MB


SourceSection = UrlsSource | FilesSource


class FetchSection(_Section, frozen=True):
    """[fetch]. `delay` and `timeout` in seconds; `parallel` counts hosts, each with one request in flight.

    What is None is left to the fetcher's own default.
    """

    contact: str | None = None
    user_agent: str | None = None
    delay: Seconds | None = None
    timeout: Annotated[float, msgspec.Meta(gt=0)] | None = None
    parallel: Positive = 8
    allow_networks: tuple[str, ...] = ()
    robots: Literal["obey", "ignore"] | None = None
    retries: Annotated[int, msgspec.Meta(ge=0)] | None = None
    max_bytes: Positive | None = None  # as sent
    max_decoded_bytes: Positive | None = None
    max_redirects: Annotated[int, msgspec.Meta(ge=0)] | None = None
    headers: dict[str, str] | None = None
    proxies: dict[str, str] | None = None


class ExtractSection(_Section, frozen=True):
    """[extract]. `profiles`: folders; without the key the packaged ones, an empty list for none."""

    body_engine: BodyEngine = BodyEngine.MODEL
    markdown: bool = False
    blocks: bool = False
    captions: bool = False
    profiles: tuple[Path, ...] | None = None


class FilterSection(_Section, frozen=True):
    """[filter]. Patterns are regular expressions searched in the address; days are compared as the page prints them, both ends included."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    language: tuple[str, ...] = ()


class WriteSection(_Section, frozen=True):
    """[write]."""

    format: Format = Format.JSONL
    if_exists: IfExists = IfExists.REFUSE


class Job(_Section, frozen=True):
    """A whole job. Every path is absolute, or STDIO."""

    job: JobSection = JobSection()
    source: tuple[SourceSection, ...] = ()
    fetch: FetchSection = FetchSection()
    extract: ExtractSection = ExtractSection()
    filter: FilterSection = FilterSection()
    write: WriteSection = WriteSection()
