"""Faults 24 and 42: certificates are always checked, and what goes wrong with TLS is a typed failure."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scraper.records import FailureKind, Truncation
from tests.faults import ROUTES, article_page
from tests.scraper.fetchers.conftest import Get
from tests.server import Exchange, Server, answer

CERTIFICATES = Path(__file__).parents[2] / "certificates"
TRUST = str(CERTIFICATES / "authority.pem")


@contextmanager
def _tls(certificate: str = "server.pem") -> Iterator[Server]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / certificate)
    with Server(routes=dict(ROUTES), tls=context) as running:
        yield running


def _loopback(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


def _page(server: Server, path: str = "/article/1", host: str = "good.example") -> str:
    return server.url(path, host)


def test_42_a_good_certificate(get: Get) -> None:
    with _tls() as server:
        page = get(_page(server), resolve=_loopback, ca_bundle=TRUST, timeout=3).page
    assert page.data == article_page("1")
    assert page.truncation is Truncation.NO


def test_42_an_unknown_authority(get: Get) -> None:
    with _tls() as server:
        get(_page(server), resolve=_loopback, timeout=3).failure(FailureKind.TLS)
        assert server.log == []


def test_42_expired(get: Get) -> None:
    with _tls("expired.pem") as server:
        assert "expired" in get(_page(server), resolve=_loopback, ca_bundle=TRUST, timeout=3).failure(FailureKind.TLS).detail
        assert server.log == []


def test_42_wrong_host(get: Get) -> None:
    with _tls() as server:
        get(_page(server, host="other.example"), resolve=_loopback, ca_bundle=TRUST, timeout=3).failure(FailureKind.TLS)
        assert server.log == []


def test_42_no_tls_behind_https(get: Get) -> None:
    def speak_plainly(listener: socket.socket) -> None:
        sock, _ = listener.accept()
        with sock:
            sock.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            sock.recv(4096)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=speak_plainly, args=(listener,), daemon=True).start()
        url = f"https://good.example:{listener.getsockname()[1]}/"
        get(url, resolve=_loopback, ca_bundle=TRUST).failure(FailureKind.TLS)


def test_42_end_amid_the_stream(get: Get) -> None:
    with _tls() as server:
        get(_page(server, "/rst-body"), resolve=_loopback, ca_bundle=TRUST, timeout=3).failure(FailureKind.TRUNCATED)


def test_42_a_handshake_that_never_comes(get: Get) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"https://good.example:{silent.getsockname()[1]}/"
        get(url, resolve=_loopback, ca_bundle=TRUST).failure(FailureKind.TIMEOUT)


def test_1_slow_body_over_tls(get: Get) -> None:
    with _tls() as server:
        get(_page(server, "/slow-body"), resolve=_loopback, ca_bundle=TRUST, timeout=1).failure(FailureKind.TIMEOUT)


def test_2_header_drip_over_tls(get: Get) -> None:
    with _tls() as server:
        get(_page(server, "/header-drip"), resolve=_loopback, ca_bundle=TRUST, timeout=1).failure(FailureKind.TIMEOUT)


def test_24_downgrade_is_recorded(server: Server, get: Get) -> None:
    def downgrade(exchange: Exchange) -> None:
        answer(exchange, status="302 Found", headers={"Location": server.url("/article/1", "plain.example")})

    with _tls() as secure:
        secure.routes["/down"] = downgrade
        page = get(_page(secure, "/down"), resolve=_loopback, ca_bundle=TRUST, timeout=3).page
    assert page.url == server.url("/article/1", "plain.example")
    assert page.warnings == ("https_downgrade",)


def test_a_certificate_of_ours_is_shown_to_the_host_that_it_is_for(get: Get) -> None:
    shown: dict[str, bool] = {}

    def look(exchange: Exchange) -> None:
        assert isinstance(exchange.sock, ssl.SSLSocket)
        shown[exchange.request.path] = bool(exchange.sock.getpeercert(binary_form=True))
        to = exchange.request.query.get("to")
        answer(exchange, b"<p>x", status="302 Found" if to else "200 OK", headers={"Location": to} if to else {})

    with _tls() as server, _tls() as other:
        for one in (server, other):
            assert one.tls is not None
            one.tls.verify_mode = ssl.CERT_OPTIONAL
            one.tls.load_verify_locations(TRUST)
            one.routes["/"] = look
        url = _page(server, f"/own?to={_page(other, '/other')}")
        assert get(url, resolve=_loopback, ca_bundle=TRUST, client_cert=str(CERTIFICATES / "server.pem"), timeout=3).page.data == b"<p>x"
    assert shown == {"/own": True, "/other": False}
