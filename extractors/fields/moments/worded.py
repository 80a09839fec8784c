"""Dates with a month's name: "3 March 2024", "March 3rd, 2024", "2024. március 3.", "3 de marzo de 2024", "12 tháng 3, 2024"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

from extractors.fields.moments.calendars import from_buddhist, from_jalali, jalali_month
from extractors.fields.moments.clocks import time_after
from extractors.fields.moments.names import month_of

__all__ = ["Dated", "worded"]


@dataclass(frozen=True, slots=True)
class Dated:
    """A day in a text: where it stands, its other reading, its time where that stands inside, and whether its calendar was converted."""

    day: date
    start: int
    end: int
    other: date | None = None
    clock: time | None = None
    converted: bool = False


# A word is a run of anything but digits, space and punctuation: the vowel signs of Indic scripts are no letters to `\w`. Thai short
# months hold dots.
_TOKEN = re.compile(
    r"\d+|[\u0e80-\u0eff\u0e00-\u0e7f]+(?:\.[\u0e00-\u0eff]+)*|[^\d\s\x00-\x40\x5b-\x60\x7b-\xbf\u2000-\u206f\u3000-\u303f\uff00-\uff0f،؛]+"
)
_GAP = 4  # characters of space and punctuation between the parts of one date
_BRIDGE = 6  # letters of a word between them: "de", "of", "gada", "жылғы", "года"
_MOST_TOKENS = 160
_BUDDHIST = 43  # two digits of a Thai year from which they are of the Buddhist one: 2543 is 2000
_REACH = 3  # tokens between a month and its nearest number: two bridges, or the second word of the month

Token = tuple[str, int, int]


def worded(text: str, language: str | None) -> Iterator[Dated]:
    """The dates with a month's name in `text`; `language` (a primary subtag) decides what a shared short form means."""
    tokens: list[Token] = [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)][:_MOST_TOKENS]
    numbers = [at for at, (word, _, _) in enumerate(tokens) if word.isdecimal()]
    beside = {near for at in numbers for near in range(at - _REACH, at + _REACH + 1)}
    for at in sorted(beside):
        if not 0 <= at < len(tokens):
            continue
        word = tokens[at][0]
        if word.isdecimal() or (len(word) < 2 and word.isascii()):
            continue
        month, last, jalali = _month(tokens, at, language)
        if month:
            found = _around(text, tokens, (at, last), month=(month, jalali), buddhist=language == "th")
            if found:
                yield found


def _month(tokens: Sequence[Token], at: int, language: str | None) -> tuple[int | None, int, bool]:
    """The month that begins at a token, its last token, and whether it is a Jalali one. Two words: "كانون الثاني"; a number: "tháng 3"."""
    word = tokens[at][0].casefold()
    if not word.isascii():
        jalali = jalali_month(word)
        if jalali:
            return jalali, at, True
        if word in {"tháng", "сарын"} and at + 1 < len(tokens) and tokens[at + 1][0].isdecimal():
            number = int(tokens[at + 1][0])
            return (number if number <= 12 else None), at + 1, False
    if at + 1 < len(tokens) and not tokens[at + 1][0].isdecimal() and tokens[at + 1][1] - tokens[at][2] == 1 and not word.isascii():
        month = month_of(f"{word} {tokens[at + 1][0].casefold()}", language)
        if month:
            return month, at + 1, False
    return month_of(word, language), at, False


def _around(text: str, tokens: Sequence[Token], span: tuple[int, int], *, month: tuple[int, bool], buddhist: bool) -> Dated | None:
    """The date whose month stands at `span`, by the numbers beside it."""
    before = _number(tokens, span[0], -1)
    after = _number(tokens, span[1], 1)
    beyond = _number(tokens, after, 1) if after is not None else None
    earlier = _number(tokens, before, -1) if before is not None else None
    choices = (
        (before, after),  # 3 March 2024
        (after, beyond),  # March 3, 2024
        (after, before),  # 2024 March 3
        (before, earlier),  # 2024. gada 3. marts
    )
    for day, year in choices:
        if day is None or year is None or not _is_day(tokens[day][0]) or _is_clock(text, tokens, day):
            continue
        if _ends_span(text, tokens, day):
            return None
        number = _year(text, tokens[year], jalali=month[1], buddhist=buddhist)
        moment = number and _made((number, month[0], int(tokens[day][0])), jalali=month[1])
        if number and moment:
            places = (day, year, *span)
            return Dated(moment, tokens[min(places)][1], tokens[max(places)][2], converted=month[1] or number > 2400)
    return _unix(text, tokens, span[1], month=month[0])


