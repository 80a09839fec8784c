"""Line numbers beside code are no text: the columns that themes of blogs and wikis set next to a listing."""

from collections.abc import Callable, Sequence
from itertools import count

__all__ = ["gutters", "is_counted"]

_DIGITS = 6  # of the number of a line of code
_LEAST = 2  # numbers outside of <pre>; one alone may be anything
_FEWER, _MORE = 1, 3  # than the lines of the code, whose last ones may be empty; what a program printed has another number of lines


def gutters(code: Sequence[bool], text: Callable[[int], str]) -> frozenset[int]:
    """The places of the blocks that hold nothing but the numbers of the lines of code beside them.

    `code`: which blocks are code, in page order; `text`: the text of the block at a place.
    """
    if True not in code:
        return frozenset()
    found: set[int] = set()
    for place, is_code in enumerate(code):
        beside = [other for other in (place - 1, place + 1) if 0 <= other < len(code) and code[other]]
        if beside and is_counted(lines := text(place).split("\n"), least=1 if is_code else _LEAST):
            sizes = (text(other).count("\n") + 1 for other in beside if other not in found)
            if any(-_FEWER <= len(lines) - size <= _MORE for size in sizes):
                found.add(place)
    return frozenset(found)


def is_counted(lines: Sequence[str], *, least: int = _LEAST) -> bool:
    """Whether each line is a number, and the next one higher by one than the one before."""
    start = lines[0].strip()
    if len(lines) < least or len(start) > _DIGITS or not (start.isascii() and start.isdigit()):
        return False
    return all(line.strip() == str(number) for line, number in zip(lines, count(int(start)), strict=False))
