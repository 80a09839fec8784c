"""The archive's files: what is appended, that both libraries verify it, when a file is full, and how long it stays."""

import os
import resource
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator

from scraper.archive import Archive
from scraper.errors import OutputError
from scraper.warc.files import in_order
from tests.scraper.archive.parts import URL, State, archive_in, captured, check, failure, kinds, page, read_all

BODY = b"<p>Something of some length, so that it is worth a revisit when it comes again.</p>" * 5


def test_an_exchange_and_its_conclusion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = archive_in(tmp_path, info={"operator": "ada@example.org"})
    record = archive.append(captured(BODY))
    archive.conclude(page(BODY, record))
    archive.close()
    info, response, request, conclusion = read_all(tmp_path)
    assert b"software: article-scraper/" in info.block
    assert b"operator: ada@example.org\r\n" in info.block
    assert (response.kind, response.id, response.url, response.block) == ("response", record, URL, captured(BODY).response)
    assert (response.headers["warc-date"], response.headers["warc-ip-address"]) == ("2026-03-05T07:30:00.000000Z", "192.0.2.1")
    assert (request.block, request.headers["warc-concurrent-to"]) == (captured(BODY).request, record)
    assert (conclusion.kind, conclusion.headers["warc-refers-to"]) == ("metadata", record)
    check(in_order(tmp_path), monkeypatch)


def test_credentials_are_not_kept(tmp_path: Path) -> None:
    kept = b'GET /a: HTTP/1.1\r\nHost: h\r\nAccept: */*\r\nIf-None-Match: "e"\r\nUser-Agent: a (+mailto:b@c)\r\n'
    asked = kept + b"Authorization: Basic c2VjcmV0\r\ncookie: id=secret\r\nX-Api-Key: a:secret\r\n\r\n"
    archive = archive_in(tmp_path)
    archive.append(captured(BODY, request=asked))
    archive.close()
    (request,) = [record for record in read_all(tmp_path) if record.kind == "request"]
    assert request.block == kept + b"Authorization: [not kept]\r\ncookie: [not kept]\r\nX-Api-Key: [not kept]\r\n\r\n"


def test_what_was_cut_says_why(tmp_path: Path) -> None:
    archive = archive_in(tmp_path)
    archive.append(captured(BODY[:300], cut="disconnect"))
    archive.append(captured(BODY[:300], cut="disconnect"))
    archive.close()
    responses = [record for record in read_all(tmp_path) if record.kind == "response"]
    assert [record.headers["warc-truncated"] for record in responses] == ["disconnect"] * 2  # a part is nothing to refer to


