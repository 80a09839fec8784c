"""Robots.txt of each origin: fetched once a day, kept in a store, and what its status means by RFC 9309."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from extractors.urls import absolute_url
from scraper.fetchers.origins import origin_of
from scraper.fetchers.robotsfile import MAX_ROBOTS, Rules, parse_robots, robots_text
from scraper.fetchers.settings import FetchSettings, Partial, product_token, user_agent
from scraper.records import Failure, FailureKind, Page, RobotsState, StoredRobots, Target, Truncation

__all__ = ["MemoryRobots", "Robots", "RobotsStore", "robots_settings"]

KEPT = 24 * 3600.0  # RFC 9309, 2.4: not to be used for longer than 24 hours
RETRIED = 900.0  # Heritrix's time between tries of a host that could not be reached
LONGEST_DELAY = 60.0  # seconds; a host that asks for more is left alone, never asked faster

_PARSED = 2000  # origins whose parsed rules are kept

# Seconds for which one caller's fetching keeps others from it: longer than all its tries and waits take together.
_CLAIM = 600.0


class RobotsStore(Protocol):
    """Where robots.txt files are kept between requests, and between runs where it lies on disk. Must be safe to share among threads."""

    def get(self, origin: str) -> StoredRobots | None: ...

    def put(self, origin: str, stored: StoredRobots) -> None: ...


class MemoryRobots:
    """A store that lives as long as the process."""

    def __init__(self) -> None:
        self._kept: dict[str, StoredRobots] = {}

    def get(self, origin: str) -> StoredRobots | None:
        """What is kept of an origin such as "https://example.org"."""
        return self._kept.get(origin)

    def put(self, origin: str, stored: StoredRobots) -> None:
        """Keep it."""
        self._kept[origin] = stored


def robots_settings(settings: FetchSettings) -> FetchSettings:
    """The settings for fetching a robots.txt: its first 512 KiB, after at most five redirects (RFC 9309, 2.3.1.2)."""
    return replace(settings, max_bytes=MAX_ROBOTS, max_decoded_bytes=MAX_ROBOTS, max_redirects=5, partial=Partial.KEEP)


class Robots:
    """Answers for addresses; it asks no one itself. `now` gives seconds since 1970; safe to share among threads."""

    def __init__(self, settings: FetchSettings, *, store: RobotsStore | None = None, now: Callable[[], float] = time.time) -> None:
        self._token = product_token(user_agent(settings))
        self._store = store or MemoryRobots()
        self._now = now
        self._lock = threading.Lock()
        self._asked: dict[str, float] = {}  # origins whose robots.txt is being fetched, and until when nobody else begins to
        self._parsed: OrderedDict[tuple[str, float], Rules] = OrderedDict()

    def known(self, url: str) -> StoredRobots | None:
        """What is known of the robots.txt of an address's origin; None where it has to be fetched."""
        stored = self._store.get(origin_of(url))
        left = stored.expires - self._now() if stored is not None else 0.0
        return stored if 0 < left <= KEPT else None  # more is never given: the clock has been set back since

    def claim(self, url: str) -> bool:
        """Whether the caller is the one to fetch the robots.txt of an address's origin: it alone does, until it tells the answer."""
        origin, now = origin_of(url), self._now()
        with self._lock:
            if self._asked.get(origin, now) > now:
                return False
            self._asked[origin] = now + _CLAIM
            return True

    def learn(self, url: str, answer: Page | Failure | None) -> None:
        """What the answer to the request for a robots.txt means is kept; None gives the claim back."""
        origin = origin_of(url)
        if answer is not None:
            self._store.put(origin, _meaning(answer, self._now()))
        with self._lock:
            self._asked.pop(origin, None)

    def refusal(self, target: Target, url: str, stored: StoredRobots) -> Failure | None:
        """Why `url`, an address on the way of `target`, is not asked for; None where it may be."""
        if stored.state is RobotsState.UNREACHABLE:
            kind = stored.kind if stored.kind in _SAME_FOR_THE_PAGE else FailureKind.ROBOTS_UNAVAILABLE
            return _refused(target, kind or FailureKind.ROBOTS_UNAVAILABLE, f"robots.txt: {stored.reason}", wait=stored.retry_after)
        rules = self.rules(url, stored)
        if not rules.allow(url):
            return _refused(target, FailureKind.ROBOTS_DISALLOWED, f"robots.txt forbids {url[:200]}")
        if rules.delay is not None and rules.delay > LONGEST_DELAY:
            detail = f"robots.txt asks for {rules.delay:g} s between requests, more than {LONGEST_DELAY:g}"
            return _refused(target, FailureKind.ROBOTS_DISALLOWED, detail)
        return None

    def sitemaps(self, url: str, stored: StoredRobots) -> tuple[str, ...]:
        """The addresses of the sitemaps, each once: they are to be absolute, and are met relative to the site's root, or empty."""
        words = (line.split() for line in self.rules(url, stored).sitemaps)
        found = (absolute_url(first.strip("<>"), f"{origin_of(url)}/") for first, *_ in filter(None, words))
        return tuple(dict.fromkeys(address for address in found if address))

    def rules(self, url: str, stored: StoredRobots) -> Rules:
        """The rules of an address's origin; those of an unreachable robots.txt are empty, so ask `refusal` first."""
        key = (origin_of(url), stored.expires)
        with self._lock:
            if key not in self._parsed:
                self._parsed[key] = parse_robots(stored.text, self._token)
                if len(self._parsed) > _PARSED:
                    self._parsed.popitem(last=False)
            return self._parsed[key]


# What keeps robots.txt from being read and would keep the page from being read too: better named than hidden.
_SAME_FOR_THE_PAGE = frozenset({FailureKind.DNS, FailureKind.CONNECT, FailureKind.TLS, FailureKind.ADDRESS_REFUSED})


def _refused(target: Target, kind: FailureKind, detail: str, *, wait: float | None = None) -> Failure:
    """A failure for which the page itself was never asked for."""
    return Failure(url=target.url, kind=kind, detail=detail, attempts=0, retry_after=wait)


def _meaning(result: Page | Failure, now: float) -> StoredRobots:
    """What an answer to the request for a robots.txt means."""
    if isinstance(result, Page) and result.truncation is not Truncation.DISCONNECT:
        return StoredRobots(state=RobotsState.READ, expires=now + KEPT, text=robots_text(result.data))
    if isinstance(result, Page):
        return StoredRobots(state=RobotsState.UNREACHABLE, expires=now + RETRIED, reason="it came cut", kind=FailureKind.TRUNCATED)
    status = result.http_status or 0
    refused = 400 <= status < 500 and result.kind is not FailureKind.RATE_LIMITED
    if refused or result.kind in {FailureKind.EMPTY_PAGE, FailureKind.REDIRECT_LOOP}:
        return StoredRobots(state=RobotsState.NONE, expires=now + KEPT)
    wait = max(result.retry_after or 0.0, RETRIED)
    return StoredRobots(
        state=RobotsState.UNREACHABLE, expires=now + wait, reason=result.detail, kind=result.kind, retry_after=result.retry_after
    )
