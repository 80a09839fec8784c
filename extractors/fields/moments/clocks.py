"""Times of day and offsets, as they stand before or after a date."""

import re
from datetime import UTC, time, timedelta, timezone
from functools import lru_cache

from extractors.fields.moments.names import weekdays

__all__ = ["time_after", "time_before", "zone_of"]

# Abbreviations that RFC 5322 defines, and those of one meaning in news use. BST, IST, CST in Asia and ET are ambiguous: an offset is never
# guessed, so those North American ones that are in RFC 5322 count and the others do not.
_HOURS = {
    -8: "pst akdt", -7: "mst pdt", -6: "cst mdt", -5: "est cdt", -4: "edt", -9: "akst", -10: "hst", -3: "brt", 0: "z ut utc gmt wet",
    1: "cet mez west", 2: "cest mesz eet sast", 3: "eest msk мск trt eat", 5: "pkt", 7: "wib ict", 8: "wita hkt sgt pht", 9: "wit jst kst",
    10: "aest", 11: "aedt", 12: "nzst", 13: "nzdt",
}  # fmt: skip
_ZONES = {name: hours for hours, names in _HOURS.items() for name in names.split()}
_TIME = re.compile(
    r"""(?P<half>上午|下午|中午|凌晨|早上|晚上|午前|午後|오전|오후|[AP]M)?\s?
    (?P<hour>2[0-4]|[01]?\d)
    (?:(?:\s?(?:[:：]|h(?:rs?|eures?)?(?![a-z])|[時时点點]|시)\s?(?P<minute>[0-5]\d|\d(?=\s?[分분]))
        (?:\s?(?:[:：]|[分분])\s?(?P<second>[0-5]\d)?(?:[.,]\d+)?)?)
      |\.(?P<dotted>[0-5]\d)(?![.\d])
      |(?<=\d\d)(?P<packed>[0-5]\d)(?=\s?(?:h|hrs?|hours|Uhr|GMT|UTC|Z|[CE]ES?T|A?[CEMP][SD]T|[HJ][KS]T)\b))?
    (?P<marker>\s?[分분秒초時时点點시]|\s?(?:h|hs|hrs|uhr|Uhr|u)\b|\s?น\.)?
    (?:\s?(?P<ap>[apAP])\.?\s?[mM]\b\.?|\s?(?P<word>صباحا?|مساء|[صم]|[قب]\.?ظ|[πμ]\.?\s?μ|SA|CH)(?![^\W\d_]))?""",
    re.VERBOSE,
)
_OFFSET = re.compile(r"\s?\(?(?:(?P<name>Z|[A-Za-z]{2,5}|[Мм][Сс][Кк])\b)?\s?(?P<offset>[+−-]\d{1,2}(?::?\d\d)?(?!\d|[-/.]\d))?")
_WORDS = (
    "at um à às as las les a alle ore ora om kl klo kello g o år saat пр в о г года року р ч год klockan "
    "roku clock time uur ώρα στις الساعة ساعت שעה בשעה pukul jam lúc เวลา godz w ob u v desde den d m".split()
)
_DOTTED_ZONE = re.compile(r"\s?(?:GMT|UTC|[BCEMW]E?S?T|[A-Z]{1,2}[SD]T|MEZ|MESZ|WI[BT]|WITA)\b")
_BARE_END = re.compile(r"\s*(?:$|[|,;)·•–—(]|[^\W\d_a-z])")  # what may follow a dotted time that only stands next to a date: no unit
_LONGEST_GAP = 24  # characters between a date and its time
_AFTERNOON = frozenset({"下午", "晚上", "午後", "오후", "PM"})
_MORNING = frozenset({"午前", "오전", "凌晨", "AM"})
_LATER_HALF = "مبμC"  # first letters of the words for the afternoon: مساء, ب.ظ, μ.μ., CH
_HOUR_ALONE = frozenset({"h", "uhr", "hs", "時", "时", "点", "點", "시"})


@lru_cache(maxsize=1)
def _between() -> re.Pattern[str]:
    """What may stand between a date and its time: marks, short words, a day of the week, words in brackets."""
    words = "|".join(sorted(set(map(re.escape, weekdays())).union(_WORDS), key=lambda word: (-len(word), word)))
    return re.compile(rf"(?:[(（][^()（）\d]{{0,12}}[)）]|[\s,，.;|·•–—―\-@/()T]|(?:{words})(?![^\W\d_])|今日)*\.?[\s:：]*", re.IGNORECASE)


