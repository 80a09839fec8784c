"""Where an article goes on: the same address with the next number, and nothing else that is called "next"."""

import time

import pytest

from scraper.sources.continued import next_of_article

STORY = "https://news.example.org/2026/03/05/the-bridge"


def follow(url: str, link: str, number: int = 1) -> str | None:
    return next_of_article(f"<html><body><p>Text</p>{link}</body></html>".encode(), url, number)


@pytest.mark.parametrize(
    ("url", "following"),
    [
        (STORY, STORY + "/2"),
        (STORY + "/", STORY + "/2/"),
        (STORY, STORY + "?page=2"),
        (STORY, STORY + "/page/2"),
        (STORY + ".html", STORY + "-2.html"),
        (STORY + ".html", STORY + ",seite-2.html"),
        (STORY + "-1.html", STORY + "-2.html"),
        (STORY + "?id=7", STORY + "?id=7&page=2"),
    ],
)
@pytest.mark.parametrize(
    "link",
    ['<a rel="next" href="{}">More</a>', '<link rel=next href="{}">', "<link rel = 'nofollow next' href={}>", '<a href="{}"> 2 </a>'],
)
def test_the_second_page(url: str, following: str, link: str) -> None:
    assert follow(url, link.format(following)) == following


def test_later_pages() -> None:
    assert follow(STORY + "/2", f'<a href="{STORY}">1</a><a href="{STORY}/3#top">3</a>', 2) == STORY + "/3"
    assert follow(STORY + "/2", f'<a href="{STORY}">1</a>', 2) is None


@pytest.mark.parametrize(
    "link",
    [
        '<a rel="next" href="/2026/03/06/another-story">Next story</a>',
        '<a rel="next" href="/2026/03/06/the-tunnel-2.html">Next story</a>',
        f'<a href="{STORY}/comment-page-2">2</a>',
        f'<a rel="next" href="{STORY}/3">Next</a>',
        '<a href="https://other.example/2">2</a>',
        f'<a href="{STORY}/2">Read more on page two</a>',
        '<a rel="next" href="javascript:next()">Next</a>',
    ],
)
def test_what_is_another_article(link: str) -> None:
    assert follow(STORY, link) is None


def test_an_address_that_ends_in_a_number_of_its_own() -> None:
    chapter = "https://news.example.org/chapter-{}.html"
    assert follow(chapter.format(12), f'<a rel="next" href="{chapter.format(13)}">Next</a>') is None


def test_a_front_page_is_no_article() -> None:
    assert follow("https://news.example.org/", '<a rel="next" href="/page/2">Older</a>') is None
    assert next_of_article(b"", STORY, 2) is None
    assert next_of_article(b'rel="next"', None, 1) is None


@pytest.mark.parametrize("piece", [b"rel=", b"rel='", b"rel = x ", b"rel ", b"> ", b"next "])
def test_looking_for_a_hint_takes_time_by_the_length_of_the_page(piece: bytes) -> None:
    started = time.monotonic()
    assert next_of_article(piece * 100_000, STORY, 1) is None
    assert time.monotonic() - started < 0.5
