"""Other calendars' dates as Gregorian ones: Jalali, Buddhist, Minguo and the Japanese eras."""

from datetime import date, timedelta

__all__ = ["ERAS", "from_buddhist", "from_jalali", "jalali_month"]

# First Gregorian year less one, so that year 1 of the era is the sum. Sources: Japan's Cabinet decisions on era names (1926, 1989,
# 2019); the Minguo calendar counts from 1912.
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911, "R": 2018, "H": 1988, "S": 1925}

_BUDDHIST = 543  # years that the Thai solar calendar is ahead since 1941
_NOWRUZ_1 = date(622, 3, 21)  # 1 Farvardin of year 1 by this cycle, proleptic Gregorian: 1 Farvardin 1403 is 20 March 2024
# Leap years fall by the 33-year cycle, which agrees with the observed calendar from 1244 to 1472 (1865 to 2094).
_LEAPS = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
_CYCLE = 33 * 365 + 8
_JALALI = (
    "فروردین حمل",
    "اردیبهشت ثور",
    "خرداد جوزا",
    "تیر سرطان",
    "مرداد اسد امرداد",
    "شهریور سنبله",
    "مهر میزان",
    "آبان عقرب ابان",
    "آذر قوس اذر",
    "دی جدی",
    "بهمن دلو",
    "اسفند حوت",
)
_MONTHS = {name: number for number, names in enumerate(_JALALI, 1) for name in names.split()}


def jalali_month(word: str) -> int | None:
    """The Jalali month that a Persian or Dari word names, written with Persian or Arabic letters."""
    return _MONTHS.get(word.replace("ي", "ی").replace("ك", "ک"))


def from_jalali(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a Jalali one, years 1244 to 1472; None for a day that the calendar has not."""
    if not (1244 <= year <= 1472 and 1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30)):
        return None
    if month == 12 and day == 30 and year % 33 not in _LEAPS:
        return None
    cycles, rest = divmod(year - 1, 33)
    days = cycles * _CYCLE + rest * 365 + sum(1 for leap in _LEAPS if leap <= rest)
    days += (month - 1) * 31 - max(month - 7, 0)
    return _NOWRUZ_1 + timedelta(days=days + day - 1)


def from_buddhist(year: int) -> int:
    """The Gregorian year of a Buddhist one."""
    return year - _BUDDHIST