def time_after(text: str, start: int) -> tuple[time, int] | None:
    """The time of day that follows a date ending at `start`, and where it ends."""
    between = _between().match(text, start, min(len(text), start + _LONGEST_GAP))
    place = between.end() if between else start
    match = _TIME.match(text, place)
    if not match or (place == start and text[start : start + 1].isdigit() and text[start - 1 : start].isdigit()):
        return None
    is_next = text[start:place].isspace() and bool(_BARE_END.match(text, match.end()))
    return _time(text, match, is_next=is_next)


def time_before(text: str, end: int) -> time | None:
    """The time of day that precedes a date beginning at `end`: "10:30 am EST, Tuesday, March 5"."""
    start = max(0, end - 40)
    last = None
    for match in re.finditer(r"(?<![\d:.])(?=\d{1,2}[:：.h]\d\d|\d{4}\s?(?:hrs?|hours|GMT|UTC)\b)", text[start:end]):
        last = start + match.start()
    if last is None:
        return None
    printed = _TIME.match(text, last, end)
    opens = not text[:last].strip() and printed is not None and not text[printed.end() : end].strip(" ,|·•–-")  # "10.05, 3.3.2024"
    found = _time(text, printed, is_next=opens) if printed else None
    if not found or re.search(r"\d", text[found[1] : end]):
        return None
    return found[0]


def _time(text: str, match: "re.Match[str]", *, is_next: bool = False) -> tuple[time, int] | None:
    """A match as a time with its offset. A dotted time counts only next to a date or with a mark that it is one; an hour alone likewise."""
    hour, minute, marker, word = int(match["hour"]), match["minute"], (match["marker"] or "").strip().lower(), match["word"]
    if minute is None:
        told = match["ap"] or word or marker or is_next or _said(text, match.start()) or _DOTTED_ZONE.match(text, match.end())
        if match["dotted"] and not told:
            return None
        if not (match["dotted"] or match["packed"]) and not (match["ap"] or match["half"] or marker in _HOUR_ALONE):
            return None
        minute = match["dotted"] or match["packed"]
    if match["ap"]:
        if hour > 12:
            if match["ap"] in "aA":
                return None
        else:
            hour = hour % 12 + (12 if match["ap"] in "pP" else 0)
    elif hour < 12 and (match["half"] in _AFTERNOON or (word and word[0] in _LATER_HALF)):
        hour += 12
    elif hour == 12 and (match["half"] in _MORNING or (word and word[0] not in _LATER_HALF)):
        hour = 0
    if hour > 23:
        return None
    zone, end = _zone(text, match.end())
    return time(hour, int(minute or 0), int(match["second"] or 0), tzinfo=zone), end


def _said(text: str, start: int) -> bool:
    """Whether the words before a dotted time say that it is one (Finnish, Danish, Italian, Indonesian use)."""
    return bool(
        re.search(
            r"(?:\b(?:klo|kl|kello|ore|alle|um|pukul|jam|godz|at|ora|om|saat|a las)\.?:?|[,|(–-])\s*$",
            text[max(0, start - 10) : start],
            re.IGNORECASE,
        )
    )


def _zone(text: str, start: int) -> tuple[timezone | None, int]:
    """The zone that follows a time, and where it ends; (None, start) where none is printed."""
    match = _OFFSET.match(text, start)
    if not match or not (match["name"] or match["offset"]):
        return None, start
    name = (match["name"] or "").lower()
    if name and name not in _ZONES:
        return None, start
    if match["offset"] and name in {"", "z", "ut", "utc", "gmt"}:
        zone = zone_of(match["offset"])
        return zone, match.end() if zone else start
    return (timezone(timedelta(hours=_ZONES[name])), match.end("name")) if name else (None, start)


def zone_of(offset: str) -> timezone | None:
    """ "Z", "+02:00", "-0430", "+3" as a zone; None beyond 14 hours, which no place on earth has."""
    if offset in {"Z", "z"}:
        return UTC
    digits = offset[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    if hours > 14 or minutes > 59:
        return None
    span = timedelta(hours=hours, minutes=minutes)
    return timezone(-span if offset[0] in "-−" else span)
