"""`scraper validate`: each departure from the schema with its file, line and key."""

import gzip
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from extractors.article import Provenance
from scraper.dataset.lines import Passes, open_dataset
from scraper.dataset.validate import Totals, validate
from scraper.records import Failure, FailureKind
from scraper.schema import article_schema, failure_schema
from tests.scraper.dataset.conftest import Scraper
from tests.scraper.dataset.datasets import host, record, write

GOOD = record("https://one.example/1", "A body.")
WHY = {"origin": "dom", "raw": "A", "confidence": 0.5}


def found(path: Path, schema: dict[str, Any] | None = None) -> list[tuple[int, str | None, str]]:
    with open_dataset(path, Passes.ONE) as dataset:
        return [(fault.line, fault.key, fault.problem) for fault in validate(dataset, schema or article_schema(), Totals())]


def test_good_lines(tmp_path: Path) -> None:
    full = {
        **GOOD,
        "blocks": [{"type": "table", "text": "x", "level": None, "ordered": None, "depth": None, "rows": [["a"], ["b"]]}],
        "image": {"url": "https://one.example/i.jpg", "caption": None, "credit": None},
        "removed": [{"kind": "newsletter", "rule": "en.newsletter", "text": "Sign up"}],
        "provenance": {**GOOD["provenance"], "title": WHY},
        "date_published": "2022-02-11T08:30:00+01:00",
        "date_precision": "zoned",
    }
    assert found(write(tmp_path / "in.jsonl", [GOOD, full])) == []


@pytest.mark.parametrize(
    ("changed", "key", "words"),
    [
        ({"title": ""}, "title", "empty"),
        ({"body": None}, "body", "null is not string"),
        ({"authors": "Ann"}, "authors", '"Ann" is not array'),
        ({"authors": [None]}, "authors[0]", "null is not string"),
        ({"word_count": -1}, "word_count", "out of range"),
        ({"word_count": True}, "word_count", "true is not integer"),
        ({"word_count": 1.0}, "word_count", "1.0 is not integer"),
        ({"id": "short"}, "id", "does not match"),
        ({"schema_version": "2.0"}, "schema_version", '"2.0" is not "1.0"'),
        ({"date_published": "None"}, "date_published", "does not match"),
        ({"date_precision": "year"}, "date_precision", "is none of day, local, zoned"),
        ({"taxonomy": {"section": []}}, "taxonomy.region", "missing"),
        ({"image": {"url": 1, "caption": None, "credit": None}}, "image.url", "1 is not string"),
        ({"image": "i.jpg"}, "image", "is not object or null"),
        ({"removed": [{"kind": "a", "rule": "b"}]}, "removed[0].text", "missing"),
        ({"provenance": {**GOOD["provenance"], "title": {**WHY, "confidence": 2}}}, "provenance.title.confidence", "out of range"),
        ({"extra": 1}, "extra", "no such key"),
    ],
)
def test_each_fault_is_named(tmp_path: Path, changed: dict[str, Any], key: str, words: str) -> None:
    faults = found(write(tmp_path / "in.jsonl", [GOOD, {**GOOD, **changed}]))
    assert [(line, where) for line, where, _ in faults if where == key] == [(2, key)], faults
    assert any(words in problem for _, where, problem in faults if where == key)


def test_missing_and_moved_keys(tmp_path: Path) -> None:
    short = {key: value for key, value in GOOD.items() if key != "language"}
    moved = {"id": GOOD["id"], **GOOD}
    assert found(write(tmp_path / "in.jsonl", [short, moved])) == [
        (1, "language", "the key is missing"),
        (2, "id", "the keys stand in another order from here on"),
    ]


def test_lines_that_are_no_records(tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", ["{", "", "[]", json.dumps(GOOD)[:-9], "null", "[" * 100_000])
    faults = found(path)
    assert [line for line, _, _ in faults] == [1, 2, 3, 4, 5, 6]
    assert {key for _, key, _ in faults} == {None}
    path.write_bytes(b'{"id": "\xff"}\n')
    assert [(line, problem[:7]) for line, _, problem in found(path)] == [(1, "no JSON")]


def test_a_line_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scraper.dataset.lines._MAX_LINE", 4 << 20)
    faults = found(write(tmp_path / "in.jsonl", ["x" * (9 << 20), GOOD, {**GOOD, "body": ""}]))
    assert [(line, key) for line, key, _ in faults] == [(1, None), (3, "body")]
    assert "longer than 4 MB" in faults[0][2]


def test_failures_have_rules_too(tmp_path: Path) -> None:
    failure = Failure(url=None, kind=FailureKind.DNS, detail="unknown host").to_dict()
    path = write(tmp_path / "in.jsonl", [failure, {**failure, "kind": "other"}])
    assert [(line, key) for line, key, _ in found(path, failure_schema())] == [(2, "kind")]


def test_the_command(scraper: Scraper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "good.jsonl", host("one.example", 3))
    assert scraper("validate", "good.jsonl") == 0
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "3 lines = 3 good + 0 bad\n")
    bad = write(tmp_path / "bad.jsonl", [GOOD, {**GOOD, "title": "\x9b\u202e" * 9, "language": 5, "is_free": "yes"}])
    (tmp_path / "bad.jsonl.gz").write_bytes(gzip.compress(bad.read_bytes()))
    assert scraper("validate", "bad.jsonl.gz") == 1
    shown = capsys.readouterr()
    assert shown.out.splitlines() == [
        "bad.jsonl.gz, line 2, language: 5 is not string or null",
        'bad.jsonl.gz, line 2, is_free: "yes" is not boolean or null',
    ]
    assert shown.err == "2 lines = 1 good + 1 bad\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(bad.read_bytes())))
    assert scraper("validate", "-", "--json") == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["file"], row["line"], row["key"]) for row in rows] == [("standard input", 2, "language"), ("standard input", 2, "is_free")]
    assert scraper("validate", "none.jsonl") == 2
    write(tmp_path / "out.failures.jsonl", [Failure(url=None, kind=FailureKind.DNS, detail="unknown host").to_dict()])
    assert scraper("validate", "out.failures.jsonl") == 0
    assert scraper("validate", "out.failures.jsonl", "--record", "article") == 1


def test_every_word_of_the_schemas_is_known() -> None:
    words = {
        "$schema", "title", "description", "type", "properties", "required", "additionalProperties", "items", "anyOf", "enum",
        "const", "pattern", "minLength", "minimum", "maximum",
    }  # fmt: skip

    def used(schema: Any) -> set[str]:
        inner = [*schema.get("properties", {}).values(), *schema.get("anyOf", []), *([schema["items"]] if "items" in schema else [])]
        return set(schema).union(*map(used, inner))

    assert used(article_schema()) | used(failure_schema()) <= words
    assert Provenance.__slots__ == tuple(WHY)
