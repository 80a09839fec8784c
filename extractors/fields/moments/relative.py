"""Dates that are told by their distance from now, against the time at which the page was fetched and no other clock."""

import re
import tomllib
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from extractors.bcp47 import primary_subtag
from extractors.fields.moments.moment import Moment

__all__ = ["relative"]

_UNITS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
}
_MOST = timedelta(days=45)  # "3 months ago" names no day
_ALONE = 24  # characters of a line in which "today" can only be a date
_LONGEST = 80  # characters of a line that tells nothing but when


def relative(text: str, language: str | None, fetched_at: datetime) -> Moment | None:
    """The day that `text` tells by its distance from `fetched_at`: "3 hours ago", "gestern". None where it does not.

    Only the day is given: the distance is rounded, and the reader's zone is not known.
    """
    if len(text) > _LONGEST:
        return None
    text = text.casefold()
    primary = primary_subtag(language)
    for name in (primary,) if primary in _table() else _table():
        match = _pattern(name).search(text)
        if match and (_unit(match) or len(text) <= _ALONE):
            count = match["count"]
            span = _UNITS[unit] * (int(count) if count and count.isdecimal() else 1) if (unit := _unit(match)) else _days(match)
            return Moment((fetched_at - span).date()) if span <= _MOST else None
    return None


def _unit(match: re.Match[str]) -> str | None:
    return next((unit for unit in _UNITS if match[unit]), None)


def _days(match: re.Match[str]) -> timedelta:
    return timedelta(days=1) if match["yesterday"] else timedelta()


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("relative.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def _pattern(language: str) -> re.Pattern[str]:
    """The pattern of one language: number, unit and what stands around them; or a word for a day."""
    row = _table()[language]
    units = "|".join(f"(?P<{unit}>{_any(row[unit])})" for unit in _UNITS)
    numbers = "|".join(filter(None, (r"\d{1,3}", _any(row["one"]))))
    before = rf"(?:{_any(row['before'])})\s*" if row["before"] else r"(?<!\w)"
    behind = rf"\s*(?:{_any(row['behind'])})" if row["behind"] else ""
    ago = rf"{before}(?P<count>{numbers})?\s*(?:{units})[^\W\d]*\.?{behind}(?!\w)"
    if "joined" in row or not (row["before"] or row["behind"]):
        ago = ago.replace(r"(?<!\w)", "").removesuffix(r"(?!\w)").replace(r"[^\W\d]*", "").replace(")?", ")", 1)
    return re.compile(rf"{ago}|(?<!\w)(?P<yesterday>{_any(row['yesterday'])})|(?<!\w)(?P<today>{_any(row['today'])})")


def _any(words: str) -> str:
    """The words as alternatives, the longest first; "_" in a word stands for a space."""
    return "|".join(re.escape(word.replace("_", " ")) for word in sorted(words.split(), key=len, reverse=True))
