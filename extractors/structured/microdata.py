"""Microdata: itemscope and itemprop attributes to nodes of the same shape as JSON-LD; bounded."""

from collections.abc import Mapping
from itertools import islice
from typing import Any

from lxml.etree import XPath
from lxml.etree import _Element as Element

__all__ = ["read_items"]

# An attribute test alone runs in libxml2: 0.05 ms on the median gold page.
_MARKED = XPath("//*[@itemprop or @itemscope]")
_ANY = XPath("boolean(//@itemprop)")  # half the price: items without a property say nothing
MOST_ELEMENTS = 3_000
MOST_TEXT = 2_000  # characters of one property: names, dates, addresses; an articleBody is read elsewhere
MOST_INSIDE = 2_000  # elements inside one property whose words are read: each may stand inside all others

_LINKS = {"a": "href", "area": "href", "link": "href", "img": "src", "video": "src", "audio": "src", "iframe": "src", "source": "src"}


def read_items(root: Element) -> tuple[dict[str, Any], ...]:
    """The top-level items of a page in page order, each {"@type": name, property: value or list}; nested items inside them.

    Properties outside any item are gathered in a last item without "@type".
    """
    found = _MARKED(root) if _ANY(root) else []
    if not isinstance(found, list) or not found:
        return ()
    items: dict[Element, dict[str, Any]] = {}
    top: list[dict[str, Any]] = []
    loose: dict[str, Any] = {}
    owners: dict[Element, dict[str, Any] | None] = {}
    for element in found[:MOST_ELEMENTS]:
        if not hasattr(element, "get"):
            continue
        item: dict[str, Any] | None = None
        if element.get("itemscope") is not None:
            item = items[element] = {"@type": (element.get("itemtype") or "").strip().rstrip("/").rpartition("/")[2]}
        owner = _owner(element, items, owners)
        names = (element.get("itemprop") or "").split()
        if not names and item is not None:
            top.append(item)
            continue
        value = item if item is not None else _value(element)
        if value:
            for name in names:
                _add(loose if owner is None else owner, name, value)
    return (*top, loose) if loose else tuple(top)


def _owner(
    element: Element, items: Mapping[Element, dict[str, Any]], owners: dict[Element, dict[str, Any] | None]
) -> dict[str, Any] | None:
    """The nearest item around an element. `owners` holds those of elements that were met: a page may nest thousands deep."""
    path = []
    above = element.getparent()
    while above is not None and above not in owners:
        path.append(above)
        above = above.getparent()
    owner = None if above is None else owners[above]
    for passed in reversed(path):
        owner = owners[passed] = items.get(passed, owner)
    return owner


def _add(item: dict[str, Any], name: str, value: Any) -> None:
    if name in item:
        held = item[name]
        if isinstance(held, list):
            held.append(value)
        else:
            item[name] = [held, value]
    else:
        item[name] = value


def _value(element: Element) -> str | None:
    """A property's value by the HTML standard's table, `content` first wherever it stands."""
    tag = element.tag
    value = element.get("content")
    if value is None and tag == "time":
        value = element.get("datetime")
    if value is None and tag in _LINKS:
        value = element.get(_LINKS[tag])
        text = _text(element)
        if tag == "a" and text:  # pages put author and keywords on links, and mean the words
            value = text
    if value is None:
        value = _text(element)
    return value.strip() or None


def _text(element: Element) -> str:
    if next(islice(element.iter(), MOST_INSIDE, None), None) is not None:
        return ""
    parts, size = [], 0
    for part in element.itertext():
        parts.append(part)
        size += len(part)
        if size > MOST_TEXT:
            break
    return " ".join("".join(parts).split())[:MOST_TEXT]
