"""Filters and the reasons that they give."""

from datetime import date

import pytest

from scraper.errors import JobError
from scraper.filters import Filters
from scraper.job import FilterSection
from tests.scraper.fakes import article


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("https://example.org/news/1", None),
        ("https://example.org/video/1", "not included"),
        ("https://example.org/news/video-1", "excluded"),
    ],
)
def test_addresses(address: str, reason: str | None) -> None:
    assert Filters(FilterSection(include=("/news/", "/blog/"), exclude=("video",))).refuses_address(address) == reason


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("2022-02-11", None),
        ("2022-02-11T23:59:00+02:00", None),
        ("2022-02-13T00:00:00", None),
        ("2022-02-10", "too old"),
        ("2022-02-14", "too new"),
        (None, "date unknown"),
    ],
)
def test_days_are_inclusive(day: str | None, reason: str | None) -> None:
    filters = Filters(FilterSection(since=date(2022, 2, 11), until=date(2022, 2, 13)))
    assert filters.refuses_article(article(day=day)) == reason


@pytest.mark.parametrize(
    ("language", "reason"), [("en", None), ("EN-gb", None), ("de", "other language"), ("eng", "other language"), (None, "language unknown")]
)
def test_languages(language: str | None, reason: str | None) -> None:
    assert Filters(FilterSection(language=("en", "pt-BR"))).refuses_article(article(language=language)) == reason


def test_no_filter_refuses_nothing() -> None:
    assert Filters(FilterSection()).refuses_article(article()) is None
    assert Filters(FilterSection()).refuses_address("") is None


def test_a_broken_pattern_is_named() -> None:
    with pytest.raises(JobError, match=r"filter\.exclude: no regular expression: '\(' "):
        Filters(FilterSection(exclude=("(",)))
