"""What is learned of hosts holds in the next run: breaks, long parks and slowness; who has recovered is asked again."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper.fetchers.acquaintance import Acquaintance
from scraper.fetchers.http import FetchSettings, HttpFetcher, RobotsMode
from scraper.fetchers.pace import BREAKS_AFTER, FIRST_BREAK, Pace, Report
from scraper.fetchers.polite import PoliteFetcher
from scraper.hosts import Host
from scraper.records import Failure, FailureKind, Page, Target
from scraper.state import State
from tests.scraper.fetchers.conftest import LOOPBACK
from tests.server import Server, answer


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    opened = State(tmp_path / "state.sqlite")
    yield opened
    opened.close()


def run(state: State, server: Server, *paths: str, close: bool = True) -> list[Page | Failure]:
    """One run: the answers to the paths, one after another."""
    settings = FetchSettings(allow_networks=LOOPBACK, timeout=2, delay=0.0, robots=RobotsMode.IGNORE, retries=0)
    fetch = PoliteFetcher(HttpFetcher(settings))
    fetch.know_hosts(state.hosts)
    answers = [fetch(Target(url=server.url(path))) for path in paths]
    if close:
        fetch.close()
    assert all(isinstance(one, Page | Failure) for one in answers)
    return answers  # type: ignore[return-value]  # none is Unchanged


def test_a_host_that_asks_for_an_hour_is_left_alone_by_the_next_run_too(state: State, server: Server) -> None:
    run(state, server, "/status/429?retry-after=3600", close=False)  # as if it were killed
    [failure] = run(state, server, "/article/1")
    assert isinstance(failure, Failure)
    assert (failure.kind, failure.attempts) == (FailureKind.RATE_LIMITED, 0)
    assert failure.retry_after is not None
    assert 3500 < failure.retry_after <= 3600
    assert len(server.log) == 1


def test_a_clock_that_is_set_back_parks_nobody_for_a_year(state: State, server: Server) -> None:
    for reason, failures in (("rate_limited", 0), ("http_5xx", BREAKS_AFTER)):
        state.hosts.keep([Host(host="127.0.0.1", parked_until=time.time() + 365 * 86400, reason=reason, failures=failures)])
        assert isinstance(run(state, server, "/article/1")[0], Page)
        assert state.hosts.get("127.0.0.1") == Host(host="127.0.0.1")


def test_an_open_breaker_stays_open_and_closes_where_the_host_has_recovered(state: State, server: Server) -> None:
    run(state, server, *["/status/500"] * BREAKS_AFTER)
    known = state.hosts.get("127.0.0.1")
    assert known is not None
    assert (known.parked_until is not None, known.reason, known.failures) == (True, "http_5xx", BREAKS_AFTER)
    [failure] = run(state, server, "/article/1")
    assert isinstance(failure, Failure)
    assert (failure.kind, failure.attempts) == (FailureKind.HTTP_5XX, 0)
    state.hosts.keep([Host(host="127.0.0.1", parked_until=1.0, reason="http_5xx", failures=BREAKS_AFTER)])
    assert isinstance(run(state, server, "/article/1")[0], Page)
    assert state.hosts.get("127.0.0.1") == Host(host="127.0.0.1")


def test_a_second_break_is_longer_though_a_run_lies_between(state: State, server: Server) -> None:
    state.hosts.keep([Host(host="127.0.0.1", parked_until=1.0, reason="http_5xx", failures=BREAKS_AFTER)])
    first, second = run(state, server, "/status/500", "/status/500")
    assert isinstance(second, Failure)
    assert (second.attempts, len(server.log)) == (0, 1)
    assert second.retry_after is not None
    assert FIRST_BREAK < second.retry_after <= 2 * FIRST_BREAK
    assert isinstance(first, Failure)


def test_the_pace_of_a_slow_host_is_remembered(state: State) -> None:
    for seen in (0.0, 5.0):
        pace = Pace(delay=1.0)
        hosts = Acquaintance(pace, store=state.hosts, clock=lambda: 0.0)
        hosts.meet("slow.example")
        hosts.meet("quick.example")
        assert pace.delay("slow.example") == max(seen, 1.0)
        pace.begin("slow.example", "192.0.2.1")
        pace.end("slow.example", "192.0.2.1", now=0.0, report=Report(latency=5.0, good=True))
        hosts.keep()
    assert state.hosts.get("quick.example") is None


def test_nothing_is_kept_of_hosts_that_are_well(state: State, server: Server) -> None:
    server.routes["/fine"] = lambda exchange: answer(exchange, b"<p>x</p>")
    run(state, server, "/fine", "/status/404")
    assert state.hosts.get("127.0.0.1") is None
