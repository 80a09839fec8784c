"""Targets from sitemaps: indexes, gzip, plain text, news sitemaps and feeds, streamed; dates and titles go along as evidence."""

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

from lxml import etree

from extractors.article import Evidence, Origin
from extractors.urls import absolute_url, normal_url, path_of
from scraper.records import Failure, FailureKind, Page, Target
from scraper.sites import same_site
from scraper.sources.bulk import ENTRIES, entry_of
from scraper.sources.markup import Get, TooLarge, bad, declares_entities, elements, unpacked, without_nulls
from scraper.sources.reading import Reading

__all__ = ["Sitemaps"]

_log = logging.getLogger(__name__)

# Limits of the protocol (sitemaps.org) for one file; an index may name as many files.
MAX_URLS = 50_000
MAX_DEPTH = 3  # the protocol allows an index of sitemaps only; indexes of indexes are met

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WANTED = ("{*}url", "{*}sitemap", *ENTRIES)  # feeds may stand in for sitemaps (sitemaps.org), and robots.txt files name them so

# What a sitemap without any address is known by; other documents, such as a server's word that it found nothing, are none.
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(?:urlset|sitemapindex|rss|feed|RDF)[\s/>]")
_HEAD = 64 * 1024  # bytes in which it stands, below comments


@dataclass(frozen=True, slots=True)
class _Row:
    """One `url` or `sitemap` element."""

    kind: str
    loc: str | None
    modified: str | None
    evidence: Evidence


class _Broken(Exception):
    """A sitemap that cannot be used; the message says why."""

    kind = FailureKind.BAD_INPUT


class _TooLarge(_Broken):
    """A sitemap of more bytes or addresses than are read."""

    kind = FailureKind.TOO_LARGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemaps:
    """Targets of the sitemaps at `urls` and of those that they name, each address once.

    Of a bare site, such as https://example.org/, the sitemaps are read that its robots.txt names, wherever they lie. Addresses of another
    registrable domain than their sitemap's, or than that of the site whose robots.txt names it, are left out, as the protocol says.
    `since` leaves out entries and whole sitemaps that say they were last changed before that day.
    """

    urls: tuple[str, ...]
    get: Get
    source: str | None = None
    since: date | None = None
    named: Callable[[str], tuple[str, ...]] | None = None  # the sitemaps that a site's robots.txt names

    def __iter__(self) -> Iterator[Target | Failure]:
        read: set[str] = set()
        given: set[str] = set()
        for url in self.urls:
            walk = _Walk(self, url, read, given)
            for start in self._of_site(url) if path_of(url) in {"", "/"} else (url,):
                yield from walk.read(start, depth=0)

    def _of_site(self, url: str) -> tuple[str, ...]:
        """Where the sitemaps of a bare site are: where its robots.txt says, else in the usual place."""
        return (self.named(url) if self.named else ()) or (urljoin(url, "/sitemap.xml"),)


@dataclass(slots=True)
class _Walk:
    """One pass over the sitemaps of `site`: which were read, and which addresses were given out."""

    job: Sitemaps
    site: str
    read_already: set[str]
    given: set[str]

    def read(self, url: str, *, depth: int) -> Iterator[Target | Failure]:
        """The targets of one sitemap and of those below it."""
        if normal_url(url) in self.read_already or len(self.read_already) > MAX_URLS:
            return
        self.read_already.add(normal_url(url))
        page = self.job.get(Target(url=url, source=self.job.source))
        if isinstance(page, Failure):
            yield page
            return
        below: list[str] = []
        with Reading(url) as reading:
            yield from self._read(page, url, below)
        yield from reading.failures
        if below and depth >= MAX_DEPTH:
            yield bad(url, f"an index more than {MAX_DEPTH} levels deep")
            return
        for loc in below:
            yield from self.read(loc, depth=depth + 1)

    def _read(self, page: Page, url: str, below: list[str]) -> Iterator[Target | Failure]:
        """The targets of one sitemap; those that it names go to `below`."""
        try:
            for row in self._rows(page, url):
                if row.kind == "sitemap":
                    below.append(row.loc or "")
                elif target := self._target(row):
                    yield target
        except _Broken as error:
            yield bad(url, str(error), error.kind)

    def _rows(self, page: Page, url: str) -> Iterator[_Row]:
        """The rows of a sitemap that may be followed, their addresses absolute."""
        base = page.url or url
        for count, row in enumerate(_parse(_unpacked(page.data))):
            if count >= MAX_URLS:
                raise _TooLarge(f"more than {MAX_URLS} addresses; the rest is left out")
            loc = absolute_url(row.loc, base)
            if loc is None or not (same_site(loc, base) or same_site(loc, self.site)):
                _log.info("%s: left out %s", url, row.loc)
            elif not self._too_old(row):
                yield _Row(row.kind, loc, row.modified, row.evidence)

    def _target(self, row: _Row) -> Target | None:
        assert row.loc is not None
        if row.loc in self.given:
            return None
        self.given.add(row.loc)
        return Target(url=row.loc, source=self.job.source, evidence=(row.evidence,))

    def _too_old(self, row: _Row) -> bool:
        day = _DAY.match(row.modified or row.evidence.published or "")
        return self.job.since is not None and day is not None and day.group() < self.job.since.isoformat()


