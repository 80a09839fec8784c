"""What earlier runs learned of hosts, given to the pace of this one, and what this one learns, kept for the next."""

import math
import time
from collections.abc import Callable, Iterable
from typing import Protocol

from scraper.fetchers.answers import MAX_RETRY_AFTER
from scraper.fetchers.pace import Pace
from scraper.hosts import Host
from scraper.records import FailureKind

__all__ = ["Acquaintance", "HostStore"]


_LONG = 30.0  # seconds of rest that are worth a row: shorter ones are over before a next run begins


class HostStore(Protocol):
    """Where hosts are kept between runs. Must be safe to share among threads."""

    def get(self, host: str) -> Host | None: ...

    def keep(self, hosts: Iterable[Host]) -> None: ...


class Acquaintance:
    """The caller holds the lock of `pace`. `clock` is that of the pace, `now` gives seconds since 1970."""

    def __init__(
        self, pace: Pace, *, store: HostStore | None = None, clock: Callable[[], float], now: Callable[[], float] = time.time
    ) -> None:
        self._pace, self.store = pace, store
        self._clock, self._now = clock, now
        self._met: set[str] = set()
        self._kept: set[str] = set()
        self.why: dict[str, FailureKind] = {}  # the last failure that told of a host

    def meet(self, host: str) -> None:
        """Before the first request to a host: what is kept of it holds still."""
        if self.store is None or host in self._met:
            return
        self._met.add(host)
        known = self.store.get(host)
        if known is None:
            return
        self._kept.add(host)
        left = max((known.parked_until or 0.0) - self._now(), 0.0)
        if left > MAX_RETRY_AFTER:  # more is never kept: the clock has been set back since, and the moment tells nothing
            left = 0.0
        self._pace.restore(host, adaptive=known.delay, until=self._clock() + left if left else -math.inf, failures=known.failures)
        if known.reason in set(FailureKind):
            self.why[host] = FailureKind(known.reason)

    def note(self, host: str) -> None:
        """Keep at once that a host is to be left alone for long: the run may be killed."""
        if self.store is not None and self._left(host) >= _LONG:
            self.store.keep([self._host(host)])
            self._kept.add(host)

    def keep(self) -> None:
        """At the end: the hosts that need more time than the job gives all of them, those to be left alone, and who has recovered."""
        if self.store is not None:
            self.store.keep([self._host(host) for host in sorted(self._met) if host in self._kept or self._telling(host)])

    def _telling(self, host: str) -> bool:
        return self._pace.slow(host) or self._left(host) >= _LONG

    def _left(self, host: str) -> float:
        now = self._clock()
        return max(self._pace.parked(host, now), self._pace.broken(host, now))

    def _host(self, host: str) -> Host:
        left = self._left(host)
        adaptive, failures = self._pace.learned(host)
        why = self.why.get(host, FailureKind.RATE_LIMITED)
        return Host(
            host=host,
            delay=adaptive,
            parked_until=self._now() + left if left else None,
            reason=str(why) if left else None,
            failures=failures,
        )
