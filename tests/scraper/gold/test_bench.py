"""The bench's table: own times of stages, the least of the rounds, multiples of the bare parse."""

import gzip
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from scraper.errors import SourceError
from scraper.gold.bench import BARE, STAGES, Figures, Saved, Watch, measure, saved_pages, table
from tests.source import ROOT

PAGE = Saved(b"<p>x", None)


def ticking(*seconds: float) -> Watch:
    times: Iterator[float] = iter(seconds)
    return Watch(clock=lambda: next(times))


def test_a_stage_is_not_charged_for_the_stages_inside_it() -> None:
    watch = ticking(0.0, 1.0, 4.0, 10.0)
    watch.start("outer")
    watch.timed("inner", lambda: None)()
    watch.stop()
    assert watch.spent == {"outer": 7.0, "inner": 3.0}


def test_a_stage_that_fails_is_over() -> None:
    watch = ticking(0.0, 1.0, 2.0, 5.0)
    watch.start("outer")

    def fail() -> None:
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        watch.timed("inner", fail)()
    watch.stop()
    assert watch.spent == {"outer": 4.0, "inner": 1.0}


def test_the_least_of_the_rounds_counts_for_each_stage() -> None:
    rounds: Iterator[Mapping[str, float]] = iter([{BARE: 2.0, "parse": 5.0}, {BARE: 3.0, "parse": 4.0}])
    (figures,) = measure([PAGE], rounds=2, once=lambda _: next(rounds))
    assert figures.seconds == {BARE: 2.0, "parse": 4.0}
    assert figures.first == {BARE: 2.0, "parse": 5.0}


def test_the_table_gives_medians_and_multiples_of_the_parse() -> None:
    parses = {0.001: 0.004, 0.002: 0.002, 0.006: 0.006}  # the least, and the first
    pages = [
        Figures({BARE: 0.001, "parse": least, "rest": 0.001}, {BARE: 0.002, "parse": first, "rest": 0.001})
        for least, first in parses.items()
    ]
    rows = {line.split("  ")[0]: line.split()[-3:] for line in table(pages)}
    assert rows[BARE] == ["1.000", "1.00", "2.00"]
    assert rows["parse"] == ["2.000", "3.00", "4.00"]
    assert rows["whole record"] == ["3.000", "4.00", "5.00"]
    assert table(pages)[-1] == "p99 over median: 2.3"
    assert "outline" not in rows


def test_every_stage_is_a_function_of_the_program_and_takes_time() -> None:
    news = next(saved_pages(ROOT / "data" / "samples"))
    (figures,) = measure([news], rounds=1)
    assert {"decode", "parse", "outline", "features", "model", "boilerplate", "identity"} <= figures.seconds.keys()
    assert figures.seconds.keys() <= {BARE, "rest", *STAGES}


def test_pages_of_a_manifest_and_of_a_gold_set(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<p>a")
    (tmp_path / "manifest.jsonl").write_text('{"file": "a.html", "url": "http://a.example/", "content_type": "text/html"}\n')
    assert list(saved_pages(tmp_path)) == [Saved(b"<p>a", "http://a.example/", "text/html")]
    gold = tmp_path / "gold"
    (gold / "html").mkdir(parents=True)
    (gold / "gold.jsonl").write_text('{"id": "1", "url": "http://b.example/"}\n')
    (gold / "html" / "1.html.gz").write_bytes(gzip.compress(b"<p>b"))
    assert list(saved_pages(gold)) == [Saved(b"<p>b", "http://b.example/")]


def test_a_folder_without_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="gold"):
        list(saved_pages(tmp_path))
