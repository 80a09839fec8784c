"""Line numbers beside code are no text: the columns that themes of blogs and wikis set next to a listing."""

from collections.abc import Callable, Sequence
from itertools import count

__all__ = ["gutters", "is_counted"]

_DIGITS = 6  # of the number of a line of code
_LEAST = 2  # numbers outside of <pre>; one alone may be anything


def gutters(code: Sequence[bool], text: Callable[[int], str]) -> frozenset[int]:
    """The places of the blocks that hold nothing but the numbers of the lines of code beside them.

    `code`: which blocks are code, in page order; `text`: the text of the block at a place.
    """
    if True not in code:
        return frozenset()
    beside = (before or behind for before, behind in zip([False, *code], [*code[1:], False], strict=False))
    return frozenset(
        place for place, near in enumerate(beside) if near and is_counted(text(place).split("\n"), least=1 if code[place] else _LEAST)
    )


def is_counted(lines: Sequence[str], *, least: int = _LEAST) -> bool:
    """Whether each line is a number, and the next one higher by one than the one before."""
    start = lines[0].strip()
    if len(lines) < least or len(start) > _DIGITS or not (start.isascii() and start.isdigit()):
        return False
    return all(line.strip() == str(number) for line, number in zip(lines, count(int(start)), strict=False))
