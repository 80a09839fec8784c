"""The last resort: dates in the data of pages that scripts draw, by the names of their keys; dates that a script writes in its place."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from lxml.etree import _Element as Element

from extractors.article import Origin
from extractors.fields.dates.cues import Role
from extractors.fields.dates.reading import Page, Reading

__all__ = ["scripted"]

_KEY = re.compile(
    r"(?P<key>date_?published|published_?(?:at|date|time|on)?|publication_?date|publish_?(?:date|time)|first_?published(?:_?at|_?date)?|pub_?date|"
    r"date_?created|created_?at)\\?[\"']\s*:\s*\\?[\"']?"
    r"(?P<date>(?:19|20)\d\d-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?|1\d{9}(?:\d{3})?(?!\d))",
    re.IGNORECASE,
)
_WORDS = ("publish", "publication", "pubdate", "pub_date", "created")  # one stands in every key; most scripts hold none
_WRITTEN = re.compile(r"\s*[\w.]{1,40}\(\s*[\"']([^\"']{8,40})[\"']\s*\);?\s*")  # a call and nothing else: showDate("2024/03/03 10:15")
_LONGEST_CALL = 100
_PUBLISHED, _CREATED = 1.5, 0.6
_MOST_CHARACTERS = 2_000_000


def scripted(page: Page) -> Iterator[Reading]:
    """The first published and the first created date in the page's scripts and in metas that hold such data, and the first written one."""
    scripts = [(script.text, script) for script in page.document.root.iter("script") if script.text]
    yield from islice(_written(page, scripts), 1)
    seen = set()
    budget = _MOST_CHARACTERS
    held = (value for values in page.document.meta.values() for value in values if value.startswith("{"))
    for text in chain((text for text, _ in scripts), held):
        budget -= len(text)
        if budget < 0:
            return
        low = text.lower()
        for match in _KEY.finditer(text) if any(map(low.__contains__, _WORDS)) else ():
            signal = "created" if "creat" in match["key"].lower() else "published"
            moment = page.moment(match["date"]) if signal not in seen else None
            if moment:
                seen.add(signal)
                weight = _CREATED if signal == "created" else _PUBLISHED
                yield Reading(moment, match["date"], Origin.DOM, f"script.{signal}", weight, Role.PUBLISHED)


def _written(page: Page, scripts: Iterable[tuple[str, Element]]) -> Iterator[Reading]:
    """The dates that are all that a script in the page's body says."""
    for text, script in scripts:
        match = _WRITTEN.fullmatch(text) if len(text) <= _LONGEST_CALL else None
        moment = page.moment(match[1]) if match else None
        parent = script.getparent()
        if match and moment and parent is not None and parent.tag != "head":
            yield Reading(moment, match[1], Origin.DOM, "script.written", _CREATED)
