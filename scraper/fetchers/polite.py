"""HTTP, robots, pace and retries joined: a fetcher that asks no host faster, or for more, than it allows."""

import math
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from extractors.urls import host_of
from scraper.fetchers.guard import AddressRefused, NameUnknown
from scraper.fetchers.http import Hop, HttpFetcher, Known
from scraper.fetchers.pace import Pace, Report
from scraper.fetchers.retry import PATIENCE, retry_wait
from scraper.fetchers.robots import Robots, RobotsStore, robots_settings
from scraper.fetchers.settings import Partial, RobotsMode
from scraper.records import Answer, Failure, FailureKind, NotYet, Page, Target, Unchanged

__all__ = ["PoliteFetcher"]

# Failures that tell of the host rather than of the page.
_HOST_FAILS = frozenset(
    {FailureKind.DNS, FailureKind.CONNECT, FailureKind.TLS, FailureKind.TIMEOUT, FailureKind.HTTP_5XX, FailureKind.RATE_LIMITED}
)

# How long a request of its own waits for robots.txt in its thread: a page's own waits hold none.
ROBOTS_PATIENCE = 5.0

# How often a slot of a host or an address is looked for that another request holds; most answers take longer.
SLOT_LOOK = 0.05

LISTING_BYTES = 50 * 1024 * 1024  # the sitemap protocol's limit for one file, unpacked


@dataclass(frozen=True, slots=True)
class _Place:
    """A host and the address at which it will be asked."""

    host: str
    address: str


