"""What was asked to be taken down: addresses and hosts, and whether an address is among them."""

import re
from collections.abc import Iterable

from extractors.urls import document_id, host_of, normal_url
from scraper.errors import UsageError
from scraper.fetchers.origins import askable_url

__all__ = ["TakenDown", "named"]

_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")


class TakenDown:
    """Addresses, however they and their hosts are written, and hosts with all hosts below them: example.org is news.example.org too."""

    def __init__(self, what: Iterable[str]) -> None:
        self._ids: set[str] = set()
        self._hosts: set[str] = set()
        for one in what:
            if "://" in one:
                self._ids.add(document_id(_plain(one), None))
            else:
                self._hosts.add(host_of(_plain(f"http://{one}/")) or one)

    def __contains__(self, url: object) -> bool:
        if not isinstance(url, str) or not (self._ids or self._hosts):
            return False
        url = _plain(url)
        labels = (host_of(url) or "").split(".")
        if any(".".join(labels[index:]) in self._hosts for index in range(len(labels))):
            return True
        return bool(self._ids) and document_id(url, None) in self._ids


def named(what: str) -> str:
    """An address or a host as it is kept. Raises UsageError for what is neither."""
    text = what.strip()
    if "://" in text:
        if host_of(text) is None:
            raise UsageError(f"{what!r} is no http or https address")
        return normal_url(_plain(text))
    host = host_of(f"http://{text}/")
    if host is None or host != text.lower() or not _HOST.fullmatch(host):
        raise UsageError(f"{what!r} is neither an address nor a host", remedy="write it like https://example.org/news/1 or example.org")
    return host_of(_plain(f"http://{host}/")) or host


def _plain(url: str) -> str:
    """An address in the spelling in which it is asked for, and stored; as it is where no parser reads it."""
    try:
        return askable_url(url)
    except ValueError:
        return url
