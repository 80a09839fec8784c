"""The last resort: dates in the data of pages that scripts draw, by the names of their keys."""

import re
from collections.abc import Iterator

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
_PUBLISHED, _CREATED = 1.5, 0.6
_MOST_CHARACTERS = 2_000_000


def scripted(page: Page) -> Iterator[Reading]:
    """The first published and the first created date in the page's scripts."""
    seen = set()
    budget = _MOST_CHARACTERS
    for script in page.document.root.iter("script"):
        text = script.text or ""
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
