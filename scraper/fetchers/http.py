"""Fetch over HTTP with requests: one deadline for the whole exchange, caps on every size, redirects followed here, failures typed."""

import copy
import threading
import time
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import urlsplit

import requests
from requests.cookies import RequestsCookieJar

from extractors.urls import host_of
from scraper.captured import Keep
from scraper.compression.decoding import NotEncoded, UnknownEncoding
from scraper.fetchers.answers import REDIRECTS, RefusedRedirect, location, retry_after, robots_tags, status_kind
from scraper.fetchers.bodies import Body, announced, drain, read_body
from scraper.fetchers.causes import NETWORK_ERRORS, kind_of, words
from scraper.fetchers.cookies import add_cookies, cookie_jar
from scraper.fetchers.deadline import Exchange, Watchdog
from scraper.fetchers.guard import Guard, Resolve, system_resolve
from scraper.fetchers.origins import askable_url, public_url, settings_at
from scraper.fetchers.refresh import refresh
from scraper.fetchers.settings import FetchSettings, Partial, RobotsMode, user_agent
from scraper.fetchers.transport import GuardedAdapter
from scraper.fetchers.wire import Wire, captured
from scraper.records import Answer, Failure, FailureKind, Page, Target, Truncation, Unchanged, Validators

__all__ = ["FetchSettings", "Hop", "HttpFetcher", "Known", "Partial", "RobotsMode"]

_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_ACCEPT_ENCODING = "gzip, deflate, br, zstd"

_CONDITIONS = frozenset({"if-none-match", "if-modified-since"})

