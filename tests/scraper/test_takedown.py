"""Which addresses are meant by one or by a host."""

import pytest

from scraper.takedown import TakenDown, named


@pytest.mark.parametrize(
    ("what", "url", "meant"),
    [
        ("https://news.example.org/a", "https://news.example.org/a", True),
        ("https://news.example.org/a", "https://NEWS.example.org:443/a?utm_source=x#top", True),
        ("https://news.example.org/a", "https://news.example.org/a?id=1", False),
        ("https://news.example.org/a", "http://news.example.org/a", False),
        ("example.org", "https://example.org/a", True),
        ("Example.ORG", "https://www.news.example.org:8443/a", True),
        ("news.example.org", "https://example.org/a", False),
        ("example.org", "https://badexample.org/", False),
        ("example.org", "https://other.org/?u=example.org", False),
        ("example.org", "no address", False),
    ],
)
def test_what_is_meant(what: str, url: str, meant: bool) -> None:
    assert (url in TakenDown([named(what)])) is meant


def test_nothing_is_in_nothing() -> None:
    assert "https://example.org/" not in TakenDown([])
    assert None not in TakenDown(["example.org"])
