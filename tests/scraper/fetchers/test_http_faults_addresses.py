"""Faults 27 to 31: private addresses, however they are written, and however late they appear. A listening canary proves it."""

import socket
import time
from collections.abc import Iterator

import pytest

from scraper.fetchers.guard import Guard
from scraper.fetchers.http import FetchSettings, HttpFetcher
from scraper.records import Failure, FailureKind, Page, Target
from tests.faults import ROUTES, redirect_to
from tests.scraper.fetchers.conftest import Get
from tests.server import Server

FRONT = "127.0.9.1"  # stands for the public internet: the one network that is allowed here


@pytest.fixture
def canary(server: Server) -> Iterator[Server]:
    """A server on the loopback interface that nothing may connect to."""
    yield server
    assert server.connections == 0


@pytest.fixture
def front() -> Iterator[Server]:
    """The server that may be connected to."""
    with Server(routes=dict(ROUTES), address=FRONT) as running:
        yield running


ALIASES = [
    "2130706433",
    "0x7f.1",
    "127.1",
    "0",
    "0177.0.0.1",
    "[::ffff:127.0.0.1]",
    "127.0.0.1",
    "localhost",
    "[::1]",
    "0.0.0.0",
    "127.0.0.1.",
]


@pytest.mark.parametrize("alias", ALIASES)
def test_27_28_redirect_to_loopback(front: Server, canary: Server, get: Get, alias: str) -> None:
    target = f"http://{alias}:{canary.port}/article/1"
    get(front.url(redirect_to(target)), allow_networks=(f"{FRONT}/32",)).failure(FailureKind.ADDRESS_REFUSED)


@pytest.mark.parametrize("alias", ALIASES)
def test_28_aliases_of_loopback_as_targets(canary: Server, get: Get, alias: str) -> None:
    get(f"http://{alias}:{canary.port}/article/1", allow_networks=()).failure(FailureKind.ADDRESS_REFUSED)


@pytest.mark.parametrize("address", ["64:ff9b::7f00:1", "2002:7f00:1::", "::ffff:127.0.0.1", "fe80::1", "fd00::1", "::", "::127.0.0.1"])
def test_29_names_that_resolve_to_embedded_addresses(canary: Server, get: Get, address: str) -> None:
    url = f"http://site.example:{canary.port}/article/1"
    get(url, allow_networks=(), resolve=lambda host, port: [address]).failure(FailureKind.ADDRESS_REFUSED)


def test_30_rebinding_between_check_and_connection(front: Server, canary: Server) -> None:
    """The second answer of the resolver is private; the address that was checked is the one that is connected to."""
    answers = iter([[FRONT], ["127.0.0.1"]])
    fetcher = HttpFetcher(FetchSettings(allow_networks=(f"{FRONT}/32",), timeout=2), resolve=lambda host, port: next(answers))
    page = fetcher(Target(url=f"http://site.example:{front.port}/article/1"))
    fetcher.close()
    assert isinstance(page, Page)
    assert front.log[0].host == f"site.example:{front.port}"


def test_30_rebinding_after_the_name_was_forgotten(front: Server, canary: Server) -> None:
    moment = iter(float(1000 * number) for number in range(100))
    answers = iter([[FRONT], ["127.0.0.1"]])
    guard = Guard((f"{FRONT}/32",), resolve=lambda host, port: next(answers), clock=lambda: next(moment))
    fetcher = HttpFetcher(FetchSettings(timeout=2), guard=guard)
    first = fetcher(Target(url=f"http://site.example:{front.port}/close"))
    second = fetcher(Target(url=f"http://site.example:{canary.port}/article/1"))
    fetcher.close()
    assert isinstance(first, Failure)
    assert first.kind is FailureKind.CONNECT
    assert isinstance(second, Failure)
    assert second.kind is FailureKind.ADDRESS_REFUSED


def test_30_of_a_mixed_answer_only_the_public_address_is_used(front: Server, canary: Server, get: Get) -> None:
    url = f"http://site.example:{front.port}/article/1"
    assert get(url, allow_networks=(f"{FRONT}/32",), resolve=lambda host, port: ["127.0.0.1", "10.0.0.1", FRONT]).page


def test_31_cloud_metadata(get: Get) -> None:
    failure = get("http://169.254.169.254/latest/meta-data/", allow_networks=()).failure(FailureKind.ADDRESS_REFUSED)
    assert "link-local" in failure.detail


def test_the_next_address_is_tried_where_one_is_dead(front: Server, get: Get) -> None:
    url = f"http://site.example:{front.port}/article/1"
    assert get(url, allow_networks=("127.0.0.0/8",), resolve=lambda host, port: ["127.0.9.2", FRONT]).page


def test_the_next_address_is_tried_where_one_swallows_everything(front: Server, get: Get) -> None:
    """A full backlog answers no SYN, as a dead route does: the first address gets its share of the time, not all of it."""
    with socket.socket() as full:
        full.bind(("127.0.9.3", front.port))
        full.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for sock in waiting:
            sock.setblocking(False)
            sock.connect_ex(("127.0.9.3", front.port))
        time.sleep(0.05)
        url = f"http://site.example:{front.port}/article/1"
        assert get(url, timeout=1.0, allow_networks=("127.0.0.0/8",), resolve=lambda host, port: ["127.0.9.3", FRONT]).page
        for sock in waiting:
            sock.close()


def test_a_proxy_may_be_private_but_the_target_may_not(front: Server, get: Get) -> None:
    proxies = {"http": f"http://{FRONT}:{front.port}"}
    front.routes["http:"] = front.routes["/article/"]
    assert get("http://site.example/article/1", allow_networks=(), proxies=proxies).page
    get("http://10.1.2.3/", allow_networks=(), proxies=proxies).failure(FailureKind.ADDRESS_REFUSED)
    get("http://localhost/", allow_networks=(), proxies=proxies).failure(FailureKind.ADDRESS_REFUSED)
    assert len(front.log) == 1
