"""Faults 18 to 21, 39, 40 and 43: more than anybody wants. The caps hold for what is kept, and nearly so for what is read."""

import tracemalloc
from typing import NamedTuple

import pytest

from scraper.fetchers.http import Partial
from scraper.records import FailureKind, Truncation
from tests.faults import article_page
from tests.scraper.fetchers.conftest import Get
from tests.server import Server

MIB = 2**20


class Case(NamedTuple):
    encoding: str
    peak: int  # bytes


@pytest.fixture(params=[Case("gzip", 12 * MIB), Case("br", 30 * MIB), Case("zstd", 30 * MIB)], ids=lambda case: case.encoding)
def bomb(request: pytest.FixtureRequest, server: Server, get: Get) -> Case:
    """A bomb that the server has ready: making it takes longer than a deadline."""
    case: Case = request.param
    get(server.url(f"/bomb/{case.encoding}"), timeout=30, max_decoded_bytes=1000)
    return case


def test_18_19_bomb(server: Server, get: Get, bomb: Case) -> None:
    tracemalloc.start()
    try:
        result = get(server.url(f"/bomb/{bomb.encoding}"), timeout=5, max_decoded_bytes=2 * MIB)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "decoded bytes" in result.failure(FailureKind.TOO_LARGE).detail
    assert peak < bomb.peak
    assert result.seconds < 3


def test_18_a_bomb_is_cut_at_the_cap_where_parts_are_kept(server: Server, get: Get, bomb: Case) -> None:
    page = get(server.url(f"/bomb/{bomb.encoding}"), timeout=5, max_decoded_bytes=5000, partial=Partial.KEEP).page
    assert (len(page.data), page.truncation, page.warnings) == (5000, Truncation.LENGTH, ("truncated",))


def test_20_bomb_in_the_body_of_a_redirect(server: Server, get: Get, bomb: Case) -> None:
    tracemalloc.start()
    try:
        page = get(server.url(f"/bomb/{bomb.encoding}?redirect"), timeout=5).page
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert page.data == article_page("1")
    assert peak < 4 * MIB


def test_21_endless_page(server: Server, get: Get) -> None:
    result = get(server.url("/endless"), timeout=5, max_bytes=MIB)
    assert "more than 1048576 bytes" in result.failure(FailureKind.TOO_LARGE).detail
    assert result.seconds < 2


def test_21_an_endless_page_is_not_read_on(server: Server, get: Get) -> None:
    page = get(server.url("/endless"), timeout=5, max_bytes=MIB, partial=Partial.KEEP).page
    assert MIB - 65536 <= len(page.data) <= MIB
    assert page.truncation is Truncation.LENGTH


def test_39_long_header_line(server: Server, get: Get) -> None:
    get(server.url("/long-header")).failure(FailureKind.PROTOCOL)


def test_39_more_than_a_hundred_headers(server: Server, get: Get) -> None:
    get(server.url("/many-headers")).failure(FailureKind.PROTOCOL)


def test_40_ninety_headers_of_sixty_kilobytes(server: Server, get: Get) -> None:
    assert "262144" in get(server.url("/big-headers")).failure(FailureKind.PROTOCOL).detail


def test_43_cookie_flood_is_forgotten(server: Server, get: Get) -> None:
    assert get(server.url("/cookie-flood")).page.data == article_page("1")
    assert "cookie" not in get(server.url("/echo")).page.data.decode()
