"""`scraper evaluate` and `scraper train`: what is wrong with a file is said before the work, or where it is met."""

import gzip
import json
from pathlib import Path

import pytest

from scraper.__main__ import run_command
from scraper.errors import ExitCode

BODY = ["The council of Orrin said on Tuesday that the bridge stays closed, since a pier has moved by an inch in a year."] * 3


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A set of one page."""
    (tmp_path / "gold" / "html").mkdir(parents=True)
    paragraphs = "".join(f"<p>{text}</p>" for text in BODY)
    page = f"<html><head><title>The bridge</title></head><body><article><h1>The bridge</h1>{paragraphs}</article></body></html>"
    (tmp_path / "gold" / "html" / "1.html.gz").write_bytes(gzip.compress(page.encode()))
    row = {"id": "1", "url": "https://a.example/1", "title": "The bridge", "body": BODY}
    (tmp_path / "gold" / "gold.jsonl").write_text(json.dumps(row) + "\n")
    return tmp_path / "gold"


def test_the_figures_are_kept_where_that_is_asked(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "figures.json"
    file.write_text("old")
    assert run_command(["evaluate", str(gold), "--json", str(file)]) == ExitCode.OK
    assert json.loads(file.read_text())["sets"]["gold"]["title"] == 1.0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["figures.json", "gold"]
    assert "gold" in capsys.readouterr().out


@pytest.mark.parametrize("flags", [[], ["--removals"]])
@pytest.mark.parametrize("text", [None, "{}", "no json"])
def test_weights_that_cannot_be_used_are_no_score_of_zero(
    gold: Path, tmp_path: Path, text: str | None, flags: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "weights.json"
    if text is not None:
        file.write_text(text)
    assert run_command(["evaluate", str(gold), "--weights", str(file), *flags]) == ExitCode.USAGE
    told = capsys.readouterr()
    assert told.out == ""
    assert "weights.json" in told.err


def test_a_page_that_cannot_be_unpacked_is_named(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = gold / "html" / "1.html.gz"
    page.write_bytes(page.read_bytes()[:-9])
    assert run_command(["evaluate", str(gold)]) == ExitCode.USAGE
    assert f"{page}: no page that can be read" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["evaluate", "--json"], ["train", "-o"]])
def test_a_place_that_is_none_is_told_before_the_work(gold: Path, command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    place = gold.parent / "nodir" / "x.json"
    assert run_command([*command, str(place), str(gold)]) == ExitCode.USAGE
    told = capsys.readouterr().err
    assert f"there is no folder {place.parent}" in told
    assert "pages" not in told


def test_a_set_that_is_not_there_is_no_score_of_nothing(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["evaluate", str(gold), "--set", "silver"]) == ExitCode.USAGE
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "scraper: error: no such set: silver; the sets are gold\n")
    assert run_command(["evaluate", str(gold), "--set", "gold"]) == ExitCode.OK


def test_labels_are_for_learning(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    labels = tmp_path / "labels.jsonl"
    labels.write_text("{}\n")
    assert run_command(["evaluate", str(gold), "--labels", str(labels)]) == ExitCode.USAGE
    assert "--labels is for --cv" in capsys.readouterr().err
    assert run_command(["train", str(gold), "--labels", str(labels), "-o", str(tmp_path / "weights.json")]) == ExitCode.USAGE
    assert f"{labels}, line 1: no row of labels" in capsys.readouterr().err
