"""A crawl of one site: articles named once, sections read, every trap ended by a budget (fault 49)."""

import itertools
from collections.abc import Callable

from scraper.records import Failure, FailureKind, Page, Target
from scraper.sources.crawl import SAME_SHAPE, Crawl

HOME = "https://news.example/"
STORY = '<a href="/2026/03/05/the-story-of-number-{0}">The council puts off its decision number {0}</a>'


def crawl(
    pages: Callable[[str], str | None], *, depth: int = 3, budget: int = 100, starts: tuple[str, ...] = (HOME,)
) -> tuple[list[str], list[str]]:
    """The addresses that a crawl gives, failures' too, and those that it asks for."""
    asked: list[str] = []

    def get(target: Target) -> Page | Failure:
        asked.append(target.url)
        text = pages(target.url)
        if text is None:
            return Failure(url=target.url, kind=FailureKind.HTTP_4XX, detail="status 404")
        return Page(data=f"<html>{text}</html>".encode(), url=target.url)

    return [str(item.url) for item in Crawl(urls=starts, get=get, depth=depth, pages=budget)], asked


def test_articles_of_the_site_in_order_of_their_distance() -> None:
    site = {
        HOME: STORY.format(1) + '<a href="/city">City</a><a href="/sport">Sport</a><a href="https://other.example/x">Elsewhere</a>',
        HOME + "city": STORY.format(2) + STORY.format(1) + '<a href="/city/council">Council</a>',
        HOME + "sport": STORY.format(3) + '<a href="/">Home</a><a href="/logo.png">Logo</a><a href="/login">Log in</a>',
        HOME + "city/council": STORY.format(4),
    }
    given, asked = crawl(site.get)
    assert given == [f"https://news.example/2026/03/05/the-story-of-number-{number}" for number in (1, 2, 3, 4)]
    assert asked == list(site)


def test_depth_and_page_budgets() -> None:
    def chain(url: str) -> str:
        return f'<a href="{url}a/">More</a>'

    assert len(crawl(chain, depth=2)[1]) == 3

    def wide(url: str) -> str:
        return "".join(f'<a href="/section-{"abcdefghijklmnopqrstuvwxyz"[index]}{url.count("/")}">x</a>' for index in range(26))

    assert len(crawl(wide, budget=10)[1]) == 10


def test_pagination_is_no_depth() -> None:
    def pages(url: str) -> str:
        number = int(url.rpartition("/")[2] or 1)
        return STORY.format(number) + (f'<a href="/page/{number + 1}">{number + 1}</a>' if number < 8 else "")

    given, asked = crawl(pages, depth=0)
    assert len(asked) == len(given) == 8


def test_49_a_calendar_without_end() -> None:
    days = itertools.count(1)

    def calendar(url: str) -> str:
        return "".join(f'<a href="/events/{2000 + next(days)}/{month}">next</a>' for month in range(1, 13))

    _, asked = crawl(calendar, depth=1000, budget=1000)
    assert len(asked) <= 1 + 2 * SAME_SHAPE


def test_49_links_that_nest_in_themselves_end() -> None:
    _, asked = crawl(lambda url: f'<a href="{url.rstrip("/")}/news/local/">deeper</a>', depth=1000, budget=1000)
    assert len(asked) <= 3


def test_49_session_ids_end() -> None:
    ids = itertools.count(10_000)
    _, asked = crawl(lambda url: "".join(f'<a href="/list?sid={next(ids)}">list</a>' for _ in range(50)), depth=1000, budget=1000)
    assert len(asked) <= 1 + SAME_SHAPE


def test_a_page_that_fails_ends_nothing() -> None:
    site = {HOME: '<a href="/gone">Gone</a><a href="/city">City</a>', HOME + "city": STORY.format(2)}
    given, asked = crawl(site.get)
    assert given == [HOME + "gone", "https://news.example/2026/03/05/the-story-of-number-2"]
    assert asked == [HOME, HOME + "gone", HOME + "city"]


def test_two_sites_are_two_crawls_and_www_is_the_same() -> None:
    site = {
        "https://example.org/": '<a href="https://www.example.org/city">City</a><a href="https://shop.example.org/">Shop</a>',
        "https://www.example.org/city": STORY.format(1),
        "https://example.net/": STORY.format(2),
    }
    given, asked = crawl(site.get, starts=("https://example.org/", "https://example.net/"))
    assert asked == list(site)
    assert len(given) == 2
