"""Pings: the right address for each event, the guard's rules, and no patience."""

import time

import pytest

from scraper.fetchers.ping import Event, ping
from scraper.fetchers.settings import FetchSettings
from tests.server import Exchange, Server, answer

SETTINGS = FetchSettings(timeout=0.5, allow_networks=("127.0.0.0/8",), headers={"Authorization": "secret"}, cookies={"session": "secret"})


@pytest.mark.parametrize(
    ("base", "event", "asked"),
    [
        ("/hook/u1", Event.START, "/hook/u1/start"),
        ("/hook/u1", Event.SUCCESS, "/hook/u1"),
        ("/hook/u1", Event.FAILURE, "/hook/u1/fail"),
        ("/hook/u1/", Event.FAILURE, "/hook/u1/fail"),
    ],
)
def test_each_event_has_its_address(base: str, event: Event, asked: str) -> None:
    with Server(routes={"/hook": lambda exchange: answer(exchange, b"OK")}) as server:
        assert ping(server.url(base) + "?rid=1", event, settings=SETTINGS) is None
        (request,) = server.log
    assert (request.path, request.query) == (asked, {"rid": "1"})
    assert not {"authorization", "cookie"} & set(request.headers)


def test_an_answer_without_content_is_one() -> None:
    with Server(routes={"/hook": lambda exchange: answer(exchange, status="204 No Content")}) as server:
        assert ping(server.url("/hook"), Event.SUCCESS, settings=SETTINGS) is None


def stall(exchange: Exchange) -> None:
    exchange.server.stopped.wait(10)


def test_what_goes_wrong_is_said_without_the_address() -> None:
    with Server(routes={"/hook": stall}) as server:
        began = time.monotonic()
        assert ping(server.url("/hook/secret"), Event.START, settings=SETTINGS) == "timeout"
        assert time.monotonic() - began < 5
        assert ping(server.url("/none/secret"), Event.START, settings=SETTINGS) == "http_4xx (status 404)"
    assert ping(server.url("/hook/secret"), Event.START, settings=SETTINGS) == "connect"
    assert ping("http://127.0.0.1:1/secret", Event.START, settings=FetchSettings()) == "address_refused"
    assert ping("no address", Event.START, settings=SETTINGS) is not None
