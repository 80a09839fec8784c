"""Section pages: which links are articles, and where pagination ends (fault 49)."""

import resource
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial

import pytest

from scraper.records import Failure, FailureKind, Page, Target
from scraper.sources.continued import next_of_article
from scraper.sources.crawl import Crawl
from scraper.sources.feeds import feed_links
from scraper.sources.listing import LIKELY, Listing, article_likeness

SECTION = "https://news.example/city"


def _list(pages: Mapping[str, str], *, limit: int = 5) -> tuple[list[str | None], list[str]]:
    asked: list[str] = []

    def get(target: Target) -> Page | Failure:
        asked.append(target.url)
        if target.url not in pages:
            return Failure(url=target.url, kind=FailureKind.HTTP_4XX, detail="status 404")
        return Page(data=pages[target.url].encode(), url=target.url)

    return [item.url for item in Listing(urls=(SECTION,), get=get, pages=limit)], asked


def _story(number: int) -> str:
    return f'<li><a href="/2026/03/05/story-number-{number}-of-today">The council puts off its decision on the bridge again</a></li>'


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/2026/03/05/bridge", "Bridge"),
        ("/city/the-bridge-stays-closed-until-may", "More"),
        ("/news/world-europe-68712345", "Talks in Geneva go into a third day"),
        ("/a/12345678.html", "大桥将继续关闭到五月,市议会推迟了决定,等待工程师再次测量地面"),
        ("/city/bridge-closed-again", "The bridge over the Elm stays closed until May"),
    ],
)
def test_articles(path: str, text: str) -> None:
    assert article_likeness("https://news.example" + path, text, furniture=False) >= LIKELY


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/", "The Test Courier, all the news of the city and the country"),
        ("/city", "City"),
        ("/tag/the-bridge-over-the-elm", "The bridge over the Elm"),
        ("/author/ada-fielding-of-the-courier", "Ada Fielding"),
        ("/2026/03/", "March 2026"),
        ("/2026/03/05/bridge-and-tunnel-photo.jpg", "A photo of the bridge over the Elm in March"),
        ("/privacy/how-we-use-your-data", "How we use your data"),
        ("/sport/live", "Live"),
    ],
)
def test_no_articles(path: str, text: str) -> None:
    assert article_likeness("https://news.example" + path, text, furniture=False) < LIKELY


def test_links_of_one_page() -> None:
    page = (
        '<html><nav><a href="/city/old-news-of-the-town">City</a></nav><ul>' + _story(1) + _story(2) + _story(1) + "</ul>"
        '<a href="https://other.example/2026/03/05/elsewhere-there-is-news">Elsewhere there is news of another kind altogether</a>'
        '<a href="javascript:void(0)">The council puts off its decision on the bridge again</a></html>'
    )
    urls, _ = _list({SECTION: page})
    assert urls == [f"https://news.example/2026/03/05/story-number-{number}-of-today" for number in (1, 2)]


@pytest.mark.parametrize("link", ['<a rel="next" href="{}">Older</a>', '<link rel="next" href="{}">', '<a href="{}">2</a>'])
def test_pagination(link: str) -> None:
    second = SECTION + "/page/2"
    urls, asked = _list({SECTION: f"<html>{link.format('/city/page/2')}{_story(1)}</html>", second: f"<html>{_story(2)}</html>"})
    assert asked == [SECTION, second]
    assert len(urls) == 2


def test_pagination_in_the_query() -> None:
    pages = {
        SECTION: f'<html>{_story(1)}<a href="?page=2">2</a><a href="/sport?page=2">Sport</a></html>',
        SECTION + "?page=2": f'<html>{_story(2)}<a href="?page=1">1</a><a href="?page=3">3</a></html>',
        SECTION + "?page=3": f"<html>{_story(3)}</html>",
    }
    assert len(_list(pages)[0]) == 3


def test_49_a_calendar_without_end_stops_at_the_budget() -> None:
    class Calendar(dict[str, str]):
        def __contains__(self, url: object) -> bool:
            return True

        def __missing__(self, url: str) -> str:
            return f'<html>{_story(len(url))}<a rel="next" href="{url}x">next month</a></html>'

    urls, asked = _list(Calendar(), limit=7)
    assert len(asked) == 7
    assert len(urls) == 7


def test_49_a_circle_of_pages_ends() -> None:
    _, asked = _list({SECTION: f'<html>{_story(1)}<a rel="next" href="/city">next</a></html>'})
    assert asked == [SECTION]


def test_a_page_that_cannot_be_fetched_or_read() -> None:
    assert _list({})[0] == [SECTION]
    assert _list({SECTION: ""})[0] == [SECTION]


@pytest.mark.parametrize("data", [b"%PDF-1.7\n" + b"\x00" * 500, b"<html><script>render()</script></html>", b"<p>Moved</p>"])
@pytest.mark.parametrize("kind", [Listing, partial(Crawl, depth=1)])
def test_a_section_without_links_is_told(data: bytes, kind: Callable[..., Iterable[Target | Failure]]) -> None:
    found = list(kind(urls=(SECTION,), get=lambda target: Page(data=data, url=target.url), pages=2))
    assert [(item.url, item.kind) for item in found if isinstance(item, Failure)] == [(SECTION, FailureKind.BAD_INPUT)]


@pytest.mark.parametrize(
    "data",
    [b"<p>a</p>" * 2_000_000, b"<a " + b" ".join(b"x%d=1" % number for number in range(300_000)) + b">", b"<p>" + b"word " * 9_000_000],
    ids=["62 tags", "61 attributes", "63 bytes"],
)
def test_a_section_page_without_bound_is_read_in_bounds(data: bytes) -> None:
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    found = list(Listing(urls=(SECTION,), get=lambda target: Page(data=data, url=target.url)))
    assert time.monotonic() - started < 3
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000  # kB; unbounded, the tags alone take 1,000,000
    assert [item.url for item in found if isinstance(item, Failure)] == [SECTION]
    assert feed_links(data, SECTION) == ()
    assert next_of_article(data + b'<a rel="next" href="/city/2">2</a>', SECTION, 1) in {None, f"{SECTION}/2"}
