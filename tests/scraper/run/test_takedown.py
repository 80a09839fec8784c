"""Which addresses are meant by one or by a host."""

import pytest

from scraper.run.takedown import TakenDown, named


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
        ("müller.de", "https://xn--mller-kva.de/x", True),
        ("MÜLLER.de", "https://www.müller.de/x", True),
        ("xn--mller-kva.de", "https://m%C3%BCller.de./x", True),
        ("https://müller.de/x", "https://xn--mller-kva.de/x", True),
        ("https://xn--strae-oqa.de/x", "https://reader:secret@straße.de./x", True),
        ("müller.de", "https://muller.de/x", False),
        ("example.org", "https://example.org:99999/x", True),
    ],
)
def test_what_is_meant(what: str, url: str, meant: bool) -> None:
    assert (url in TakenDown([named(what)])) is meant


def test_what_an_earlier_version_noted_is_meant_as_well() -> None:
    assert "https://xn--mller-kva.de/x" in TakenDown(["müller.de"])


def test_nothing_is_in_nothing() -> None:
    assert "https://example.org/" not in TakenDown([])
    assert None not in TakenDown(["example.org"])
