"""Links from a page to itself and to the pages above it: a post's heading leads to the post, the blog's to the blog."""

import re
from collections.abc import Set as AbstractSet
from itertools import islice

from lxml.etree import _Element as Element

__all__ = ["leads_above", "links_to", "own_addresses"]

MOST_LINKS = 4  # of a heading
_ENOUGH = 12  # characters of an address that tells a page from another
_INDEX = re.compile(r"/?(?:index\.\w{3,5})?$")


def own_addresses(address: str | None) -> frozenset[str]:
    """What a page's address says behind its host, with its query and without; none where that is too short to tell a page."""
    own = {_behind_host(address or ""), _behind_host((address or "").partition("?")[0])}
    return frozenset(own if len(max(own, key=len)) >= _ENOUGH else ())


def links_to(element: Element, own: AbstractSet[str]) -> bool:
    """Whether one of the element's links leads to one of `own`."""
    return any(_behind_host(link.get("href") or "") in own for link in islice(element.iter("a"), MOST_LINKS))


def leads_above(href: str, own: AbstractSet[str]) -> bool:
    """Whether a link leads to a page above one of `own`: from /blog/2020/ferry to /blog."""
    above = _INDEX.sub("", _behind_host(href.partition("#")[0].partition("?")[0]))
    return bool(above) and any(address.startswith(above + "/") for address in own)


def _behind_host(address: str) -> str:
    """What an address says behind its host; a fragment stays, as it tells a part of the page."""
    return (address.partition("://")[2].partition("/")[2] if "://" in address else address.lstrip("/")).rstrip("/")
