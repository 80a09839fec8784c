"""Pages in WARC files: as written by others, compressed twice, torn, and refused."""

import gzip
import io
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import brotli
import pytest
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from scraper.records import Failure, FailureKind, Page, Truncation
from scraper.sources.files import Files

URL = "https://news.example.org/a"
BODY = "<p>Käse".encode() * 40
HTML = ("Content-Type", "text/html; charset=utf-8")


class Archive:
    """A WARC file in the making."""

    def __init__(self, *, zipped: bool = True) -> None:
        self._out = io.BytesIO()
        self._writer = WARCWriter(self._out, gzip=zipped)
        self.ends: list[int] = []
        self._add(self._writer.create_warcinfo_record("x.warc.gz", {"software": "test"}))

    def response(self, body: bytes = BODY, *headers: tuple[str, str], status: str = "200 OK", **more: str) -> "Archive":
        head = StatusAndHeaders(status, [HTML, *headers], protocol="HTTP/1.1")
        named = {"WARC-Date": "2026-03-05T07:30:00Z", **{f"WARC-{name}": value for name, value in more.items()}}
        record = self._writer.create_warc_record(URL, "response", payload=io.BytesIO(body), http_headers=head, warc_headers_dict=named)
        return self._add(record)

    def other(self, kind: str, body: bytes, content_type: str) -> "Archive":
        return self._add(self._writer.create_warc_record(URL, kind, payload=io.BytesIO(body), warc_content_type=content_type))

    def _add(self, record: Any) -> "Archive":
        self._writer.write_record(record)
        record.raw_stream.close()  # its spool, which would else be closed with a warning
        self.ends.append(self._out.tell())
        return self

    def read(self, folder: Path, *, cut: int | None = None) -> list[Page | Failure]:
        path = folder / ("a.warc.gz" if self._writer.gzip else "a.warc")
        path.write_bytes(self._out.getvalue()[:cut])
        return list(Files(path=path, source="s", max_bytes=5000))


def chunked(body: bytes) -> bytes:
    return b"5;x=y\r\n" + body[:5] + b"\r\n" + b"%x\r\n%s\r\n0\r\n\r\n" % (len(body) - 5, body[5:])


@pytest.mark.parametrize("zipped", [True, False])
def test_a_response_with_what_the_record_tells(tmp_path: Path, zipped: bool) -> None:
    (page,) = Archive(zipped=zipped).response(BODY, ("ETag", '"1"'), ("X-A", "1"), ("X-A", "2")).read(tmp_path)
    assert isinstance(page, Page)
    assert (page.data, page.url, page.http_status, page.source) == (BODY, URL, 200, "s")
    assert (page.content_type, page.headers["etag"], page.headers["x-a"]) == (HTML[1], '"1"', "1, 2")
    assert page.fetched_at == datetime(2026, 3, 5, 7, 30, tzinfo=UTC)
    assert page.warc_record_id is not None
    assert page.warc_record_id.startswith("<urn:uuid:")
    assert (page.truncation, page.attempts, page.url_requested) == (Truncation.NO, 0, None)


def test_bodies_as_they_came(tmp_path: Path) -> None:
    """Chunks and compression are undone, also both, and record after record; a header whose work was undone already does no harm."""
    te, gz = ("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")
    archive = Archive()
    for _ in range(2):
        archive.response(chunked(BODY), te).response(gzip.compress(BODY), gz).response(chunked(gzip.compress(BODY)), te, gz)
        archive.response(BODY, te).response(BODY, gz).response(brotli.compress(BODY), ("Content-Encoding", "br"))
        archive.response(zstandard.compress(BODY), ("Content-Encoding", "zstd")).response(BODY, ("Content-Encoding", "other"))
    pages = archive.read(tmp_path)
    assert [page.data for page in pages if isinstance(page, Page)] == [BODY] * 16


def test_what_is_no_page(tmp_path: Path) -> None:
    archive = Archive().response(b"moved", status="301 Moved").response(b"gone", status="404 Not Found").response(b"x", status="503 No")
    archive.other("request", b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request").other("metadata", b"a: b", "text/plain")
    found = archive.read(tmp_path)
    assert [(entry.kind, entry.url) for entry in found if isinstance(entry, Failure)] == [
        (FailureKind.HTTP_4XX, URL),
        (FailureKind.HTTP_5XX, URL),
    ]
    assert len(found) == 2


def test_a_resource_is_its_own_body(tmp_path: Path) -> None:
    (page,) = Archive().other("resource", BODY, "text/html").read(tmp_path)
    assert isinstance(page, Page)
    assert (page.data, page.content_type, page.http_status) == (BODY, "text/html", None)


def test_a_page_that_the_crawler_cut_says_so(tmp_path: Path) -> None:
    (page,) = Archive().response(BODY, Truncated="length").read(tmp_path)
    assert isinstance(page, Page)
    assert page.truncation is Truncation.LENGTH


def test_bombs_and_giants_are_failures(tmp_path: Path) -> None:
    archive = Archive().response(gzip.compress(bytes(50_000_000)), ("Content-Encoding", "gzip"))
    archive.response(zstandard.compress(bytes(50_000_000)), ("Content-Encoding", "zstd")).response(bytes(400_000)).response()
    tracemalloc.start()
    kinds = [entry.kind if isinstance(entry, Failure) else entry.data for entry in archive.read(tmp_path)]
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert kinds == [FailureKind.TOO_LARGE] * 3 + [BODY]
    assert most < 20_000_000


def test_a_body_that_was_cut_is_read_as_far_as_it_came(tmp_path: Path) -> None:
    (page,) = Archive().response(gzip.compress(BODY)[:-8], ("Content-Encoding", "gzip"), Truncated="disconnect").read(tmp_path)
    assert isinstance(page, Page)
    assert (page.data, page.truncation) == (BODY, Truncation.DISCONNECT)


@pytest.mark.parametrize("zipped", [True, False])
def test_a_torn_last_record_is_no_page(tmp_path: Path, zipped: bool) -> None:
    archive = Archive(zipped=zipped).response().response()
    whole, end = archive.ends[-2:]
    pages = [archive.read(tmp_path, cut=cut) for cut in range(whole + 1, end - 12)]
    for found in pages:
        assert [entry.data for entry in found if isinstance(entry, Page)] == [BODY]
        assert {entry.kind for entry in found[1:] if isinstance(entry, Failure)} <= {FailureKind.TRUNCATED, FailureKind.BAD_INPUT}
    assert sum(len(found) == 2 for found in pages) > len(pages) / 3  # a tear in the very head of a record leaves no trace


def test_a_file_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(b"<p>just a page, whatever its name\n" * 50)
    assert all(isinstance(entry, Failure) for entry in Files(path=path, max_bytes=5000))


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z"])
def test_a_date_at_the_ends_of_the_calendar_is_no_moment(tmp_path: Path, moment: str) -> None:
    page, refused = Archive().response(Date=moment).response(status="404 Not Found", Date=moment).read(tmp_path)
    assert (page.fetched_at, refused.fetched_at) == (None, None)


def test_a_file_written_as_one_member_is_not_unpacked_for_a_look(tmp_path: Path) -> None:
    one = Archive(zipped=False)
    for _ in range(100):
        one.response(b"<p>" + b"x" * 200_000)
    one.read(tmp_path)
    path = tmp_path / "one.warc.gz"
    path.write_bytes(gzip.compress((tmp_path / "a.warc").read_bytes()))
    tracemalloc.start()
    pages = sum(isinstance(entry, Page) for entry in Files(path=path, source="s", max_bytes=10**6))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert pages == 100
    assert peak < 4 * 2**20
