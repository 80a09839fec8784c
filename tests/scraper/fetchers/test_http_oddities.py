"""Answers that are odd rather than faulty, and addresses in many spellings: what browsers read is read, and nothing reads too much."""

import gzip
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from scraper.fetchers.http import FetchSettings, HttpFetcher
from scraper.fetchers.origins import askable_url, trusted
from scraper.records import FailureKind, Page, Target, Truncation
from tests.faults import ROUTES, raw, redirect_to
from tests.scraper.fetchers.conftest import LOOPBACK, Get
from tests.server import Exchange, Server, answer

BODY = b"<html><p>Whole</p></html>"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
LENGTH = b"Content-Length: %d\r\n" % len(BODY)
CHUNKED = b"Transfer-Encoding: chunked\r\n"
CHUNKS = b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY)
ZIPPED = gzip.compress(BODY)


@pytest.mark.parametrize(
    "data",
    [
        OK + LENGTH + LENGTH + b"\r\n" + BODY,
        OK + b"Content-Length: %d, %d\r\n\r\n" % (len(BODY), len(BODY)) + BODY,
        OK + b"Transfer-Encoding: CHUNKED\r\n\r\n" + CHUNKS,
        OK + CHUNKED + b'\r\n%X ;a=b;c="d"\r\n%s\r\n0;x\r\nX-Trailer: 1\r\n\r\n' % (len(BODY), BODY),
        b"HTTP/1.1 200\r\n" + LENGTH + b"\r\n" + BODY,
        b"HTTP/1.1 200 OK\n" + LENGTH.replace(b"\r", b"") + b"\n" + BODY,
        OK + b"this is no header\r\n" + CHUNKED + b"\r\n" + CHUNKS,
        OK + b"X-\xc3\xa9: \xff\r\n" + CHUNKED + b"\r\n" + CHUNKS,
        OK + b"Transfer-Encoding : chunked\r\n\r\n" + CHUNKS,
        OK + b"X-Folded: a\r\n  no: header\r\n\tb\r\n" + CHUNKED + b"\r\n" + CHUNKS,
        OK + b"X-Null: a\0b\r\n: nameless\r\n" + LENGTH + b"\r\n" + BODY,
        OK + b"Content-Encoding: GZIP\r\nContent-Length: %d\r\n\r\n" % len(ZIPPED) + ZIPPED,
        OK + b"Content-Encoding: UTF-8\r\n" + LENGTH + b"\r\n" + BODY,
        OK + b"Content-Encoding: none\r\n" + LENGTH + b"\r\n" + BODY,
        OK + b"Retry-After: 3600\r\nRefresh: 0; url=http://127.0.0.1:1/\r\n" + LENGTH + b"\r\n" + BODY,
        OK + b"Set-Cookie: =;;\xff\r\nSet-Cookie: a=b; Max-Age=99999999999999999999; Expires=never\r\n" + LENGTH + b"\r\n" + BODY,
    ],
)
def test_what_browsers_read_is_a_whole_page(server: Server, get: Get, data: bytes) -> None:
    server.routes["/odd"] = raw(data)
    page = get(server.url("/odd")).page
    assert (page.data, page.truncation) == (BODY, Truncation.NO)


@pytest.mark.parametrize("length", [b"-5", b"+25", b"0x19", b"2_5", b"many", b""])
def test_a_length_that_is_no_number_tells_nothing_of_the_end(server: Server, get: Get, length: bytes) -> None:
    server.routes["/odd"] = raw(OK + b"Content-Length: " + length + b"\r\n\r\n" + BODY)
    page = get(server.url("/odd")).page
    assert (page.data, page.truncation) == (BODY, Truncation.MAYBE)


@pytest.mark.parametrize("coding", [b"gzip, chunked", b"xchunked", b"chunked, gzip"])
def test_a_transfer_coding_that_nobody_offered_is_no_page(server: Server, get: Get, coding: bytes) -> None:
    server.routes["/odd"] = raw(OK + b"Transfer-Encoding: " + coding + b"\r\n\r\n" + CHUNKS)
    assert "Transfer-Encoding" in get(server.url("/odd")).failure(FailureKind.PROTOCOL).detail


