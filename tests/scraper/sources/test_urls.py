"""Lists of addresses: every format, and every way in which a line can be wrong."""

import gzip
import io
from pathlib import Path

import pytest
import zstandard

from scraper.errors import SourceError
from scraper.records import Failure, FailureKind, ListFormat, Target
from scraper.sources.urls import UrlList, address_problem


def listed(tmp_path: Path, name: str, content: str | bytes, **options: object) -> list[Target | Failure]:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(UrlList(path=path, **options))  # type: ignore[arg-type]


def urls(entries: list[Target | Failure]) -> list[str | None]:
    return [entry.url for entry in entries if isinstance(entry, Target)]


def test_text_list_skips_comments_and_blank_lines(tmp_path: Path) -> None:
    content = "\ufeff# a list\nhttps://example.org/a\n\n  https://example.org/b#part  # the second\r\nhttp://example.org/c"
    entries = listed(tmp_path, "urls.txt", content, source="mine")
    assert urls(entries) == ["https://example.org/a", "https://example.org/b#part", "http://example.org/c"]
    assert {entry.source for entry in entries if isinstance(entry, Target)} == {"mine"}


def test_targets_know_their_line(tmp_path: Path) -> None:
    (entry,) = listed(tmp_path, "urls.txt", "\n\nhttps://example.org/a\n")
    assert isinstance(entry, Target)
    assert entry.name == f"{tmp_path / 'urls.txt'} line 3"


def test_csv_column_by_name(tmp_path: Path) -> None:
    content = 'id,link\n1,https://example.org/a\n2,"https://example.org/b?x=1,2"\n\n3,\n'
    entries = listed(tmp_path, "urls.csv", content, field="link")
    assert urls(entries) == ["https://example.org/a", "https://example.org/b?x=1,2"]
    assert isinstance(entries[2], Failure)
    assert entries[2].detail.endswith('urls.csv line 5: no text under "link"')


def test_tsv_and_given_format(tmp_path: Path) -> None:
    content = "url\tid\nhttps://example.org/a\t1\n"
    assert urls(listed(tmp_path, "urls.tsv", content)) == ["https://example.org/a"]
    assert urls(listed(tmp_path, "urls.data", content, form=ListFormat.TSV)) == ["https://example.org/a"]


def test_csv_without_the_column_names_those_that_are_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"urls\.csv, line 1, url: no such column; the columns are: id, link"):
        listed(tmp_path, "urls.csv", "id,link\n1,https://example.org/a\n")


def test_jsonl_key_and_broken_lines(tmp_path: Path) -> None:
    content = '{"url": "https://example.org/a"}\n{"url": \n[1]\n{"url": null}\n{"url": "https://example.org/b"}\n'
    entries = listed(tmp_path, "urls.jsonl", content)
    assert urls(entries) == ["https://example.org/a", "https://example.org/b"]
    problems = [entry.detail for entry in entries if isinstance(entry, Failure)]
    assert [detail.partition(": ")[0].rpartition("/")[2] for detail in problems] == [f"urls.jsonl line {line}" for line in (2, 3, 4)]


def test_a_line_that_is_no_address_is_a_failure_with_its_number(tmp_path: Path) -> None:
    good, bad, bare = listed(tmp_path, "urls.txt", "https://example.org/a\nnot an address\nexample.org/b\n")
    assert isinstance(good, Target)
    assert isinstance(bad, Failure)
    assert (bad.kind, bad.url, bad.attempts) == (FailureKind.BAD_INPUT, "not an address", 0)
    assert bad.detail.endswith("urls.txt line 2: no http or https address")
    assert isinstance(bare, Failure)
    assert bare.detail.endswith("line 3: no scheme; write https://example.org/b")


@pytest.mark.parametrize(
    "text", ["ftp://example.org/a", "https://", "javascript:alert(1)", "http://[::1", "https://a b.org", "https://x.org/\x1b"]
)
def test_what_is_no_address(text: str) -> None:
    assert address_problem(text)


def test_a_user_name_is_refused_with_what_to_do_and_not_repeated(tmp_path: Path) -> None:
    [failure] = listed(tmp_path, "urls.txt", "https://reader:secret@example.org/a")
    assert isinstance(failure, Failure)
    assert failure.url == "https://example.org/a"
    assert "line 1: it holds a user name" in failure.detail
    assert "[fetch] headers" in failure.detail
    assert "secret" not in str(failure.to_dict())


@pytest.mark.parametrize("text", ["https://example.org", "http://127.0.0.1:8000/a", "https://пример.рф/стаття", "http://[::1]/"])
def test_what_is_an_address(text: str) -> None:
    assert address_problem(text) is None


def test_bytes_that_are_no_utf8_spoil_one_line_only(tmp_path: Path) -> None:
    entries = listed(tmp_path, "urls.txt", b"https://example.org/\xff\nhttps://example.org/a\n")
    assert [type(entry) for entry in entries] == [Failure, Target]


def test_utf16_is_named_for_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="UTF-16; save it as UTF-8"):
        listed(tmp_path, "urls.txt", "https://example.org/a\n".encode("utf-16"))


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"https://example.org/a\nx\n")))
    target, failure = UrlList(path=Path("-"))
    assert target.url == "https://example.org/a"
    assert isinstance(failure, Failure)
    assert failure.detail.startswith("standard input line 2")


def test_a_list_that_cannot_be_read_ends_the_run(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot read the list"):
        list(UrlList(path=tmp_path))


def test_addresses_given_directly_come_first(tmp_path: Path) -> None:
    entries = listed(tmp_path, "urls.txt", "https://example.org/b", urls=(" https://example.org/a",))
    assert urls(entries) == ["https://example.org/a", "https://example.org/b"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            b"https://example.org/a b.html",
            "white space or a control character in an address; write one a line, and %20 for a space of its own",
        ),
        (b"https://example.org/caf\xe9", "it is not UTF-8; save the list as UTF-8"),
        (b"//example.org/a", "no scheme; write https://example.org/a"),
    ],
)
def test_a_bad_line_says_what_to_do(tmp_path: Path, line: bytes, said: str) -> None:
    (failure,) = listed(tmp_path, "urls.txt", line)
    assert isinstance(failure, Failure)
    assert failure.detail.endswith(f"line 1: {said}")


def test_packed_lists_and_csv_of_semicolons(tmp_path: Path) -> None:
    """Datasets serve as lists, packed ones too; spreadsheets part cells by semicolons where the comma is the decimal sign."""
    line = b'{"url": "https://example.org/a"}\n'
    assert urls(listed(tmp_path, "out.jsonl.gz", gzip.compress(line))) == ["https://example.org/a"]
    assert urls(listed(tmp_path, "out.jsonl.zst", zstandard.compress(line))) == ["https://example.org/a"]
    assert urls(listed(tmp_path, "urls.txt.gz", gzip.compress(b"https://example.org/a\n"))) == ["https://example.org/a"]
    content = 'title;url\n"a; b, c";https://example.org/a\nx,y;https://example.org/b\n'
    assert urls(listed(tmp_path, "urls.csv", content)) == ["https://example.org/a", "https://example.org/b"]
    with pytest.raises(SourceError, match="it is packed, and broken"):
        listed(tmp_path, "urls.txt.gz", gzip.compress(b"https://example.org/a\n" * 99)[:-12])
    with pytest.raises(SourceError, match=r"the columns are: link; name the right one \(--field, or field in the job\)"):
        listed(tmp_path, "urls.csv", "link\nhttps://example.org/a\n")
