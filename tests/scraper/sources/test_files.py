"""Saved pages: files, folders, manifests, and what is broken about them."""

import gzip
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.records import Failure, FailureKind, Page
from scraper.sources.files import Files, Manifest
from scraper.sources.saved import Known

LIMIT = 1000


def pages(source: Files | Manifest) -> list[Page]:
    entries = list(source)
    assert all(isinstance(entry, Page) for entry in entries), entries
    return [entry for entry in entries if isinstance(entry, Page)]


def failure(source: Files | Manifest) -> Failure:
    (entry,) = source
    assert isinstance(entry, Failure)
    return entry


def test_a_single_file_takes_what_is_known_of_it(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(b"<p>x")
    moment = datetime(2022, 2, 11, tzinfo=UTC)
    (page,) = pages(Files(path=path, known=Known(url="https://example.org/a", fetched_at=moment), source="s", max_bytes=LIMIT))
    assert (page.data, page.url, page.fetched_at, page.content_type, page.source) == (
        b"<p>x",
        "https://example.org/a",
        moment,
        "text/html",
        "s",
    )
    assert page.attempts == 0


def test_a_folder_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b/2.md", "b/1.txt", "a.html.gz", "c.HTM", ".hidden.html", "note.json", "b/.git/x.html"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(name.encode()) if name.endswith(".gz") else name.encode())
    found = pages(Files(path=tmp_path, max_bytes=LIMIT))
    assert [page.data.decode() for page in found] == ["a.html.gz", "b/1.txt", "b/2.md", "c.HTM"]
    assert [page.content_type for page in found] == ["text/html", "text/plain", "text/markdown", "text/html"]


def test_a_folder_is_read_lazily(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("a")
    (tmp_path / "b.html").write_text("b")
    entries: Iterator[Page | Failure] = iter(Files(path=tmp_path, max_bytes=LIMIT))
    next(entries)
    (tmp_path / "b.html").write_text("changed")
    late = next(entries)
    assert isinstance(late, Page)
    assert late.data == b"changed"


def test_a_link_to_a_folder_above_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("a")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert len(pages(Files(path=tmp_path, max_bytes=LIMIT))) == 1


def test_too_large_also_when_unpacked(tmp_path: Path) -> None:
    (tmp_path / "bomb.html.gz").write_bytes(gzip.compress(b"x" * (LIMIT + 1)))
    assert failure(Files(path=tmp_path, max_bytes=LIMIT)).kind is FailureKind.TOO_LARGE


@pytest.mark.parametrize("content", [b"no gzip at all", gzip.compress(b"x" * 500)[:-10]])
def test_broken_gzip_is_a_failure(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "page.html.gz").write_bytes(content)
    broken = failure(Files(path=tmp_path, max_bytes=LIMIT))
    assert broken.kind is FailureKind.BAD_INPUT
    assert "page.html.gz: " in broken.detail


def test_standard_input_is_one_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"<p>x")))
    (page,) = pages(Files(path=Path("-"), max_bytes=LIMIT))
    assert (page.data, page.name, page.content_type) == (b"<p>x", "standard input", None)


def manifest(tmp_path: Path, name: str, content: str) -> Manifest:
    (tmp_path / "one.html").write_text("one")
    (tmp_path / name).write_text(content)
    return Manifest(path=tmp_path / name, source="m", max_bytes=LIMIT)


def test_a_csv_manifest_gives_what_is_known(tmp_path: Path) -> None:
    content = "file,url,fetched_at,content_type,http_status,more\none.html,https://example.org/1,2022-02-11T08:30:00Z,text/plain,200,x\n"
    (page,) = pages(manifest(tmp_path, "m.csv", content))
    assert (page.url, page.content_type, page.http_status) == ("https://example.org/1", "text/plain", 200)
    assert page.fetched_at == datetime(2022, 2, 11, 8, 30, tzinfo=UTC)


def test_a_jsonl_manifest_may_leave_things_out(tmp_path: Path) -> None:
    (page,) = pages(manifest(tmp_path, "m.jsonl", '{"file": "one.html", "url": null, "http_status": 404}\n'))
    assert (page.url, page.fetched_at, page.content_type, page.http_status) == (None, None, "text/html", 404)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ('{"file": "two.html"}', "No such file"),
        ('{"url": "https://example.org/1"}', "line 1: it names no file"),
        ('{"file": "one.html", "fetched_at": "yesterday"}', "line 1: fetched_at is no RFC 3339 time: 'yesterday'"),
        ('{"file": "one.html", "fetched_at": "2022-02-11T08:30:00"}', "has no zone"),
        ('{"file": "one.html", "fetched_at": 3}', "fetched_at is no RFC 3339 time: 3"),
        ('{"file": "one.html", "http_status": "ok"}', "http_status is no number: 'ok'"),
        ('{"file": "one.html", "url": 3}', "url is no text"),
        ("{", "no valid JSON"),
    ],
)
def test_a_broken_row_is_a_failure(tmp_path: Path, row: str, words: str) -> None:
    broken = failure(manifest(tmp_path, "m.jsonl", row + "\n"))
    assert broken.kind is FailureKind.BAD_INPUT
    assert words in broken.detail


def test_a_name_that_no_file_can_have_is_one_broken_row(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<p>x")
    manifest = tmp_path / "list.jsonl"
    manifest.write_text('{"file": "a\\u0000b"}\n{"file": "a.html"}\n')
    first, second = list(Manifest(path=manifest, max_bytes=LIMIT))
    assert isinstance(first, Failure)
    assert (first.kind, "embedded null byte" in first.detail) == (FailureKind.BAD_INPUT, True)
    assert isinstance(second, Page)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z"])
def test_the_ends_of_the_calendar_are_no_moments(tmp_path: Path, moment: str) -> None:
    (tmp_path / "a.html").write_bytes(b"<p>x")
    manifest = tmp_path / "list.jsonl"
    manifest.write_text(f'{{"file": "a.html", "fetched_at": "{moment}"}}\n')
    assert "fetched_at is no moment" in failure(Manifest(path=manifest, max_bytes=LIMIT)).detail