@pytest.mark.parametrize("status", [b"HTTP/1.1 99 No", b"HTTP/1.1 1000 No", b"ICY 200 OK", b"HTTP/2.0 200 OK", b"HTTP/1.1 two OK"])
def test_what_is_no_status_line(server: Server, get: Get, status: bytes) -> None:
    server.routes["/odd"] = raw(status + b"\r\n" + LENGTH + b"\r\n" + BODY)
    get(server.url("/odd")).failure(FailureKind.PROTOCOL)


def test_a_length_over_the_cap_is_believed_and_nothing_is_read(server: Server, get: Get) -> None:
    def film(exchange: Exchange) -> None:
        exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 4000000000\r\n\r\n")
        exchange.server.stopped.wait(5)

    server.routes["/film"] = film
    result = get(server.url("/film"), timeout=3)
    assert "4000000000 bytes are announced" in result.failure(FailureKind.TOO_LARGE).detail
    assert result.seconds < 1


def test_a_half_closed_connection(server: Server, get: Get) -> None:
    def half(exchange: Exchange) -> None:
        exchange.send(OK + (LENGTH if exchange.request.path == "/half" else b"Content-Length: 900\r\n") + b"\r\n" + BODY)
        exchange.sock.shutdown(socket.SHUT_WR)
        exchange.server.stopped.wait(5)

    server.routes["/half"] = half
    assert get(server.url("/half")).page.truncation is Truncation.NO
    get(server.url("/half-cut")).failure(FailureKind.TRUNCATED)


@pytest.mark.parametrize("tail", [b"0\r\n" + b"X-Trailer: y\r\n", b"5;" + b"x" * 20])
def test_trailers_and_extensions_without_end_stop_at_the_deadline(server: Server, get: Get, tail: bytes) -> None:
    def drip(exchange: Exchange) -> None:
        exchange.send(OK + CHUNKED + b"\r\n5\r\n<html\r\n" + tail)
        exchange.drip([b"X-T: y\r\n" if tail.endswith(b"\n") else b"x"] * 100, 0.05)

    server.routes["/drip"] = drip
    get(server.url("/drip")).failure(FailureKind.TIMEOUT)


def test_26_two_locations(server: Server, get: Get) -> None:
    server.routes["/two"] = raw(b"HTTP/1.1 302 Found\r\nLocation: /article/1\r\nLocation: /article/2\r\nContent-Length: 0\r\n\r\n")
    server.routes["/same"] = raw(b"HTTP/1.1 302 Found\r\nLocation: /article/1\r\nLocation: /article/1\r\nContent-Length: 0\r\n\r\n")
    assert "2 different" in get(server.url("/two")).failure(FailureKind.REDIRECT_REFUSED).detail
    assert get(server.url("/same")).page.url == server.url("/article/1")