class PoliteFetcher:
    """One target in, its answer out, when the host's turn has come; safe to call from several threads.

    A call waits for the host's delay, and for a short Retry-After; `attempt` tells how long that would be instead. A host that asks
    to be left alone for longer, or that fails again and again, is answered for with a failure at once.
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
        self._robots = Robots(settings, get=self._get_robots, store=store) if settings.robots is RobotsMode.OBEY else None
        self._last: dict[str, FailureKind] = {}

    def __call__(self, target: Target) -> Answer:
        """Fetch a target, again where that may help. `attempts` counts the tries; it is 0 where robots.txt or the pace allowed none."""
        return self._wait_and_try(self._http, target)

    def attempt(self, target: Target, number: int) -> Answer | NotYet:
        """One try of a target; NotYet where its host must be left alone first, or where another try is worth waiting for."""
        return self._try(self._http, target, number)

    def listing(self, target: Target) -> Answer:
        """Fetch a feed, a sitemap or a section page: as any other target, but up to 50 MB, and kept where it is longer."""
        return self._wait_and_try(self._large, target)

    def know_listings(self, validators: Known) -> None:
        """From here on, listings are asked for on the condition that they have changed."""
        self._large.validators = validators

    def part(self, target: Target) -> Page | Failure:
        """Fetch what a page is made of: as any other target, whether it has changed or not."""
        return _asked_without_condition(self._wait_and_try(self._bare, target))

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that the robots.txt of an address's origin names."""
        return self._robots.rules(url).sitemaps if self._robots else ()

    def broken_hosts(self) -> tuple[str, ...]:
        """The hosts that failed again and again and are left alone for now."""
        with self._turn:
            return self._pace.broken_hosts(self._clock())

    def close(self) -> None:
        """End connections and threads."""
        self._http.close()

    def _wait_and_try(self, http: HttpFetcher, target: Target, *, patience: float = math.inf) -> Answer:
        """Fetch a target as often as its failures are worth it and as long as no wait is longer than `patience` seconds."""
        result = self._try(http, target, 1)
        while isinstance(result, NotYet):
            if result.seconds > patience:
                return _put_off(target, FailureKind.RATE_LIMITED, "its host asks to be left alone", wait=result.seconds)
            self._sleep(result.seconds)
            result = self._try(http, target, result.attempt)
        return result

    def _try(self, http: HttpFetcher, target: Target, attempt: int) -> Answer | NotYet:
        """A target and its redirects; each request is admitted by the host that it goes to."""
        result: Answer | Hop | float = http.first(target)
        while isinstance(result, Hop):
            hop = result
            result = self._ask(http, hop)
            if isinstance(result, float):
                if not hop.redirects:
                    return NotYet(target=target, seconds=result, attempt=attempt)
                self._sleep(result)  # amid a chain of redirects, whose budget and cookies would be lost
                result = hop
        assert not isinstance(result, float)
        if isinstance(result, Failure) and result.attempts == 0:
            return replace(result, attempts=attempt - 1)
        return self._again_or_done(target, result, attempt)

    def _again_or_done(self, target: Target, result: Answer, attempt: int) -> Answer | NotYet:
        """NotYet for a failure that is worth another try; else the answer, counted for or against its host."""
        host = host_of(target.url) or ""
        wait = None
        if isinstance(result, Failure):
            wait = retry_wait(result, attempt=attempt, retries=self._retries, jitter=self._jitter())
        with self._turn:
            if wait is None:
                self._settle(host, result)
                return replace(result, attempts=attempt)
            self._pace.park(host, self._clock() + wait)
        return NotYet(target=target, seconds=wait, attempt=attempt + 1)

    def _get_robots(self, target: Target) -> Page | Failure:
        return _asked_without_condition(self._wait_and_try(self._plain, target, patience=ROBOTS_PATIENCE))

    def _ask(self, http: HttpFetcher, hop: Hop) -> Answer | Hop | float:
        """One request, once robots.txt and the host's pace admit it; the seconds to wait where the pace does not yet."""
        try:
            place = self._place(hop)
        except (AddressRefused, NameUnknown, ValueError):
            return http.step(hop)  # it fails for the same reason, and says so
        if self._robots is not None and http is not self._plain:
            refused = self._robots.refusal(hop.target, hop.url)
            if refused is not None:
                return refused
            with self._turn:
                self._pace.ask_slowly(place.host, self._robots.rules(hop.url).delay or 0.0)
        entered = self._enter(place, hop.target)
        return self._paced(http, hop, place) if entered is None else entered

    def _place(self, hop: Hop) -> _Place:
        """Where a request goes to. Raises AddressRefused, NameUnknown and ValueError."""
        parts = urlsplit(hop.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(hop.url)
        if self._http.settings.proxies:
            return _Place(parts.hostname, parts.hostname)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        return _Place(parts.hostname, self._http.guard.addresses(parts.hostname, port, seconds=hop.budget)[0])

    def _enter(self, place: _Place, target: Target) -> Failure | float | None:
        """Take a slot; the seconds to wait for it where there is none, a failure where that would be too long."""
        with self._turn:
            now = self._clock()
            refused = self._refusal(place.host, target, now)
            if refused is not None:
                return refused
            wait = self._pace.wait(place.host, place.address, now)
            if wait > 0:
                return min(wait, SLOT_LOOK) if math.isinf(wait) else wait
            self._pace.begin(place.host, place.address)
            return None

    def _refusal(self, host: str, target: Target, now: float) -> Failure | None:
        """Why a host is not waited for at all."""
        broken, parked = self._pace.broken(host, now), self._pace.parked(host, now)
        if broken:
            return _put_off(target, self._last.get(host, FailureKind.CONNECT), f"{host} failed again and again", wait=broken)
        if parked > PATIENCE:
            return _put_off(target, FailureKind.RATE_LIMITED, f"{host} asks to be left alone", wait=parked)
        return None

    def _paced(self, http: HttpFetcher, hop: Hop, place: _Place) -> Answer | Hop:
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
                if failure is not None and failure.retry_after is not None:
                    self._pace.park(place.host, now + failure.retry_after)
        return result

    def _settle(self, host: str, result: Answer) -> None:
        """Count for or against a host."""
        failed = isinstance(result, Failure) and result.kind in _HOST_FAILS
        if isinstance(result, Failure) and failed:
            self._last[host] = result.kind
        self._pace.settle(host, self._clock(), healthy=not failed)


def _put_off(target: Target, kind: FailureKind, detail: str, *, wait: float) -> Failure:
    """A failure for which no request was made."""
    return Failure(url=target.url, kind=kind, detail=detail, attempts=0, retry_after=math.ceil(wait))


def _asked_without_condition(answer: Answer) -> Page | Failure:
    """An answer to a request that named no validators, to which 304 is no answer (the fetcher refuses it as such)."""
    assert not isinstance(answer, Unchanged)
    return answer
