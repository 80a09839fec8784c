"""Filters and the reasons that they give."""

from datetime import date

import pytest

from extractors.article import Evidence, Origin
from scraper.errors import JobError
from scraper.job.keys import FilterSection
from scraper.run.filters import Filters, day_of
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


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("2022-02-10", None),  # a day more is granted at both ends
        ("2022-02-09", "too old"),
        ("2022-02-14", None),
        ("2022-02-15", "too new"),
        ("0001-01-01", "too old"),
        ("9999-12-31", "too new"),
        ("Mon, 01 Jan 99999999999999 00:00:00 GMT", None),
    ],
)
def test_days_that_a_source_says(said: str, reason: str | None) -> None:
    filters = Filters(FilterSection(since=date(2022, 2, 11), until=date(2022, 2, 13)))
    assert filters.refuses_evidence([Evidence(origin=Origin.FEED, published=said)]) == reason


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_the_calendar_are_days_too(day: date) -> None:
    filters = Filters(FilterSection(since=day, until=day))
    assert filters.refuses_evidence([Evidence(origin=Origin.SITEMAP, published=day.isoformat())]) is None


def test_a_year_of_many_digits_is_no_day() -> None:
    assert day_of("Mon, 01 Jan 99999999999999 00:00:00 GMT") is None


def test_no_filter_refuses_nothing() -> None:
    assert Filters(FilterSection()).refuses_article(article()) is None
    assert Filters(FilterSection()).refuses_address("") is None


def test_a_broken_pattern_is_named() -> None:
    with pytest.raises(JobError, match=r"filter\.exclude: no regular expression: '\(' "):
        Filters(FilterSection(exclude=("(",)))
