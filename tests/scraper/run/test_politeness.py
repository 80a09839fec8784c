"""Politeness proved by the server's own log: many hosts, delays, Crawl-delay and Retry-After, through a whole run of the pipeline."""

import itertools
from collections import defaultdict
from pathlib import Path

import pytest

from scraper.job.file import build_job
from scraper.records import OutcomeKind
from scraper.run.pipeline import run_job
from tests.faults import ROUTES, redirect_to
from tests.scraper.fakes import fake_extract
from tests.server import Exchange, Request, Server, answer

# Seconds by which a moment that the server reads may lie after the one that the client read, before the next does not. The client
# counts a delay from the end of an answer, the log holds the beginning of each request: an early reading makes no gap too small.
SLACK = 0.005
RETRY_AFTER = 2.0


def host(number: int) -> str:
    """Each host has an address of its own in the loopback network."""
    return f"127.1.{number // 200}.{number % 200 + 1}"


def impatient(exchange: Exchange) -> None:
    """An article, but for the first request that a host gets for it: 503 with Retry-After."""
    before = sum(entry.path == exchange.request.path and entry.host == exchange.request.host for entry in exchange.server.log)
    if before > 1:
        answer(exchange, b"<p>x")
    else:
        answer(exchange, status="503 Wait", headers={"Retry-After": f"{RETRY_AFTER:g}"})


@pytest.mark.parametrize(
    ("hosts", "pages", "delay"), [(40, 5, 0.4), pytest.param(300, 20, 1.0, marks=pytest.mark.slow)], ids=["200 pages", "6,000 pages"]
)
def test_no_gap_is_too_small_and_no_host_waits_for_another(tmp_path: Path, hosts: int, pages: int, delay: float) -> None:
    crawl_delay = {host(number): delay * 1.2 for number in range(0, hosts, 50)}
    asks_for_patience = {host(number) for number in range(7, hosts, 60)}
    server = Server(routes={**ROUTES, "/impatient": impatient}, address="0.0.0.0")
    server.robots = {name: f"User-agent: *\nCrawl-delay: {seconds:g}\n".encode() for name, seconds in crawl_delay.items()}
    with server:
        urls = [
            server.url("/impatient" if page == 2 and name in asks_for_patience else f"/article/{page}", name)
            for page in range(pages)
            for name in map(host, range(hosts))
        ]
        fetch = {"allow_networks": ["127.0.0.0/8"], "delay": delay, "parallel": 24, "contact": "t@example.org"}
        raw = {"job": {"output": "out.jsonl"}, "source": [{"kind": "urls", "urls": urls}], "fetch": fetch}
        done = run_job(build_job(raw, base=tmp_path), extract=fake_extract)
    assert done.summary.total(OutcomeKind.WRITTEN) == hosts * pages, done.summary.lines()
    by_host: dict[str, list[Request]] = defaultdict(list)
    for entry in server.log:
        by_host[entry.host.partition(":")[0]].append(entry)
    assert len(by_host) == hosts
    violations = [
        (name, after.time - before.time)
        for name, entries in by_host.items()
        for before, after in itertools.pairwise(entries)
        if after.time - before.time < _least(name, before, delay, crawl_delay) - SLACK
    ]
    assert not violations
    for name in asks_for_patience:
        first, second = [entry.time for entry in by_host[name] if entry.path == "/impatient"]
        assert second - first >= RETRY_AFTER - SLACK
    assert {server.peak(f"{name}:{server.port}") for name in by_host} == {1}
    longest = max(pages * max(crawl_delay.values()), pages * delay + RETRY_AFTER)
    spent = max(entry.time for entry in server.log) - min(entry.time for entry in server.log)
    print(f"{len(server.log)} requests to {hosts} hosts in {spent:.1f} s; the longest host's own minimum is {longest:.1f} s")
    assert spent <= 1.3 * longest


def test_a_host_behind_redirects_that_rests_holds_no_thread(tmp_path: Path) -> None:
    """One thread; the way of five targets leads to a host whose robots.txt asks for two seconds first, and five others do not wait."""
    crossroads, resting, other = host(0), host(1), host(2)
    server = Server(routes=dict(ROUTES), address="0.0.0.0")

    def robots(exchange: Exchange) -> None:
        first = sum(entry.path == "/robots.txt" and entry.host == exchange.request.host for entry in server.log) == 1
        if first and exchange.request.host.startswith(f"{resting}:"):
            answer(exchange, status="503 Wait", headers={"Retry-After": f"{RETRY_AFTER:g}"})
        else:
            answer(exchange, b"User-agent: *\nDisallow: /private\n")

    server.routes["/robots.txt"] = robots
    with server:
        through = [server.url(redirect_to(server.url(f"/article/{number}", resting)), crossroads) for number in range(5)]
        urls = [*through, *(server.url(f"/article/{number}", other) for number in range(5))]
        fetch = {"allow_networks": ["127.0.0.0/8"], "delay": 0.05, "parallel": 1, "contact": "t@example.org"}
        raw = {"job": {"output": "out.jsonl"}, "source": [{"kind": "urls", "urls": urls}], "fetch": fetch}
        done = run_job(build_job(raw, base=tmp_path), extract=fake_extract)
    assert done.summary.total(OutcomeKind.WRITTEN) == 10, done.summary.lines()
    moments = [(entry.host.partition(":")[0], entry.path, entry.time) for entry in server.log]
    asked, again = [moment for name, path, moment in moments if (name, path) == (resting, "/robots.txt")]
    assert again - asked >= RETRY_AFTER - SLACK
    assert max(moment for name, _, moment in moments if name in {crossroads, other}) < again
    assert sum(name == crossroads for name, _, _ in moments) == 6  # its robots.txt, and each redirect once


def _least(name: str, before: Request, delay: float, crawl_delay: dict[str, float]) -> float:
    """The seconds that must pass after a request; robots.txt itself is asked for before its Crawl-delay is known."""
    return delay if before.path == "/robots.txt" else max(delay, crawl_delay.get(name, 0.0))
