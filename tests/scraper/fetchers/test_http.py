"""The fetcher's reading of answers, on canned ones."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import responses

from extractors.article import Evidence, Origin
from scraper.fetchers import polite_fetcher
from scraper.fetchers.answers import robots_tags
from scraper.fetchers.http import FetchSettings, HttpFetcher
from scraper.fetchers.polite import PoliteFetcher
from scraper.records import Failure, FailureKind, Page, Target, Truncation

URL = "https://example.org/story?id=1#part"
NOW = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)


@pytest.fixture
def fetch() -> Iterator[HttpFetcher]:
    """A fetcher with a fixed calendar."""
    fetcher = HttpFetcher(FetchSettings(contact="https://example.org/bot"), now=lambda: NOW)
    yield fetcher
    fetcher.close()


@responses.activate
def test_a_page_carries_what_the_target_knew(fetch: HttpFetcher) -> None:
    responses.get(URL, body="<p>x</p>", headers={"X-Robots-Tag": "noai", "Content-Length": "8"}, content_type="text/html; charset=utf-8")
    evidence = (Evidence(origin=Origin.FEED, title="A title"),)
    page = fetch(Target(url=URL, source="feed", evidence=evidence))
    assert isinstance(page, Page)
    assert page == Page(
        data=b"<p>x</p>",
        url="https://example.org/story?id=1",
        url_requested=URL,
        source="feed",
        http_status=200,
        headers=page.headers,
        content_type="text/html; charset=utf-8",
        fetched_at=NOW,
        evidence=evidence,
        truncation=Truncation.NO,
        warnings=("robots_noai",),
    )
    assert page.headers["x-robots-tag"] == "noai"


@pytest.mark.parametrize(
    ("header", "warnings"),
    [
        (None, ()),
        ("noarchive, NOAI", ("robots_noarchive", "robots_noai")),
        ("otherbot: noindex", ("robots_noindex",)),
        ("max-snippet:-1, all", ()),
        ("unavailable_after: 25 Jun 2030 15:00:00 GMT, noimageai", ("robots_noimageai",)),
    ],
)
def test_x_robots_tag(header: str | None, warnings: tuple[str, ...]) -> None:
    assert robots_tags(header) == warnings


@responses.activate
def test_the_request(fetch: HttpFetcher) -> None:
    responses.get(URL, body="x")
    fetch(Target(url=URL))
    [call] = responses.calls
    assert call.request.method == "GET"
    assert call.request.headers["User-Agent"].endswith(" (+https://example.org/bot)")
    assert "Authorization" not in call.request.headers
    assert "Cookie" not in call.request.headers


@responses.activate
def test_user_names_are_not_recorded(fetch: HttpFetcher) -> None:
    responses.get("https://example.org/x", body="x")
    page = fetch(Target(url="https://reader:secret@example.org/x"))
    assert isinstance(page, Page)
    assert page.url == "https://example.org/x"


@responses.activate
def test_a_failure_names_its_target_and_where_it_came_to(fetch: HttpFetcher) -> None:
    responses.get("https://example.org/a", status=301, headers={"Location": "https://example.org/b"})
    responses.get("https://example.org/b", status=410)
    failure = fetch(Target(url="https://example.org/a"))
    assert isinstance(failure, Failure)
    assert (failure.url, failure.kind, failure.http_status) == ("https://example.org/a", FailureKind.HTTP_4XX, 410)
    assert "https://example.org/b" in failure.detail


def test_the_factory_gives_the_polite_fetcher() -> None:
    fetch = polite_fetcher(FetchSettings())
    assert isinstance(fetch, PoliteFetcher)
    fetch.close()
