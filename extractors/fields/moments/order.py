"""Whether 03/04/2024 is the third of April or the fourth of March: by the page's language and its country's domain."""

from enum import Enum, auto

__all__ = ["DayOrder", "day_order"]


class DayOrder(Enum):
    """Which number of a date comes first where the year is last."""

    DAY_FIRST = auto()
    MONTH_FIRST = auto()


# CLDR (dateFormats, short): month first in en-US, its territories, the Philippines; en-CA prints both; all others put the day or
# the year first.
_MONTH_FIRST = frozenset({"us", "ph", "pr", "gu", "vi", "as", "fm", "mh", "pw"})
_NO_COUNTRY = frozenset(
    {"eu", "io", "me", "tv", "co", "ai", "fm", "am", "to", "cc", "gg", "ly", "it"} - {"eu", "it"}
)  # sold as generic domains


def day_order(language: str | None, host: str | None) -> DayOrder:
    """The order of a page in `language` (a BCP 47 tag or None) on `host`."""
    tags = (language or "").lower().replace("_", "-").split("-")
    country = (host or "").rpartition(".")[2]
    if len(tags) > 1 and len(tags[-1]) == 2 and tags[0] == "en":
        # en-US is many systems' untouched default: a country's domain says more
        country = country if len(country) == 2 and country not in _NO_COUNTRY else tags[-1]
    elif len(country) != 2 or country in _NO_COUNTRY:
        country = "us" if tags[0] in {"en", ""} else ""
    if tags[0] not in {"en", "", "fil", "tl"}:
        return DayOrder.DAY_FIRST
    return DayOrder.MONTH_FIRST if country in _MONTH_FIRST else DayOrder.DAY_FIRST
