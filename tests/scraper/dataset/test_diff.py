"""What changed between two extractions: which records belong together, what is counted, and what is said of broken lines."""

import gzip
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from scraper.__main__ import run_command
from scraper.errors import ExitCode

TAXONOMY: dict[str, list[str]] = {name: [] for name in ("section", "region", "theme", "series", "tags")}


def record(identity: int, host: str = "a.example.org", payload: str = "0", **more: Any) -> dict[str, Any]:
    values = {"title": "T", "authors": [], "body": "B", "taxonomy": TAXONOMY, "extractor_version": "1", "run_id": "r", "warnings": []}
    url = f"https://{host}/{identity}"
    return {"id": f"{identity:032x}", "url": url, "host": host, "payload_sha256": payload * 64, **values, **more}


def write(path: Path, *records: dict[str, Any] | str) -> Path:
    text = "".join(one if isinstance(one, str) else json.dumps(one) + "\n" for one in records)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def diff(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, list[dict[str, Any]], str]:
    code = run_command(["diff", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, [json.loads(line) for line in out.splitlines()], err


def test_per_host_and_field(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = write(tmp_path / "old.jsonl", record(1), record(2, title=None), record(3, "b.example.org", authors=["A"]), record(4))
    tagged = {**TAXONOMY, "tags": ["x"]}
    new = [record(3, "b.example.org", title="U"), record(2, title="T", taxonomy=tagged), record(1, title="U", run_id="other"), record(5)]
    code, rows, err = diff(capsys, old, write(tmp_path / "new.jsonl.gz", *new), "--json")
    assert code == ExitCode.OK
    a = {"host": "a.example.org", "records": 2}
    b = {"host": "b.example.org", "records": 1}
    assert rows == [
        {**a, "field": None, "only_old": 1, "only_new": 1},
        {**a, "field": "title", "changed": 2, "gained": 1, "lost": 0, "examples": [f"{2:032x}", f"{1:032x}"]},
        {**a, "field": "taxonomy.tags", "changed": 1, "gained": 1, "lost": 0, "examples": [f"{2:032x}"]},
        {**b, "field": "authors", "changed": 1, "gained": 0, "lost": 1, "examples": [f"{3:032x}"]},
        {**b, "field": "title", "changed": 1, "gained": 0, "lost": 0, "examples": [f"{3:032x}"]},
    ]
    assert err == "3 records in both, 1 in OLD alone, 1 in NEW alone, 0 broken\n"


def test_revisions_are_told_apart_by_their_bytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = write(tmp_path / "old.jsonl", record(1, payload="a", body="first"), record(1, payload="b", body="second"))
    same = write(tmp_path / "same.jsonl", record(1, payload="b", body="second"), record(1, payload="a", body="first"))
    assert diff(capsys, old, same, "--changes")[1] == []
    fetched_again = write(tmp_path / "again.jsonl", record(1, payload="c", body="third"), record(1, payload="b", body="second"))
    _, changes, _ = diff(capsys, old, fetched_again, "--changes")
    assert [(one["field"], one["old"], one["new"], one["url"]) for one in changes] == [("body", "first", "third", record(1)["url"])]


def test_a_table_for_the_eye(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = write(tmp_path / "old.jsonl", record(1), record(2)), tmp_path / "new.jsonl"
    write(new, record(1, title="U\x1b[31m", extractor_version="2"), record(2, extractor_version="2"))
    assert run_command(["diff", str(old), str(new)]) == ExitCode.OK
    out, err = capsys.readouterr()
    heading, row = out.splitlines()
    assert heading.split() == ["host", "field", "records", "changed", "share", "gained", "lost", "example"]
    assert row.split() == ["a.example.org", "title", "2", "1", "50.0%", "0", "0", f"{1:032x}"]
    assert "extracted by 1, then by 2" in err


def test_a_key_of_ones_own_choice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = write(tmp_path / "old.jsonl", record(1, provenance={"title": {"origin": "dom"}}))
    new = write(tmp_path / "new.jsonl", record(1, title="U", provenance={"title": {"origin": "jsonld"}}))
    _, rows, _ = diff(capsys, old, new, "--field", "provenance.title.origin", "--field", "body", "--json")
    assert [row["field"] for row in rows] == ["provenance.title.origin"]
    code, _, err = diff(capsys, old, new, "--field", "headline")
    assert code == ExitCode.USAGE
    assert "a record has no such key" in err


def test_broken_lines_are_named_and_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = write(tmp_path / "old.jsonl", record(1), "no json\n", "[1]\n", '{"id": 5}\n', record(2))
    code, _, err = diff(capsys, old, write(tmp_path / "new.jsonl", record(1), record(2), '{"id": "torn'), "--json")
    assert code == ExitCode.SOME_FAILED
    assert f"{old}, line 2: no JSON" in err
    assert f"{old}, line 3: no record with an id" in err
    assert "2 records in both, 0 in OLD alone, 0 in NEW alone, 4 broken" in err


def test_folders_of_parts_and_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    write(tmp_path / "old" / "part-000001-20260305.jsonl", record(1))
    write(tmp_path / "old" / "part-000002-20260305.jsonl.gz", record(2))
    write(tmp_path / "new" / "part-000001-20260305.jsonl", record(2), record(1))
    assert diff(capsys, tmp_path / "old", tmp_path / "new", "--json")[:2] == (ExitCode.OK, [])
    assert diff(capsys, tmp_path / "old", tmp_path / "none")[0] == ExitCode.USAGE
    assert diff(capsys, "-", "-")[0] == ExitCode.USAGE


def test_memory_does_not_grow_with_the_datasets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def peak(count: int) -> int:
        paths = [write(tmp_path / name, *(record(n, body=f"{n}" * 2000) for n in range(count))) for name in ("old.jsonl", "new.jsonl")]
        tracemalloc.start()
        diff(capsys, *paths)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(600) < peak(150) * 1.5
