"""Retries: which failures, how often, after how long."""

import pytest

from scraper.fetchers.retry import PATIENCE, retry_wait
from scraper.records import Failure, FailureKind


def _wait(kind: FailureKind, attempt: int = 1, *, jitter: float = 0.0, retries: int = 10, **fields: float | int | None) -> float | None:
    failure = Failure(url="http://example.org/", kind=kind, detail="why", **fields)  # type: ignore[arg-type]
    return retry_wait(failure, attempt=attempt, retries=retries, jitter=jitter)


RETRIED = {FailureKind.CONNECT, FailureKind.DNS, FailureKind.TIMEOUT, FailureKind.TRUNCATED, FailureKind.RATE_LIMITED}


@pytest.mark.parametrize("kind", sorted(set(FailureKind) - RETRIED - {FailureKind.HTTP_5XX}))
def test_what_would_fail_the_same_way_is_not_tried_again(kind: FailureKind) -> None:
    assert _wait(kind, http_status=404) is None


@pytest.mark.parametrize("kind", sorted(RETRIED))
def test_what_may_pass_is_tried_again(kind: FailureKind) -> None:
    assert _wait(kind) is not None
    assert _wait(kind, 4) is None
    assert _wait(kind, retries=0) is None


@pytest.mark.parametrize(
    ("status", "again"), [(500, True), (502, True), (503, True), (504, True), (522, True), (501, False), (505, False), (999, False)]
)
def test_server_errors(status: int, again: bool) -> None:
    assert (_wait(FailureKind.HTTP_5XX, http_status=status) is not None) is again


def test_waits_double() -> None:
    assert [_wait(FailureKind.CONNECT, attempt) for attempt in (1, 2, 3)] == [1.0, 2.0, 4.0]
    assert _wait(FailureKind.RATE_LIMITED, 3) == 40.0


def test_jitter_takes_off_up_to_half() -> None:
    assert _wait(FailureKind.CONNECT, 2, jitter=0.5) == 1.5
    assert _wait(FailureKind.CONNECT, 2, jitter=1.0) == 1.0


def test_retry_after_is_kept_to_in_full() -> None:
    assert _wait(FailureKind.RATE_LIMITED, jitter=1.0, retry_after=7.0) == 7.0
    assert _wait(FailureKind.RATE_LIMITED, retry_after=PATIENCE + 1) is None


def test_timeouts_are_tried_again_once() -> None:
    assert _wait(FailureKind.TIMEOUT, 1) is not None
    assert _wait(FailureKind.TIMEOUT, 2) is None
