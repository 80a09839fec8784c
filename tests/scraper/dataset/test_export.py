"""`scraper export`: a row for each line, cells that a spreadsheet takes for text, and what is refused."""

import csv
import gzip
import json
from pathlib import Path

import pytest

from extractors import extract
from scraper.__main__ import run_command
from scraper.dataset.export import COLUMNS
from scraper.errors import ExitCode

PAGE = "<html><title>{title}</title><body><article><h1>{title}</h1><p>By Ada Fielding and Ben Moor</p>{text}</article>"
TEXT = "<p>The council of Orrin said on Tuesday that the bridge, closed since May, stays so until a pier has been mended.</p>" * 3


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """Two records, the second with a title that a spreadsheet would run, and a broken line between them."""
    titles = "The bridge, at last", '=HYPERLINK("http://x.example/","Bridge")'
    pages = (PAGE.format(title=title, text=TEXT).encode() for title in titles)
    records = [extract(page, url=f"https://a.example/{number}").to_dict() for number, page in enumerate(pages)]
    records[1] |= {"title": titles[1], "description": "\tx"}
    lines = [json.dumps(record) for record in records]
    (tmp_path / "out.jsonl").write_text("\n".join([lines[0], '{"id": ', lines[1]]) + "\n")
    return tmp_path / "out.jsonl"


def rows(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter))


def test_a_row_for_each_line_and_no_formula(dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["export", str(dataset), "-o", str(tmp_path / "out.csv")]) == ExitCode.SOME_FAILED
    assert capsys.readouterr().err == f"{dataset}, line 2: no record: Input data was truncated\n3 lines = 2 rows + 1 broken\n"
    first, second = rows((tmp_path / "out.csv").read_text())
    record = json.loads(dataset.read_text().splitlines()[0])
    assert tuple(first) == COLUMNS
    assert (first["title"], first["authors"], first["body"]) == (record["title"], "Ada Fielding; Ben Moor", record["body"])
    assert (first["word_count"], first["is_free"], first["image.url"]) == (str(record["word_count"]), "", "")
    assert (second["title"][:12], second["description"]) == ("'=HYPERLINK(", "'\tx")


def test_chosen_columns_packed_and_as_tsv(dataset: Path, tmp_path: Path) -> None:
    out = tmp_path / "t.tsv.gz"
    columns = ["--column", "url", "--column", "taxonomy.tags", "--column", "provenance.title.origin", "--column", "removed"]
    run_command(["export", str(dataset), "-o", str(out), *columns])
    first, _ = rows(gzip.decompress(out.read_bytes()).decode(), "\t")
    assert (first["url"], first["taxonomy.tags"], first["provenance.title.origin"]) == ("https://a.example/0", "", "dom")
    assert isinstance(json.loads(first["removed"] or "[]"), list)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "old.csv"], "old.csv: the output is there already; replace it with --overwrite"),
        (["-o", "out.parquet"], "out.parquet: its name is that of no table; end it with .csv or .tsv"),
        (["--column", "titel"], "a record has no key titel"),
        (["--column", "title.raw"], "a record has no key title.raw"),
        (["-o", "out.jsonl", "--format", "csv", "--overwrite"], "the output is the dataset itself"),
    ],
)
def test_what_is_asked_wrongly(
    dataset: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(dataset.parent)
    (dataset.parent / "old.csv").write_text("mine")
    before = dataset.read_bytes()
    assert run_command(["export", "out.jsonl", *arguments]) == ExitCode.USAGE
    told = capsys.readouterr()
    assert (told.out, said in told.err) == ("", True)
    assert (dataset.read_bytes(), (dataset.parent / "old.csv").read_text()) == (before, "mine")
    assert sorted(path.name for path in dataset.parent.iterdir()) == ["old.csv", "out.jsonl"]
