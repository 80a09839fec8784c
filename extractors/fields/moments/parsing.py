"""Date strings to Moments: ISO forms first, then numbers, then month names in any language."""

import re
import sys
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from functools import lru_cache

from extractors.bcp47 import primary_subtag
from extractors.fields.moments.calendars import ERAS, from_buddhist, from_jalali
from extractors.fields.moments.clocks import time_after, time_before, zone_of
from extractors.fields.moments.moment import Found, Moment
from extractors.fields.moments.order import DayOrder
from extractors.fields.moments.worded import Dated, worded

__all__ = ["find", "parse"]

_ISO = re.compile(
    r"\s*((?:19|20)\d\d)-(\d\d?)-(\d\d?)"
    r"(?:(?:T|\s+|\+)\s?(\d\d?):(\d\d)(?::(\d\d?)(?:[.,:]\d+)?)?\s*(Z|[+-]\d\d(?::?\d\d)?|[A-Z]{2,4})?(?:\[.*\]|\s[A-Z]{3})?)?\s*$"
)
_COMPACT = re.compile(
    r"\s*((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
    r"(?:T?([01]\d|2[0-3]):?([0-5]\d):?([0-5]\d)?(Z|[+-]\d\d:?\d\d)?)?\s*$"
)
_EPOCH = re.compile(r"\s*(?:/Date\()?(1\d{9})(?:\d{3})?(?:\.\d+)?(?:[+-]\d{4})?(?:\)/)?\s*$")
_NUMERIC = re.compile(
    r"""(?<![\d.,/:-])(?:
    (?P<y>(?:1[2-9]|2[0-6])\d\d)(?:(?P<s>[-/.])\s?|\s?[年년]\s?)(?P<m>\d{1,2})(?:(?P=s)|\s?[月월]|\.)\s?(?P<d>\d{1,2})(?:\s?[日일]|(?!\d))
    |(?P<era>令和|平成|昭和|民國|民国|(?<![A-Za-z])[RHS](?=\d))\s?(?P<ey>\d{1,3}|元)\s?[年./]\s?(?P<em>\d{1,2})\s?[月./]\s?(?P<ed>\d{1,2})(?!\d)(?:\s?日)?
    |(?P<ry>1[0-3]\d)(?P<rs>[-/.])(?P<rm>\d\d)(?P=rs)(?P<rd>\d\d)(?!\d)
    |(?P<a>\d{1,2})\s?(?P<t>[-/.])\s?(?P<b>\d{1,2})\s?(?P=t)\s?(?P<z>(?:1[2-9]|2[0-6])\d\d|'?\d\d(?=\d\d:\d\d)|'?\d\d)(?=\d\d:\d\d|(?![\d:]|[-/]\d(?!\d?:\d\d)))
    )""",
    re.VERBOSE,
)
_ROMAN = re.compile(r"(?<![\d.,/:-])(\d{1,2})(?:\s?[-/.]\s?|\s)(I{1,3}|IV|VI{0,3}|IX|XI{0,2})(?:\s?[-/.]\s?|\s)((?:19|20)\d\d)(?!\d)")
_ROMANS = {numeral: number for number, numeral in enumerate("I II III IV V VI VII VIII IX X XI XII".split(), 1)}
_CJK_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CJK_DATE = re.compile(r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日")
_DIGITS = {code: str(unicodedata.digit(chr(code))) for code in range(128, sys.maxunicode) if unicodedata.category(chr(code)) == "Nd"}
_LONGEST = 400  # characters of a text that is searched: a dateline is short, and a search costs by length
_SHORT = 80  # characters of a text that is nothing but a date: only there is "3/4/24" one
FIRST_YEAR, LAST_YEAR = 1900, 2100


def parse(text: str, language: str | None = None, order: DayOrder = DayOrder.DAY_FIRST) -> Moment | None:
    """The first date in `text`; None where there is none. `language` is a BCP 47 tag; `order` reads 03/04/2024."""
    return _parsed(text, language, order) if len(text) <= _LONGEST else next((found.moment for found in find(text, language, order)), None)


@lru_cache(maxsize=2048)
def _parsed(text: str, language: str | None, order: DayOrder) -> Moment | None:
    """A page gives the same date several times: each form is read once."""
    return _whole(text) or next((found.moment for found in find(text, language, order)), None)


def find(text: str, language: str | None = None, order: DayOrder = DayOrder.DAY_FIRST) -> Iterator[Found]:
    """The dates in the first 400 characters of `text`, in order, each with the time and offset beside it."""
    text = text[:_LONGEST]
    moment = _whole(text)
    if moment:
        yield Found(moment, 0, len(text))
        return
    if not text.isascii():
        text = _western(text)
    language = primary_subtag(language) or None
    dated = [*_numeric(text, language, order), *worded(text, language)]
    dated.sort(key=lambda entry: entry.start)
    last = 0
    for number, entry in enumerate(dated):
        if entry.start < last:
            continue
        clock, end = entry.clock, entry.end
        if clock is None and (after := time_after(text, entry.end)):
            clock, end = after
        if clock is None and (number == 0 or dated[number - 1].end < entry.start - 12):
            clock = time_before(text[last:], entry.start - last)
        last = end
        yield Found(Moment(entry.day, clock, entry.other, entry.converted), entry.start, end)


def _whole(text: str) -> Moment | None:
    """A string that is an ISO date, a compact one or seconds since 1970, and nothing else."""
    match = _ISO.match(text) or _COMPACT.match(text)
    if match:
        day = _day(int(match[1]), int(match[2]), int(match[3]))
        if day is None:
            return None
        if match[4] is None or int(match[4]) > 23 or int(match[5]) > 59 or int(match[6] or 0) > 59:
            return Moment(day)
        zone = match[7]
        if zone and zone.isalpha() and zone != "Z":
            found = time_after(f" {match[4]}:{match[5]}:{match[6] or '00'} {zone}", 0)
            return Moment(day, found[0] if found else None)
        return Moment(day, time(int(match[4]), int(match[5]), int(match[6] or 0), tzinfo=zone_of(zone) if zone else None))
    match = _EPOCH.match(text)
    if match:
        moment = datetime.fromtimestamp(int(match[1]), UTC)
        return Moment(moment.date(), moment.timetz())
    return None


def _western(text: str) -> str:
    """Digits of every script as ASCII ones, in place; Chinese numerals where they spell a date."""
    text = text.translate(_DIGITS)
    if "年" in text:
        text = _CJK_DATE.sub(lambda match: f"{match[1].translate(_CJK_DIGITS)}年{_tens(match[2])}月{_tens(match[3])}日", text)
    return text


def _tens(numeral: str) -> int:
    """十, 十二, 二十, 二十一 as a number."""
    tens, ten, ones = numeral.rpartition("十")
    values = [int(part.translate(_CJK_DIGITS)) if part else None for part in (tens, ones)]
    return (values[0] or 1) * 10 + (values[1] or 0) if ten else values[1] or 0


def _numeric(text: str, language: str | None, order: DayOrder) -> Iterator[Dated]:
    """Dates of numbers alone, Roman ones for the months with them."""
    for match in _NUMERIC.finditer(text):
        start, end = match.span()
        if match["era"]:
            day = _of_era(match, language)
            if day:
                yield Dated(day, start, end, converted=True)
        elif match["ry"]:
            day = _day(ERAS["民國"] + int(match["ry"]), int(match["rm"]), int(match["rd"])) if language == "zh" else None
            if day:
                yield Dated(day, start, end, converted=True)
        elif match["y"]:
            yield from _with_year((int(match["y"]), int(match["m"]), int(match["d"])), (start, end), language)
        else:
            yield from _year_last(match, language, order, short=len(text) <= _SHORT)
    for match in _ROMAN.finditer(text):
        day = _day(int(match[3]), _ROMANS[match[2]], int(match[1]))
        if day:
            yield Dated(day, *match.span())


def _of_era(match: re.Match[str], language: str | None) -> date | None:
    """A day of a Japanese or Minguo year; "R6.3.13" is one in Japanese alone."""
    if match["era"].isascii() and language != "ja":
        return None
    return _day(ERAS[match["era"]] + (1 if match["ey"] == "元" else int(match["ey"])), int(match["em"]), int(match["ed"]))


def _with_year(numbers: tuple[int, int, int], place: tuple[int, int], language: str | None) -> Iterator[Dated]:
    """A year, a month and a day in the calendar that the year's size and the language tell."""
    (year, month, day), (start, end) = numbers, place
    converted = not FIRST_YEAR <= year <= LAST_YEAR
    if 1300 <= year <= 1450:
        found = from_jalali(year, month, day) if language in {"fa", "ps", "ku", None} else None
    elif year >= 2400:
        found = _day(from_buddhist(year), month, day)
    else:
        found = _day(year, month, day)
    if found:
        yield Dated(found, start, end, converted=converted)


def _year_last(match: re.Match[str], language: str | None, order: DayOrder, *, short: bool) -> Iterator[Dated]:
    """ "3.4.2024", "03/04/24", "4-3-2024"."""
    one, two, last, mark = int(match["a"]), int(match["b"]), match["z"].lstrip("'"), match["t"]
    year = int(last)
    if len(last) == 2:
        if not short:
            return
        year += 2000 if year < 70 else 1900
    elif not FIRST_YEAR <= year <= LAST_YEAR:
        yield from _with_year((year, two, one), match.span(), language)
        return
    first, second = _day(year, two, one), _day(year, one, two)  # day first, month first
    dotted = mark == "." and not (language == "en" and len(last) == 2)  # "12.09.16" is how American sites shorten 12/09/16
    if not dotted and order is DayOrder.MONTH_FIRST:
        first, second = second, first
    chosen = first or second
    if chosen:
        ambiguous = first and second and first != second and not dotted
        yield Dated(chosen, *match.span(), other=second if ambiguous else None)


def _day(year: int, month: int, day: int) -> date | None:
    """A real day of a plausible year."""
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:  # no such day: what stood there is no date
        return None
