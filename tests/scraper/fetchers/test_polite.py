"""The joined fetcher against the server's own log: gaps, parallel requests, robots, parks and retries."""

import itertools
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from scraper.fetchers.http import FetchSettings, HttpFetcher, RobotsMode
from scraper.fetchers.pace import BREAKS_AFTER
from scraper.fetchers.polite import PoliteFetcher
from scraper.records import Failure, FailureKind, NotYet, Page, Target
from tests.faults import ROUTES, redirect_to
from tests.scraper.fetchers.conftest import LOOPBACK
from tests.server import Exchange, Server, answer

Make = Callable[..., PoliteFetcher]
SLACK = 0.005  # seconds between the server's clock reading and the client's


@pytest.fixture
def polite() -> Iterator[Make]:
    """A polite fetcher with settings by name; hosts named host-N.example are 127.1.0.N."""
    made: list[PoliteFetcher] = []

    def resolve(host: str, port: int) -> list[str]:
        return [f"127.1.0.{host.partition('.')[0].rpartition('-')[2]}"]

    def make(**settings: object) -> PoliteFetcher:
        chosen = FetchSettings(**{"allow_networks": LOOPBACK, "timeout": 2.0, "delay": 0.0, **settings})  # type: ignore[arg-type]
        made.append(PoliteFetcher(HttpFetcher(chosen, resolve=resolve), jitter=lambda: 1.0))
        return made[-1]

    yield make
    for fetcher in made:
        fetcher.close()


@pytest.fixture
def everywhere() -> Iterator[Server]:
    """A server at all addresses of the loopback network."""
    with Server(routes=dict(ROUTES), address="0.0.0.0") as running:
        yield running


def _gaps(server: Server) -> dict[str, list[float]]:
    times: dict[str, list[float]] = defaultdict(list)
    for entry in server.log:
        times[entry.host].append(entry.time)
    return {host: [after - before for before, after in itertools.pairwise(moments)] for host, moments in times.items()}


def test_robots_come_first_and_forbid(server: Server, polite: Make) -> None:
    server.robots[""] = b"User-agent: *\nDisallow: /article/7\n"
    fetch = polite()
    forbidden = fetch(Target(url=server.url("/article/7")))
    allowed = fetch(Target(url=server.url("/article/8")))
    assert isinstance(forbidden, Failure)
    assert (forbidden.kind, forbidden.attempts) == (FailureKind.ROBOTS_DISALLOWED, 0)
    assert isinstance(allowed, Page)
    assert server.paths() == ["/robots.txt", "/article/8"]


def test_robots_hold_for_redirects_too(server: Server, polite: Make) -> None:
    server.robots[""] = b"User-agent: *\nDisallow: /article/\n"
    result = polite()(Target(url=server.url(redirect_to("/article/7"))))
    assert isinstance(result, Failure)
    assert result.kind is FailureKind.ROBOTS_DISALLOWED
    assert server.paths() == ["/robots.txt", "/redirect"]


def test_55_robots_behind_six_redirects_are_none(server: Server, polite: Make) -> None:
    server.routes["/robots.txt"] = lambda exchange: answer(exchange, status="302 Found", headers={"Location": "/hops/9"})
    assert isinstance(polite()(Target(url=server.url("/article/7"))), Page)
    assert sum(path.startswith("/hops/") for path in server.paths()) == 5


def test_51_robots_that_time_out_forbid(server: Server, polite: Make) -> None:
    server.routes["/robots.txt"] = ROUTES["/hang"]
    result = polite(timeout=0.4, retries=0)(Target(url=server.url("/article/7")))
    assert isinstance(result, Failure)
    assert result.kind is FailureKind.ROBOTS_UNAVAILABLE
    assert server.paths() == ["/robots.txt"]


def test_54_an_endless_robots_file_is_cut(server: Server, polite: Make) -> None:
    def endless(exchange: Exchange) -> None:
        exchange.keep = False
        exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nUser-agent: *\nDisallow: /article/7\n")
        exchange.drip([b"# more\n" * 9000] * 10_000, 0)

    server.routes["/robots.txt"] = endless
    fetch = polite()
    assert isinstance(fetch(Target(url=server.url("/article/8"))), Page)
    assert isinstance(fetch(Target(url=server.url("/article/7"))), Failure)


def test_robots_are_not_asked_for_where_the_job_says_so(server: Server, polite: Make) -> None:
    assert isinstance(polite(robots=RobotsMode.IGNORE)(Target(url=server.url("/article/7"))), Page)
    assert server.paths() == ["/article/7"]


