"""HTTP, robots, pace and retries joined: a fetcher that asks no host faster, or for more, than it allows."""

import math
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from extractors.urls import host_of
from scraper.fetchers.acquaintance import Acquaintance, HostStore
from scraper.fetchers.guard import AddressRefused, NameUnknown
from scraper.fetchers.http import Hop, HttpFetcher, Known
from scraper.fetchers.origins import origin_of
from scraper.fetchers.pace import SLOT_LOOK, Pace, Report
from scraper.fetchers.retry import PATIENCE, retry_wait
from scraper.fetchers.robots import Robots, RobotsStore, robots_settings
from scraper.fetchers.settings import Partial, RobotsMode
from scraper.records import Answer, Failure, FailureKind, NotYet, Page, Target, Unchanged
from scraper.waits import HostWait

__all__ = ["PoliteFetcher"]

# Failures that tell of the host rather than of the page.
_HOST_FAILS = frozenset(
    {FailureKind.DNS, FailureKind.CONNECT, FailureKind.TLS, FailureKind.TIMEOUT, FailureKind.HTTP_5XX, FailureKind.RATE_LIMITED}
)

LISTING_BYTES = 50 * 1024 * 1024  # the sitemap protocol's limit for one file, unpacked


@dataclass(frozen=True, slots=True)
class _Place:
    """A host and the address at which it will be asked."""

    host: str
    address: str


@dataclass(frozen=True, slots=True)
class _Leg:
    """How far a target has come: the request that is next, and the errand for the robots.txt that has to be known before it."""

    hop: Hop
    robots: NotYet | None = None


@dataclass(frozen=True, slots=True)
class _Wait:
    """A leg that cannot go on for so many seconds."""

    leg: _Leg
    seconds: float


