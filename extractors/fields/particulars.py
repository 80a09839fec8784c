"""The line of particulars under a headline: which of its letters say more than who wrote, when, and how long the story is."""

import re
import tomllib
from functools import lru_cache
from itertools import chain
from pathlib import Path

from extractors.fields.dates.cues import words_of_dates
from extractors.fields.moments import words_of_calendars
from extractors.fields.words import OTHERS, ROLE_ENDINGS, has_others, words_of_credits

__all__ = ["unsaid"]

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0591-\u05bd\u064b-\u0652\u0900-\u0e7f])*")
_UNPARTED = "\u0e00"  # Thai and the scripts after it part no words
_ENDING = 6  # letters of a compound's end that names a role


@lru_cache(maxsize=1)
def _known() -> tuple[frozenset[str], "re.Pattern[str]"]:
    """The single words of particulars, and a pattern of those in scripts that part no words."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    phrases = {
        phrase.casefold()
        for phrase in (*chain.from_iterable(table.values()), *words_of_dates(), *words_of_calendars(), *words_of_credits())
    }
    unparted = sorted((phrase for phrase in phrases if phrase[-1] >= _UNPARTED), key=lambda phrase: (-len(phrase), phrase))
    return frozenset(word for phrase in phrases for word in _WORD.findall(phrase)), re.compile("|".join(map(re.escape, unparted)))


def unsaid(line: str) -> str:
    """The letters of a line, less the words of dates, of reading times and of credits, and less what credits pictures or other work."""
    words, unparted = _known()
    text = line.casefold()
    if has_others(text):
        text = OTHERS.sub("", text)
    if not text.isascii():
        text = unparted.sub(" ", text)
    return "".join(word for word in _WORD.findall(text) if word not in words and not (len(word) > _ENDING and word.endswith(ROLE_ENDINGS)))
