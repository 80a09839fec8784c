"""Pages that only send their readers on: what is followed as a redirect, and what is a page."""

import time
from pathlib import Path

import pytest

from scraper.fetchers.refresh import refresh
from scraper.job.file import build_job
from scraper.records import FailureKind
from scraper.run.pipeline import run_job
from tests.faults import article_page
from tests.scraper.fetchers.conftest import Get
from tests.server import Exchange, Server, answer

URL = "https://news.example/old/story"


def _stub(content: str, *, head: str = "", body: str = "<p>This page has moved.</p>") -> bytes:
    return f'<!doctype html><html><head>{head}<title>x</title><meta http-equiv="Refresh" content="{content}"></head>{body}</html>'.encode()


@pytest.mark.parametrize(
    ("content", "onward"),
    [
        ("0; url=https://news.example/new", "https://news.example/new"),
        ("0;URL='/new'", "https://news.example/new"),
        ("1, new", "https://news.example/old/new"),
        (" 4.5 ; url = '/new' and more", "https://news.example/new"),
        (";url=/new", "https://news.example/new"),
        ("0; url=//cdn.example/new", "https://cdn.example/new"),
        ("0", None),
        ("0; url=", None),
        ("0; url=#top", None),
        ("0; url=/old/story#top", None),
        ("0; url=http://[::1", None),
        ("5; url=/new", None),
        ("1800; url=/new", None),
        ("soon; url=/new", None),
        ("9" * 5000 + "; url=/new", None),
    ],
)
def test_where_a_page_sends_its_readers(content: str, onward: str | None) -> None:
    assert refresh(_stub(content), URL) == onward


def test_what_is_a_page_of_its_own() -> None:
    assert refresh(_stub("0; url=/new", head='<base href="https://www.news.example/">'), URL) == "https://www.news.example/new"
    assert refresh(_stub("0; url=/new", body=f"<article>{'A long report. ' * 30}</article>"), URL) is None
    assert refresh(_stub("0; url=/new", body="<!--" + " " * 9000 + "-->"), URL) is None
    assert refresh(b'<html><head><noscript><meta http-equiv="refresh" content="0; url=/nojs"></noscript></head></html>', URL) is None
    assert refresh(_stub("0; url=/new"), "https://news.example/robots.txt") is None
    assert refresh(b"", URL) is None


def test_a_hostile_stub_takes_no_time() -> None:
    started = time.monotonic()
    for content in (" " * 7000, "0;" + " " * 7000, "url=" * 1700, "0" * 7000):
        refresh(_stub(content), URL)
    assert time.monotonic() - started < 0.5


def _serve(server: Server, path: str, content: str) -> str:
    def behave(exchange: Exchange) -> None:
        answer(exchange, _stub(content))

    server.routes[path] = behave
    return server.url(path)


def test_it_is_followed_like_a_redirect(server: Server, get: Get) -> None:
    page = get(_serve(server, "/moved", "0; url=/article/7")).page
    assert page.data == article_page("7")
    assert (page.url, page.redirects) == (server.url("/article/7"), (server.url("/article/7"),))
    _serve(server, "/there", "0; url=/back")
    assert "circle" in get(_serve(server, "/back", "0; url=/there")).failure(FailureKind.REDIRECT_LOOP).detail
    get(_serve(server, "/script", "0; url=javascript:alert(1)")).failure(FailureKind.REDIRECT_REFUSED)
    get(_serve(server, "/inside", "0; url=http://10.1.2.3/")).failure(FailureKind.ADDRESS_REFUSED)


def test_the_archive_gives_the_same_record_again(server: Server, tmp_path: Path) -> None:
    url = _serve(server, "/moved", "0; url=/article/7")
    raw = {
        "job": {"output": "out.jsonl", "state": "state.sqlite"},
        "source": [{"kind": "urls", "urls": [url]}],
        "fetch": {"allow_networks": ["127.0.0.0/8"], "contact": "t@example.org", "delay": 0},
        "archive": {"path": "out.warc"},
    }
    run_job(build_job(raw, base=tmp_path))
    again = {"job": {"output": "again.jsonl"}, "source": [{"kind": "files", "path": "out.warc"}]}
    run_job(build_job(again, base=tmp_path))
    line = (tmp_path / "out.jsonl").read_text()
    assert line.count("\n") == 1
    assert (tmp_path / "again.jsonl").read_text() == line
