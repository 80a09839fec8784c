"""Dates that readers see: <time> elements, elements named for dates, and lines of text near the headline."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from types import MappingProxyType

from lxml.etree import _Element as Element

from extractors.article import Origin
from extractors.fields.dates.cues import Role, role_of_keys, role_of_words
from extractors.fields.dates.datelines import LONGEST, is_dated, read_line, read_opening
from extractors.fields.dates.places import ABOVE_RUNS, MID_RUNS, NEAR_RUNS, Places, Zone
from extractors.fields.dates.reading import Page, Reading
from extractors.fields.dates.verdict import EARLIEST
from extractors.fields.moments import Found, find, relative
from extractors.inline import text_of
from extractors.marks import Mark

__all__ = ["Spots"]

MOST_LINES = 400
_MOST = 16  # <time> elements that are read: further ones belong to lists of stories
_NEARBY = 60  # characters before a <time> in its line that may be its label
# A style sheet parts "Ann LeeOct 17, 20235 min": what it fuses is parted at a change of case and behind a year.
_FUSED = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=\b(?:19|20)\d\d)(?=\d|[A-Z][a-z])|(?<=[^\W\d_])(?=\d)")
_PARTS = re.compile(r"[.,;|·•]\s")  # between "posted 3 days ago" and "updated 2 hours ago"
_KEYS = ("class", "id", "itemprop", "data-testid", "pubdate")
_NONE: Mapping[str, Role] = MappingProxyType({})
_DATE = int(Mark.DATE)
_OUTSIDE = frozenset({Zone.FOREIGN, Zone.TOP})

# Odds by zone, then what multiplies them. Shares of right days (1,608 gold pages): time.near 0.90,
# line.near 0.88, line.above 0.84, line.mid 0.37, time.far 0.26, foreign 0.2 to 0.3.
WEIGHTS = {Zone.NEAR: 8.0, Zone.ABOVE: 4.0, Zone.MID: 1.0, Zone.FAR: 0.35, Zone.TOP: 0.5, Zone.FOREIGN: 0.12}
DECAY = 0.98  # a run: of two datelines the nearer one is the article's
TIMED, NAMED, PLAIN, DISTANCE, BEFORE_THE_WEB = 1.2, 1.0, 0.7, 0.3, 0.2
SAID, LONGEST_SENTENCE = 0.15, 300  # right on the 3 gold sites where nothing else tells a day
OPENING = 2.0  # where nothing else tells the day; on the gold pages something always does
_CENTURIES = ("19", "20")
LEAST = 0.12  # of a line far from the headline: a bare dateline passes, a sentence does not


class Spots:
    """The readers of one page's visible dates; they share its places."""

    __slots__ = ("_runs", "page", "places")

    def __init__(self, page: Page) -> None:
        self.page = page
        self.places = Places(page.document.outline, page.title, page.document.url)
        self._runs = page.document.outline.runs

    def times(self) -> Iterator[Reading]:
        """The <time> elements: their datetime attribute, else their text."""
        for number, element in islice(self.page.document.outline.times, _MOST):
            said = text_of(element)
            for raw in filter(None, (element.get("datetime"), said)):
                found = next(self._find(raw), None)
                if found:
                    run, before, after = self._around(number, said)
                    role = role_of_words(said) or _role_of_element(element) or role_of_words(before, after)
                    yield self._reading(found, raw, signal="time", told=(self.places.zone(number, run), role, TIMED))
                    break

    def lines(self) -> Iterator[Reading]:
        """Short lines beside the headline that hold a date; further ones where none does, all where the page has no headline."""
        headline = self.places.headline
        if headline is None:
            yield from self._lines(range(min(MOST_LINES, len(self._runs))), "line")
            return
        end = min(headline + NEAR_RUNS + 1, len(self._runs))
        beside = list(self._lines(range(max(0, headline - ABOVE_RUNS), end), "line"))
        yield from beside
        if not any(reading.role is Role.PUBLISHED and reading.weight >= 1 for reading in beside):
            yield from self._lines(range(end, min(headline + MID_RUNS, len(self._runs))), "line")

    def everywhere(self) -> Iterator[Reading]:
        """Lines anywhere outside other stories that are little but a date, or say what it is: "Published 3 March 2024" below the text."""
        return (reading for reading in self._lines(range(len(self._runs)), "anywhere") if reading.weight >= LEAST)

    def said(self) -> Iterator[Reading]:
        """Sentences anywhere that tell the day: "This entry was posted on 3 March 2024 by Ann and is filed under Boats"."""
        for run in self._runs:
            if len(run.text) <= LONGEST_SENTENCE and any(map(run.text.__contains__, _CENTURIES)):
                for line in read_line(run.text, language=self.page.language, order=self.page.order):
                    if line.role is Role.PUBLISHED:
                        raw = run.text[line.found.start : line.found.end]
                        yield Reading(line.found.moment, raw, Origin.DOM, "said", SAID)

    def opening(self) -> Iterator[Reading]:
        """The date that opens the first paragraph: "LEEDS, May 3, 2024 -- The ferry …"; no chronicle's, whose paragraphs all open so."""
        start = self.places.headline or 0
        prose = [run.text for run in self._runs[start : start + MID_RUNS] if len(run.text) > LONGEST][:2]
        told = [read_opening(text, language=self.page.language, order=self.page.order) for text in prose]
        if told and told[0] and not any(told[1:]):
            found = told[0]
            yield Reading(found.moment, prose[0][found.start : found.end], Origin.DOM, "opening", OPENING)

    def named(self) -> Iterator[Reading]:
        """Elements outside the lines' reach that are named for dates: class "date", itemprop "datePublished"."""
        for element in islice((element for flags, element in self.page.document.outline.marked if flags & _DATE), 60):
            if element.tag in {"time", "body", "html"} or len(element) > 8:
                continue
            said = text_of(element)
            attribute = element.get("content") or element.get("datetime") or element.get("title") or ""
            raw = attribute if attribute and is_dated(attribute) else said
            if not is_dated(raw):
                continue
            number = self.places.node_of(element)
            if number is not None:
                zone = self.places.zone(number, self._runs_of(number)[0])
                yield from self._all(raw, "named", told=(zone, _role_of_element(element), NAMED))

    def distances(self) -> Iterator[Reading]:
        """Lines beside the headline that tell the distance from now: only where it is known when the page was fetched."""
        fetched, headline = self.page.document.context.fetched_at, self.places.headline
        if fetched is None or headline is None:
            return
        for number in range(max(0, headline - ABOVE_RUNS), min(headline + NEAR_RUNS, len(self._runs))):
            run = self._runs[number]
            for part in _PARTS.split(run.text) if len(run.text) <= LONGEST else ():
                moment = relative(part, self.page.language, fetched)
                if moment:
                    zone = self.places.zone(run.node, number)
                    told = (zone, role_of_words(part), DISTANCE)
                    yield self._reading(Found(moment, 0, len(part)), part, signal="distance", told=told)

    def _lines(self, numbers: Iterable[int], signal: str) -> Iterator[Reading]:
        nodes = self.page.document.outline.nodes
        for number in numbers:
            run = self._runs[number]
            if is_dated(run.text):
                node = nodes[run.node]
                role = role_of_keys(node.key) if node.key else None
                zone = self.places.zone(run.node, number)
                before = self._line_before(number)
                told = (zone, role, PLAIN * self._decay(number))
                readings = list(self._all(run.text, signal, told=told, before=before, named=_named_inside(node.element)))
                if zone not in _OUTSIDE and _FUSED.search(run.text):
                    parted = list(self._all(_FUSED.sub(" ", run.text), signal, told=told, before=before))
                    readings = parted if len(parted) > len(readings) else readings
                yield from readings

    def _decay(self, number: int) -> float:
        headline = self.places.headline
        return DECAY ** min(abs(number - headline), MID_RUNS) if headline is not None else 1.0

    def _find(self, text: str) -> Iterator[Found]:
        return find(text, self.page.language, self.page.order)

    def _all(
        self, text: str, signal: str, *, told: tuple[Zone, Role | None, float], before: str = "", named: Mapping[str, Role] = _NONE
    ) -> Iterator[Reading]:
        """A reading for each date of a line. `named`: what elements inside it are named for, by their text."""
        zone, role, weight = told
        fetched = self.page.document.context.fetched_at
        for line in read_line(text, language=self.page.language, order=self.page.order, before=before, fetched_at=fetched):
            raw = text[line.found.start : line.found.end]
            yield self._reading(line.found, raw, signal=signal, told=(zone, line.role or named.get(raw) or role, weight * line.share))

    def _reading(self, found: Found, raw: str, *, signal: str, told: tuple[Zone, Role | None, float]) -> Reading:
        zone, role, share = told
        if found.moment.day.year < EARLIEST:
            share *= BEFORE_THE_WEB
        return Reading(found.moment, raw, Origin.DOM, f"{signal}.{zone}", WEIGHTS[zone] * share, role or Role.PUBLISHED)

    def _runs_of(self, number: int) -> range:
        node = self.page.document.outline.nodes[number]
        return range(node.first, max(node.last, node.first + 1))

    def _around(self, number: int, said: str) -> tuple[int, str, str]:
        """The run in which an inline element's text stands, and the words before and behind it."""
        numbers = self._runs_of(number)
        for run in numbers[:12] if said else ():
            if run >= len(self._runs):
                break
            text = self._runs[run].text
            at = text.find(said)
            if at >= 0:
                before = text[max(0, at - _NEARBY) : at] if at > 2 else self._line_before(run)
                behind = text[at + len(said) :]
                return run, before, "" if is_dated(behind) else behind
        return numbers[0], "", ""

    def _line_before(self, run: int) -> str:
        """A short line before the date's own, which may be its label: "Updated" above the date."""
        before = self._runs[run - 1].text if 0 < run <= len(self._runs) else ""
        return before if len(before) <= 30 and not is_dated(before) else ""


def _role_of_element(element: Element) -> Role | None:
    """The role that the element's names give, or its parent's."""
    for holder in (element, element.getparent()):
        if holder is not None:
            key = " ".join(filter(None, map(holder.get, _KEYS)))
            role = role_of_keys(key) if key else None
            if role:
                return role
    return None


def _named_inside(element: Element) -> dict[str, Role]:
    """The roles for which elements inside a line are named, or what holds them, by their text: <span class="post-update-date">."""
    found: dict[str, Role] = {}
    for child in islice(element.iterdescendants("span", "em", "i", "small", "b", "strong"), _MOST):
        text = (child.text or "").strip()
        role = _role_of_element(child) if is_dated(text) else None
        if role:
            found.setdefault(text, role)
    return found
