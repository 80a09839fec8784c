"""What a site offers to a scraper: its feeds, sitemaps and sections, with counts and newest days."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from urllib.parse import urljoin, urlsplit

from extractors.urls import normal_url
from scraper.records import Failure, Page, Source, Target
from scraper.run.fetching import Fetching
from scraper.run.filters import day_of
from scraper.sources.feeds import Feeds, feed_links
from scraper.sources.listing import LIKELY, Link, page_links
from scraper.sources.sitemaps import Sitemaps

__all__ = ["Found", "as_json", "as_table", "as_toml", "discover"]

MOST_SECTIONS = 12  # section pages that are looked at: those that the home page links to first, which its menu has
MOST_ENTRIES = 100_000  # of one sitemap that are counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A source that a site offers: the kind that a job calls it, how many articles it names, the newest day that it tells."""

    kind: str
    url: str
    count: int
    newest: date | None = None
    note: str | None = None  # why it is of no use, or why the count is not the whole


def discover(site: str, fetching: Fetching) -> Iterator[Found]:
    """The sources of the site whose home page is at `site`, each as soon as it is known; a home page that fails is told as such."""
    home = fetching.listing(Target(url=site))
    feeds: tuple[str, ...] = ()
    if isinstance(home, Page):
        feeds = feed_links(home.data, home.url or site)
    else:
        yield Found(kind="section", url=site, count=0, note=_words(home))
    for url in feeds:
        yield _counted("feed", url, Feeds(urls=(url,), get=fetching.listing))
    base = (home.url or site) if isinstance(home, Page) else site
    named = fetching.sitemaps(base)
    for url in named or (urljoin(base, "/sitemap.xml"),):
        found = _counted("sitemap", url, Sitemaps(urls=(url,), get=fetching.listing))
        if named or found.count:  # one that nobody promised and that is not there is no news
            yield found
    if isinstance(home, Page):
        yield from _sections(home, base, fetching)


def _sections(home: Page, base: str, fetching: Fetching) -> Iterator[Found]:
    """The home page and the sections that it links to, as far as articles are linked there."""
    links = page_links(home.data, base)
    yield Found(kind="section", url=base, count=sum(link.points >= LIKELY for link in links))
    looked = {normal_url(base)}
    for link in links:
        if link.points >= LIKELY or not _may_be_section(link.url, base) or normal_url(link.url) in looked or len(looked) > MOST_SECTIONS:
            continue
        looked.add(normal_url(link.url))
        page = fetching.listing(Target(url=link.url))
        if isinstance(page, Page):
            count = len({other.url for other in _links(page) if other.points >= LIKELY})
            if count > 1:
                yield Found(kind="section", url=link.url, count=count)


def _links(page: Page) -> list[Link]:
    """The links of a page; none of what is no page."""
    try:
        return page_links(page.data, page.url or "")
    except ValueError:
        return []


def _may_be_section(url: str, base: str) -> bool:
    """Whether an address is of the same host and short enough for a section: one or two parts of plain words."""
    parts, own = urlsplit(url), urlsplit(base)
    names = [part for part in parts.path.split("/") if part]
    return parts.netloc == own.netloc and not parts.query and 1 <= len(names) <= 2 and not any("." in name for name in names)


def _counted(kind: str, url: str, source: Source) -> Found:
    """A feed or sitemap with the number of its entries and the newest of their days."""
    count, newest, note = 0, None, None
    for entry in islice(source, MOST_ENTRIES):
        if isinstance(entry, Target):
            count += 1
            days = [day for said in entry.evidence for day in (day_of(said.published), day_of(said.modified)) if day]
            newest = max([*days, *([newest] if newest else [])], default=None)
        elif isinstance(entry, Failure):
            note = _words(entry)
    return Found(kind=kind, url=url, count=count, newest=newest, note=f"more than {count} entries" if count == MOST_ENTRIES else note)


def _words(failure: Failure) -> str:
    return f"{failure.kind}: {failure.detail}"


def as_table(found: Iterable[Found]) -> Iterator[str]:
    """Lines for a reader, a head first."""
    yield f"{'kind':<8} {'articles':>8} {'newest':<10} address"
    for one in found:
        note = f"  ({one.note})" if one.note else ""
        yield f"{one.kind:<8} {one.count:>8} {one.newest or '-'!s:<10} {one.url}{note}"


def as_toml(found: Iterable[Found]) -> Iterator[str]:
    """Lines of a job file: a [[source]] for each that names articles. The sections, which overlap the others, are commented out."""
    for one in found:
        if one.count:
            mark = "# " if one.kind == "section" else ""
            newest = f", the newest of {one.newest}" if one.newest else ""
            yield f"# {one.count} articles{newest}"
            yield from (mark + line for line in ("[[source]]", f'kind = "{one.kind}"', f"urls = [{json.dumps(one.url)}]"))
            yield ""


def as_json(found: Iterable[Found]) -> str:
    """One object: `source` holds what a job's [[source]] tables hold, `found` everything."""
    found = list(found)
    rows = [
        {"kind": one.kind, "url": one.url, "count": one.count, "newest": one.newest.isoformat() if one.newest else None, "note": one.note}
        for one in found
    ]
    source = [{"kind": one.kind, "urls": [one.url]} for one in found if one.count and one.kind != "section"]
    return json.dumps({"source": source, "found": rows}, indent=2, ensure_ascii=False)
