"""The tally: counts on disk, and a disk that refuses."""

import sqlite3

import pytest

from scraper.dataset.tally import Tally, Thresholds, Verdict, open_tally
from scraper.errors import ExitCode, StateError


def filled(tally: Tally, articles: int) -> None:
    for number in range(articles):
        tally.add("one.example", (f"id{number}", f"content{number}", f"title{number}"), [(7, 2), (1000 + number, 0)])


def test_what_recurs_and_what_does_not() -> None:
    with open_tally() as tally:
        filled(tally, 10)
        tally.settle(Thresholds())
        assert tally.verdict("one.example", 7) is Verdict.RECURRING
        assert tally.verdict("one.example", 1001) is None
        assert tally.verdict("two.example", 7) is None
        for text in ("B", "A", "C"):
            tally.note("one.example", 7, text=text, cut=1)
        assert [(one.articles, one.tail, one.cut, one.text) for one in tally.recurring()] == [(10, 10, 3, "A")]


def test_sites_are_registrable_domains() -> None:
    with open_tally() as tally:
        for name in ("www.one.co.uk", "m.one.co.uk", "amp.one.co.uk", "one.co.uk"):
            for number in range(20):
                tally.add(name, (f"{name}{number}", f"c{name}{number}", f"t{name}{number}"), [(7, 2)] if number < 6 else [])
        tally.settle(Thresholds())
        assert [(one.sites, one.verdict) for one in tally.recurring()] == [(1, Verdict.RECURRING)] * 4


def test_a_full_disk_is_an_error_of_state() -> None:
    def fill_a_small_disk() -> None:
        with open_tally() as tally:
            tally._connection.execute("PRAGMA max_page_count = 12")
            filled(tally, 10_000)

    with pytest.raises(StateError, match="TMPDIR") as caught:
        fill_a_small_disk()
    assert caught.value.exit_code is ExitCode.STORAGE
    assert isinstance(caught.value.__cause__, sqlite3.Error)