def _unpacked(data: bytes) -> bytes:
    try:
        return unpacked(data)
    except TooLarge as error:
        raise _TooLarge(str(error)) from error
    except ValueError as error:
        raise _Broken(str(error)) from error


def _parse(data: bytes) -> Iterator[_Row]:
    """The rows of a sitemap, XML or plain text."""
    start = without_nulls(data[:512]).lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if not start.startswith(b"<"):
        yield from _parse_text(data)
        return
    if declares_entities(data):
        raise _Broken("the sitemap declares entities of its own, which is refused")
    if b"<html" in start.lower() or b"<!doctype html" in start.lower():
        raise _Broken("a page in place of a sitemap")
    if not _ROOT.search(without_nulls(data[:_HEAD])):
        raise _Broken("no sitemap in any known form")
    yield from _parse_xml(data)


def _parse_text(data: bytes) -> Iterator[_Row]:
    """One address a line."""
    lines = [line.strip() for line in data.decode("utf-8-sig", "replace").splitlines()]
    if any(lines) and not any(line.startswith("http") for line in lines):
        raise _Broken("no sitemap in any known form")
    yield from (_Row("url", line, None, Evidence(origin=Origin.SITEMAP)) for line in lines if line.startswith("http"))


def _parse_xml(data: bytes) -> Iterator[_Row]:
    """Stream the elements; each is dropped once it was read, so that memory stays flat. No entity, DTD or network is touched."""
    try:
        for element in elements(data, _WANTED):
            name = str(element.tag).rpartition("}")[2]
            yield _entry(element) if name in {"item", "entry"} else _row(name, element)
    except etree.XMLSyntaxError as error:
        raise _Broken(f"broken XML: {error}") from error


def _row(kind: str, element: etree._Element) -> _Row:
    """The first of each field of a `url` or `sitemap` element, whatever its namespace's address."""
    fields: dict[str, str] = {}
    for child in element.iterdescendants("*"):
        text = (child.text or "").strip()
        if text:
            space, _, name = str(child.tag).rpartition("}")
            fields.setdefault(_prefix(space) + name, text)
    evidence = Evidence(
        origin=Origin.SITEMAP,
        title=fields.get("news:title"),
        published=fields.get("news:publication_date"),
        modified=fields.get("lastmod"),
        tags=tuple(tag.strip() for tag in fields.get("news:keywords", "").split(",") if tag.strip()),
    )
    return _Row(kind, fields.get("loc"), fields.get("lastmod"), evidence)


def _entry(element: etree._Element) -> _Row:
    """The row of a feed's entry."""
    loc, evidence = entry_of(element)
    return _Row("url", loc, evidence.modified, evidence)


def _prefix(namespace: str) -> str:
    """The prefix that a sitemap extension's namespace usually has; other extensions' fields are told from the sitemap's own by theirs."""
    return next((f"{name}:" for name in ("news", "image", "video", "xhtml") if name in namespace), "")
