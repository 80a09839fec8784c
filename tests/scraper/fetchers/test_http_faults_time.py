"""Faults 1 to 4: servers that take their time. Every exchange ends at its deadline."""

import threading
import time

from scraper.fetchers.http import Partial
from scraper.records import FailureKind
from tests.scraper.fetchers.conftest import DEADLINE, Get
from tests.server import Exchange, Server, answer


def test_1_slow_loris_body(server: Server, get: Get) -> None:
    result = get(server.url("/slow-body"))
    assert result.failure(FailureKind.TIMEOUT).http_status == 200
    assert result.seconds >= DEADLINE


def test_1_slow_loris_body_of_unknown_length_is_no_page(server: Server, get: Get) -> None:
    get(server.url("/slow-unframed")).failure(FailureKind.TIMEOUT)


def test_1_a_slow_body_is_no_page_even_where_parts_are_kept(server: Server, get: Get) -> None:
    get(server.url("/slow-body"), partial=Partial.KEEP).failure(FailureKind.TIMEOUT)


def test_2_header_drip_is_no_empty_page(server: Server, get: Get) -> None:
    get(server.url("/header-drip")).failure(FailureKind.TIMEOUT)


def test_3_continue_drip_ends_at_the_deadline(server: Server, get: Get) -> None:
    get(server.url("/continue-drip")).failure(FailureKind.TIMEOUT)


def test_3_continue_flood_ends_at_the_cap_on_heads(server: Server, get: Get) -> None:
    result = get(server.url("/continue-flood"), timeout=5)
    assert "bytes of headers" in result.failure(FailureKind.PROTOCOL).detail
    assert result.seconds < 2


def test_3_a_server_that_never_answers(server: Server, get: Get) -> None:
    failure = get(server.url("/hang")).failure(FailureKind.TIMEOUT)
    assert failure.detail == f"no answer within {DEADLINE:g} s"  # and no word of the end that we put to it


def test_4_hanging_name_lookup(get: Get) -> None:
    release = threading.Event()

    def hang(host: str, port: int) -> list[str]:
        release.wait(10)
        return []

    failure = get("http://slow.example/", resolve=hang).failure(FailureKind.DNS)
    release.set()
    assert "slow.example" in failure.detail


def test_4_unknown_name(get: Get) -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    assert "no such name" in get("http://gone.example/", resolve=unknown).failure(FailureKind.DNS).detail


def test_deadline_covers_all_redirects_together(server: Server, get: Get) -> None:
    def slow_hop(exchange: Exchange) -> None:
        time.sleep(0.25)
        answer(exchange, status="302 Found", headers={"Location": f"/slow-hop/{len(server.log)}"})

    server.routes["/slow-hop"] = slow_hop
    get(server.url("/slow-hop")).failure(FailureKind.TIMEOUT)
    assert 2 <= len(server.log) <= 3
