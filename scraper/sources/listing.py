"""Targets from section pages: links that look like articles, and the pages that follow by pagination."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import html

from extractors.urls import absolute_url, normal_url
from scraper.records import Failure, FailureKind, Target
from scraper.sites import same_site
from scraper.sources.markup import Get, bad, page_tree
from scraper.sources.reading import Reading

__all__ = ["LIKELY", "NO_LINKS", "Link", "Listing", "article_likeness", "next_page", "page_links"]

# Enough for the newest pages of a section; a calendar or a filter gives pages without end.
DEFAULT_PAGES = 5
LIKELY = 2  # points of article_likeness from which a link is followed

_DATE = re.compile(r"/(?:19|20)\d\d[/-]?(?:0?[1-9]|1[0-2])(?:[/-]?\d\d)?(?:/|-)")
_NUMBER = re.compile(r"\d{5,}")
_FILE = re.compile(r"\.(?:jpe?g|png|gif|svg|webp|pdf|mp[34]|zip|xml|rss|ics|css|js)$", re.IGNORECASE)
_MARK = r"(?:/page/|/seite/|/p/?|[?&](?:page|paged|p|seite|pagina)=)"
_PAGE_MARK = re.compile(rf"{_MARK}$")
_PAGE_NUMBER = re.compile(rf"(?P<head>.*?{_MARK})(?P<number>\d{{1,4}})(?P<tail>/?(?:[&#].*)?)$")

# Path parts of what is no article on sites of any language that was looked at.
_OTHER = frozenset(
    {"tag", "tags", "category", "author", "authors", "autor", "topic", "topics", "themen", "feed", "search", "login", "register", "account"}
    | {"subscribe", "newsletter", "about", "contact", "privacy", "terms", "impressum", "datenschutz", "wp-admin", "cart", "shop", "jobs"}
)
NO_LINKS = "a page without a link to its own site: it is no section, or needs scripts"
_FURNITURE = frozenset({"nav", "header", "footer", "aside"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Targets linked from the section pages at `urls` and from at most `pages` pages of each, each address once, in their order.

    Links to other sites are left out. Pagination is followed by rel=next, else by a link to the same address with the next number.
    """

    urls: tuple[str, ...]
    get: Get
    source: str | None = None
    pages: int = DEFAULT_PAGES

    def __iter__(self) -> Iterator[Target | Failure]:
        given: set[str] = set()
        read: set[str] = set()
        for start in self.urls:
            url: str | None = start
            for _ in range(self.pages):
                if url is None or normal_url(url) in read:
                    break
                read.add(normal_url(url))
                found, url = self._page(url)
                for item in found:
                    key = normal_url(item.url or "")
                    if isinstance(item, Failure) or (key not in given and key not in read):
                        given.add(key)
                        yield item

    def _page(self, url: str) -> tuple[list[Target | Failure], str | None]:
        """What one section page links to, and the page after it."""
        page = self.get(Target(url=url, source=self.source))
        if isinstance(page, Failure):
            return [page], None
        base = page.url or url
        with Reading(url) as reading:
            try:
                links = page_links(page.data, base)
            except ValueError as error:
                return [bad(url, f"no page that can be read: {error}", FailureKind.NOT_HTML)], None
            if not links:
                return [bad(url, NO_LINKS)], None
            return [Target(url=link.url, source=self.source) for link in links if link.points >= LIKELY], next_page(links, base)
        return [*reading.failures], None


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page to its own site: how much it looks like an article's, and whether the page calls it the one that follows."""

    url: str
    points: int
    follows: bool


def page_links(data: bytes, url: str) -> list[Link]:
    """The links of a page to its own site, in its order. Raises ValueError for what is no page."""
    found = []
    for link in page_tree(data).iter("link", "a"):
        href = absolute_url(link.get("href"), url)
        if href is None or not same_site(href, url):
            continue
        points = article_likeness(href, _words(link), furniture=_in_furniture(link)) if link.tag == "a" else 0
        found.append(Link(href, points, "next" in (link.get("rel") or "").lower().split()))
    return found


def article_likeness(url: str, text: str, *, furniture: bool) -> int:
    """Points for a link that leads to an article: a date, a long number or a slug in its path, a headline's length of text."""
    path = urlsplit(url).path
    parts = [part for part in path.split("/") if part]
    if not parts or _FILE.search(path) or _OTHER.intersection(part.lower() for part in parts):
        return 0
    words = re.split(r"[-_]", parts[-1].partition(".")[0])
    points = (
        (2 if _DATE.search(path) and len(parts[-1]) > 2 else 0)
        + (1 if _NUMBER.search(parts[-1]) else 0)
        + (2 if len(words) >= 4 else 1 if len(words) == 3 else 0)
        + (2 if len(text) >= 40 else 1 if len(text) >= 20 else 0)
    )
    return points - (2 if furniture else 0)


def _words(link: html.HtmlElement) -> str:
    return " ".join(str(link.text_content()).split())


def _in_furniture(link: html.HtmlElement) -> bool:
    """Whether a link stands in navigation, header, footer or a side column, but not in an article's own header."""
    for parent in link.iterancestors():
        if parent.tag in {"article", "main"}:
            return False
        if parent.tag in _FURNITURE:
            return True
    return False


def next_page(links: Iterable[Link], url: str) -> str | None:
    """The page after the section page at `url`."""
    links = list(links)
    for link in links:
        if link.follows:
            return link.url
    match = _PAGE_NUMBER.fullmatch(url)
    number = int(match["number"]) + 1 if match else 2
    for link in links:
        there = _PAGE_NUMBER.fullmatch(link.url)
        if there and int(there["number"]) == number and _same_section(there["head"], match["head"] if match else url):
            return link.url
    return None


def _same_section(head: str, url: str) -> bool:
    """Whether the address before a page number is that of this section."""
    return _PAGE_MARK.sub("", head).rstrip("/") == _PAGE_MARK.sub("", url).rstrip("/")
