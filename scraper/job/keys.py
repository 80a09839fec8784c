"""What a job says: frozen structs with every key that a job file may hold. `scraper get` and `extract` make one from their flags."""

import math
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from extractors.article import BodyEngine
from scraper.job.outputs import Compression, Layout, Revisions, Rotate
from scraper.records import BrowserMode, FailureKind, Format, IfExists, ListFormat

__all__ = [
    "PATTERNS",
    "STDIO",
    "AddressedSource",
    "ArchiveSection",
    "CrawlSource",
    "EngineSection",
    "ExtractSection",
    "FeedSource",
    "FetchSection",
    "FilesSource",
    "FilterSection",
    "Job",
    "JobSection",
    "LogFormat",
    "LogSection",
    "ReportSection",
    "SectionSource",
    "SitemapSource",
    "SourceSection",
    "UrlsSource",
    "WriteSection",
]

STDIO = Path("-")  # standard input where something is read, standard output where something is written

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
_LONGEST = 1e9  # seconds, 31 years: the system's own clocks and waits take no infinite time, and none of 1e10
Seconds = Annotated[float, msgspec.Meta(ge=0, le=_LONGEST)]
Timeout = Annotated[float, msgspec.Meta(gt=0, le=_LONGEST)]
Positive = Annotated[int, msgspec.Meta(ge=1)]
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_DURATION = r"^\d+(\.\d+)?[smhd]?$"
_FAILED_KIND = f"^(all|{'|'.join(FailureKind)})$"
Duration = Annotated[str, msgspec.Meta(pattern=_DURATION)]
FailedKind = Annotated[str, msgspec.Meta(pattern=_FAILED_KIND)]
PATTERNS = {_DURATION: "seconds, or a time like 90s, 50m, 2h or 1d", _FAILED_KIND: f"all, or a kind of failure: {', '.join(FailureKind)}"}
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class _Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the job file."""


class JobSection(_Section, frozen=True):
    """[job]. `failures` and `state` lie beside `output` where they are not given.

    `state` holds what the next run goes on with: which addresses are known, what became of each, and up to where the outputs are whole.
    `fail_under` is the share of tried targets that must succeed. `deadline`: how long a run may take, in seconds or as "50m", "2h"; what
    is left then is pending, and the next run's. `grace`: seconds that what is in flight has to end then, and after a signal.
    """

    name: str | None = None  # the job file's name where it is not given
    output: Path = STDIO
    failures: Path | None = None
    state: Path | None = None
    fail_under: Share | None = None
    deadline: Seconds | Duration | None = None
    grace: Seconds = 10.0
    retry_failed: FailedKind | None = None  # what failed before and is asked for again, due or not: "all", or a kind of failure
    limit: Positive | None = None
    run_id: str | None = None
    fail_on_drift: bool = False  # exit code 5 where the articles of a host have lost a field, their length or their acceptance

    @property
    def deadline_seconds(self) -> float:
        """The deadline as a number; infinite where there is none."""
        if self.deadline is None:
            return math.inf
        if isinstance(self.deadline, str) and self.deadline[-1] in _UNITS:
            return float(self.deadline[:-1]) * _UNITS[self.deadline[-1]]
        return float(self.deadline)


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


class FeedSource(_Section, frozen=True, tag_field="kind", tag="feed"):
    """[[source]] kind = "feed": RSS, Atom, RDF and JSON feeds, or home pages that name theirs."""

    urls: tuple[str, ...]
    name: str | None = None


class SitemapSource(_Section, frozen=True, tag_field="kind", tag="sitemap"):
    """[[source]] kind = "sitemap": sitemaps and indexes of them; for a bare site, those that its robots.txt names, else /sitemap.xml."""

    urls: tuple[str, ...]
    name: str | None = None


class SectionSource(_Section, frozen=True, tag_field="kind", tag="section"):
    """[[source]] kind = "section": section pages; links that look like articles, on at most `pages` pages of each section."""

    urls: tuple[str, ...]
    name: str | None = None
    pages: Positive = 5  # the newest of a section; a calendar or a filter gives pages without end


class CrawlSource(_Section, frozen=True, tag_field="kind", tag="crawl"):
    """[[source]] kind = "crawl": whole sites from their first pages on, `depth` links far, at most `pages` section pages of each site."""

    urls: tuple[str, ...]
    name: str | None = None
    depth: Annotated[int, msgspec.Meta(ge=0)] = 3  # front page, section, sub-section, and their pagination
    pages: Positive = 200


AddressedSource = FeedSource | SitemapSource | SectionSource | CrawlSource  # what is fetched to learn of addresses
SourceSection = UrlsSource | FilesSource | FeedSource | SitemapSource | SectionSource | CrawlSource


class FetchSection(_Section, frozen=True):
    """[fetch]. `delay` and `timeout` in seconds; `parallel` counts hosts, each with one request in flight.

    What is None is left to the fetcher's own default.
    """

    contact: str | None = None
    user_agent: str | None = None
    delay: Seconds | None = None
    timeout: Timeout | None = None
    parallel: Positive = 8
    allow_networks: tuple[str, ...] = ()
    robots: Literal["obey", "ignore"] | None = None
    retries: Annotated[int, msgspec.Meta(ge=0)] | None = None
    max_bytes: Positive | None = None  # as sent
    max_decoded_bytes: Positive | None = None
    max_redirects: Annotated[int, msgspec.Meta(ge=0)] | None = None
    headers: dict[str, str] | None = None
    cookies: dict[str, str] | None = None
    proxies: dict[str, str] | None = None
    ca_bundle: Path | None = None
    client_cert: Path | None = None  # PEM: the certificate, and its key where no client_key is given
    client_key: Path | None = None
    article_pages: Positive = 10  # of an article that is spread over several; 1 leaves it at its first
    browser: BrowserMode = BrowserMode.NEVER
    browser_hosts: tuple[str, ...] = ()  # whose pages always go through the browser
    browser_allow: tuple[str, ...] = ()  # other sites that their scripts may ask
    browser_path: Path | None = None  # the Chromium to start; without the key the system's
    archive_fallback: bool = False  # ask a web archive for what is gone
    archive_url: str = "https://web.archive.org/web/{time}id_/{url}"  # "id_": the bytes as they were, without the archive's frame


class ExtractSection(_Section, frozen=True):
    """[extract]. `rules`: folders of boilerplate rules besides the packaged ones.

    `profiles`: folders of site profiles, asked before the packaged ones; an empty list switches all of them off. `timeout`: seconds that
    one article may take; it is less at the end of a run that has a deadline.
    """

    body_engine: BodyEngine = BodyEngine.MODEL
    markdown: bool = False
    blocks: bool = False
    captions: bool = False
    profiles: tuple[Path, ...] | None = None
    rules: tuple[Path, ...] = ()
    weights: Path | None = None  # made by `scraper train`; without the key the packaged ones
    timeout: Timeout = 60.0  # a page takes 0.05 s, the largest of those measured here a few seconds


class FilterSection(_Section, frozen=True):
    """[filter]. Patterns are regular expressions searched in the address; days are compared as the page prints them, both ends included."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    language: tuple[str, ...] = ()
    per_host: Positive | None = None  # targets; www.example.org and news.example.org are two hosts of one site
    per_site: Positive | None = None