def _number(tokens: Sequence[Token], at: int, step: int) -> int | None:
    """The next number token from `at` in a direction, over at most two short words."""
    place, bridges = at + step, 0
    while 0 <= place < len(tokens):
        left, right = (tokens[place - 1], tokens[place]) if step > 0 else (tokens[place], tokens[place + 1])
        if right[1] - left[2] > _GAP:
            return None
        word = tokens[place][0]
        if word.isdecimal():
            return place
        bridges += 1
        if bridges > 2 or len(word) > _BRIDGE or (word.isascii() and len(word) > 2 and month_of(word, None)):
            return None
        place += step
    return None


def _is_day(word: str) -> bool:
    return len(word) <= 2 and 1 <= int(word) <= 31


def _is_clock(text: str, tokens: Sequence[Token], at: int | None) -> bool:
    """Whether a number token belongs to a time of day."""
    if at is None:
        return False
    _, start, end = tokens[at]
    return (text[end : end + 1] == ":" and text[end + 1 : end + 2].isdecimal()) or (
        start > 1 and text[start - 1] == ":" and text[start - 2].isdecimal()
    )


def _ends_span(text: str, tokens: Sequence[Token], at: int) -> bool:
    """Whether a day ends a span of days, "3–5 March 2024": the days of an event, not one of publication."""
    if not at:
        return False
    word, _, end = tokens[at - 1]
    return (
        word.isdecimal()
        and _is_day(word)
        and text[end : tokens[at][1]].lstrip(".") in {"-", "–", "—"}
        and not _is_clock(text, tokens, at - 1)
    )


def _year(text: str, token: Token, *, jalali: bool, buddhist: bool = False) -> int | None:
    """A token as a year; two digits only after an apostrophe or at the end of a short text, in Thai those of the Buddhist year."""
    word, start, end = token
    if len(word) == 4:
        year = int(word)
        return year if (1300 <= year <= 1450 if jalali else 1900 <= year <= 2100 or 2400 <= year <= 2643) else None
    if (
        len(word) == 2
        and not jalali
        and (text[start - 1 : start] in {"'", "’"} or (len(text) <= 24 and text[end : end + 1] not in {":", "."} and len(text) - end < 12))
    ):
        if buddhist and int(word) >= _BUDDHIST:
            return 2500 + int(word)
        return 2000 + int(word) if int(word) < 70 else 1900 + int(word)
    return None


def _made(numbers: tuple[int, int, int], *, jalali: bool) -> date | None:
    """Year, month and day as a date of the Gregorian calendar; None for a day that the calendar has not."""
    year, month, day = numbers
    if jalali:
        return from_jalali(year, month, day)
    try:
        return date(from_buddhist(year) if year >= 2400 else year, month, day)
    except ValueError:  # no such day
        return None


def _unix(text: str, tokens: Sequence[Token], at: int, *, month: int) -> Dated | None:
    """ "Tue Mar  5 10:20:30 EST 2024", and "March 5 at 10:20 am, 2024"."""
    day = _number(tokens, at, 1)
    if day is None or not _is_day(tokens[day][0]):
        return None
    clock = time_after(text, tokens[day][2])
    if not clock:
        return None
    for word, start, end in tokens[day + 1 : day + 8]:
        if start >= clock[1] and word.isdecimal():
            year = _year(text, (word, start, end), jalali=False)
            moment = _made((year, month, int(tokens[day][0])), jalali=False) if year and start - clock[1] < 6 else None
            return Dated(moment, tokens[at][1], end, clock=clock[0]) if moment else None
    return None