def test_a_refused_address_is_told_before_robots(polite: Make) -> None:
    result = polite(allow_networks=())(Target(url="http://127.0.0.1:9/"))
    assert isinstance(result, Failure)
    assert result.kind is FailureKind.ADDRESS_REFUSED


def test_33_retry_after_is_waited_for(server: Server, polite: Make) -> None:
    states = iter([b"503 Wait", b"200 OK"])

    def once(exchange: Exchange) -> None:
        answer(exchange, b"<p>x</p>", status=next(states).decode(), headers={"Retry-After": "1"})

    server.routes["/once"] = once
    result = polite(robots=RobotsMode.IGNORE)(Target(url=server.url("/once")))
    assert isinstance(result, Page)
    assert result.attempts == 2
    assert server.log[1].time - server.log[0].time >= 1.0 - SLACK


def test_36_a_long_park_holds_no_thread(server: Server, polite: Make) -> None:
    fetch = polite(robots=RobotsMode.IGNORE)
    started = time.monotonic()
    first = fetch(Target(url=server.url("/status/429?retry-after=999999999")))
    second = fetch(Target(url=server.url("/article/1")))
    assert time.monotonic() - started < 1
    for result in (first, second):
        assert isinstance(result, Failure)
        assert result.kind is FailureKind.RATE_LIMITED
        assert result.retry_after is not None
        assert result.retry_after > 20_000
    assert server.paths() == ["/status/429"]


def test_a_host_that_fails_again_and_again_is_left_alone(server: Server, polite: Make) -> None:
    fetch = polite(robots=RobotsMode.IGNORE, retries=0)
    for _ in range(BREAKS_AFTER + 5):
        result = fetch(Target(url=server.url("/status/500")))
    assert isinstance(result, Failure)
    assert (result.kind, result.attempts) == (FailureKind.HTTP_5XX, 0)
    assert len(server.log) == BREAKS_AFTER


def test_retries_end(server: Server, polite: Make) -> None:
    result = polite(robots=RobotsMode.IGNORE, retries=1)(Target(url=server.url("/rst-body")))
    assert isinstance(result, Failure)
    assert (result.kind, result.attempts) == (FailureKind.TRUNCATED, 2)
    assert len(server.log) == 2


def test_a_scheduler_is_told_how_long_to_wait_and_waits_for_nothing_itself(server: Server, polite: Make) -> None:
    fetch = polite(delay=5.0, robots=RobotsMode.IGNORE)
    target = Target(url=server.url("/article/1"))
    assert isinstance(fetch.attempt(NotYet(target=target)), Page)
    started = time.monotonic()
    later = fetch.attempt(NotYet(target=target))
    assert time.monotonic() - started < 0.5
    assert isinstance(later, NotYet)
    assert (later.target, later.attempt) == (target, 1)
    assert 4 < later.seconds <= 5
    assert len(server.log) == 1


def test_a_failure_that_is_worth_a_second_try_is_put_off(server: Server, polite: Make) -> None:
    fetch = polite(robots=RobotsMode.IGNORE)
    target = Target(url=server.url("/status/503?retry-after=7"))
    started = time.monotonic()
    later = fetch.attempt(NotYet(target=target))
    assert time.monotonic() - started < 0.5
    assert isinstance(later, NotYet)
    assert (later.attempt, later.seconds) == (2, 7)


def test_robots_that_ask_for_patience_hold_no_thread(server: Server, polite: Make) -> None:
    server.routes["/robots.txt"] = lambda exchange: answer(exchange, status="503 Wait", headers={"Retry-After": "60"})
    started = time.monotonic()
    later = polite().attempt(NotYet(target=Target(url=server.url("/article/1"))))
    assert time.monotonic() - started < 1
    assert isinstance(later, NotYet)
    assert 59 < later.seconds <= 60
    assert later.lane == "127.0.0.1"


def test_robots_that_ask_for_more_than_patience_are_unavailable(server: Server, polite: Make) -> None:
    server.routes["/robots.txt"] = lambda exchange: answer(exchange, status="503 Wait", headers={"Retry-After": "600"})
    result = polite().attempt(NotYet(target=Target(url=server.url("/article/1"))))
    assert isinstance(result, Failure)
    assert (result.kind, result.attempts) == (FailureKind.ROBOTS_UNAVAILABLE, 0)


