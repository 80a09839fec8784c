"""Faults 22 to 26 and 32: where redirects may lead, what they may carry, and that nothing of the environment is sent."""

from pathlib import Path

import pytest

from scraper.fetchers.http import FetchSettings, HttpFetcher
from scraper.records import FailureKind, Page, Target
from tests.faults import ROUTES, article_page, redirect_to
from tests.scraper.fetchers.conftest import LOOPBACK, Get
from tests.server import Exchange, Server


def test_redirects_are_followed_and_recorded(server: Server, get: Get) -> None:
    page = get(server.url("/hops/3")).page
    assert page.url == server.url("/article/1")
    assert page.url_requested == server.url("/hops/3")
    assert page.redirects == tuple(server.url(path) for path in ("/hops/2", "/hops/1", "/article/1"))


def test_redirects_and_errors_keep_their_connection(server: Server) -> None:
    fetcher = HttpFetcher(FetchSettings(allow_networks=LOOPBACK, timeout=2))
    for path in ("/hops/3", "/status/404", "/status/500", "/article/1"):
        fetcher(Target(url=server.url(path)))
    fetcher.close()
    assert server.connections == 1


def test_1_a_redirect_whose_body_drips_is_followed(server: Server, get: Get) -> None:
    def drip(exchange: Exchange) -> None:
        exchange.send(b"HTTP/1.1 302 Found\r\nLocation: /article/1\r\nContent-Length: 900\r\n\r\n")
        exchange.drip([b"x"] * 90, 0.05)

    server.routes["/drip"] = drip
    assert get(server.url("/drip")).page.url == server.url("/article/1")


def test_22_redirect_loop(server: Server, get: Get) -> None:
    assert "circle" in get(server.url("/redirect-loop")).failure(FailureKind.REDIRECT_LOOP).detail
    assert len(server.log) == 1


def test_22_more_than_ten_redirects(server: Server, get: Get) -> None:
    assert "more than 10" in get(server.url("/hops/11")).failure(FailureKind.REDIRECT_LOOP).detail
    assert isinstance(get(server.url("/hops/10")).outcome, Page)


def test_22_a_redirect_to_itself_that_sets_a_cookie_is_no_circle(server: Server, get: Get) -> None:
    assert get(server.url("/cookie-loop")).page.data == article_page("9")


def test_22_cookies_end_with_their_exchange(server: Server) -> None:
    fetcher = HttpFetcher(FetchSettings(allow_networks=LOOPBACK, timeout=2))
    fetcher(Target(url=server.url("/cookie-loop")))
    echo = fetcher(Target(url=server.url("/echo")))
    fetcher.close()
    assert isinstance(echo, Page)
    assert b"cookie" not in echo.data


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd",
        "data:text/html,<p>x</p>",
        "ftp://127.0.0.1/x",
        "javascript:alert(1)",
        "http://",
        "http:///x",
        "gopher://127.0.0.1:70/1",
    ],
)
def test_23_redirect_to_another_scheme_or_nowhere(server: Server, get: Get, target: str) -> None:
    assert get(server.url(redirect_to(target))).failure(FailureKind.REDIRECT_REFUSED).http_status == 302


@pytest.mark.parametrize("target", ["http://127.0.0.1:99999/", "http://[::1/x", "http://127.0.0.1:x/"])
def test_23_redirect_to_what_no_parser_reads(server: Server, get: Get, target: str) -> None:
    get(server.url(redirect_to(target))).failure(FailureKind.REDIRECT_REFUSED)


@pytest.mark.parametrize("status", [300, 301, 302, 303, 307, 308])
def test_25_redirect_without_location(server: Server, get: Get, status: int) -> None:
    failure = get(server.url(f"/redirect?status={status}")).failure(FailureKind.PROTOCOL)
    assert "without Location" in failure.detail
    assert failure.http_status == status


def test_26_bad_bytes_in_location(server: Server, get: Get) -> None:
    assert get(server.url("/location-utf8")).page.url == server.url("/article/%C3%A9")
    assert get(server.url("/location-bytes")).page.url == server.url("/article/%C3%83%C2%A9%C3%BF")
    get(server.url("/location-control")).failure(FailureKind.REDIRECT_REFUSED)


def test_a_user_name_in_location_is_dropped(server: Server, get: Get) -> None:
    target = server.url("/echo").replace("//", "//reader:secret@")
    page = get(server.url(redirect_to(target))).page
    assert page.url == server.url("/echo")
    assert b"authorization" not in page.data


def test_32_no_netrc_and_no_environment(server: Server, get: Get, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path
    (home / ".netrc").write_text("machine 127.0.0.1 login reader password secret\n")
    (home / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("NETRC", str(home / ".netrc"))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert b"authorization" not in get(server.url("/echo")).page.data


def test_secrets_stay_with_the_host_that_they_are_for(server: Server, get: Get) -> None:
    with Server(routes=dict(ROUTES)) as other:
        secret = {"Authorization": "Bearer x", "X-Api-Key": "y", "Accept-Language": "fr"}
        page = get(server.url(redirect_to(other.url("/echo"))), headers=secret, cookies={"session": "z"}, timeout=2).page
        own = get(server.url("/echo"), headers=secret, cookies={"session": "z"}).page
    assert not any(name in page.data for name in (b"authorization", b"x-api-key", b"cookie"))
    assert b"accept-language: fr" in page.data  # it tells nobody a secret, and the page would be another one without it
    assert all(line in own.data for line in (b"authorization: Bearer x", b"x-api-key: y", b"session=z"))


def test_the_user_agent_names_product_version_and_contact(server: Server, get: Get) -> None:
    sent = get(server.url("/echo"), contact="https://example.org/bot").page.data.decode()
    assert "user-agent: article-scraper/" in sent
    assert "(+https://example.org/bot)" in sent
    assert "accept-encoding: gzip, deflate, br, zstd" in sent
