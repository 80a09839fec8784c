"""A raw-socket HTTP server that misbehaves on request: a behaviour is a function by path, and every request is logged.

By hand: `python -m tests.server [PORT]`.
"""

import contextlib
import socket
import ssl
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO
from urllib.parse import parse_qs, unquote, urlsplit

__all__ = ["Behaviour", "Exchange", "Request", "Server", "answer"]


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came: `time` is monotonic seconds, `peer` the client's address, `local` the one it connected to."""

    time: float
    host: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    peer: str
    local: str
    connection: int


@dataclass(slots=True)
class Exchange:
    """What a behaviour has at hand: the request, the socket, and `keep`, which it clears to end the connection."""

    request: Request
    sock: socket.socket
    server: "Server"
    keep: bool = True
    sent: int = 0

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.sock.sendall(data)
        self.sent += len(data)

    def drip(self, pieces: list[bytes], pause: float) -> None:
        """Send pieces with a pause between them, until the client or the server ends it."""
        for piece in pieces:
            self.send(piece)
            if self.server.stopped.wait(pause):
                return


Behaviour = Callable[[Exchange], None]


def answer(exchange: Exchange, body: bytes = b"", *, status: str = "200 OK", headers: Mapping[str, str] | None = None) -> None:
    """A well-formed answer with a Content-Length."""
    fields = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body)), **(headers or {})}
    head = f"HTTP/1.1 {status}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items()) + "\r\n"
    exchange.send(head.encode("latin-1") + body)


@dataclass(slots=True)
class _Counter:
    value: int = 0
    peak: int = 0


@dataclass
class Server:
    """Listens on `address`, one thread a connection. `routes` maps path prefixes to behaviours; the longest prefix wins.

    `robots` gives the robots.txt of a host name ("" for every other one; 404 where there is none). `log` holds every request;
    `sent` what each path has been sent in bytes; `peak` the most requests at once for each Host header.
    """

    routes: dict[str, Behaviour] = field(default_factory=dict)
    address: str = "127.0.0.1"
    port: int = 0
    tls: ssl.SSLContext | None = None
    robots: dict[str, bytes] = field(default_factory=dict)
    log: list[Request] = field(default_factory=list)
    sent: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.stopped = threading.Event()
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._busy: dict[str, _Counter] = {}
        self._accepted = 0
        self._listener = socket.create_server((self.address, self.port), backlog=512)
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, name="server", daemon=True)

    def __enter__(self) -> "Server":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def url(self, path: str, host: str | None = None) -> str:
        """The address of a path, under another host name where one is given."""
        return f"{'https' if self.tls else 'http'}://{host or self.address}:{self.port}{path}"

    def paths(self, host: str | None = None) -> list[str]:
        """The paths that were asked for, in order; those of one host name where one is given."""
        with self._lock:
            return [entry.path for entry in self.log if host is None or entry.host.partition(":")[0] == host]

    @property
    def connections(self) -> int:
        """How many connections were accepted."""
        return self._accepted

    def peak(self, host: str) -> int:
        """The most requests of a Host header that were answered at the same time."""
        return self._busy.get(host, _Counter()).peak

    def close(self) -> None:
        """Stop listening and cut what is open."""
        self.stopped.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for sock in self._open:
                with contextlib.suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while not self.stopped.is_set():
            try:
                sock, peer = self._listener.accept()
            except OSError:
                return
            self._accepted += 1
            threading.Thread(target=self._serve, args=(sock, str(peer[0]), self._accepted), daemon=True).start()

    def _serve(self, sock: socket.socket, peer: str, number: int) -> None:
        """Answer the requests of one connection until one side ends it."""
        with self._lock:
            self._open.add(sock)
        local = str(sock.getsockname()[0])
        wire = sock
        try:
            if self.tls is not None:
                wire = self.tls.wrap_socket(sock, server_side=True)
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with wire.makefile("rb") as stream:
                while (request := _read(stream, peer=peer, local=local, number=number)) is not None and self._answer(request, wire):
                    pass
        except (OSError, ValueError):
            return  # the client left, or refused the certificate: its own test sees that
        finally:
            with self._lock:
                self._open.discard(sock)
            wire.close()
            sock.close()

    def _answer(self, request: Request, sock: socket.socket) -> bool:
        """Run the behaviour of a path; whether the connection is kept."""
        exchange = Exchange(request=request, sock=sock, server=self)
        prefix = max((route for route in self.routes if request.path.startswith(route)), key=len, default=None)
        with self._lock:
            self.log.append(request)
            busy = self._busy.setdefault(request.host, _Counter())
            busy.value += 1
            busy.peak = max(busy.peak, busy.value)
        try:
            if prefix is None:
                answer(exchange, b"<h1>Not found</h1>", status="404 Not Found")
            else:
                self.routes[prefix](exchange)
        finally:
            with self._lock:
                busy.value -= 1
                self.sent[request.path] = self.sent.get(request.path, 0) + exchange.sent
        return exchange.keep and not self.stopped.is_set()


def _read(stream: BinaryIO, *, peer: str, local: str, number: int) -> Request | None:
    """One request without a body; None where the client has ended the connection."""
    line = stream.readline(65537)
    if not line.strip():
        return None
    _, _, rest = line.decode("latin-1").partition(" ")
    target = urlsplit(rest.rpartition(" ")[0])
    headers: dict[str, str] = {}
    while raw := stream.readline(65537).decode("latin-1").rstrip("\r\n"):
        name, _, value = raw.partition(":")
        headers[name.lower()] = value.strip()
    query = {name: values[-1] for name, values in parse_qs(target.query, keep_blank_values=True).items()}
    host = headers.get("host", "")
    return Request(time.monotonic(), host, unquote(target.path), query, headers, peer, local, number)


def main() -> None:
    """Serve all behaviours until interrupted."""
    from tests.faults import ROUTES  # noqa: PLC0415  # faults are built on this module

    with Server(routes=dict(ROUTES), port=int(sys.argv[1]) if len(sys.argv) > 1 else 0) as server:
        print(server.url("/"), "with", *sorted(ROUTES))
        with contextlib.suppress(KeyboardInterrupt):
            while True:
                time.sleep(1)


if __name__ == "__main__":
    main()
