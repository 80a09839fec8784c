"""Faults 33 to 38 and 45: what an answer's status and Retry-After mean."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import quote

import pytest

from scraper.fetchers.answers import MAX_RETRY_AFTER, retry_after
from scraper.records import FailureKind
from tests.scraper.fetchers.conftest import Get
from tests.server import Server

NOW = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)


def test_33_429_with_seconds(server: Server, get: Get) -> None:
    failure = get(server.url("/status/429?retry-after=7")).failure(FailureKind.RATE_LIMITED)
    assert (failure.http_status, failure.retry_after) == (429, 7.0)


def test_34_429_with_a_date(server: Server, get: Get) -> None:
    moment = quote(format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True))
    failure = get(server.url(f"/status/429?retry-after={moment}")).failure(FailureKind.RATE_LIMITED)
    assert failure.retry_after is not None
    assert 85 <= failure.retry_after <= 91


@pytest.mark.parametrize("value", ["-5", "1.5", "", "soon", "1e3", "0x10", "Thu, 99 Foo 2026", "2026-03-05"])
def test_35_nonsense_is_ignored(server: Server, get: Get, value: str) -> None:
    failure = get(server.url(f"/status/429?retry-after={quote(value.encode('utf-8'))}")).failure(FailureKind.RATE_LIMITED)
    assert failure.retry_after is None


@pytest.mark.parametrize("value", ["99999999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_36_absurdly_long_is_capped(value: str) -> None:
    assert retry_after(value, NOW) == MAX_RETRY_AFTER


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        (" 12 ", 12.0),
        ("Thu, 05 Mar 2026 12:00:30 GMT", 30.0),
        ("Thu, 05 Mar 2026 11:00:00 GMT", 0.0),
        (None, None),
        ("٣", None),
    ],
)
def test_34_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


def test_37_503(server: Server, get: Get) -> None:
    assert get(server.url("/status/503?retry-after=3")).failure(FailureKind.RATE_LIMITED).retry_after == 3.0
    get(server.url("/status/503")).failure(FailureKind.HTTP_5XX)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (999, FailureKind.HTTP_5XX),
        (600, FailureKind.HTTP_5XX),
        (500, FailureKind.HTTP_5XX),
        (404, FailureKind.HTTP_4XX),
        (410, FailureKind.HTTP_4XX),
        (451, FailureKind.HTTP_4XX),
        (429, FailureKind.RATE_LIMITED),
        (304, FailureKind.PROTOCOL),
        (206, FailureKind.TRUNCATED),
    ],
)
def test_38_statuses(server: Server, get: Get, status: int, kind: FailureKind) -> None:
    assert get(server.url(f"/status/{status}")).failure(kind).http_status == status


def test_45_a_challenge_that_says_so(server: Server, get: Get) -> None:
    get(server.url("/challenge")).failure(FailureKind.BOT_CHALLENGE)


@pytest.mark.parametrize(
    "url", ["", "no address", "/path", "ftp://example.org/", "http://", "http:///x", "http://[::1/", "mailto:a@example.org", "http://a b/"]
)
def test_what_is_no_address_is_a_typed_failure(get: Get, url: str) -> None:
    get(url).failure(FailureKind.BAD_INPUT)