def test_a_fragment_in_location_is_not_sent_and_not_kept(server: Server, get: Get) -> None:
    assert get(server.url(redirect_to("/article/1#top?x=y"))).page.url == server.url("/article/1")
    assert server.paths()[-1] == "/article/1"


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://Bücher.Example/ä", "http://xn--bcher-kva.example/ä"),
        ("http://XN--BCHER-KVA.example./x?Y=Z#f", "http://xn--bcher-kva.example/x?Y=Z#f"),
        ("https://user:secret@Example.org:8443/A", "https://example.org:8443/A"),
        ("http://127。0。0。1/", "http://127.0.0.1/"),
        ("http://①②⑦.0.0.1:80/", "http://127.0.0.1:80/"),
        ("http://%31%32%37.0.0.1/", "http://127.0.0.1/"),
        ("http://[2001:DB8::1]:80/", "http://[2001:db8::1]:80/"),
        ("http://a%2fb/", "http://a%2fb/"),
        ("http://a%00b/", "http://a%00b/"),
        ("http://./", "http://./"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_a_host_has_one_spelling(url: str, asked: str) -> None:
    assert askable_url(url) == asked


@pytest.mark.parametrize("host", ["127。0。0。1", "①②⑦.0.0.1", "%31%32%37.0.0.1", "LOCALHOST.", "[::FFFF:7F00:1]"])
def test_28_other_spellings_of_loopback_are_refused(server: Server, get: Get, host: str) -> None:
    get(f"http://{host}:{server.port}/article/1", allow_networks=()).failure(FailureKind.ADDRESS_REFUSED)
    assert server.connections == 0


def test_international_names_are_asked_in_ascii(server: Server, get: Get) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    page = get(server.url(redirect_to(server.url("/article/1", "Bücher.example")), "straße.example"), resolve=resolve).page
    assert asked == ["xn--strae-oqa.example", "xn--bcher-kva.example"]
    assert page.url == server.url("/article/1", "xn--bcher-kva.example")
    assert [entry.host.partition(":")[0] for entry in server.log] == asked


def test_an_ipv6_host(get: Get) -> None:
    try:
        listener = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("this machine has no IPv6")

    def serve() -> None:
        sock, _ = listener.accept()
        with sock:
            sock.recv(65536)
            sock.sendall(OK + LENGTH + b"\r\n" + BODY)

    with listener:
        threading.Thread(target=serve, daemon=True).start()
        url = f"http://[::1]:{listener.getsockname()[1]}/"
        assert get(url, allow_networks=("::1/128",)).page.data == BODY


def test_a_user_name_in_a_target_is_not_sent(server: Server, get: Get) -> None:
    page = get(server.url("/echo").replace("//", "//reader:secret@")).page
    assert page.url == server.url("/echo")
    assert b"authorization" not in page.data


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://example.org/b", True),
        ("https://example.org/b", True),
        ("https://example.org:8443/b", False),
        ("http://example.org:8080/b", False),
        ("http://www.example.org/", False),
        ("https://other.example/", False),
    ],
)
def test_whom_secrets_may_reach(url: str, expected: bool) -> None:
    assert trusted(url, "http://example.org/a") is expected
    assert trusted("http://example.org/", "https://example.org/") is False


@pytest.fixture
def two_hosts() -> Iterator[tuple[Server, HttpFetcher]]:
    """A server under all names, and a fetcher with a cookie of the job."""
    settings = FetchSettings(allow_networks=LOOPBACK, timeout=2, cookies={"session": "z"})
    fetcher = HttpFetcher(settings, resolve=lambda host, port: ["127.0.0.1"])
    with Server(routes=dict(ROUTES)) as running:
        yield running, fetcher
    fetcher.close()


@pytest.mark.parametrize("other", ["other.example", "sub.one.example"])
def test_cookies_do_not_cross_hosts(two_hosts: tuple[Server, HttpFetcher], other: str) -> None:
    server, fetcher = two_hosts

    def setting(exchange: Exchange) -> None:
        headers = {"Location": server.url("/echo", other), "Set-Cookie": "own=1"}
        answer(exchange, status="302 Found", headers=headers)

    server.routes["/setting"] = setting
    page = fetcher(Target(url=server.url("/setting", "one.example")))
    assert server.log[0].headers["cookie"] == "session=z"
    assert isinstance(page, Page)
    assert b"cookie:" not in page.data


def test_nothing_is_left_behind_by_many_odd_answers(server: Server) -> None:
    """One fetcher, hundreds of broken exchanges: no thread and no socket stays."""
    fetcher = HttpFetcher(FetchSettings(allow_networks=LOOPBACK, timeout=0.3))
    paths = [
        "/rst",
        "/close",
        "/short-body",
        "/bad-chunk",
        "/garbage",
        "/two-lengths",
        "/gzip-lie",
        "/long-header",
        "/redirect?to=file:///x",
    ]
    threads = threading.active_count()
    for path in paths * 20:
        fetcher(Target(url=server.url(path)))
    fetcher.close()
    time.sleep(0.1)
    assert threading.active_count() <= threads + 3
