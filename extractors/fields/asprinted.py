"""The credit as a page prints it: of its spellings the best, without the date or reading time that stands behind the names."""

import re
from collections.abc import Iterable

from extractors.fields.names import begins_credit
from extractors.fields.words import CUT, PARTICLES

__all__ = ["best_printed", "up_to_names"]

MOST_MORE = 25  # characters that a credit with its by-word may be longer than the barest one
_NEXT = re.compile(r"[\W_]*(\w+)")


def best_printed(texts: Iterable[str]) -> int | None:
    """The place of the best: the shortest, or one that begins with a by-word where that is hardly longer. None where there is no text."""
    sizes = [(len(text), not begins_credit(text), place) for place, text in enumerate(texts)]
    if not sizes:
        return None
    shortest = min(sizes)[0]
    return min((size for size in sizes if size[0] <= shortest + MOST_MORE), key=lambda size: (size[1], size[0], size[2]))[2]


def up_to_names(text: str, names: Iterable[str]) -> str:
    """`text` up to the end of its last name, where a date, a number or a word that ends a credit follows: "By A B 4 min read"."""
    ends = [place + len(name) for name in names if (place := text.rfind(name)) >= 0]
    if not ends:
        return text
    rest = text[max(ends) :]
    following = _NEXT.match(rest)
    if following is None:
        return text
    word = following[1].lower()
    ended = any(letter.isdigit() for letter in word) or (word in CUT and word not in PARTICLES)
    return text[: max(ends)] if ended else text