@pytest.mark.parametrize("committed", [False, True])
def test_the_same_payload_is_kept_once(tmp_path: Path, committed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    state = State()
    archive = archive_in(tmp_path, known=state)
    first = archive.append(captured(BODY))
    if committed:
        state.payloads += archive.sync().payloads
    other = "https://other.example.org/b"
    assert archive.append(captured(BODY, url=other)) == first  # the record that holds the bytes
    assert archive.append(captured(b"short")) != archive.append(captured(b"short"))
    archive.close()
    (revisit,) = [record for record in read_all(tmp_path) if record.kind == "revisit"]
    assert revisit.block == captured(BODY).response[: captured(BODY).head]
    names = ("warc-target-uri", "warc-refers-to", "warc-refers-to-target-uri", "warc-refers-to-date")
    assert [revisit.headers[name] for name in names] == [other, first, URL, "2026-03-05T07:30:00.000000Z"]
    assert revisit.headers["warc-profile"].endswith("1.1/revisit/identical-payload-digest")
    assert revisit.headers["warc-payload-digest"] == read_all(tmp_path)[1].headers["warc-payload-digest"]
    check(in_order(tmp_path), monkeypatch)


def test_unchanged_is_a_revisit_of_the_newest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state = State()
    archive = archive_in(tmp_path, known=state)
    first = archive.append(captured(BODY))
    state.payloads += archive.sync().payloads
    archive.append(captured(b"", head=b"HTTP/1.1 304 Not Modified\r\n\r\n", unchanged=True))
    archive.append(captured(b"", url="https://new.example.org/", head=b"HTTP/1.1 304 Not Modified\r\n\r\n", unchanged=True))
    archive.close()
    known, unknown = [record for record in read_all(tmp_path) if record.kind == "revisit"]
    assert known.headers["warc-profile"].endswith("1.1/revisit/server-not-modified")
    assert known.headers["warc-refers-to"] == first
    assert "warc-refers-to" not in unknown.headers
    check(in_order(tmp_path), monkeypatch)


def test_a_payload_whose_file_is_gone_is_kept_again(tmp_path: Path) -> None:
    state = State()
    archive = archive_in(tmp_path, known=state)
    archive.append(captured(BODY))
    state.payloads += archive.sync().payloads
    archive.close()
    in_order(tmp_path)[0].unlink()
    archive = archive_in(tmp_path, known=state)
    archive.append(captured(BODY))
    archive.close()
    assert kinds(tmp_path) == ["warcinfo", "response", "request"]


def test_a_file_that_is_full_is_followed_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = archive_in(tmp_path, rotate_bytes=3000)
    for number in range(9):
        body = os.urandom(700)
        archive.conclude(page(body, archive.append(captured(body)), url=f"{URL}{number}"))
    archive.close()
    files = in_order(tmp_path)
    assert [path.name.split("-")[:2] for path in files] == [["news", f"0000{number}"] for number in range(1, len(files) + 1)]
    assert len(files) > 3
    assert all(3000 <= path.stat().st_size < 6000 for path in files[:-1])
    check(files, monkeypatch)
    archive = archive_in(tmp_path, rotate_bytes=3000)
    archive.append(captured(BODY))
    archive.close()
    assert len(in_order(tmp_path)) in {len(files), len(files) + 1}
    assert kinds(tmp_path).count("response") == 10


def _aged(path: Path, days: float) -> None:
    then = time.time() - days * 86400
    os.utime(path, (then, then))


def test_old_files_go_and_the_one_in_use_stays(tmp_path: Path) -> None:
    archive = archive_in(tmp_path, rotate_bytes=1, keep_days=10)
    for _ in range(3):
        archive.append(captured(os.urandom(300)))
    archive.close()
    first, second, third = in_order(tmp_path)
    for path, days in ((first, 11), (second, 9), (third, 20)):
        _aged(path, days)
    archive = archive_in(tmp_path, keep_days=10)
    assert archive.retire() == [first.name]
    assert in_order(tmp_path) == [second, third]
    archive.close()


@pytest.mark.parametrize(("age", "kind"), [(4, "revisit"), (6, "response")])
def test_nothing_refers_to_what_is_about_to_go(tmp_path: Path, age: float, kind: str) -> None:
    state = State()
    archive = archive_in(tmp_path, known=state, keep_days=10)
    archive.append(captured(BODY, moment=datetime.now(UTC) - timedelta(days=age)))
    state.payloads += archive.sync().payloads
    archive.append(captured(BODY))
    archive.close()
    assert kinds(tmp_path)[3] == kind


@pytest.fixture
def small_disk() -> Iterator[None]:
    """No file may grow beyond 20 kB."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_tears_nothing(tmp_path: Path, small_disk: None, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = archive_in(tmp_path)
    with pytest.raises(OutputError, match="cannot write the archive: File too large; free space") as caught:
        _appended(archive, 100)
    assert caught.value.place is not None
    assert caught.value.place.file == str(in_order(tmp_path)[0])
    archive.close()
    assert kinds(tmp_path).count("response") == kinds(tmp_path).count("request") > 7
    check(in_order(tmp_path), monkeypatch)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    archive = archive_in(tmp_path / "file" / "archive")
    with pytest.raises(OutputError, match=r"file/archive/news-00001.*cannot write the archive: Not a directory"):
        archive.append(captured(BODY))


def _appended(archive: Archive, count: int) -> None:
    for number in range(count):
        body = os.urandom(300)
        archive.conclude(page(body, archive.append(captured(body)), url=f"{URL}{number}"))


def test_a_position_is_that_of_the_first_that_is_not_settled(tmp_path: Path) -> None:
    archive = archive_in(tmp_path)
    assert archive.sync().position is None
    _appended(archive, 3)
    archive.conclude(failure(f"{URL}3"))
    archive.settle(f"{URL}0")
    archive.settle(f"{URL}2")
    synced = archive.sync()
    assert len(synced.payloads) == 3
    assert archive.sync().payloads == ()
    archive.close()
    again = Archive(archive._settings)
    assert [found.asked for found in again.recover(synced.position)] == [f"{URL}1", f"{URL}2", f"{URL}3"]
    for number in (1, 2, 3):
        again.settle(f"{URL}{number}")
    end = again.sync().position
    again.close()
    assert end == f"{in_order(tmp_path)[0].name}:{in_order(tmp_path)[0].stat().st_size}"
    assert list(Archive(archive._settings).recover(end)) == []


def test_others_read_it(tmp_path: Path) -> None:
    archive = archive_in(tmp_path)
    _appended(archive, 3)
    archive.close()
    with in_order(tmp_path)[0].open("rb") as stream:
        found = [str(record.headers["WARC-Type"]) for record in ArchiveIterator(stream)]
    assert found == ["warcinfo", *["response", "request", "metadata"] * 3]
