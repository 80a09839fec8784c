"""The times of a live blog's entries head them: short lines with a time of day alone, each over text of the article."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.article import Block, BlockType
from extractors.marks import ELSEWHERE
from extractors.outline import Outline
from extractors.piece import Piece

__all__ = ["headed", "stamps"]

_LEAST = 3  # entries; two lines with a time are when a page came out and when it was changed
_LONGEST = 32  # characters of such a line
_LETTERS = 12  # of it beside the time: "Uhr", "3 mai", "p.m. GMT"
_TEXT = 20  # characters of text that an entry has at least
_NEAR = 4  # runs between a time and its text: a headline, a name
_STEPS = 6  # elements around a time that are looked at
_LEVEL = 3
_CLOCK = re.compile(r"(?<![\d.:])(?:2[0-3]|[01]?\d)(?:[:h]|時|时|点|點|시 ?|\.(?=\d\d ?(?:Uhr|uhr|h\b)))[0-5]\d(?![\d:]|\.\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")  # of a comment or of another article: entries are of one day


def stamps(page: Outline, kept: list[bool]) -> frozenset[int]:
    """The runs that are times of entries: three or more in elements of one kind and depth, with kept text behind each."""
    groups: dict[tuple[str, int], list[int]] = {}
    if True not in kept:
        return frozenset()
    last = len(kept) - 1 - kept[::-1].index(True)
    for place in _clocks(page, range(max(kept.index(True) - _NEAR, 0), last)):
        node = page.nodes[page.runs[place].node]
        if not _is_elsewhere(page, page.runs[place].node) and _has_text(page, kept, place):
            groups.setdefault((node.tag, node.depth), []).append(place)
    return frozenset(place for places in groups.values() if len(places) >= _LEAST for place in places)


def _clocks(page: Outline, places: range) -> Iterator[int]:
    """The places of the lines that hold a time of day and little else."""
    for place in places:
        text = page.runs[place].text
        if len(text) <= _LONGEST and (clock := _CLOCK.search(text)):
            beside = text[: clock.start()] + text[clock.end() :]
            if sum(map(str.isalpha, beside)) <= _LETTERS and not _YEAR.search(beside):
                yield place


def _is_elsewhere(page: Outline, position: int) -> bool:
    """Whether a node stands in a part of comments, of other stories and the like."""
    return any(node.marks & ELSEWHERE for _, node in page.upwards(position, _STEPS))


def _has_text(page: Outline, kept: list[bool], place: int) -> bool:
    """Whether kept text stands right behind a run."""
    return any(kept[other] and len(page.runs[other].text) >= _TEXT for other in range(place + 1, min(place + 1 + _NEAR, len(kept))))


def headed(pieces: Sequence[Piece], times: Sequence[str]) -> list[Piece]:
    """The pieces, paragraphs that are such a time as headings."""
    texts = frozenset(times)
    return [
        replace(piece, block=Block(type=BlockType.HEADING, text=piece.block.text, level=_LEVEL))
        if piece.block.type is BlockType.PARAGRAPH and piece.block.text in texts
        else piece
        for piece in pieces
    ]
