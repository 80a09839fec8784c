"""Lists, tables and code that stand amid the article's text: they are text of it where the model does no more than hesitate."""

import numpy as np
import numpy.typing as npt

from extractors.outline import Outline

__all__ = ["amid"]

Floats = npt.NDArray[np.float32]
_BLOCKS = frozenset("ul ol dl table pre".split())
_PARTS = frozenset("li dt dd tr td th tbody thead tfoot".split()) | _BLOCKS
_STEPS = 8  # elements between a line and the list or table that it belongs to
# By scores of models that had not seen the page's site, of the lines of such blocks that score less than the cut and more than this, with
# text of the article before and behind the block in the element that holds it, nine of ten belong to the gold body (45 pages of 940).
_LEAST = 0.15
_LINKED = 0.5  # share of a line in links: a row of links between paragraphs leads to other stories as often as not
_AROUND = 200.0  # characters of kept text on either side


def amid(page: Outline, scores: Floats, *, chars: Floats, kept: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """`kept` with the lines of lists, tables and code that stand between kept text. `chars` are the runs' lengths."""
    places = np.flatnonzero((scores > _LEAST) & ~kept)
    if not len(places):
        return kept
    running = np.concatenate(([0.0], np.cumsum(chars * kept)))
    found = kept.copy()
    for place in places.tolist():
        run = page.runs[place]
        block = _block(page, run.node) if run.link <= _LINKED * len(run.text) else -1
        if block >= 0:
            first, last = page.nodes[block].first, page.nodes[block].last
            holder = page.nodes[page.nodes[block].parent]
            ahead, behind = running[first] - running[holder.first], running[holder.last] - running[last]
            found[place] = min(ahead, behind) >= _AROUND
    return found


def _block(page: Outline, position: int) -> int:
    """The outermost of the lists, tables and code blocks around a node that are part of one another; -1 where there is none."""
    block = -1
    for _ in range(_STEPS):
        node = page.nodes[position]
        if node.tag in _BLOCKS:
            block = position
        elif block >= 0 and node.tag not in _PARTS:
            break
        position = node.parent
        if position < 0:
            return -1
    return block
