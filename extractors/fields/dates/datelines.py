"""A line of text as dates, each with what the words beside it say that it is the date of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from extractors.fields.dates.cues import Role, role_of_words, told_behind
from extractors.fields.moments import DayOrder, Found, Moment, find, relative, time_after

__all__ = ["LONGEST", "Dateline", "is_dated", "read_line", "read_opening"]

LONGEST = 200  # characters of a dateline; a longer run is a paragraph, whose dates are the story's
_WORDY = 60  # characters beside the dates from which a line rather tells a story
_DATED = re.compile(r"\d(?:\d{3}|\s?[./年년-]\s?\d|,? '?\d\d\b)|[〇○零一二三四五六七八九]{4}年")
_SHORT_DATED = re.compile(r"(?<!\d)\d{1,2}[^\d:]{2,14}\d\d(?!\d)")  # "3 Mar 24", where the line says no more
_SHORT = 24
# What stands before and behind the date that opens a report: "LEEDS, May 3, 2024 /Newswire/ -- ", "PARIS (Agency), 3 mai 2024 – ".
_PLACES = re.compile(r"[^a-z\W][^.;!?:]{0,50}[,)\-–—]\s*\(?|\(?")
_DASHED = re.compile(r"[,.)]?\s*(?:--|[–—―(/]|-\s)")
_PARTICLE = 3  # letters of a small word in a place's name
_OPENING = 100  # characters in which it stands
LABELLED, IN_PROSE = 2.5, 0.3  # what a label and a sentence around it do to a date's odds: right days 0.95 and 0.30 of gold pages
_TOLD = frozenset({Role.PUBLISHED, Role.MODIFIED})


@dataclass(frozen=True, slots=True)
class Dateline:
    """One date of a line. `role`: what the words say, None where they say nothing; `share`: what line and label do to its odds."""

    found: Found
    role: Role | None
    share: float


def is_dated(text: str) -> bool:
    """Whether a line is short enough for a dateline and may hold a date."""
    return len(text) <= LONGEST and bool(_DATED.search(text) or (len(text) <= _SHORT and _SHORT_DATED.search(text)))


def read_line(
    text: str, *, language: str | None, order: DayOrder, before: str = "", fetched_at: datetime | None = None
) -> Iterator[Dateline]:
    """The dates of `text`, in order. `before`: a short line above, which may be the label of a date that begins the line.

    A time or distance of its own behind the last date is one more: "3 March 2024 10:15, updated 11:30", "updated 2 hours ago".
    """
    dates = list(find(text, language, order))
    spare = len(text) - sum(found.end - found.start for found in dates)
    last, lines = 0, []
    for number, found in enumerate(dates):
        ahead = text[last : found.start]
        behind = "" if number + 1 < len(dates) else text[found.end :]
        role = role_of_words(ahead if last or found.start > 2 else before, behind)
        share = LABELLED if role in _TOLD else 1.0
        lines.append(Dateline(found, role, share if spare <= _WORDY else share * IN_PROSE))
        last = found.end
    yield from _first_published(lines)
    if dates and (told := told_behind(text[last:])):
        moment = _change(dates[-1].moment, told[1], language=language, fetched_at=fetched_at)
        if moment and told[0] is Role.MODIFIED:
            yield Dateline(Found(moment, last, len(text)), Role.MODIFIED, LABELLED if spare <= _WORDY else IN_PROSE)


def read_opening(text: str, *, language: str | None, order: DayOrder) -> Found | None:
    """The date with which a report's first paragraph opens, behind its place and before a dash."""
    found = next(find(text[:_OPENING], language, order), None)
    if not found or not _PLACES.fullmatch(text, 0, found.start) or not _DASHED.match(text, found.end):
        return None
    is_sentence = any(word[0].islower() and len(word) > _PARTICLE for word in text[: found.start].split())
    return None if is_sentence else found


def _first_published(lines: list[Dateline]) -> list[Dateline]:
    """Of several dates that a line calls publications the earliest is it, others tell a state: "Stand: 5.3.2024, erstellt: 3.3.2024"."""
    days = {line.found.moment.day for line in lines if line.role is Role.PUBLISHED}
    if len(days) < 2:
        return lines
    first = min(days)
    return [replace(line, role=Role.MODIFIED) if line.role is Role.PUBLISHED and line.found.moment.day != first else line for line in lines]


def _change(first: Moment, text: str, *, language: str | None, fetched_at: datetime | None) -> Moment | None:
    """The moment that a text behind "updated" tells: a later time of the same day, or a distance from the fetch."""
    printed = time_after(f" {text}", 0)
    if printed:
        later = first.clock is None or printed[0].replace(tzinfo=None) > first.clock.replace(tzinfo=None)
        return Moment(first.day, printed[0]) if later else None
    return relative(text, language, fetched_at) if fetched_at else None
