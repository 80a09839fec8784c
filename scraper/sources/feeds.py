"""Targets from feeds: RSS, Atom, RDF and JSON Feed, or a home page that names them; what a feed says of an entry goes along as evidence."""

import codecs
import io
import json
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from extractors.article import Evidence, Origin
from extractors.urls import absolute_url
from scraper.records import Failure, Page, Target
from scraper.sources.bulk import bulk_entries
from scraper.sources.markup import Get, bad, declares_entities, page_tree, unpacked, without_crowds, without_nulls, without_surrogates
from scraper.sources.reading import Reading
from scraper.wellformed import well_formed

__all__ = ["Feeds", "feed_links"]

_log = logging.getLogger(__name__)

# Items from which a feed is streamed: feedparser takes 13 s for 200,000, and holds them all. Feeds of readers have ten to a few hundred.
BULK = 2000
LARGE = 4 * 1024 * 1024  # bytes from which it is streamed: feedparser needs 0.6 s for a megabyte of ordinary items
UNCLOSED = 5000  # tags without an end from which it is streamed: feedparser needs time quadratic in them, 20 s for a megabyte
MAX_DISCOVERED = 10  # feeds of one home page

# Feeds of what readers wrote: their titles, authors and days are those of comments. So WordPress, Blogger and Drupal name them.
_COMMENTS = re.compile(r"/comments?(?:[/.?]|$)|/crss$|[?&]feed=comments", re.IGNORECASE)

_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/json"})
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HEAD = 2048  # bytes that tell a feed from a page

Entry = tuple[str | None, Evidence]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeds:
    """Targets of the feeds at `urls`, in their order, each address once. A home page is searched for the feeds that it names."""

    urls: tuple[str, ...]
    get: Get
    source: str | None = None

    def __iter__(self) -> Iterator[Target | Failure]:
        seen: set[str] = set()
        for url in self.urls:
            for found in self._entries(url, search=True):
                if isinstance(found, Failure) or found.url not in seen:
                    seen.add(found.url or "")
                    yield found

    def _entries(self, url: str, *, search: bool) -> Iterator[Target | Failure]:
        page = self.get(Target(url=url, source=self.source))
        if isinstance(page, Failure):
            yield page
            return
        with Reading(url) as reading:
            yield from self._read(url, page, search=search)
        yield from reading.failures

    def _read(self, url: str, page: Page, *, search: bool) -> Iterator[Target | Failure]:
        """The entries of a feed, or of those that a home page names."""
        try:
            page = replace(page, data=unpacked(page.data))
        except ValueError as error:
            yield bad(url, str(error))
            return
        if search and _looks_like_html(page.data):
            links = feed_links(page.data, page.url or url)
            if not links:
                yield bad(url, "a page that names no feed")
            for link in links:
                yield from self._entries(link, search=False)
            return
        yield from self._parsed(url, page)

    def _parsed(self, url: str, page: Page) -> Iterator[Target | Failure]:
        """The entries of a feed document."""
        base = page.url or url
        if page.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            found: Iterable[Entry] | None = _json_entries(page.data)
        elif declares_entities(page.data):
            yield bad(url, "the feed declares entities of its own, which is refused")
            return
        elif _is_bulky(page.data):
            found = bulk_entries(page.data)
        else:
            try:
                found = _xml_entries(replace(page, data=without_crowds(page.data)))
            except ValueError as error:
                yield bad(url, str(error))
                return
        if found is None:
            yield bad(url, "no feed in any known form")
            return
        try:
            for link, evidence in found:
                target = absolute_url(link, base)
                if target:
                    yield Target(url=target, source=self.source, evidence=(evidence,))
                else:
                    _log.info("%s: an entry without an address", url)
        except ValueError as error:
            yield bad(url, f"{error}; what came before was read")


def feed_links(data: bytes, url: str) -> tuple[str, ...]:
    """The feeds that a page names in its head, at most ten; none of comments."""
    try:
        tree = page_tree(data)
    except ValueError:
        return ()
    links = [
        absolute_url(link.get("href"), url)
        for link in tree.iter("link")
        if "alternate" in (link.get("rel") or "").lower().split() and (link.get("type") or "").lower().strip() in _TYPES
    ]
    return tuple(dict.fromkeys(link for link in links if link and not _COMMENTS.search(link)))[:MAX_DISCOVERED]


