"""Runs of the article's region to Pieces: paragraphs, headings, list items, quotes, tables, code and captions, in page order."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from extractors.article import Block, BlockType
from extractors.body.captions import inline_captions
from extractors.body.glyphs import without_glyphs
from extractors.body.gutters import gutters
from extractors.body.tables import LONGEST_CELL, MOST_IN_CELL, tabular
from extractors.marks import Mark
from extractors.outline import Node, Outline
from extractors.piece import Piece
from extractors.runs import Break, Run

__all__ = ["segment"]

_LISTS = {"ul": False, "menu": False, "dir": False, "ol": True}
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_TELLING = frozenset({*_LISTS, *_HEADINGS, "li", "td", "th", "tr", "table", "blockquote", "pre", "figcaption"})
_CAPTION = int(Mark.CAPTION)
# A paragraph is no caption, whatever its class says, but beside a picture: of those on gold pages 66 on 16 sites are no body, 12 on 2 are.
_TEXTUAL = frozenset({"p", "li"})
_RULE = re.compile(r"[\s*•·~_=#⁂※◆■●—–-]{1,40}")  # a line of such signs alone parts sections, as <hr> does
_ANCHOR = re.compile(r"^[#¶§🔗]\s+(?=\S)|(?<=\S)(?:\s+#|\s*[¶🔗])$")  # a heading's link to itself; the sign of C# has no space before it
_EDIT = re.compile(r" ?\[(?P<words>[^\[\]]{2,80})\]$")  # "[edit]", "[Bearbeiten | Quelltext bearbeiten]"
_NAMED_ANCESTORS = 3
_MOST_ANCESTORS = 300  # that are asked what a text is; deeper than 200 a page is flattened


@dataclass(slots=True)
class _Surroundings:
    """What a node and its ancestors make of the text in it; positions are those of Outline.nodes, -1 for none."""

    depth: int = 0
    ordered: bool = False
    item: int = -1
    quote: bool = False
    caption: bool = False
    code: int = -1
    cell: int = -1
    row: int = -1
    table: int = -1
    heading: int = 0


@dataclass(slots=True)
class _Draft:
    """A piece in the making: the runs that one block is made of."""

    runs: list[Run]
    around: _Surroundings
    kept: bool
    section: int
    scores: list[float] = field(default_factory=list)
    kind: str | None = None

    @property
    def text(self) -> str:
        return "\n".join(run.text for run in self.runs)


def segment(
    page: Outline,
    *,
    scores: Sequence[float],
    kept: Sequence[bool],
    region: tuple[int, int],
    kinds: Mapping[int, str] = MappingProxyType({}),
) -> list[Piece]:
    """The pieces of the runs in `region` (first, last exclusive). `scores` and `kept` hold one value a run of the page.

    A line of asterisks or dashes alone is no piece: like <hr>, it opens a new section. `kinds`: of runs of which it is known what they are
    instead of text.
    """
    surroundings: dict[int, _Surroundings] = {}
    drafts: list[_Draft] = []
    first, end = region
    rules = sorted((node.first for node in page.nodes if node.tag == "hr" and first <= node.first < end), reverse=True)
    section, fresh, captions = 0, True, inline_captions(page)
    for position in range(first, end):
        run = page.runs[position]
        while rules and rules[-1] <= position:
            rules.pop()
            section, fresh = section + 1, True
        if len(run.text) <= 40 and _RULE.fullmatch(run.text):
            section, fresh = section + 1, True
            continue
        around = surroundings.get(run.node) or surroundings.setdefault(run.node, _around(page, run.node))
        if run.text in captions and page.nodes[run.node].media and not around.heading:
            around = replace(around, caption=True)
        last = drafts[-1] if drafts and not fresh else None
        kind = kinds.get(position)
        if last is not None and last.kept == kept[position] and last.kind == kind and _one_block(last, run, around):
            last.runs.append(run)
            last.scores.append(scores[position])
        else:
            drafts.append(_Draft([run], around, kept[position], section, [scores[position]], kind))
        fresh = False
    items: dict[int, set[int]] = {}
    numbers = gutters([draft.around.code >= 0 for draft in drafts], lambda place: drafts[place].text)
    return _spoken(without_glyphs([_piece(draft, page, items) for place, draft in enumerate(drafts) if place not in numbers]))


def _spoken(pieces: list[Piece]) -> list[Piece]:
    """The pieces, where captions are most of the chosen text as paragraphs: of a gallery they are the text."""
    captions = sum(len(piece.block.text) for piece in pieces if piece.kept and piece.block.type is BlockType.CAPTION)
    if not captions or captions <= sum(len(piece.block.text) for piece in pieces if piece.kept) / 2:
        return pieces
    return [
        replace(piece, block=Block(type=BlockType.PARAGRAPH, text=piece.block.text))
        if piece.kept and piece.block.type is BlockType.CAPTION
        else piece
        for piece in pieces
    ]


def _one_block(last: _Draft, run: Run, around: _Surroundings) -> bool:
    """Whether a run goes on with the block before it: a line after one <br>, a further line of code, or a further cell of the table."""
    if around.table >= 0 and last.around.table >= 0:
        return around.table == last.around.table
    if around.code >= 0 and around.code == last.around.code:
        return True
    return run.parted is Break.LINE and run.node == last.runs[-1].node and around.caption == last.around.caption


def _around(page: Outline, index: int) -> _Surroundings:
    """What the node at `index` and its ancestors say, innermost first."""
    found = _Surroundings()
    node = page.nodes[index]
    found.caption = (
        bool(node.marks & _CAPTION)
        and node.tag not in _HEADINGS  # id="child-tax-credit"
        and (node.tag not in _TEXTUAL or page.nodes[node.parent].media > 0)
    )
    for position, node in page.upwards(index, _MOST_ANCESTORS):
        if node.tag in _TELLING:
            _take(found, node, position, page=page)
    if found.row < 0 or found.table < 0 or (found.code >= 0 and _is_listing(page, page.nodes[found.table])):
        found.cell = found.row = found.table = -1
    return found


def _is_listing(page: Outline, table: Node) -> bool:
    """Whether a table lays out code, and holds nothing else."""
    return all(page.nodes[run.node].tag == "pre" for run in page.runs[table.first : table.last])


def _take(found: _Surroundings, node: Node, position: int, *, page: Outline) -> None:
    """Take in what one ancestor says; what an inner one said stands."""
    match node.tag:
        case "li":
            found.item = position if found.item < 0 else found.item
        case "ul" | "ol" | "menu" | "dir":
            found.ordered = found.ordered if found.depth else _LISTS[node.tag]
            found.depth += 1
        case "td" | "th":
            found.cell = position if found.cell < 0 and _is_data(page, node) else found.cell
        case "tr":
            found.row = position if found.row < 0 <= found.cell else found.row
        case "table":
            found.table = position if found.table < 0 <= found.row else found.table
        case "blockquote":
            found.quote = True
        case "pre":
            found.code = position if found.code < 0 else found.code
        case "figcaption":
            found.caption = True
        case heading:
            found.heading = found.heading or _HEADINGS[heading]


def _is_data(page: Outline, cell: Node) -> bool:
    """A cell of data, not of layout: it holds one run, or few short ones."""
    count = cell.last - cell.first
    return count <= 1 or (count <= MOST_IN_CELL and sum(len(run.text) for run in page.runs[cell.first : cell.last]) < LONGEST_CELL)


def _piece(draft: _Draft, page: Outline, items: dict[int, set[int]]) -> Piece:
    runs = draft.runs
    run, score = runs[0], draft.scores[0]
    characters, link, bold, italic = len(run.text), run.link, run.bold, run.italic
    if len(runs) > 1:
        characters = sum(len(run.text) for run in runs)
        link, bold, italic = sum(run.link for run in runs), sum(run.bold for run in runs), sum(run.italic for run in runs)
        score = sum(score * len(run.text) for score, run in zip(draft.scores, runs, strict=True)) / characters
    keys, marks = _names(page, run.node)
    return Piece(
        block=_block(draft, items, page=page),
        kept=draft.kept,
        score=round(score, 4),
        link=min(link / characters, 1.0),
        bold=min(bold / characters, 1.0),
        italic=min(italic / characters, 1.0),
        section=draft.section,
        keys=keys,
        marks=marks,
        kind=draft.kind,
    )


def _names(page: Outline, position: int) -> tuple[str, int]:
    """The names and the marks of a node and of the nearest ancestors, innermost first."""
    keys, marks = [], 0
    for _, node in page.upwards(position, _NAMED_ANCESTORS):
        if node.key:
            keys.append(node.key)
        marks |= node.marks
    return " ".join(keys), marks


def _block(draft: _Draft, items: dict[int, set[int]], *, page: Outline) -> Block:
    around = draft.around
    if around.table >= 0:
        places = (_around(page, run.node) for run in draft.runs)
        return tabular(page, [(place.row, place.cell, run.text) for place, run in zip(places, draft.runs, strict=True)])
    text = draft.text
    if around.code >= 0:
        return Block(type=BlockType.CODE, text=text)
    if around.caption:
        return Block(type=BlockType.CAPTION, text=text)
    if around.heading:
        return Block(type=BlockType.HEADING, text=_heading(draft), level=around.heading)
    if around.item >= 0 and around.depth and _is_new(around.item, items, page):
        return Block(type=BlockType.LIST_ITEM, text=text, ordered=around.ordered, depth=around.depth)
    return Block(type=BlockType.QUOTE if around.quote else BlockType.PARAGRAPH, text=text)


def _heading(draft: _Draft) -> str:
    """A heading's text without the sign of its link to itself, and without a wiki's links to edit what it heads."""
    text = " ".join(run.text for run in draft.runs)
    if not any(run.links for run in draft.runs):
        return text
    text = _ANCHOR.sub("", text)
    edit, linked = _EDIT.search(text), sum(run.link for run in draft.runs)
    is_link = edit is not None and not edit["words"].isdecimal() and linked <= len(edit[0]) <= 2 * linked
    return text[: edit.start()] if edit and is_link else text


def _is_new(item: int, items: dict[int, set[int]], page: Outline) -> bool:
    """Whether this is the first block of its list item: a further one is a paragraph of the item."""
    seen = items.setdefault(page.nodes[item].parent, set())
    if item in seen:
        return False
    seen.add(item)
    return True
