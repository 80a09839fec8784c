"""The wire below requests: connections to vetted addresses, under the exchange's deadline, with bounded heads."""

import contextlib
import http.client
import re
import resource
import socket
import sys
import threading
from typing import Any, ClassVar

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError
from urllib3.util.connection import create_connection

from scraper.fetchers.deadline import Exchange
from scraper.fetchers.guard import Guard

__all__ = ["MAX_HEAD", "GuardedAdapter", "HeadTooLong"]

# Chromium's limit for all header lines of an answer together (net/http/http_stream_parser.cc); the standard library alone lets
# 100 lines of 64 KB pass, and any number of "100 Continue".
MAX_HEAD = 256 * 1024

# Hosts whose idle connections are kept: as many as leave room for the rest under the process's limit of open files.
MOST_KEPT_HOSTS = 400
KEPT_SHARE = 0.4

# A name and its colon (RFC 9110, 5.1); white space between them, which is forbidden and met, is taken out.
_HEADER = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?=[ \t]*:)")

# Seconds for one address to take the connection: a SYN is sent again after 1, 3 and 7 s (RFC 6298, 2.1 and 5.5), and who has answered none
# of the four is not there. Of several addresses each gets its share of the time that is left.
LONGEST_CONNECT = 10.0

_INTERIM = range(102, 200)  # 1xx answers other than 100 and 101 come before the answer proper (RFC 9110, 15.2)


class HeadTooLong(http.client.HTTPException):
    """The status line and headers, interim answers included, are larger than the cap."""


class _Head:
    """The lines of an answer's head, counted. Lines that are no header are left out: the parser would drop all that follow them.

    `status`: whether the next line is a status line.
    """

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._left = MAX_HEAD
        self.status = True

    def readline(self, limit: int = -1) -> bytes:
        while True:
            line: bytes = self._stream.readline(limit)
            self._left -= len(line)
            if self._left < 0:
                raise HeadTooLong(f"more than {MAX_HEAD} bytes of headers")
            if self.status or not line.strip() or line[:1] in {b" ", b"\t"}:
                self.status = False
                return line
            if match := _HEADER.match(line):
                return match[1] + line[match.end(1) :].lstrip(b" \t")

    def close(self) -> None:
        self._stream.close()


class _Answer(http.client.HTTPResponse):
    """An answer whose head is bounded, whose interim answers are all skipped, and which looks for bytes beyond its announced length."""

    fp: Any
    status: int

    def __init__(self, sock: socket.socket, *, exchange: Exchange, **kwargs: Any) -> None:
        super().__init__(sock, **kwargs)
        self._sock = sock
        self._exchange = exchange
        if exchange.wire is not None:
            self.fp = exchange.wire.answer(self.fp)

    def begin(self) -> None:
        stream = self.fp
        self.fp = _Head(stream)
        try:
            super().begin()
            while self.status in _INTERIM:
                self.headers = self.msg = None  # type: ignore[assignment]  # begin() reads a new head only where none is there
                super().begin()
        finally:
            self.fp = self.fp and stream  # None where the head was none and the connection is closed
        if self._exchange.wire is not None:
            self._exchange.wire.end_head()

    def _read_status(self) -> Any:
        if isinstance(self.fp, _Head):
            self.fp.status = True
        return super()._read_status()  # type: ignore[misc]  # not in the type stubs

    def _close_conn(self) -> None:
        """The body is over: bytes behind it would be taken for the next answer, so that connection is ended."""
        if self.fp is not None and self.length == 0 and not self.chunked and "content-length" in (self.headers or ()):
            with contextlib.suppress(OSError):  # nothing there, or the connection has gone
                self._sock.settimeout(0)
                if self.fp.peek(1):
                    self._exchange.leftover = True
                    self._sock.shutdown(socket.SHUT_RDWR)
        super()._close_conn()  # type: ignore[misc]  # not in the type stubs


class _Guarded(HTTPConnection):
    """A connection whose socket is made here. Subclasses made by `_pools` carry the guard and the place of the current exchange."""

    guard: ClassVar[Guard | None] = None
    current: ClassVar[threading.local]

    def _new_conn(self) -> socket.socket:
        """Connect to the first vetted address that answers. Without a guard (to a proxy of the job) the name is taken as it is."""
        exchange: Exchange = self.current.exchange
        hosts = (self._dns_host,)
        if self.guard is not None:
            hosts = self.guard.addresses(self._dns_host, self.port, seconds=exchange.remaining)  # type: ignore[assignment]
        failed: OSError | None = None
        for number, host in enumerate(hosts):
            patience = min(exchange.remaining / (len(hosts) - number), LONGEST_CONNECT)
            try:
                sock = create_connection((host, self.port), patience, socket_options=self.socket_options)
                sock.settimeout(exchange.remaining)
            except OSError as error:
                failed = error
                if exchange.expired:
                    break
                continue
            exchange.hold(sock)
            sys.audit("http.client.connect", self, host, self.port)
            return sock
        if isinstance(failed, TimeoutError):
            raise ConnectTimeoutError(self, f"no connection to {self.host} in time") from failed
        raise NewConnectionError(self, f"no connection to {self.host}: {failed}") from failed

    def response_class(self, sock: socket.socket, **kwargs: Any) -> _Answer:  # type: ignore[override]  # a class there
        """The answer to the request of the current exchange."""
        return _Answer(sock, exchange=self.current.exchange, **kwargs)

    def request(self, *args: Any, **kwargs: Any) -> None:
        """Send a request; a kept connection comes under the deadline of the new exchange."""
        if self.sock is not None:
            self.current.exchange.hold(self.sock)
            self.current.exchange.reused = True
        super().request(*args, **kwargs)

    def send(self, data: Any) -> None:
        """Send bytes. Those of a proxy's CONNECT are sent before those of the request, whose place they do not take."""
        super().send(data)
        wire = self.current.exchange.wire
        if wire is not None:
            wire.request = bytes(data)
            wire.address = self.sock.getpeername()[0] if self.guard is not None else None


class GuardedAdapter(HTTPAdapter):
    """The adapter of a fetcher: set `exchange` in the sending thread before each request. Safe to share among threads."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._current = threading.local()
        files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        kept = MOST_KEPT_HOSTS if files == resource.RLIM_INFINITY else min(MOST_KEPT_HOSTS, int(KEPT_SHARE * files))
        super().__init__(pool_connections=kept, pool_maxsize=8, max_retries=0)

    @property
    def exchange(self) -> Exchange:
        """The exchange of this thread."""
        exchange: Exchange = self._current.exchange
        return exchange

    @exchange.setter
    def exchange(self, exchange: Exchange) -> None:
        self._current.exchange = exchange

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools connect through the guard."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _pools(self._guard, self._current)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        """Proxies are named by the job, so their addresses are not vetted; the deadline holds for them too."""
        manager = super().proxy_manager_for(proxy, **kwargs)
        manager.pool_classes_by_scheme = _pools(None, self._current)
        return manager


def _pools(guard: Guard | None, current: threading.local) -> dict[str, type[HTTPConnectionPool]]:
    """Pool classes whose connections share a guard and the place where each thread keeps its exchange."""
    bound = {"guard": guard, "current": current}
    plain = type("Plain", (_Guarded,), bound)
    secure = type("Secure", (_Guarded, HTTPSConnection), bound)
    return {
        "http": type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
        "https": type("SecurePool", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
    }