def test_robots_are_tried_again_and_then_the_page(server: Server, polite: Make) -> None:
    states = iter(["503 Wait", "200 OK"])
    server.routes["/robots.txt"] = lambda exchange: answer(exchange, b"User-agent: *", status=next(states), headers={"Retry-After": "1"})
    page = polite()(Target(url=server.url("/article/1")))
    assert isinstance(page, Page)
    assert page.attempts == 1
    assert server.paths() == ["/robots.txt", "/robots.txt", "/article/1"]
    assert server.log[1].time - server.log[0].time >= 1.0 - SLACK


def test_a_redirect_to_another_host_is_work_of_that_host(everywhere: Server, polite: Make) -> None:
    fetch = polite(robots=RobotsMode.IGNORE)
    errand = NotYet(target=Target(url=everywhere.url(redirect_to(everywhere.url("/article/1", "host-2.example")), "host-1.example")))
    assert errand.lane == "host-1.example"
    later = fetch.attempt(errand)
    assert isinstance(later, NotYet)
    assert (later.lane, later.seconds, later.attempt, later.target) == ("host-2.example", 0, 1, errand.target)
    page = fetch.attempt(later)
    assert isinstance(page, Page)
    assert page.redirects == (everywhere.url("/article/1", "host-2.example"),)
    assert everywhere.paths() == ["/redirect", "/article/1"]


def test_a_redirect_to_a_host_that_rests_holds_no_thread(everywhere: Server, polite: Make) -> None:
    """host-2 asks for a minute: a target on its way there waits as work of host-2, and host-1 goes on."""
    fetch = polite(robots=RobotsMode.IGNORE)
    busy = everywhere.url("/status/503?retry-after=60", "host-2.example")
    assert isinstance(fetch.attempt(NotYet(target=Target(url=busy))), NotYet)
    through = Target(url=everywhere.url(redirect_to(everywhere.url("/article/1", "host-2.example")), "host-1.example"))
    started = time.monotonic()
    later = fetch.attempt(NotYet(target=through))
    assert isinstance(later, NotYet)
    later = fetch.attempt(later)
    assert isinstance(later, NotYet)
    assert (later.lane, later.target) == ("host-2.example", through)
    assert 58 < later.seconds <= 60
    assert isinstance(fetch.attempt(NotYet(target=Target(url=everywhere.url("/article/1", "host-1.example")))), Page)
    assert time.monotonic() - started < 1


def test_a_failure_behind_a_redirect_counts_against_the_host_that_failed(everywhere: Server, polite: Make) -> None:
    """A shortener whose targets are dead is no dead host; a second try asks the host that failed, and the first no more."""
    fetch = polite(robots=RobotsMode.IGNORE, retries=1)
    through = Target(url=everywhere.url(redirect_to(everywhere.url("/status/503?retry-after=1", "host-2.example")), "host-1.example"))
    result = fetch(through)
    assert isinstance(result, Failure)
    assert (result.kind, result.attempts, result.url) == (FailureKind.RATE_LIMITED, 2, through.url)
    assert [entry.path for entry in everywhere.log] == ["/redirect", "/status/503", "/status/503"]
    for _ in range(BREAKS_AFTER):
        fetch(Target(url=everywhere.url(redirect_to("http://host-3.example:1/"), "host-1.example")))
    assert fetch.broken_hosts() == ("host-3.example",)
    (wait,) = fetch.waits()
    assert (wait.host, wait.kind, wait.reason) == ("host-3.example", FailureKind.CONNECT, "it cannot be reached")
    assert 50 < wait.seconds <= 60
    assert not wait.waited


@pytest.mark.parametrize(("seconds", "waited"), [(100, True), (21540, False)])
def test_who_asks_for_long_is_not_waited_for(everywhere: Server, polite: Make, seconds: int, waited: bool) -> None:
    fetch = polite(robots=RobotsMode.IGNORE, retries=1)
    target = Target(url=everywhere.url(f"/status/503?retry-after={seconds}", "host-1.example"))
    assert isinstance(fetch.attempt(NotYet(target=target)), NotYet if waited else Failure)
    (wait,) = fetch.waits()
    assert (wait.host, wait.waited) == ("host-1.example", waited)


