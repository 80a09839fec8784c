"""Dates that readers see: <time> elements, elements named for dates, and lines of text near the headline."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from lxml.etree import _Element as Element

from extractors.article import Origin
from extractors.fields.dates.cues import Role, role_of_keys, role_of_words
from extractors.fields.dates.places import Place, Places
from extractors.fields.dates.reading import Page, Reading
from extractors.fields.moments import Found, find
from extractors.marks import Mark

__all__ = ["lines", "marked", "times"]

_MOST = 40  # <time> elements or marked ones that are read: further ones belong to lists of stories
_LONGEST = 200  # characters of a dateline; a longer run is a paragraph, whose dates are the story's
_ABOVE, _BELOW = 8, 30  # runs before and after the headline whose lines are read
_DATED = re.compile(r"\d{4}|\d\s?[./年-]\s?\d|\d,? '?\d\d\b|[〇零一二三四五六七八九]{4}年")
_KEYS = ("class", "id", "itemprop", "data-testid", "pubdate")

# Odds by place, from the share of gold pages where the signal's day was right: see the table in tests and the closing notes.
WEIGHTS = {"near": 8.0, "above": 3.0, "mid": 2.5, "far": 0.8, "foreign": 0.15, "top": 0.5}
LABELLED, TIMED, NAMED, PLAIN = 2.0, 1.2, 1.0, 0.7


def zone(place: Place) -> str:
    """The part of the page that a place lies in, a key of WEIGHTS."""
    if place.foreign:
        return "foreign"
    if place.after < -_ABOVE:
        return "top"
    if place.after < 0:
        return "above"
    return "near" if place.after <= 8 else "mid" if place.after <= _BELOW else "far"


def times(page: Page, places: Places) -> Iterator[Reading]:
    """The <time> elements, by their datetime attribute or their text."""
    for element in islice(page.document.root.iter("time", "relative-time", "time-ago"), _MOST):
        place = places.of(element)
        if place is None:
            continue
        said = " ".join("".join(element.itertext()).split())
        for raw in filter(None, (element.get("datetime"), said)):
            found = next(_find(page, raw), None)
            if found:
                role = _role_of_element(element) or _role_in_run(page, place, said) or Role.PUBLISHED
                yield _reading(found, raw, (place, role, "time", TIMED))
                break


def marked(page: Page, places: Places) -> Iterator[Reading]:
    """Elements that are named for dates: class "date", "published", itemprop "datePublished"."""
    for element in islice(page.document.outline.elements(Mark.DATE), _MOST):
        if element.tag == "time" or len(element) > 12:
            continue
        said = " ".join("".join(element.itertext()).split())
        raw = element.get("content") or element.get("datetime") or element.get("title") or said
        if not raw or len(raw) > _LONGEST or not _DATED.search(raw):
            raw = said
        place = places.of(element) if raw and len(raw) <= _LONGEST and _DATED.search(raw) else None
        if place is None:
            continue
        yield from _all(page, raw, (place, _role_of_element(element), "marked", NAMED))


def lines(page: Page, places: Places) -> Iterator[Reading]:
    """Short lines around the headline that hold a date."""
    outline = page.document.outline
    start = max(0, (places.headline or 0) - _ABOVE)
    end = (places.headline or 0) + _BELOW
    for number in range(start, min(end, len(outline.runs))):
        run = outline.runs[number]
        if len(run.text) <= _LONGEST and _DATED.search(run.text):
            yield from _all(page, run.text, (places.at(run.node, number), None, "line", PLAIN))


def _find(page: Page, text: str) -> Iterator[Found]:
    return find(text, page.language, page.order)


def _all(page: Page, text: str, told: tuple[Place, Role | None, str, float]) -> Iterator[Reading]:
    """A reading for each date of a line, with the role that the words before it give."""
    place, role, signal, weight = told
    last = 0
    for found in _find(page, text):
        said = role_of_words(text, found.start, found.end, last)
        if said is None and last == 0 and found.start < 3:
            said = _role_of_line_before(page, place.run)
        reading = _reading(found, text[found.start : found.end], (place, said or role or Role.PUBLISHED, signal, weight))
        yield replace(reading, weight=reading.weight * LABELLED) if said is Role.PUBLISHED else reading
        last = found.end


def _reading(found: Found, raw: str, told: tuple[Place, Role, str, float]) -> Reading:
    place, role, signal, share = told
    where = zone(place)
    return Reading(found.moment, raw, Origin.DOM, f"{signal}.{where}", WEIGHTS[where] * share, role)


def _role_of_element(element: Element) -> Role | None:
    """The role that the element's names give, or its parent's."""
    for holder in (element, element.getparent()):
        if holder is not None:
            key = " ".join(filter(None, map(holder.get, _KEYS)))
            role = role_of_keys(key) if key else None
            if role:
                return role
    return None


def _role_in_run(page: Page, place: Place, said: str) -> Role | None:
    """The role that the words before an inline element's text give."""
    runs = page.document.outline.runs
    if not said or place.run >= len(runs):
        return None
    for number in range(place.run, min(place.run + 3, len(runs))):
        text = runs[number].text
        at = text.find(said)
        if at >= 0 and len(text) <= _LONGEST:
            return role_of_words(text, at, at + len(said)) or (_role_of_line_before(page, number) if at < 3 else None)
    return None


def _role_of_line_before(page: Page, run: int) -> Role | None:
    """The role that a short line before the date's own gives: "Updated" above the date."""
    runs = page.document.outline.runs
    if 0 < run <= len(runs) and len(before := runs[run - 1].text) <= 30 and not _DATED.search(before):
        return role_of_words(before, len(before), len(before))
    return None