# Failures that say more than that the time was over, where both hold.
_STILL_TELLING = frozenset({FailureKind.ADDRESS_REFUSED, FailureKind.DNS, FailureKind.REDIRECT_REFUSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """The next request of a target: where to, with how many seconds left, after which redirects, with the cookies of this exchange."""

    target: Target
    url: str
    budget: float
    redirects: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    cookies: RequestsCookieJar = field(default_factory=cookie_jar)
    seen: frozenset[tuple[str, str]] = frozenset()


class _Session(requests.Session):
    """A session that leaves redirects alone: requests would read a redirect's whole body even where it does not follow it."""

    def get_redirect_target(self, resp: requests.Response) -> None:  # noqa: ARG002
        return None


Known = Callable[[str], Validators | None]
"""The validators that are kept of an address, if any."""


class HttpFetcher:
    """One target in, its answer out; safe to call from several threads. `close` ends its connections and its thread.

    Where `validators` is set, pages are asked for on the condition that they have changed. Where `keep` is set, it is given each
    exchange as it went over the wire, before anything is made of it. No redirect is followed to what is in `taken_down`.
    """

    def __init__(
        self,
        settings: FetchSettings,
        *,
        guard: Guard | None = None,
        resolve: Resolve = system_resolve,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.settings = settings
        self.guard = guard or Guard(settings.allow_networks, resolve=resolve, clock=clock)
        self.validators: Known | None = None
        self.keep: Keep | None = None
        self.taken_down: Container[str] = ()
        self._clock = clock
        self._now = now
        self._watchdog = Watchdog(clock)
        self._adapter = GuardedAdapter(self.guard)
        self._local = threading.local()

    def __call__(self, target: Target) -> Answer:
        """Fetch a target, following its redirects."""
        result: Answer | Hop = self.first(target)
        while isinstance(result, Hop):
            result = self.step(result)
        return result

    def variant(self, settings: FetchSettings) -> "HttpFetcher":
        """The same fetcher, its connections shared, under other caps and without conditions.

        Contact, proxies and certificates stay those of the first.
        """
        other = copy.copy(self)
        other.settings, other.validators = settings, None
        return other

    def close(self) -> None:
        """Close idle connections and end the thread that holds deadlines."""
        self._adapter.close()
        self._watchdog.close()

    def first(self, target: Target) -> Hop:
        """The first request of a target."""
        jar = cookie_jar()
        try:
            url = askable_url(target.url)
        except ValueError:
            url = target.url  # asking for it says what is wrong with it
        return Hop(target=target, url=url, budget=self.settings.timeout, cookies=jar, seen=frozenset({_place(url, jar)}))

    def step(self, hop: Hop) -> Answer | Hop:
        """One request: the page, the failure, or the redirect to follow next."""
        started = self._clock()
        exchange = Exchange(clock=self._clock, seconds=hop.budget)
        exchange.wire = Wire() if self.keep else None
        self._watchdog.watch(exchange)
        try:
            result = self._kept(hop, self._ask(hop, exchange), exchange)
        finally:
            exchange.release()
        if isinstance(result, Hop):
            return replace(result, budget=max(hop.budget - (self._clock() - started), 0.001))
        return result

    def _ask(self, hop: Hop, exchange: Exchange) -> Answer | Hop:
        """Send and judge; once more where a kept connection turns out to be closed (RFC 9110, 9.3.1: a GET may be sent again)."""
        try:
            with self._send(hop, exchange) as response:
                result = self._judge(hop, response, exchange)
                if exchange.wire is not None:
                    exchange.wire.whole = response.raw.closed
                return result
        except NETWORK_ERRORS as error:
            kind, detail = kind_of(error), words(error)
        if kind is FailureKind.CONNECT and exchange.reused and not exchange.expired:
            exchange.reused = False
            return self._ask(hop, exchange)
        if exchange.expired and kind not in _STILL_TELLING:
            kind, detail = FailureKind.TIMEOUT, f"no answer within {self.settings.timeout:g} s"  # what broke then, we broke off
        return self._failure(hop, kind, detail)

    def _send(self, hop: Hop, exchange: Exchange) -> requests.Response:
        """Send the request and read the answer's head."""
        host = host_of(hop.url)
        if not host:
            raise requests.exceptions.InvalidURL(f"{hop.url[:200]!r} is no http or https address")
        if self.settings.proxies:
            self.guard.literal(host)
        session = self._session()
        session.cookies = RequestsCookieJar()  # of those in the session, requests would send too much
        settings = settings_at(self.settings, hop.url, hop.target)
        headers = {**settings.headers, **self._conditions(hop.url)}
        request = session.prepare_request(requests.Request("GET", hop.url, headers=headers))
        add_cookies(request, hop.cookies, settings.cookies)
        session.cookies = hop.cookies
        self._adapter.exchange = exchange
        return session.send(
            request,
            stream=True,
            timeout=exchange.remaining,
            verify=self.settings.ca_bundle or True,
            cert=settings.client_cert,
            proxies=dict(self.settings.proxies),
        )

    def _conditions(self, url: str) -> dict[str, str]:
        """The headers that ask for a page only where it has changed since its validators were kept."""
        known = self.validators(url) if self.validators else None
        if known is None:
            return {}
        given = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        return {name: value for name, value in given.items() if value}

    def _kept(self, hop: Hop, result: Answer | Hop, exchange: Exchange) -> Answer | Hop:
        """Hand the exchange over, if an answer came at all; the page or failure then knows its record."""
        found = captured(exchange.wire, public_url(hop.url), result, now=self._now) if exchange.wire else None
        record = self.keep(found) if self.keep and found else None
        return replace(result, warc_record_id=record) if record and isinstance(result, Page | Failure) else result

    def _session(self) -> requests.Session:
        """This thread's session: no environment, no .netrc, the cookies of the present exchange only."""
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = self._local.session = _Session()
            session.trust_env = False
            session.headers.clear()
            session.headers.update({"User-Agent": user_agent(self.settings), "Accept": _ACCEPT, "Accept-Encoding": _ACCEPT_ENCODING})
            session.mount("http://", self._adapter)
            session.mount("https://", self._adapter)
        return session

    def _judge(self, hop: Hop, response: requests.Response, exchange: Exchange) -> Answer | Hop:
        """What an answer whose head has come is."""
        if exchange.expired:  # the head may be cut, and would still be well formed
            return self._failure(hop, FailureKind.TIMEOUT, f"no whole answer within {self.settings.timeout:g} s")
        by_head = self._by_head(hop, response)
        if by_head is not None:
            drain(response.raw)
            return by_head
        size, cap = announced(response.raw.headers), self.settings.max_bytes
        if size is not None and size > cap and self.settings.partial is Partial.REFUSE:
            detail = f"{size} bytes are announced, more than {cap}"
            return replace(self._failure(hop, FailureKind.TOO_LARGE, detail), http_status=response.status_code)
        try:
            body = read_body(response.raw, max_bytes=self.settings.max_bytes, max_decoded_bytes=self.settings.max_decoded_bytes)
        except (NotEncoded, UnknownEncoding) as error:
            return replace(self._failure(hop, FailureKind.PROTOCOL, words(error)), http_status=response.status_code)
        failure = self._cut(hop, body, exchange)
        if failure:
            return replace(failure, http_status=response.status_code)
        body = replace(body, truncation=Truncation.MAYBE, longer=True) if exchange.leftover else body
        onward = refresh(body.data, hop.url)
        return self._redirect(hop, response.status_code, [onward]) if onward else self._page(hop, response, body)

    def _by_head(self, hop: Hop, response: requests.Response) -> Unchanged | Failure | Hop | None:
        """What an answer is whose body nobody wants; None for a page."""
        status = response.status_code
        if status in REDIRECTS and "location" in response.headers:
            return self._redirect(hop, status, response.raw.headers.getlist("location"))
        if status == HTTPStatus.NOT_MODIFIED and _CONDITIONS & {name.lower() for name in response.request.headers}:
            target = hop.target
            return Unchanged(url=public_url(hop.url), url_requested=target.url, source=target.source, fetched_at=self._now())
        wait = retry_after(response.headers.get("retry-after"), self._now())
        kind = status_kind(status, wait)
        if response.headers.get("cf-mitigated") == "challenge":  # Cloudflare's documented mark of its challenge pages
            kind = FailureKind.BOT_CHALLENGE
        if kind is None:
            return None
        detail = f"status {status}" + (" without Location" if status in REDIRECTS else "")
        return replace(self._failure(hop, kind, detail), http_status=status, retry_after=wait)

    def _cut(self, hop: Hop, body: Body, exchange: Exchange) -> Failure | None:
        """The failure that a body is which did not come whole; None where it did, or where parts are wanted."""
        if exchange.expired:
            return self._failure(hop, FailureKind.TIMEOUT, f"no whole body within {self.settings.timeout:g} s")
        if not body.data and body.truncation in {Truncation.NO, Truncation.MAYBE}:
            return self._failure(hop, FailureKind.EMPTY_PAGE, "an answer without a body")
        if self.settings.partial is Partial.KEEP and body.data:
            return None
        kind = {Truncation.LENGTH: FailureKind.TOO_LARGE, Truncation.DISCONNECT: FailureKind.TRUNCATED}.get(body.truncation)
        return self._failure(hop, kind, body.reason) if kind else None

    def _redirect(self, hop: Hop, status: int, locations: Sequence[str]) -> Hop | Failure:
        """The next request, or why there is none. A circle is one only where no cookie changed on the way."""
        try:
            url = location(locations, hop.url, taken_down=self.taken_down)
        except RefusedRedirect as error:
            return replace(self._failure(hop, FailureKind.REDIRECT_REFUSED, str(error)), http_status=status)
        place = _place(url, hop.cookies)
        if place in hop.seen or len(hop.redirects) >= self.settings.max_redirects:
            detail = "a circle of redirects" if place in hop.seen else f"more than {self.settings.max_redirects} redirects"
            return replace(self._failure(hop, FailureKind.REDIRECT_LOOP, f"{detail}, at {url[:200]}"), http_status=status)
        lowered = urlsplit(hop.url).scheme == "https" and urlsplit(url).scheme == "http"
        warnings = (*hop.warnings, "https_downgrade") if lowered and "https_downgrade" not in hop.warnings else hop.warnings
        return replace(hop, url=url, redirects=(*hop.redirects, url), warnings=warnings, seen=hop.seen | {place})

    def _page(self, hop: Hop, response: requests.Response, body: Body) -> Page:
        headers = {name.lower(): value for name, value in response.headers.items()}
        tags = robots_tags(headers.get("x-robots-tag"))
        conflict = ("framing_conflict",) if "content-length" in headers and "transfer-encoding" in headers else ()
        cut = ("truncated",) if body.truncation in {Truncation.LENGTH, Truncation.DISCONNECT} else ()
        longer = ("longer_than_announced",) if body.longer else ()
        return Page(
            data=body.data,
            url=public_url(hop.url),
            url_requested=hop.target.url,
            source=hop.target.source,
            http_status=response.status_code,
            headers=headers,
            content_type=headers.get("content-type"),
            fetched_at=self._now(),
            evidence=hop.target.evidence,
            redirects=hop.redirects,
            truncation=body.truncation,
            name=hop.target.name,
            behalf=hop.target.behalf,
            warnings=(*hop.warnings, *conflict, *cut, *longer, *tags),
        )

    def _failure(self, hop: Hop, kind: FailureKind, detail: str) -> Failure:
        at = f" (at {hop.url[:200]})" if hop.redirects else ""
        return Failure(url=hop.target.url, kind=kind, detail=detail + at, fetched_at=self._now())


def _place(url: str, cookies: RequestsCookieJar) -> tuple[str, str]:
    """Where a chain of redirects is: in a circle, the same address comes again with the same cookies."""
    return url.partition("#")[0], repr(sorted((cookie.name, cookie.value or "") for cookie in cookies))
