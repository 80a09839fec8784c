"""Faults 5 to 17 and 41, 44, 50: bodies that are cut, mislabelled or wrongly framed. A cut body is never an untold page."""

import time

import pytest

from scraper.fetchers.http import FetchSettings, HttpFetcher, Partial
from scraper.records import Failure, FailureKind, Page, Target, Truncation
from tests.faults import article_page
from tests.scraper.fetchers.conftest import LOOPBACK, Get
from tests.server import Server

PAGE = article_page("1")


def test_5_reset_amid_the_body(server: Server, get: Get) -> None:
    assert get(server.url("/rst-body")).failure(FailureKind.TRUNCATED).http_status == 200


def test_5_reset_before_an_answer(server: Server, get: Get) -> None:
    get(server.url("/rst")).failure(FailureKind.CONNECT)


def test_5_close_before_an_answer(server: Server, get: Get) -> None:
    get(server.url("/close")).failure(FailureKind.CONNECT)


def test_6_body_shorter_than_announced(server: Server, get: Get) -> None:
    get(server.url("/short-body")).failure(FailureKind.TRUNCATED)


def test_6_a_short_body_is_kept_and_labelled_where_asked(server: Server, get: Get) -> None:
    page = get(server.url("/short-body"), partial=Partial.KEEP).page
    assert (page.data, page.truncation, page.warnings) == (PAGE, Truncation.DISCONNECT, ("truncated",))


def test_7_body_longer_than_announced_is_labelled(server: Server, get: Get) -> None:
    page = get(server.url("/length-too-short")).page
    assert page.data == PAGE[:300]
    assert page.truncation is Truncation.MAYBE
    assert page.warnings == ("longer_than_announced",)


def test_8_conflicting_lengths(server: Server, get: Get) -> None:
    get(server.url("/two-lengths")).failure(FailureKind.PROTOCOL)


def test_9_length_and_chunks_at_once(server: Server, get: Get) -> None:
    page = get(server.url("/length-and-chunks")).page
    assert page.data == PAGE
    assert page.warnings == ("framing_conflict",)


def test_10_missing_last_chunk(server: Server, get: Get) -> None:
    get(server.url("/no-last-chunk")).failure(FailureKind.TRUNCATED)


@pytest.mark.parametrize("path", ["/bad-chunk", "/negative-chunk"])
def test_11_bad_chunk_size(server: Server, get: Get, path: str) -> None:
    get(server.url(path)).failure(FailureKind.TRUNCATED)


def test_12_neither_length_nor_chunks(server: Server, get: Get) -> None:
    page = get(server.url("/unframed")).page
    assert (page.data, page.truncation) == (PAGE, Truncation.MAYBE)


def test_13_cut_gzip_under_a_matching_length(server: Server, get: Get) -> None:
    assert "end mark" in get(server.url("/gzip-cut")).failure(FailureKind.TRUNCATED).detail


def test_13_a_whole_gzip_stream_proves_the_end_of_an_unframed_body(server: Server, get: Get) -> None:
    page = get(server.url("/gzip-unframed")).page
    assert (page.data, page.truncation) == (PAGE, Truncation.NO)


def test_14_gzip_that_is_none(server: Server, get: Get) -> None:
    assert get(server.url("/gzip-lie")).failure(FailureKind.PROTOCOL).http_status == 200


def test_15_junk_after_the_gzip_stream(server: Server, get: Get) -> None:
    assert get(server.url("/gzip-junk")).page.data == PAGE


def test_16_unknown_encoding(server: Server, get: Get) -> None:
    assert "x-rot13" in get(server.url("/unknown-encoding")).failure(FailureKind.PROTOCOL).detail


def test_17_six_encodings(server: Server, get: Get) -> None:
    assert "6 encodings" in get(server.url("/six-encodings")).failure(FailureKind.PROTOCOL).detail


@pytest.mark.parametrize("path", ["/gzip", "/br", "/zstd", "/deflate", "/deflate-bare"])
def test_sound_encodings(server: Server, get: Get, path: str) -> None:
    page = get(server.url(path)).page
    assert (page.data, page.truncation) == (PAGE, Truncation.NO)


@pytest.mark.parametrize("path", ["/no-status-line", "/garbage"])
def test_41_no_status_line(server: Server, get: Get, path: str) -> None:
    get(server.url(path)).failure(FailureKind.PROTOCOL)


def test_44_no_content_with_a_body(server: Server, get: Get) -> None:
    assert get(server.url("/no-content")).failure(FailureKind.EMPTY_PAGE).http_status == 204


def test_an_empty_body_is_typed(server: Server, get: Get) -> None:
    assert get(server.url("/empty")).failure(FailureKind.EMPTY_PAGE).http_status == 200


def test_early_hints_come_before_the_answer(server: Server, get: Get) -> None:
    assert get(server.url("/early-hints")).page.data == PAGE


def test_46_and_47_labels_are_left_to_extraction_with_their_bytes(server: Server, get: Get) -> None:
    assert get(server.url("/image-as-html")).page.data.startswith(b"\x89PNG")
    assert get(server.url("/html-as-text")).page.content_type == "text/plain"


def test_48_bytes_are_never_decoded_here(server: Server, get: Get) -> None:
    assert get(server.url("/no-charset")).page.data == "<p>čeština</p>".encode()


@pytest.mark.parametrize("path", ["/leftover", "/leftover?late"])
def test_50_leftovers_never_become_the_next_answer(server: Server, path: str) -> None:
    fetcher = HttpFetcher(FetchSettings(allow_networks=LOOPBACK, timeout=2))
    first = fetcher(Target(url=server.url(path)))
    time.sleep(0.1)
    second = fetcher(Target(url=server.url("/article/2")))
    fetcher.close()
    assert isinstance(first, Page)
    assert first.data == PAGE
    assert isinstance(second, Page)
    assert second.data == article_page("2")


def test_connections_are_kept(server: Server) -> None:
    fetcher = HttpFetcher(FetchSettings(allow_networks=LOOPBACK, timeout=2))
    pages = [fetcher(Target(url=server.url(f"/article/{number}"))) for number in range(5)]
    fetcher.close()
    assert all(isinstance(page, Page) for page in pages)
    assert server.connections == 1


def test_a_kept_connection_that_was_closed_is_replaced(server: Server) -> None:
    fetcher = HttpFetcher(FetchSettings(allow_networks=LOOPBACK, timeout=2))
    results: list[Page | Failure] = []
    for _ in range(20):  # this one closes without saying so
        results.append(fetcher(Target(url=server.url("/length-and-chunks"))))
        results.append(fetcher(Target(url=server.url("/article/1"))))
    fetcher.close()
    assert all(isinstance(result, Page) for result in results), results
