"""Which kind of failure an error of the network is, whatever it is wrapped in."""

import http.client
import ssl
from collections.abc import Iterator

import requests
import urllib3.exceptions

from scraper.compression.decoding import NotEncoded, UnknownEncoding
from scraper.fetchers.answers import RefusedRedirect
from scraper.fetchers.guard import AddressRefused, NameUnknown
from scraper.records import FailureKind

__all__ = ["NETWORK_ERRORS", "kind_of", "words"]

# Everything that a request, and reading its answer, can raise for what the network did. ValueError: addresses and header values
# that no parser reads.
NETWORK_ERRORS = (
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    http.client.HTTPException,
    OSError,
    ValueError,
    AddressRefused,
    NameUnknown,
    RefusedRedirect,
    NotEncoded,
    UnknownEncoding,
)

# From the most telling to the least: the first row that anything in the chain of causes belongs to decides.
_KINDS: tuple[tuple[tuple[type[BaseException], ...], FailureKind], ...] = (
    ((AddressRefused,), FailureKind.ADDRESS_REFUSED),
    ((RefusedRedirect,), FailureKind.REDIRECT_REFUSED),
    ((NameUnknown, urllib3.exceptions.NameResolutionError), FailureKind.DNS),
    ((ssl.SSLError, requests.exceptions.SSLError, urllib3.exceptions.SSLError), FailureKind.TLS),
    ((TimeoutError, requests.Timeout, urllib3.exceptions.TimeoutError), FailureKind.TIMEOUT),
    ((requests.exceptions.InvalidURL, requests.exceptions.MissingSchema, requests.exceptions.InvalidSchema), FailureKind.BAD_INPUT),
    ((http.client.RemoteDisconnected, ConnectionError), FailureKind.CONNECT),
    ((http.client.HTTPException, urllib3.exceptions.InvalidHeader, NotEncoded, UnknownEncoding), FailureKind.PROTOCOL),
    ((OSError,), FailureKind.CONNECT),
)

# Errors that say less than what they wrap: the first wraps everything, the second is a timeout by its ancestry only.
_WRAPPERS = (requests.ConnectionError, urllib3.exceptions.NewConnectionError)


def kind_of(error: BaseException) -> FailureKind:
    """The kind of failure; PROTOCOL for what nothing better is known of."""
    causes = list(_chain(error))
    for types, kind in _KINDS:
        if any(isinstance(cause, types) and not isinstance(cause, _WRAPPERS) for cause in causes):
            return kind
    return FailureKind.CONNECT if isinstance(error, _WRAPPERS) else FailureKind.PROTOCOL


def words(error: BaseException) -> str:
    """The innermost cause in one line, for a failure's detail."""
    *_, cause = _chain(error)
    text = " ".join(str(cause).split())
    return (f"{type(cause).__name__}: {text}" if text else type(cause).__name__)[:300]


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error and what it stands for: its cause, its reason and the errors among its arguments."""
    seen: set[int] = set()
    queue = [error]
    while queue:
        current = queue.pop(0)
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        inner = [current.__cause__, getattr(current, "reason", None), *current.args]
        queue.extend(item for item in inner if isinstance(item, BaseException))
