"""The wall clock of an exchange: one watching thread shuts the sockets of those whose time is over."""

import contextlib
import heapq
import itertools
import os
import socket
import threading
from collections.abc import Callable

from scraper.fetchers.wire import Wire

__all__ = ["Exchange", "Watchdog"]


class Exchange:
    """One request and its answer: when its time is over, and the sockets to shut then. All times are `clock` seconds."""

    def __init__(self, *, clock: Callable[[], float], seconds: float) -> None:
        self._clock = clock
        self.ends = clock() + seconds
        self._lock = threading.Lock()
        self._handles: list[socket.socket] = []
        self._expired = False
        self.reused = False  # whether a kept connection served it
        self.leftover = False  # whether more bytes came than the answer announced
        self.wire: Wire | None = None  # what goes over the wire, where that is kept

    @property
    def remaining(self) -> float:
        """Seconds left, never under a millisecond, since a timeout of 0 means "do not block" to a socket."""
        return max(self.ends - self._clock(), 0.001)

    @property
    def expired(self) -> bool:
        """Whether the time is over: what a read returned after that is no end of a body."""
        return self._expired or self._clock() >= self.ends

    def hold(self, sock: socket.socket) -> None:
        """Shut this connection too when the time is over. A second handle is kept: the first may be detached, wrapped or closed early."""
        handle = socket.socket(sock.family, sock.type, sock.proto, os.dup(sock.fileno()))
        with self._lock:
            self._handles.append(handle)
            if self._expired:
                _shut(handle)

    def expire(self) -> None:
        """End the exchange: reads and handshakes that wait on its connections return at once."""
        with self._lock:
            self._expired = True
            for handle in self._handles:
                _shut(handle)

    def release(self) -> None:
        """The exchange is over: let go of its connections and its bytes, though the watchdog knows it until its time would have ended."""
        with self._lock:
            self.wire = None
            for handle in self._handles:
                handle.close()
            self._handles.clear()


class Watchdog:
    """Expires exchanges at their ends, from one thread that starts with the first of them."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._wake = threading.Condition()
        self._queue: list[tuple[float, int, Exchange]] = []
        self._order = itertools.count()
        self._thread: threading.Thread | None = None
        self._closed = False

    def watch(self, exchange: Exchange) -> None:
        """Expire `exchange` when its time is over; an exchange that was released meanwhile holds no sockets."""
        with self._wake:
            heapq.heappush(self._queue, (exchange.ends, next(self._order), exchange))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="deadlines", daemon=True)
                self._thread.start()
            elif self._queue[0][2] is exchange:
                self._wake.notify()

    def close(self) -> None:
        """End the thread."""
        with self._wake:
            self._closed = True
            self._wake.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while (due := self._next()) is not None:
            due.expire()

    def _next(self) -> Exchange | None:
        """Wait for the next exchange whose time is over; None at the close."""
        with self._wake:
            while not self._closed:
                if not self._queue:
                    self._wake.wait()
                elif (left := self._queue[0][0] - self._clock()) > 0:
                    self._wake.wait(left)
                else:
                    return heapq.heappop(self._queue)[2]
        return None


def _shut(handle: socket.socket) -> None:
    with contextlib.suppress(OSError):  # it was closed, or its peer has gone: what was wanted
        handle.shutdown(socket.SHUT_RDWR)
