"""What an answer's status, Retry-After and Location mean."""

import math
from collections.abc import Container, Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

from requests.utils import requote_uri

from scraper.fetchers.origins import askable_url
from scraper.records import FailureKind
from scraper.wishes import WISHES

__all__ = ["MAX_RETRY_AFTER", "REDIRECTS", "RefusedRedirect", "location", "retry_after", "robots_tags", "status_kind"]

REDIRECTS = frozenset({300, 301, 302, 303, 307, 308})

# urllib3 caps Retry-After at six hours too (Retry.DEFAULT_RETRY_AFTER_MAX): a longer park is for the next run to find out.
MAX_RETRY_AFTER = 6 * 3600.0


class RefusedRedirect(Exception):
    """A Location that is never followed."""


def retry_after(header: str | None, now: datetime) -> float | None:
    """Seconds to wait, capped; None for a missing or meaningless header. RFC 9110, 10.2.3: whole seconds or an HTTP date.

    `now` carries a zone. A date that has passed is 0.
    """
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:12]), MAX_RETRY_AFTER)
    if not text[:1].isalpha():  # negative, fractional or empty
        return None
    try:
        seconds = (parsedate_to_datetime(text) - now).total_seconds()
    except (TypeError, ValueError, OverflowError):  # no date, or one without a zone
        return None
    return min(max(math.ceil(seconds), 0.0), MAX_RETRY_AFTER)


def status_kind(status: int, wait: float | None) -> FailureKind | None:
    """The kind of failure that a status is, given the parsed Retry-After; None for a page. Redirects with a Location are another matter."""
    if status == HTTPStatus.TOO_MANY_REQUESTS or (status == HTTPStatus.SERVICE_UNAVAILABLE and wait is not None):
        return FailureKind.RATE_LIMITED
    if status in {HTTPStatus.NO_CONTENT, HTTPStatus.RESET_CONTENT}:
        return FailureKind.EMPTY_PAGE
    if status == HTTPStatus.PARTIAL_CONTENT:  # no range was asked for
        return FailureKind.TRUNCATED
    if 200 <= status < 300:
        return None
    if 400 <= status < 500:
        return FailureKind.HTTP_4XX
    return FailureKind.HTTP_5XX if status >= 500 else FailureKind.PROTOCOL


def robots_tags(header: str | None) -> tuple[str, ...]:
    """The wishes of an X-Robots-Tag header, as warnings such as "robots_noai"; those for one crawler by name count too."""
    words = {word.rpartition(":")[2].strip().lower() for word in (header or "").split(",")}
    return tuple(f"robots_{tag}" for tag in WISHES if tag in words)


def location(headers: Sequence[str], url: str, *, taken_down: Container[str] = ()) -> str:
    """The address that the Location headers lead to from `url`, without user names, percent-encoded, its host in ASCII.

    Header bytes come as Latin-1 text; what is valid UTF-8 is read as that, as browsers do. Raises RefusedRedirect, for an address in
    `taken_down` too: without naming it.
    """
    if len(set(headers)) != 1:
        raise RefusedRedirect(f"{len(set(headers))} different Locations")
    try:
        text = headers[0].encode("latin-1").decode("utf-8")
    except UnicodeError:
        text = headers[0]
    if any(ord(mark) < 32 or ord(mark) == 127 for mark in text):
        raise RefusedRedirect(f"control characters in Location {text[:80]!r}")
    try:
        given = urlsplit(text.strip())
        there = askable_url(urljoin(url, text.strip()))
        parts = urlsplit(there)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise RefusedRedirect(f"Location {text[:80]!r}: {error}") from error
    if parts.scheme not in {"http", "https"} or not host or (given.scheme and not given.netloc):
        raise RefusedRedirect(f"Location {text[:80]!r} is no http or https address")
    if there in taken_down:
        raise RefusedRedirect("it leads to what was taken down")
    return str(requote_uri(there))
