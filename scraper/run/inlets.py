"""The sources that the [[source]] tables of a job describe."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from msgspec.structs import replace

from extractors.urls import host_of
from scraper.errors import JobError, Place
from scraper.job.keys import STDIO, AddressedSource, CrawlSource, FeedSource, FilesSource, Job, SectionSource, SourceSection, UrlsSource
from scraper.records import Failure, Page, Source, Target
from scraper.run.fetching import Fetching
from scraper.sites import site_of
from scraper.sources.abreast import Abreast
from scraper.sources.crawl import Crawl
from scraper.sources.feeds import Feeds
from scraper.sources.files import Files, Manifest
from scraper.sources.listing import Listing
from scraper.sources.saved import Known, is_moment
from scraper.sources.sitemaps import Sitemaps
from scraper.sources.urls import UrlList, address_problem

__all__ = ["open_source", "open_sources"]


def open_sources(job: Job, *, fetching: Fetching) -> list[Source]:
    """The sources of a job, in its order; those that follow one another and are fetched are read side by side, one walk a host.

    Raises JobError as `open_source` does.
    """
    opened: list[Source] = []
    named = frozenset(_sites(job))
    for fetched, tables in groupby(enumerate(job.source), key=lambda item: isinstance(item[1], AddressedSource)):
        if not fetched:
            opened += [open_source(section, index, fetching=fetching, since=job.filter.since) for index, section in tables]
            continue
        walks: dict[str, list[Source]] = {}
        for index, section in tables:
            assert isinstance(section, AddressedSource)
            for host, part in _by_host(section):
                scope = _Scope(part.urls[0] if part.urls else "", named, fetching)
                walks.setdefault(host, []).append(_Scoped(_addressed(part, index, scope, since=job.filter.since), scope))
        opened.append(Abreast([Abreast(walk, 1) for walk in walks.values()], job.fetch.parallel))
    return opened


def _sites(job: Job) -> Iterator[str]:
    """The sites of all addresses that a job names itself."""
    for section in job.source:
        for url in () if isinstance(section, FilesSource) else section.urls:
            if host := host_of(url):
                yield site_of(host)


@dataclass(frozen=True, slots=True)
class _Scope:
    """What is found from the address `start` on: on behalf of that where it lies at a site that is not among the `named`.

    Any site may be linked to, by an advertisement too: it gets no secrets that were given for another one.
    """

    start: str
    named: frozenset[str]
    fetching: Fetching

    def within(self, target: Target) -> Target:
        host = host_of(target.url)
        return target if host is None or site_of(host) in self.named else dataclasses.replace(target, behalf=self.start)

    def listing(self, target: Target) -> Page | Failure:
        return self.fetching.listing(self.within(target))

    def sitemaps(self, url: str) -> tuple[str, ...]:
        return self.fetching.sitemaps(url)


@dataclass(frozen=True, slots=True)
class _Scoped:
    """The entries of a source, each target within a scope."""

    source: Source
    scope: _Scope

    def __iter__(self) -> Iterator[Target | Page | Failure]:
        for entry in self.source:
            yield self.scope.within(entry) if isinstance(entry, Target) else entry


def _by_host(section: AddressedSource) -> Iterator[tuple[str, AddressedSource]]:
    """A source in parts, one for each host that it asks; one that names no address as it is."""
    urls: dict[str, list[str]] = {}
    for url in section.urls:
        urls.setdefault(host_of(url) or "", []).append(url)
    for host, own in urls.items() or [("", [])]:
        yield host, replace(section, urls=tuple(own))


def open_source(section: SourceSection, index: int, *, fetching: Fetching, since: date | None) -> Source:
    """The source that the [[source]] at `index` describes. Raises JobError where it names nothing, or nothing that is there.

    `fetching` is asked for feeds and the like once the source is read; of sitemaps, what is older than `since` is left out.
    """
    if isinstance(section, AddressedSource):
        return _addressed(section, index, fetching, since=since)
    for key, path in (("path", section.path), ("manifest", section.manifest if isinstance(section, FilesSource) else None)):
        if path is not None and path != STDIO and not path.exists():
            raise JobError(f"there is no {path}", place=Place(key=f"source[{index}].{key}"))
    if isinstance(section, UrlsSource):
        if section.path is None and not section.urls:
            raise JobError("a source of addresses needs a path or urls", place=Place(key=f"source[{index}]"))
        return UrlList(urls=section.urls, path=section.path, form=section.format, field=section.field, source=section.name)
    if section.manifest is not None:
        return Manifest(path=section.manifest, source=section.name, max_bytes=section.max_bytes)
    if section.path is None:
        raise JobError("a source of files needs a path or a manifest", place=Place(key=f"source[{index}]"))
    if section.fetched_at is not None and not is_moment(section.fetched_at):
        raise JobError("no moment at which a page was fetched", place=Place(key=f"source[{index}].fetched_at"))
    known = Known(url=section.url, fetched_at=section.fetched_at, content_type=section.content_type)
    return Files(path=section.path, known=known, source=section.name, max_bytes=section.max_bytes)


def _addressed(section: AddressedSource, index: int, fetching: Fetching | _Scope, *, since: date | None) -> Source:
    """A source that is fetched."""
    for url in section.urls:
        problem = address_problem(url)
        if problem:
            raise JobError(f"{url!r}: {problem}", place=Place(key=f"source[{index}].urls"))
    if not section.urls:
        raise JobError("it names no address", place=Place(key=f"source[{index}].urls"))
    urls, name, get = section.urls, section.name, fetching.listing
    if isinstance(section, FeedSource):
        return Feeds(urls=urls, get=get, source=name)
    if isinstance(section, SectionSource):
        return Listing(urls=urls, get=get, source=name, pages=section.pages)
    if isinstance(section, CrawlSource):
        return Crawl(urls=urls, get=get, source=name, depth=section.depth, pages=section.pages)
    return Sitemaps(urls=urls, get=get, source=name, since=since, named=fetching.sitemaps)