def _looks_like_html(data: bytes) -> bool:
    head = without_nulls(data[:_HEAD]).lower()
    return b"<html" in head or b"<!doctype html" in head


def _is_bulky(data: bytes) -> bool:
    return len(data) > LARGE or _count(data) > BULK or data.count(b"<") - 2 * data.count(b"</") - data.count(b"/>") > UNCLOSED


def _count(data: bytes) -> int:
    return max(data.count(b"<item"), data.count(b"<entry"), data.count(b":item"), data.count(b":entry"))


def _xml_entries(page: Page) -> list[Entry] | None:
    """Link and evidence of each entry; None for what is no feed."""
    import feedparser  # noqa: PLC0415  # loaded where a feed is read

    parse: Any = feedparser.parse  # type: ignore[attr-defined]  # it ships no type information

    data = without_surrogates(page.data)
    # A stream, never the bytes: feedparser would take short bytes for an address or the name of a file.
    try:
        parsed = parse(io.BytesIO(data), response_headers=_headers(page, page.content_type), sanitize_html=False)
    except UnicodeError:  # the header names a codec that reads nothing, such as "undefined"; the document may name its own
        parsed = parse(io.BytesIO(data), response_headers=_headers(page, None), sanitize_html=False)
    if not parsed.get("version") and not parsed.entries:  # of no bytes it does not even say that much
        return None
    return [(_text(entry.get("link")), _evidence(entry)) for entry in parsed.entries]


def _headers(page: Page, content_type: str | None) -> Mapping[str, str]:
    """What feedparser is told. A byte order mark stands above the header, and text/xml alone names no charset (RFC 7303, 3).

    feedparser goes by the RFC before, and would read such a feed as ASCII.
    """
    told = content_type and "charset" in content_type.lower() and not page.data.startswith(_MARKS)
    return {"content-type": content_type if content_type and told else "application/xml", "content-location": page.url or ""}


def _evidence(entry: Any) -> Evidence:
    """What a feed's entry says, strings as they stood there."""
    authors = [_text(author.get("name")) for author in entry.get("authors", [])] or [_text(entry.get("author"))]
    return Evidence(
        origin=Origin.FEED,
        title=_text(entry.get("title")),
        published=_text(entry.get("published")),
        modified=_text(dict.get(entry, "updated")),  # feedparser's own get falls back on "published"
        authors=tuple(author for author in authors if author),
        tags=tuple(term for tag in entry.get("tags", []) if (term := _text(tag.get("term")))),
    )


def _json_entries(data: bytes) -> list[Entry] | None:
    """Link and evidence of each item of a JSON Feed (jsonfeed.org, version 1.1); None for other JSON."""
    try:
        feed = json.loads(data)
    except (ValueError, RecursionError):
        return None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        return None
    return [(_json_link(item), _json_evidence(item)) for item in items if isinstance(item, dict)]


def _json_link(item: dict[str, Any]) -> str | None:
    """The address of an item; the id serves where it is one, as version 1 of the format has it."""
    name = _text(item.get("id")) or ""
    return _text(item.get("url")) or _text(item.get("external_url")) or (name if name.startswith(("http://", "https://")) else None)


def _json_evidence(item: dict[str, Any]) -> Evidence:
    people = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    names = [_text(person.get("name")) for person in people or [] if isinstance(person, dict)]
    tags = item.get("tags")
    return Evidence(
        origin=Origin.FEED,
        title=_text(item.get("title")),
        published=_text(item.get("date_published")),
        modified=_text(item.get("date_modified")),
        authors=tuple(name for name in names if name),
        tags=tuple(tag for tag in map(_text, tags) if tag) if isinstance(tags, list) else (),
    )


def _text(value: object) -> str | None:
    """A string without white space around it; None for an empty one or something else."""
    return (well_formed(value).strip() or None) if isinstance(value, str) else None
