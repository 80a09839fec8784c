"""What stands amid the article's text is text of it where the model hesitates: lists, tables, code, lines parted by <br>, bold headings."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from extractors.body.tables import CELLS, LONGEST_CELL, MOST_IN_CELL
from extractors.outline import Node, Outline
from extractors.runs import Run

__all__ = ["amid"]

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
_BLOCKS = frozenset("ul ol dl table pre".split())
_PARTS = frozenset("li dt dd tr thead tbody tfoot".split()) | CELLS | _BLOCKS
_UNTORN = frozenset({"table", "pre"})
_STEPS = 8  # elements between a line and the list or table that it belongs to
# By scores of models that had not seen the page's site, of the lines that stand between text of the article and score less than the cut and
# more than this, three of four belong to the gold body (37 pages of 940).
_LEAST = 0.15
_LINKED = 0.5  # share of a line in links: a row of links between paragraphs leads to other stories as often as not
_AROUND = 100.0  # characters of kept text on either side of a block, in the element that holds it
_DENSE, _WIDE = 2, re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_FLOW = 300.0  # and of a line, in its own element: 50 of 51 such lines of gold pages are body
_LINE, _BOLD = 100, 0.9  # characters of a line that may be a heading; share of it that is bold
_LAYOUT = 600.0  # characters of a cell that holds more than data: a list in it is not the page's table
_LONGEST_LIST = 1_000  # lines
_WHOLE = 0.2  # of a table's characters; what is kept from here on is kept whole: rows out of a table say something else


def amid(page: Outline, scores: Floats, *, chars: Floats, kept: Flags) -> Flags:
    """`kept` with the lines of blocks and the headings between kept text, and with the rest of tables and code that are kept in part.

    `chars` are the runs' lengths.
    """
    places = np.flatnonzero((scores > _LEAST) & ~kept)
    if not len(places):
        return kept
    running, size = _sums(chars * kept) * _density(page, chars * kept), _sums(chars)
    found = kept.copy()
    found[_listed(page, places.tolist(), kept)] = True
    for place in places.tolist():
        run = page.runs[place]
        if found[place]:
            continue
        if run.link > _LINKED * len(run.text):
            continue
        block = _block(page, run.node, size)
        if block >= 0:
            part, holder = page.nodes[block], _holder(page, block)
            found[place] = _least(running, holder, first=part.first, last=part.last) >= _AROUND
        else:
            flows = _least(running, page.nodes[run.node], first=place, last=place + 1) >= _FLOW
            found[place] = flows or (_is_heading(run) and 0 < place < len(kept) - 1 and bool(kept[place - 1] and kept[place + 1]))
    _mend(page, found, size)
    return found


def _listed(page: Outline, places: Sequence[int], kept: Flags) -> list[int]:
    """Of the places those of items between kept ones of a list half of whose items or more are kept, linked or not.

    On 11 gold sites 23 such items are body, on 5 sites 11 are not.
    """
    nodes, runs = page.nodes, page.runs
    left: dict[int, list[int]] = {}
    for place in places:
        node = nodes[runs[place].node]
        if node.tag == "li":
            left.setdefault(node.parent, []).append(place)
    found: list[int] = []
    for holder, asked in left.items():
        first, last = nodes[holder].first, nodes[holder].last
        items = [place for place in range(first, min(last, first + _LONGEST_LIST)) if nodes[runs[place].node].parent == holder]
        taken = [place for place in items if kept[place] and nodes[runs[place].node].tag == "li"]
        if taken and 2 * len(taken) >= len(items):
            found += [place for place in asked if taken[0] < place < taken[-1]]
    return found


def _density(page: Outline, kept: Floats) -> int:
    """How many characters one of the text counts for, told by its longest kept line: scripts without word spaces say more with each."""
    return _DENSE if kept.any() and _WIDE.search(page.runs[int(kept.argmax())].text) else 1


def _is_heading(run: Run) -> bool:
    """Whether a line is set bold as a whole: between text it heads what follows. 41 of 44 such lines of gold pages are body."""
    return len(run.text) <= _LINE and run.bold >= _BOLD * len(run.text)


def _sums(values: Floats) -> npt.NDArray[np.float64]:
    return np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))


def _least(running: npt.NDArray[np.float64], holder: Node, *, first: int, last: int) -> float:
    """The kept characters before or behind a part of an element, whichever are fewer."""
    return float(min(running[first] - running[holder.first], running[holder.last] - running[last]))


def _block(page: Outline, position: int, size: npt.NDArray[np.float64]) -> int:
    """The outermost of the lists, tables and code blocks around a node that are part of one another; -1 where there is none.

    Where a table lays out the page, what holds the text is a cell of it.
    """
    block = -1
    for place, node in page.upwards(position, _STEPS):
        if node.tag in CELLS and size[node.last] - size[node.first] >= _LAYOUT:
            break
        if node.tag in _BLOCKS:
            block = place
        elif block >= 0 and node.tag not in _PARTS and not _wraps(node, page.nodes[block]):
            break
        if node.parent < 0:
            return -1
    return block


def _holder(page: Outline, block: int) -> Node:
    """The element around a block, past those that wrap it alone: <figure>, <div class="highlight">."""
    part = page.nodes[block]
    return next(node for _, node in page.upwards(part.parent) if node.parent < 0 or not _wraps(node, part))


def _wraps(node: Node, part: Node) -> bool:
    """Whether an element holds a part of it and no other text."""
    return node.first == part.first and node.last == part.last


def _mend(page: Outline, found: Flags, size: npt.NDArray[np.float64]) -> None:
    """Keep tables and code whole of which _WHOLE is kept."""
    seen: set[int] = set()
    for place in np.flatnonzero(found[1:] != found[:-1]).tolist():
        block = _torn(page, page.runs[place].node, place + 1)
        if block < 0 or block in seen:
            continue
        seen.add(block)
        first, last = page.nodes[block].first, page.nodes[block].last
        chars = np.diff(size[first : last + 1])
        if float((chars * found[first:last]).sum()) >= _WHOLE * float(chars.sum()) and not _is_layout(page, block, size):
            found[first:last] = True


def _torn(page: Outline, position: int, place: int) -> int:
    """The innermost table or code block that holds a node and the run at `place`; -1 where there is none."""
    return next((at for at, node in page.upwards(position, _STEPS) if node.tag in _UNTORN and node.last > place), -1)


def _is_layout(page: Outline, block: int, size: npt.NDArray[np.float64]) -> bool:
    """Whether a table holds cells with more than data: several texts that are long together, or many."""
    cells = (node for node in page.nodes[block + 1 : page.nodes[block].end] if node.tag in CELLS and node.last - node.first > 1)
    return any(node.last - node.first > MOST_IN_CELL or size[node.last] - size[node.first] >= LONGEST_CELL for node in cells)
