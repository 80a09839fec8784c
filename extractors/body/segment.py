"""Runs of the article's region to Pieces: paragraphs, headings, list items, quotes, tables, code and captions, in page order."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.article import Block, BlockType
from extractors.marks import Mark
from extractors.outline import Break, Node, Outline, Run
from extractors.piece import Piece

__all__ = ["segment"]

_LISTS = {"ul": False, "menu": False, "dir": False, "ol": True}
_CELLS = frozenset({"td", "th"})
_NAMED_ANCESTORS = 3


@dataclass(slots=True)
class _Surroundings:
    """What a node's ancestors make of the text in it."""

    depth: int = 0
    ordered: bool = False
    item: int = -1
    quote: bool = False
    caption: bool = False
    code: bool = False
    row: int = -1
    cell: int = -1
    section: int = 0
    heading: int = 0


@dataclass(slots=True)
class _Draft:
    """A piece in the making: the runs that one block is made of."""

    runs: list[Run]
    around: _Surroundings
    kept: bool
    scores: list[float] = field(default_factory=list)


def segment(page: Outline, *, scores: Sequence[float], kept: Sequence[bool], region: tuple[int, int]) -> list[Piece]:
    """The pieces of the runs in `region` (first, last exclusive). `scores` and `kept` hold one value a run of the page."""
    surroundings: dict[int, _Surroundings] = {}
    drafts: list[_Draft] = []
    for position in range(*region):
        run = page.runs[position]
        around = surroundings.get(run.node) or _around(page, run.node, surroundings)
        last = drafts[-1] if drafts else None
        if last is not None and last.kept == kept[position] and _one_block(last, run, around):
            last.runs.append(run)
            last.scores.append(scores[position])
        else:
            drafts.append(_Draft([run], around, kept[position], [scores[position]]))
    counters: dict[int, dict[int, int]] = {}
    return [_piece(draft, page, counters) for draft in drafts]


def _one_block(last: _Draft, run: Run, around: _Surroundings) -> bool:
    """Whether a run goes on with the block before it: a line after one <br>, or a further cell of the table."""
    if around.row >= 0 and last.around.row >= 0:
        return bool(around.cell >= 0 and _table(last.around) == _table(around))
    return run.parted is Break.LINE and run.node == last.runs[-1].node


def _table(around: _Surroundings) -> int:
    return around.section


def _around(page: Outline, index: int, known: dict[int, _Surroundings]) -> _Surroundings:
    """What the node at `index` and its ancestors say, innermost first."""
    found = _Surroundings()
    position = index
    while position >= 0:
        node = page.nodes[position]
        tag = node.tag
        if tag == "li" and found.item < 0:
            found.item = position
        elif tag in _LISTS:
            if not found.depth:
                found.ordered = _LISTS[tag]
            found.depth += 1
        elif tag in _CELLS and found.cell < 0 and _is_data(page, node):
            found.cell = position
        elif tag == "tr" and found.cell >= 0 and found.row < 0:
            found.row = position
        elif tag == "table" and found.row >= 0 and not found.section:
            found.section = position
        elif tag == "blockquote":
            found.quote = True
        elif tag == "pre":
            found.code = True
        elif tag == "figcaption" or (node.marks & Mark.CAPTION and position == index and tag not in {"p", "li"}):
            found.caption = True
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit() and not found.heading:
            found.heading = int(tag[1])
        position = node.parent
    known[index] = found
    return found


def _is_data(page: Outline, cell: Node) -> bool:
    """A cell of data, not of layout: it holds one run, or few short ones."""
    count = cell.last - cell.first
    return count <= 1 or (count <= 4 and sum(len(run.text) for run in page.runs[cell.first : cell.last]) < 200)


def _piece(draft: _Draft, page: Outline, counters: dict[int, dict[int, int]]) -> Piece:
    runs, around = draft.runs, draft.around
    characters = max(sum(len(run.text) for run in runs), 1)
    keys, marks, position = [], 0, runs[0].node
    for _ in range(_NAMED_ANCESTORS):
        node = page.nodes[position]
        keys.append(node.key)
        marks |= node.marks
        position = node.parent
        if position < 0:
            break
    return Piece(
        block=_block(draft, page, counters),
        kept=draft.kept,
        score=round(sum(score * len(run.text) for score, run in zip(draft.scores, runs, strict=True)) / characters, 4),
        link=min(sum(run.link for run in runs) / characters, 1.0),
        bold=min(sum(run.bold for run in runs) / characters, 1.0),
        italic=min(sum(run.italic for run in runs) / characters, 1.0),
        keys=" ".join(filter(None, keys)),
        marks=marks,
    )


def _block(draft: _Draft, page: Outline, counters: dict[int, dict[int, int]]) -> Block:
    around = draft.around
    text = "\n".join(run.text for run in draft.runs)
    if around.row >= 0 and around.section:
        return _tabular(draft, page)
    if around.code:
        return Block(type=BlockType.CODE, text=text)
    if around.caption:
        return Block(type=BlockType.CAPTION, text=text)
    if around.heading:
        return Block(type=BlockType.HEADING, text=text.replace("\n", " "), level=around.heading)
    if around.item >= 0 and around.depth:
        return _item(draft, page, counters)
    return Block(type=BlockType.QUOTE if around.quote else BlockType.PARAGRAPH, text=text)


def _item(draft: _Draft, page: Outline, counters: dict[int, dict[int, int]]) -> Block:
    """A list item, or a further paragraph of the one before."""
    around = draft.around
    numbers = counters.setdefault(page.nodes[around.item].parent, {})
    first = around.item not in numbers
    numbers.setdefault(around.item, len(numbers) + 1)
    text = "\n".join(run.text for run in draft.runs)
    if not first:  # a further paragraph of the same item
        return Block(type=BlockType.PARAGRAPH, text=text)
    return Block(type=BlockType.LIST_ITEM, text=text, ordered=around.ordered, depth=around.depth)


def _tabular(draft: _Draft, page: Outline) -> Block:
    """A table: cells in rows, a line of text a row."""
    rows: dict[int, dict[int, list[str]]] = {}
    known: dict[int, _Surroundings] = {}
    for run in draft.runs:
        around = known.get(run.node) or _around(page, run.node, known)
        rows.setdefault(around.row, {}).setdefault(around.cell, []).append(run.text)
    cells = tuple(tuple(" ".join(texts) for texts in row.values()) for row in rows.values())
    if all(len(row) == 1 for row in cells):  # a table of one column is layout
        return Block(type=BlockType.PARAGRAPH, text="\n".join(row[0] for row in cells))
    return Block(type=BlockType.TABLE, text="\n".join(" | ".join(row) for row in cells), rows=cells)
