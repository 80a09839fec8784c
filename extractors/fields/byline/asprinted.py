"""The credit as a page prints it: of its spellings the best, without the date or reading time that stands behind the names."""

import re
from collections.abc import Iterable

from extractors.fields.byline.names import DATES, begins_credit
from extractors.fields.words import BY_WORDS, CUT, ON_DAY, PARTICLES

__all__ = ["best_printed", "up_to_names"]

MOST_MORE = 25  # characters that a credit with its by-word may be longer than the barest one
MOST_WORDS = 5  # of a by-word: "this post was written by"
_NEXT = re.compile(r"[\W_]*(\w+(?:-\w+)?)")
_WORD = re.compile(r"\S+")
_DAY = re.compile(rf"\W*(?:{ON_DAY}) [^\W\d_]{{2,10}}[.,]{{0,2}} \d")
_DIGIT = re.compile(r"\d")
_LEADING = CUT | frozenset(ON_DAY.split("|"))  # words that lead to a date
_JOINTS = " \t,;:|/·•●⋅▪-–—("  # between what a credit says and a date
_APART = re.compile(r"\d|[|·•]\s*$")  # a date, or what is parted from the name


def best_printed(texts: Iterable[str]) -> int | None:
    """The place of the best: the shortest, or one that begins with a by-word where that is hardly longer. None where there is no text."""
    sizes = [(len(text), not begins_credit(text), place) for place, text in enumerate(texts)]
    if not sizes:
        return None
    shortest = min(sizes)[0]
    return min((size for size in sizes if size[0] <= shortest + MOST_MORE), key=lambda size: (size[1], size[0], size[2]))[2]


def up_to_names(text: str, names: Iterable[str]) -> str:
    """`text` from its by-word or first name to its last name, where a date or the like stands before or behind: "By A B 4 min read"."""
    found = [(place, place + len(name)) for name in names if (place := text.rfind(name)) >= 0]
    if not found:
        return text
    first, last = min(found)[0], max(end for _, end in found)
    opening = text[_start(text, first) : first]
    if opening[-1:].lower() != opening[-1:].upper():  # "BySarah": styles set them apart, in a script with capitals
        opening += " "
    following = _NEXT.match(text[last:])
    word = following[1].lower() if following else ""
    ended = any(letter.isdigit() for letter in word) or (word in CUT and word not in PARTICLES)
    if ended or _DAY.match(text[last:]):
        return opening + text[first:last]
    day = DATES.search(text, last) if _DIGIT.search(text, last) else None
    return opening + text[first:last] + (_undated(text[last : day.start()]) if day else text[last:])


def _undated(text: str) -> str:
    """What stands between the last name and a date, without the words that lead to it: ", Correspondent | Updated on"."""
    bare = text.rstrip(_JOINTS)
    word = bare[bare.rfind(" ") + 1 :].lower()
    return _undated(bare[: len(bare) - len(word)]) if word in _LEADING else bare


def _start(text: str, first: int) -> int:
    """Where a credit begins whose first name stands at `first`: at its by-words, or there where something else precedes it."""
    before = text[:first].rstrip()
    words = list(_WORD.finditer(before))
    for size in range(min(len(words), MOST_WORDS), 0, -1):
        phrase = " ".join(word[0].rstrip(":：").lower() for word in words[-size:])
        if phrase in BY_WORDS:
            return words[-size].start()
    return first if _APART.search(before) else 0