class WriteSection(_Section, frozen=True):
    """[write]. The last four keys are those of a folder of parts.

    `compression` of a file goes by its name. `layout` is a folder where the output ends with a slash or is a folder already.
    A part is full at `part_bytes` before packing, and `visible_interval` seconds after its first record; then readers see it.
    """

    format: Format = Format.JSONL
    if_exists: IfExists = IfExists.REFUSE
    revisions: Revisions = Revisions.APPEND
    compression: Compression | None = None
    layout: Layout | None = None
    rotate: Rotate | None = None
    part_bytes: Positive | None = None
    visible_interval: Seconds | None = None


class LogFormat(StrEnum):
    """How a log line is written."""

    TEXT = "text"
    JSON = "json"


class LogSection(_Section, frozen=True):
    """[log]. Lines go to standard error in any case, and to `file` too where it is given.

    At `rotate` bytes the file becomes FILE.1, FILE.1 becomes FILE.2, up to `keep`. `format` holds for both, but for a terminal.
    `progress`: seconds between two lines that tell how far the run is, where there is no terminal; 0 for none.
    """

    file: Path | None = None
    format: LogFormat = LogFormat.TEXT
    level: Literal["warning", "info", "debug"] = "info"  # of the file; "debug" has one line for each document
    rotate: Positive = 10_000_000
    keep: Positive = 5
    progress: Seconds = 10.0


class ReportSection(_Section, frozen=True):
    """[report]: who else is told of each run.

    `metrics`: a text file for Prometheus, for the node exporter's textfile collector. `ping`: an address that is asked for with
    "/start" behind its path when a run begins, as it is when the run ends with exit code 0, and with "/fail" when it ends otherwise.
    """

    metrics: Path | None = None
    ping: str | None = None
    ping_timeout: Timeout = 5.0  # seconds, for each


class ArchiveSection(_Section, frozen=True):
    """[archive]: every response as it was sent, in WARC files. `path`: their folder; `<output>.warc` beside the output without the key.

    Only what `scraper run` fetches is archived.
    """

    enabled: bool = True
    path: Path | None = None
    rotate_bytes: Positive = 10**9  # ISO 28500, annex C: files of 1 GB are a good size
    keep_days: Annotated[float, msgspec.Meta(gt=0, le=100_000)] | None = (
        None  # of a file since it was last written to; without the key for ever
    )


class EngineSection(_Section, frozen=True):
    """[engine]: where the work is done. "local": by threads of this process, `fetch.parallel` of them; the one engine that there is."""

    kind: Literal["local"] = "local"


class Job(_Section, frozen=True):
    """A whole job. Every path is absolute, or STDIO."""

    job: JobSection = JobSection()
    source: tuple[SourceSection, ...] = ()
    fetch: FetchSection = FetchSection()
    extract: ExtractSection = ExtractSection()
    filter: FilterSection = FilterSection()
    write: WriteSection = WriteSection()
    log: LogSection = LogSection()
    report: ReportSection = ReportSection()
    archive: ArchiveSection = ArchiveSection()
    engine: EngineSection = EngineSection()

    @property
    def fetches(self) -> bool:
        """Whether the network is asked for anything: not for saved pages alone."""
        return not all(isinstance(section, FilesSource) for section in self.source)