class PoliteFetcher:
    """One target in, its answer out, when the host's turn has come; safe to call from several threads.

    A call waits for the host's delay, and for a short Retry-After; `attempt` tells how long that would be instead, and waits for
    nothing but answers. A host that asks to be left alone for longer, or that fails again and again, is answered for with a failure
    at once.
    """

    def __init__(
        self,
        http: HttpFetcher,
        *,
        store: RobotsStore | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        settings = http.settings
        self._http = http
        self._retries = settings.retries
        self._pace = Pace(delay=settings.delay, per_host=settings.per_host, per_address=settings.per_address)
        self._turn = threading.Lock()
        self._clock = clock
        self._sleep = sleep
        self._jitter = jitter
        self._bare = http.variant(settings)
        self._plain = http.variant(robots_settings(settings))
        large = replace(settings, max_bytes=LISTING_BYTES, max_decoded_bytes=LISTING_BYTES, partial=Partial.KEEP)
        self._large = http.variant(large)
        self._robots = Robots(settings, store=store) if settings.robots is RobotsMode.OBEY else None
        self._hosts = Acquaintance(self._pace, clock=clock)

    def __call__(self, target: Target) -> Answer:
        """Fetch a target, again where that may help. `attempts` counts the tries; it is 0 where robots.txt or the pace allowed none."""
        return self._wait_and_try(self._http, target)

    def attempt(self, errand: NotYet) -> Answer | NotYet:
        """A target as far as it comes without waiting.

        NotYet where a host must be left alone first, where a redirect leads to another host, whose turn it then is, and where another
        try is worth waiting for; it is to be handed in again after so many seconds.
        """
        return self._go_on(self._http, errand)

    def listing(self, target: Target) -> Answer:
        """Fetch a feed, a sitemap or a section page: as any other target, but up to 50 MB, and kept where it is longer."""
        return self._wait_and_try(self._large, target)

    def know_listings(self, validators: Known) -> None:
        """From here on, listings are asked for on the condition that they have changed."""
        self._large.validators = validators

    def know_hosts(self, store: HostStore) -> None:
        """From here on, what earlier runs learned of hosts holds, and what this one learns is kept."""
        self._hosts.store = store

    def part(self, target: Target) -> Page | Failure:
        """Fetch what a page is made of: as any other target, whether it has changed or not."""
        return _asked_without_condition(self._wait_and_try(self._bare, target))

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that the robots.txt of an address's origin names; it is fetched where it is not known."""
        if self._robots is None:
            return ()
        leg = _Leg(self._plain.first(Target(url=url)))
        while (stored := self._robots.known(url)) is None:
            result = self._ask_robots(self._robots, leg)
            if isinstance(result, _Wait):
                self._sleep(result.seconds)
                leg = result.leg
        return self._robots.sitemaps(url, stored)

    def broken_hosts(self) -> tuple[str, ...]:
        """The hosts that failed again and again and are left alone for now."""
        with self._turn:
            return self._pace.broken_hosts(self._clock())

    def waits(self) -> tuple[HostWait, ...]:
        """The hosts of which nothing is asked for now, longest first."""
        with self._turn:
            now = self._clock()
            found = sorted(self._pace.left_alone(now), key=lambda one: -one[1])
            kinds = [self._hosts.why.get(host, FailureKind.RATE_LIMITED) for host, _ in found]
            waited = [not self._pace.broken(host, now) and seconds <= PATIENCE for host, seconds in found]
        rows = zip(found, kinds, waited, strict=True)
        return tuple(HostWait(host=host, seconds=seconds, kind=kind, waited=wait) for (host, seconds), kind, wait in rows)

    def close(self) -> None:
        """End connections and threads; what was learned of hosts is kept."""
        self._http.close()
        with self._turn:
            self._hosts.keep()

    def _wait_and_try(self, http: HttpFetcher, target: Target) -> Answer:
        """Fetch a target as often as its failures are worth it."""
        result = self._go_on(http, NotYet(target=target))
        while isinstance(result, NotYet):
            self._sleep(result.seconds)
            result = self._go_on(http, result)
        return result

    def _go_on(self, http: HttpFetcher, errand: NotYet) -> Answer | NotYet:
        """A target and its redirects, as far as they come without waiting; each request is admitted by the host that it goes to."""
        leg = errand.resume if isinstance(errand.resume, _Leg) else _Leg(http.first(errand.target))
        while True:
            host = host_of(leg.hop.url) or ""
            result = self._next(http, leg, errand.target)
            if isinstance(result, _Wait):
                return replace(errand, seconds=result.seconds, host=host, resume=result.leg)
            if isinstance(result, _Leg):
                leg, before = result, host
                host = host_of(leg.hop.url) or ""
                if host != before:
                    return replace(errand, seconds=0, host=host, resume=leg)
            elif isinstance(result, Failure) and result.attempts == 0:
                return replace(result, attempts=errand.attempt - 1)
            else:
                return self._again_or_done(errand, leg.hop, result, host=host)

    def _again_or_done(self, errand: NotYet, hop: Hop, result: Answer, *, host: str) -> Answer | NotYet:
        """NotYet for a failure that is worth another try; else the answer, counted for or against the host that gave it."""
        wait = None
        if isinstance(result, Failure):
            wait = retry_wait(result, attempt=errand.attempt, retries=self._retries, jitter=self._jitter())
        with self._turn:
            if wait is None or not isinstance(result, Failure):
                self._settle(host, result)
                return replace(result, attempts=errand.attempt)
            self._pace.park(host, self._clock() + wait)
            self._hosts.why[host] = result.kind
        leg = _Leg(replace(hop, budget=self._http.settings.timeout)) if hop.redirects else None
        return replace(errand, seconds=wait, attempt=errand.attempt + 1, host=host, resume=leg)

    def _next(self, http: HttpFetcher, leg: _Leg, target: Target) -> Answer | _Leg | _Wait:
        """One request, once robots.txt and the host's pace admit it."""
        try:
            place, hop = self._place(leg.hop)
        except (AddressRefused, NameUnknown, ValueError):
            result = http.step(leg.hop)  # it fails for the same reason, and says so
            return _Leg(result) if isinstance(result, Hop) else result
        if self._robots is not None and http is not self._plain:
            stored = self._robots.known(hop.url)
            if stored is None:
                return self._ask_robots(self._robots, replace(leg, hop=hop))
            refused = self._robots.refusal(target, hop.url, stored)
            if refused is not None:
                return refused
            with self._turn:
                self._pace.ask_slowly(place.host, self._robots.rules(hop.url, stored).delay or 0.0)
        entered = self._enter(place, target)
        if isinstance(entered, float):
            return _Wait(replace(leg, hop=hop), entered)
        return self._paced(http, hop, place) if entered is None else entered

    def _ask_robots(self, robots: Robots, leg: _Leg) -> _Leg | _Wait:
        """Go on with the robots.txt of a leg's origin. Only one caller fetches it; others look again until it is known."""
        url = leg.hop.url
        if leg.robots is None and not robots.claim(url):
            return _Wait(leg, SLOT_LOOK)
        behalf = leg.hop.target.behalf or leg.hop.target.url
        errand = leg.robots or NotYet(target=Target(url=f"{origin_of(url)}/robots.txt", source="robots.txt", behalf=behalf))
        answer: Answer | NotYet | None = None
        try:
            answer = self._go_on(self._plain, errand)
        finally:
            if not isinstance(answer, NotYet):
                robots.learn(url, None if answer is None else _asked_without_condition(answer))
        return _Wait(replace(leg, robots=answer), answer.seconds) if isinstance(answer, NotYet) else replace(leg, robots=None)

    def _place(self, hop: Hop) -> tuple[_Place, Hop]:
        """Where a request goes to, and the request with the time that is left for it. Raises AddressRefused, NameUnknown and ValueError."""
        parts = urlsplit(hop.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(hop.url)
        if self._http.settings.proxies:
            return _Place(parts.hostname, parts.hostname), hop
        port = parts.port or (443 if parts.scheme == "https" else 80)
        began = self._clock()
        address = self._http.guard.addresses(parts.hostname, port, seconds=hop.budget)[0]
        return _Place(parts.hostname, address), replace(hop, budget=max(hop.budget - (self._clock() - began), 0.001))

    def _enter(self, place: _Place, target: Target) -> Failure | float | None:
        """Take a slot; the seconds to wait for it where there is none, a failure where that would be too long."""
        with self._turn:
            self._hosts.meet(place.host)
            now = self._clock()
            refused = self._refusal(place.host, target, now)
            if refused is not None:
                return refused
            wait = self._pace.wait(place.host, place.address, now)
            if wait > 0:
                return wait
            self._pace.begin(place.host, place.address)
            return None

    def _refusal(self, host: str, target: Target, now: float) -> Failure | None:
        """Why a host is not waited for at all."""
        broken, parked = self._pace.broken(host, now), self._pace.parked(host, now)
        if broken:
            return _put_off(target, self._hosts.why.get(host, FailureKind.CONNECT), f"{host} failed again and again", wait=broken)
        if parked > PATIENCE:
            return _put_off(target, FailureKind.RATE_LIMITED, f"{host} asks to be left alone", wait=parked)
        return None

    def _paced(self, http: HttpFetcher, hop: Hop, place: _Place) -> Answer | _Leg:
        """A request in its slot, and what it teaches of the host."""
        started = self._clock()
        result: Answer | Hop | None = None
        try:
            result = http.step(hop)
        finally:
            now = self._clock()
            failure = result if isinstance(result, Failure) else None
            answered = failure is None or failure.http_status is not None
            report = Report(latency=now - started if answered else None, good=isinstance(result, Page | Unchanged))
            with self._turn:
                self._pace.end(place.host, place.address, now=now, report=report)
                if isinstance(result, Hop):
                    self._pace.settle(place.host, now, healthy=True)
                if failure is not None and failure.retry_after is not None:
                    self._pace.park(place.host, now + failure.retry_after)
                    self._hosts.why[place.host] = failure.kind
                    self._hosts.note(place.host)
        return _Leg(result) if isinstance(result, Hop) else result

    def _settle(self, host: str, result: Answer) -> None:
        """Count for or against a host."""
        failed = isinstance(result, Failure) and result.kind in _HOST_FAILS
        if isinstance(result, Failure) and failed:
            self._hosts.why[host] = result.kind
        self._pace.settle(host, self._clock(), healthy=not failed)
        if failed:
            self._hosts.note(host)


def _put_off(target: Target, kind: FailureKind, detail: str, *, wait: float) -> Failure:
    """A failure for which no request was made."""
    return Failure(url=target.url, kind=kind, detail=detail, attempts=0, retry_after=math.ceil(wait))


def _asked_without_condition(answer: Answer) -> Page | Failure:
    """An answer to a request that named no validators, to which 304 is no answer (the fetcher refuses it as such)."""
    assert not isinstance(answer, Unchanged)
    return answer
