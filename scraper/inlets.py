"""The source that each [[source]] of a job describes."""

from datetime import date

from scraper.errors import JobError, Place
from scraper.fetching import Fetching
from scraper.job import STDIO, AddressedSource, CrawlSource, FeedSource, FilesSource, SectionSource, SourceSection, UrlsSource
from scraper.records import Source
from scraper.sources.crawl import Crawl
from scraper.sources.feeds import Feeds
from scraper.sources.files import Files, Manifest
from scraper.sources.listing import Listing
from scraper.sources.saved import Known
from scraper.sources.sitemaps import Sitemaps
from scraper.sources.urls import UrlList, address_problem

__all__ = ["open_source"]


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
        return UrlList(urls=section.urls, path=section.path, form=section.format, field=section.field, source=section.name)
    if section.manifest is not None:
        return Manifest(path=section.manifest, source=section.name, max_bytes=section.max_bytes)
    if section.path is None:
        raise JobError("a source of files needs a path or a manifest", place=Place(key=f"source[{index}]"))
    known = Known(url=section.url, fetched_at=section.fetched_at, content_type=section.content_type)
    return Files(path=section.path, known=known, source=section.name, max_bytes=section.max_bytes)


def _addressed(section: AddressedSource, index: int, fetching: Fetching, *, since: date | None) -> Source:
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
