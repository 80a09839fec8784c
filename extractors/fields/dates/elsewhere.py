"""Dates outside the page: in its address, and in the feed or sitemap that led to it."""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from extractors.article import Origin
from extractors.fields.dates.cues import Role
from extractors.fields.dates.reading import Page, Reading
from extractors.fields.moments import Moment

__all__ = ["addresses", "outside"]

# A day in the path: /2024/04/03/, /2024-04-03-, /20240403/, _20240403, /2024/apr/03/. On the gold pages right on 0.94 of 193 that have one.
_DAY = re.compile(r"[/_.=-]((?:19|20)\d\d)([/_.-]?)(0?[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01]|[1-9](?=[/_.-]))(?!\d)")
# The year, a section or two, then month and day: /2024/harbour/04/03/.
_SECTIONED = re.compile(r"/((?:19|20)\d\d)(?:/[a-z][a-z_-]{1,30}){1,2}/(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])(?=/)", re.IGNORECASE)
_WORDED = re.compile(r"/((?:19|20)\d\d)[/-]([a-z]{3,9})[/-](\d{1,2})(?=[/-])")
_DAY_FIRST = re.compile(r"(?<!\d)(0?[1-9]|[12]\d|3[01])[-_.](0?[1-9]|1[0-2])[-_.]((?:19|20)\d\d)(?!\d)")
_URL = 6.0
_FEED, _SITEMAP = 15.0, 6.0


def addresses(page: Page) -> Iterator[Reading]:
    """The day in the page's address, or in what the page calls its address."""
    document = page.document
    links = (link.href for link in document.links if "canonical" in link.rel)
    for address in dict.fromkeys(filter(None, (document.url, *links, *document.metas("og:url")))):
        day = _day_in(address, page)
        if day:
            yield Reading(Moment(day[0]), day[1], Origin.URL, "url", _URL)
            return


def _day_in(address: str, page: Page) -> tuple[date, str] | None:
    try:
        path = urlsplit(address).path
    except ValueError:  # an address that no parser reads holds no date either
        return None
    match = _DAY.search(path)
    in_slug = match is not None and match[2] == "/" and path[match.end() : match.end() + 1] == "-"  # /2024/04/10-reasons-to-sail
    if match and not in_slug and not (match[2] == "" and len(match[3]) + len(match[4]) < 4):
        try:
            return date(int(match[1]), int(match[3]), int(match[4])), match[0].strip("/_.=-")
        except ValueError:  # no such day
            return None
    match = _SECTIONED.search(path)
    if match:
        moment = page.moment(f"{match[1]}-{match[2]}-{match[3]}")
        return (moment.day, match[0].strip("/")) if moment else None
    match = _WORDED.search(path.lower())
    if match:
        moment = page.moment(f"{match[3]} {match[2]} {match[1]}")
        return (moment.day, match[0].strip("/")) if moment else None
    match = _DAY_FIRST.search(path)
    moment = page.moment(match[0]) if match else None
    return (moment.day, match[0]) if match and moment else None


def outside(page: Page) -> Iterator[Reading]:
    """What the feed or the sitemap says."""
    for evidence in page.document.context.evidence:
        weight = _FEED if evidence.origin == Origin.FEED else _SITEMAP
        for text, role in ((evidence.published, Role.PUBLISHED), (evidence.modified, Role.MODIFIED)):
            moment = page.moment(text) if text else None
            if text and moment:
                yield Reading(moment, text, evidence.origin, str(evidence.origin), weight, role)
