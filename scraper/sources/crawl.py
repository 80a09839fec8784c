"""Targets of a whole site: from its first page along links and pagination, with budgets that end every trap."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from extractors.urls import host_of, normal_url
from scraper.records import Failure, FailureKind, Page, Target
from scraper.sources.listing import LIKELY, NO_LINKS, Link, next_page, page_links
from scraper.sources.markup import Get, bad
from scraper.sources.reading import Reading

__all__ = ["Crawl"]

# Section pages of one shape (the same address but for its digits) that are read: enough for the newest pages of a section. Calendars,
# sessions and filters give addresses of one shape without end.
SAME_SHAPE = 20

# Longer addresses, or ones with more parts, come from links that nest in themselves (/a/b/a/b/a/b); 12 parts are more than any section has.
MAX_LENGTH = 500
MAX_PARTS = 12

_DIGITS = re.compile(r"\d+")
_NO_PAGE = re.compile(r"\.(?:jpe?g|png|gif|svg|webp|ico|pdf|mp[34]|zip|gz|xml|rss|json|ics|css|js|woff2?)$", re.IGNORECASE)
_NO_SECTION = frozenset(
    {"login", "logout", "register", "account", "cart", "search", "wp-admin", "wp-login.php", "wp-json", "feed", "cdn-cgi"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawl:
    """Targets linked from the site of each of `urls`, each address once; other hosts of the same site are not crawled, but linked to.

    At most `depth` links from the first page and `pages` section pages of each; articles are named and not read for links.
    """

    urls: tuple[str, ...]
    get: Get
    source: str | None = None
    depth: int
    pages: int

    def __iter__(self) -> Iterator[Target | Failure]:
        given: set[str] = set()
        for url in self.urls:
            yield from _Walk(self, host_of(url), given).run(url)


@dataclass(slots=True)
class _Walk:
    """The crawl of one site, nearest pages first; pagination counts as the same distance."""

    job: Crawl
    host: str | None
    given: set[str]
    queued: set[str] = field(default_factory=set)
    shapes: Counter[str] = field(default_factory=Counter)
    queue: deque[tuple[str, int]] = field(default_factory=deque)

    def run(self, start: str) -> Iterator[Target | Failure]:
        self._enqueue(start, 0)
        for _ in range(self.job.pages):
            if not self.queue:
                return
            url, depth = self.queue.popleft()
            page = self.job.get(Target(url=url, source=self.job.source))
            if isinstance(page, Failure):
                yield page
                continue
            base = page.url or url
            if not self._own(base):
                continue  # it redirects to another site
            self.queued.add(normal_url(base))
            with Reading(url) as reading:
                yield from self._read(page, url, depth)
            yield from reading.failures

    def _read(self, page: Page, url: str, depth: int) -> Iterator[Target | Failure]:
        """The articles that a page links to."""
        base = page.url or url
        try:
            links = page_links(page.data, base)
        except ValueError as error:
            yield bad(url, f"no page that can be read: {error}", FailureKind.NOT_HTML)
            return
        if not links and depth == 0:
            yield bad(url, NO_LINKS)
        yield from self._take(links, base, depth)

    def _take(self, links: list[Link], base: str, depth: int) -> Iterator[Target]:
        """The articles among the links of a page; the sections among them are queued."""
        following = next_page(links, base)
        if following is not None:
            self._enqueue(following, depth)
        for link in links:
            key = normal_url(link.url)
            if link.points >= LIKELY:
                if key not in self.given and key not in self.queued:
                    self.given.add(key)
                    yield Target(url=link.url, source=self.job.source)
            elif depth < self.job.depth:
                self._enqueue(link.url, depth + 1)

    def _enqueue(self, url: str, depth: int) -> None:
        key = normal_url(url)
        if key in self.queued or key in self.given or not self._own(url) or not _may_be_section(url):
            return
        shape = _DIGITS.sub("0", key)
        if self.shapes[shape] >= SAME_SHAPE:
            return
        self.shapes[shape] += 1
        self.queued.add(key)
        self.queue.append((url, depth))

    def _own(self, url: str) -> bool:
        """Whether an address is of the host that is crawled, with or without www."""
        return _bare(host_of(url)) == _bare(self.host)


def _bare(host: str | None) -> str:
    return (host or "").removeprefix("www.")


def _may_be_section(url: str) -> bool:
    """Whether an address may be that of a section page: no file, no form, no nest of links in themselves."""
    path = urlsplit(url).path
    parts = [part.lower() for part in path.split("/") if part]
    if len(url) > MAX_LENGTH or len(parts) > MAX_PARTS or _NO_PAGE.search(path) or _NO_SECTION.intersection(parts):
        return False
    return len(parts) - len(set(parts)) < 2