def test_politeness_by_the_servers_log(everywhere: Server, polite: Make) -> None:
    """40 hosts, 6 pages each, some of them redirects and some slow; two hosts ask for a Crawl-delay."""
    delay = 0.1
    everywhere.robots = {"host-1.example": b"User-agent: *\nCrawl-delay: 0.3", "host-2.example": b"User-agent: *\nCrawl-delay: 0.2"}
    fetch = polite(delay=delay)

    def visit(host: int) -> list[Page | Failure]:
        paths = ["/article/1", "/hops/1", "/article/3", "/status/404", "/article/5", "/gzip"]
        return [fetch(Target(url=everywhere.url(path, f"host-{host}.example"))) for path in paths]

    started = time.monotonic()
    with ThreadPoolExecutor(40) as pool:
        results = list(pool.map(visit, range(1, 41)))
    seconds = time.monotonic() - started
    assert all(sum(isinstance(result, Page) for result in host) == 5 for host in results)
    gaps = _gaps(everywhere)
    assert len(gaps) == 40
    wanted = {f"host-{number}.example:{everywhere.port}": wait for number, wait in ((1, 0.3), (2, 0.2))}
    for host, waits in gaps.items():
        after_robots = waits[1:]
        assert min(waits) >= delay - SLACK, host
        assert min(after_robots) >= wanted.get(host, delay) - SLACK, host
        assert everywhere.peak(host) == 1
    longest = 0.1 + 6 * 0.3
    assert seconds < longest * 1.3 + 3  # a busy machine; tests/scraper/run/test_politeness.py holds the bound more closely


def test_many_threads_share_a_host_one_at_a_time(server: Server, polite: Make) -> None:
    fetch = polite(delay=0.05, robots=RobotsMode.IGNORE)
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda number: fetch(Target(url=server.url(f"/article/{number}"))), range(16)))
    assert all(isinstance(result, Page) for result in results)
    [gaps] = _gaps(server).values()
    assert min(gaps) >= 0.05 - SLACK
    assert server.peak(server.log[0].host) == 1


def test_at_most_four_at_an_address(everywhere: Server) -> None:
    busy, peak, lock = 0, 0, threading.Lock()

    def slow(exchange: Exchange) -> None:
        nonlocal busy, peak
        with lock:
            busy += 1
            peak = max(peak, busy)
        time.sleep(0.05)
        with lock:
            busy -= 1
        answer(exchange, b"<p>x</p>")

    everywhere.routes["/slow"] = slow
    settings = FetchSettings(allow_networks=LOOPBACK, timeout=5, delay=0.0, robots=RobotsMode.IGNORE)
    fetch = PoliteFetcher(HttpFetcher(settings, resolve=lambda host, port: ["127.1.0.1"]))
    with ThreadPoolExecutor(12) as pool:
        results = list(pool.map(lambda number: fetch(Target(url=everywhere.url("/slow", f"host-{number}.example"))), range(24)))
    fetch.close()
    assert all(isinstance(result, Page) for result in results)
    assert peak == 4


def test_robots_of_another_host_are_asked_for_without_secrets(everywhere: Server, polite: Make) -> None:
    fetch = polite(headers={"Authorization": "Bearer x", "X-Api-Key": "y", "Accept-Language": "fr"}, cookies={"session": "z"})
    there = everywhere.url("/article/1", "host-2.example")
    assert isinstance(fetch(Target(url=everywhere.url(redirect_to(there), "host-1.example"))), Page)
    told = {
        (entry.host.partition(":")[0], entry.path): sorted({"authorization", "x-api-key", "cookie"} & set(entry.headers))
        for entry in everywhere.log
    }
    assert told == {
        ("host-1.example", "/robots.txt"): ["authorization", "cookie", "x-api-key"],
        ("host-1.example", "/redirect"): ["authorization", "cookie", "x-api-key"],
        ("host-2.example", "/robots.txt"): [],
        ("host-2.example", "/article/1"): [],
    }
    assert {entry.headers["accept-language"] for entry in everywhere.log} == {"fr"}


def test_sitemaps_of_a_robots_txt_are_whole_addresses(server: Server, polite: Make) -> None:
    lines = ("/a.xml", "b.xml", "", "<https://news.example/c.xml>", "https://news.example/d.xml twice", "/a.xml", "ftp://x/e.xml")
    server.robots[""] = "".join(f"Sitemap: {line}\n" for line in lines).encode()
    found = polite().sitemaps(server.url("/city/index.html"))
    assert found == (server.url("/a.xml"), server.url("/b.xml"), "https://news.example/c.xml", "https://news.example/d.xml")
