"""Which failures are tried again, and after how long."""

from http import HTTPStatus

from scraper.records import Failure, FailureKind

__all__ = ["PATIENCE", "retry_wait"]

PATIENCE = 120.0  # seconds; a host that asks for more is named in the failure and left to a later run

FIRST_WAIT = 1.0
RATE_LIMIT_WAIT = 10.0  # for a 429 that names no time; doubled at each further one

# How often each kind is tried again at the most; kinds that are not here would fail the same way.
_TRIES = {
    FailureKind.CONNECT: 3,
    FailureKind.DNS: 1,
    FailureKind.TIMEOUT: 1,  # each costs a whole deadline, here and there
    FailureKind.TRUNCATED: 2,
    FailureKind.HTTP_5XX: 3,
    FailureKind.RATE_LIMITED: 3,
}

# Statuses that tell of the moment. Others of the 5xx (501, 505, 511) and unknown ones such as 999 tell of the request.
_PASSING = frozenset(
    {HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT, *range(520, 525)}
)


def retry_wait(failure: Failure, *, attempt: int, retries: int, jitter: float) -> float | None:
    """Seconds to wait after the failed `attempt` (from 1) before the next, or None to give up.

    Waits double from a second; `jitter`, from 0 to 1, takes off up to half, so that hosts that failed together are not asked
    together. What the server asks for is kept to in full.
    """
    if attempt > min(retries, _TRIES.get(failure.kind, 0)):
        return None
    if failure.kind is FailureKind.HTTP_5XX and failure.http_status not in _PASSING:
        return None
    if failure.retry_after is not None:
        return failure.retry_after if failure.retry_after <= PATIENCE else None
    first = RATE_LIMIT_WAIT if failure.kind is FailureKind.RATE_LIMITED else FIRST_WAIT
    return float(first * 2 ** (attempt - 1) * (1 - jitter / 2))
