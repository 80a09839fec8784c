"""What tests of the archive share: exchanges made by hand, an archive in a folder, and both libraries' word on its files."""

import io
from collections.abc import Iterable
from contextlib import redirect_stdout
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator
from warcio.archiveiterator import ArchiveIterator as Records
from warcio.bufferedreaders import BufferedReader
from warcio.checker import Checker

from scraper.archive import Archive, Payload, Settings
from scraper.captured import Captured
from scraper.records import Failure, FailureKind, Page
from scraper.warc.files import in_order
from scraper.warc.records import Record, read_records

__all__ = ["MOMENT", "State", "archive_in", "captured", "check", "failure", "kinds", "page", "read_all", "records"]

MOMENT = datetime(2026, 3, 5, 7, 30, tzinfo=UTC)
URL = "https://news.example.org/a"


class State:
    """The payloads that a state keeps."""

    def __init__(self) -> None:
        self.payloads: list[Payload] = []

    def find(self, payload_sha256: str) -> Payload | None:
        return next((one for one in self.payloads if one.payload_sha256 == payload_sha256), None)

    def newest(self, url: str) -> Payload | None:
        return next((one for one in reversed(self.payloads) if one.url == url), None)


def archive_in(folder: Path, position: str | None = None, **more: Any) -> Archive:
    """An archive that can be written to."""
    known, settings = more.pop("known", None), {"rotate_bytes": 10**9, **more}
    archive = Archive(Settings(folder=folder, stem="news", **settings), known=known, run_id="run-1")
    list(archive.recover(position))
    return archive


def captured(body: bytes, *, url: str = URL, head: bytes = b"", **more: Any) -> Captured:
    """An exchange with a body as it was sent."""
    head = head or b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body)
    asked = b"GET /a HTTP/1.1\r\nHost: news.example.org\r\n\r\n"
    values = {"request": asked, "address": "192.0.2.1", "moment": MOMENT, **more}
    return Captured(url=url, response=head + body, head=len(head), **values)


def page(body: bytes, record: str, *, url: str = URL) -> Page:
    """The page that such an exchange gave."""
    return Page(data=body, url=url, url_requested=url, source="s", http_status=200, fetched_at=MOMENT, warc_record_id=record)


def failure(url: str = URL) -> Failure:
    return Failure(url=url, kind=FailureKind.TIMEOUT, detail="no answer within 1 s", fetched_at=MOMENT)


def records(folder: Path) -> list[tuple[str, str | None]]:
    """Kind and address of each record of an archive."""
    found = []
    for path in sorted(folder.iterdir()):
        with path.open("rb") as stream:
            found += [(record.kind, record.url) for record in read_records(stream)]
    return found


def read_all(folder: Path) -> list[Record]:
    """The records of an archive, file by file."""
    found = []
    for path in in_order(folder):
        with path.open("rb") as stream:
            found += list(read_records(stream))
    return found


def kinds(folder: Path) -> list[str]:
    return [kind for kind, _ in records(folder)]


def check(paths: Iterable[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Both libraries find every digest right, and one gzip member for each record."""
    monkeypatch.delitem(BufferedReader.DECOMPRESSORS, "br", raising=False)  # warcio 1.8.1 breaks on brotli 1.2's decompressor
    for path in paths:
        told = io.StringIO()
        with redirect_stdout(told):
            code = Checker(SimpleNamespace(inputs=[str(path)], verbose=True)).process_all()
        assert code == 0, told.getvalue()
        assert "no digest" not in told.getvalue()
        with path.open("rb") as stream:
            assert all(record.verify_block_digest() for record in ArchiveIterator(stream, parse_http=False))
        with path.open("rb") as stream:
            one_member_each = Records(stream)
            offsets = []
            for _ in one_member_each:
                one_member_each.read_to_end()
                offsets.append(one_member_each.get_record_offset())
        with path.open("rb") as stream:
            assert offsets == [record.start for record in read_records(stream)]
