"""Runs: the text between two boundaries of a page, white space folded, parted where lines break."""

import re
from enum import IntEnum
from typing import NamedTuple

__all__ = ["LINE", "Break", "Run", "flush"]

LINE = "\ufdd0"  # a noncharacter: stands for <br> until the run is closed
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\ufdd1-\ufdef\x00-\x08\x0e-\x1b\x7f\u202a-\u202e\u2066-\u2069]")
_EDGES = " \u200c\u200d"  # between letters joiners mean something, at a line's ends editors leave them behind


class Break(IntEnum):
    """What parts a run from the one before it: a block's boundary, one <br>, or several."""

    BLOCK = 0
    LINE = 1
    LINES = 2


_AT_BLOCK = Break.BLOCK
_new = tuple.__new__  # makes a record without a call in Python


class Run(NamedTuple):
    """Text between two boundaries, white space folded (kept in <pre>). `link`, `bold`, `italic` count characters in such elements."""

    text: str
    node: int
    link: int
    links: int
    bold: int
    italic: int
    parted: Break


def flush(runs: list[Run], text: str, *, tag: str, place: tuple[int, int, int, int, int]) -> None:
    """Close the gathered text as one run of a `tag`, or several where <br> parts it. `place`: the node's position, then the counts.

    Where a browser with scripts saved the page, the markup in <noscript> has become its text.
    """
    if tag == "pre":
        text = _INVISIBLE.sub("", text).replace(LINE, "\n").strip("\n").rstrip()
    else:
        line = text.strip()
        if not line.isprintable() or "  " in line:  # what is printable holds no white space but the space, and nothing of _INVISIBLE
            text = _visible(text)
            if LINE in text:
                _lines(runs, text, place)
                return
            line = _line(text)
        text = line
    if text and not (tag == "noscript" and text[0] == "<"):
        runs.append(_new(Run, (text, *place, _AT_BLOCK)))


def _line(text: str) -> str:
    """White space folded, and nothing at the ends that shows nothing."""
    line = " ".join(text.split()).strip(_EDGES)
    return line if line.isprintable() or not line.isascii() else " ".join(_INVISIBLE.sub("", line).split())


def _visible(text: str) -> str:
    return text if text.isascii() else _INVISIBLE.sub("", text)


def _lines(runs: list[Run], text: str, place: tuple[int, int, int, int, int]) -> None:
    """One run a line; the emphasis counts are shared out by length."""
    node, *counts = place
    parted, total = Break.BLOCK, max(len(text), 1)
    for piece in text.split(LINE):
        line = _line(piece)
        if line:
            share = len(piece) / total
            link, links, bold, italic = (round(count * share) for count in counts)
            runs.append(Run(line, node, link, links, bold, italic, parted))
            parted = Break.LINE
        elif parted is Break.LINE:
            parted = Break.LINES
