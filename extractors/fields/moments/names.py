"""Names of months and weekdays in every language of the tables, and which month an ambiguous one means in which language."""

import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path

__all__ = ["bare", "month_of", "weekdays", "words_of_calendars"]

_LATIN_END = 0x0590  # Latin, Greek, Cyrillic and Armenian letters stand below; further scripts keep their marks


def bare(word: str) -> str:
    """A word without accents, for pages that print none; scripts whose marks are vowels stay as they are."""
    if word.isascii() or ord(word[0]) >= _LATIN_END:
        return word
    return "".join(mark for mark in unicodedata.normalize("NFKD", word) if not unicodedata.combining(mark)).replace("ı", "i")


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[int, set[str]]]:
    """Word, as written and without accents, to the months that it names, each with its languages."""
    table: dict[str, dict[int, set[str]]] = {}
    plain: dict[str, dict[int, set[str]]] = {}
    text = Path(__file__).with_name("months.toml").read_text(encoding="utf-8")
    for language, months in tomllib.loads(text).items():
        for number, words in enumerate(months, 1):
            for word in words.split():
                name = word.replace("_", " ")
                table.setdefault(name, {}).setdefault(number, set()).add(language)
                plain.setdefault(bare(name), {}).setdefault(number, set()).add(language)
    return plain | table


@lru_cache(maxsize=4096)
def month_of(word: str, language: str | None) -> int | None:
    """The month, 1 to 12, that `word` names in `language` (a primary subtag), in most languages where that one has no such word."""
    folded = word.casefold().rstrip(".")
    table = _table()
    months = table.get(folded) or table.get(bare(unicodedata.normalize("NFC", folded)) if folded else folded)
    if not months:
        return None
    for number, languages in months.items():
        if language in languages:
            return number
    return max(months, key=lambda number: (len(months[number]), -number))


def words_of_calendars() -> frozenset[str]:
    """The names of all months and weekdays, lower case."""
    return weekdays().union(_table())


@lru_cache(maxsize=1)
def weekdays() -> frozenset[str]:
    """The names of all days of the week, lower case."""
    table = tomllib.loads(Path(__file__).with_name("weekdays.toml").read_text(encoding="utf-8"))
    return frozenset(day.replace("_", " ") for line in table.values() for day in line.split())
