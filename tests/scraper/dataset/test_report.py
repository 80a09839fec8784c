"""`scraper report`: figures that add up, the failures beside a dataset, and lines that are none."""

import json
from pathlib import Path
from typing import Any

import pytest

from scraper.__main__ import run_command
from scraper.errors import ExitCode
from tests.scraper.fakes import article


def record(number: int, **keys: Any) -> str:
    made = article(f"Title {number}\n\nBody of it", url=f"https://{'ab'[number % 2]}.example/{number}", day=f"2026-03-0{number}").to_dict()
    return json.dumps(made | keys)


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """Four articles, one of them with a revision, a broken line and a line that is no record; two failures of one address."""
    (tmp_path / "out").mkdir()
    revised = record(1, authors=["Ada"], language="en", warnings=["pruned_at:3", "date_in_future"], word_count=50)
    taxonomy = {"section": [], "region": [], "theme": [], "series": [], "tags": ["bridge"]}
    removed = [{"kind": "newsletter", "rule": "x", "text": "y"}]
    lines = [record(1, language="en"), revised, record(2, taxonomy=taxonomy, is_free=False), record(3, removed=removed), '{"id":']
    (tmp_path / "out" / "1.jsonl").write_text("\n".join([*lines, record(4, date_published=None), '{"id": "x", "title": 5}']) + "\n")
    failed = ({"id": "1", "url": "https://a.example/x", "kind": kind} for kind in ("timeout", "http_4xx"))
    (tmp_path / "out.failures.jsonl").write_text("".join(json.dumps(one) + "\n" for one in failed))
    return tmp_path / "out"


def test_the_figures_add_up(dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["report", str(dataset), "--json"]) == ExitCode.SOME_FAILED
    told = capsys.readouterr()
    figures = json.loads(told.out)
    assert (figures["lines"], figures["articles"], figures["revisions"], figures["broken"]) == (7, 4, 1, 2)
    assert (figures["first_day"], figures["last_day"], figures["undated"]) == ("2026-03-01", "2026-03-03", 1)
    assert (figures["paywalled"], figures["languages"], figures["removed"]) == (1, {"en": 2}, {"newsletter": 1})
    assert figures["warnings"] == {"pruned_at": 1, "date_in_future": 1}
    assert (figures["has"]["title"], figures["has"]["authors"], figures["has"]["tags"]) == (1.0, 0.2, 0.2)
    assert figures["failures"] == {"http_4xx": 1}
    assert [(host, one["lines"]) for host, one in figures["hosts"].items()] == [("b.example", 3), ("a.example", 2)]
    assert told.err.splitlines()[0].startswith(f"{dataset}/1.jsonl, line 5: no record: ")
    assert "line 7: no record: Expected `str | null`, got `int` - at `$.title`" in told.err.splitlines()[1]


def test_the_table_for_the_eye(dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_command(["report", str(dataset), "--hosts", "1"])
    out = capsys.readouterr().out
    assert "lines       7 = 4 articles + 1 revisions + 2 broken\n" in out
    assert "days        2026-03-01 to 2026-03-03, 1 undated\n" in out
    assert "failures    http_4xx 1\n" in out
    assert out.splitlines()[-2].split()[:2] == ["b.example", "3"]
    assert out.endswith("and 1 more hosts\n")


def test_an_empty_dataset_is_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "out.jsonl").write_text("")
    assert run_command(["report", str(tmp_path / "out.jsonl")]) == ExitCode.OK
    assert capsys.readouterr().out == "lines       0 = 0 articles + 0 revisions + 0 broken\ndays        - to -, 0 undated\n"
