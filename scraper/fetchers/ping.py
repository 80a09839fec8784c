"""An address that is asked for when a run begins and ends, for a service that misses runs which do not come."""

from dataclasses import replace
from enum import StrEnum
from http import HTTPStatus
from urllib.parse import urlsplit, urlunsplit

from scraper.fetchers.http import HttpFetcher
from scraper.fetchers.settings import FetchSettings
from scraper.records import Failure, Target

__all__ = ["Event", "ping"]

_LARGEST_ANSWER = 64 * 1024  # bytes; nothing in it is read


class Event(StrEnum):
    """What a run has to tell, as what is put behind the path of the address."""

    START = "/start"
    SUCCESS = ""
    FAILURE = "/fail"


def ping(url: str, event: Event, *, settings: FetchSettings) -> str | None:
    """Asks for `url` once; None where the answer was well, else what was wrong, without the address, which may be a secret.

    What `settings` says of networks, proxies, certificates and time holds; its headers and cookies stay with the pages.
    """
    parts = urlsplit(url)
    address = urlunsplit(parts._replace(path=parts.path.rstrip("/") + event.value if event.value else parts.path))
    fetcher = HttpFetcher(replace(settings, headers={}, cookies={}, max_bytes=_LARGEST_ANSWER, max_decoded_bytes=_LARGEST_ANSWER))
    try:
        answer = fetcher(Target(url=address))
    finally:
        fetcher.close()
    if not isinstance(answer, Failure) or answer.http_status == HTTPStatus.NO_CONTENT:
        return None
    return str(answer.kind) + (f" (status {answer.http_status})" if answer.http_status else "")
