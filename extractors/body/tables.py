"""Texts in the cells of a table as one block, each cell in its column."""

from collections.abc import Iterable, Mapping
from itertools import compress, zip_longest

from extractors.article import Block, BlockType
from extractors.body.gutters import is_counted
from extractors.outline import Outline

__all__ = ["CELLS", "LONGEST_CELL", "MOST_IN_CELL", "tabular"]

CELLS = frozenset({"td", "th"})
MOST_IN_CELL, LONGEST_CELL = 4, 200  # texts of a cell of data, and their characters where they are several; one with more is layout
_DIGITS = 4
_WIDEST = 1000  # columns of a table, and columns or rows that a cell takes (the HTML standard's limit for columns)


def tabular(page: Outline, texts: Iterable[tuple[int, int, str]]) -> Block:
    """A table of (row, cell, text): cells in rows, a line of text a row. One of one column is layout, one of numbered lines is code.

    What no text stands in is an empty cell, so that what stands behind it stays in its column; at the ends of a line nothing tells of it.
    """
    rows: dict[int, dict[int, list[str]]] = {}
    for row, cell, text in texts:
        cells = rows[row] if row in rows else rows.setdefault(row, {place: [] for place in _cells(page, row)})
        cells.setdefault(cell, []).append(text)
    columns = [lines for cells in rows.values() for lines in cells.values() if lines]
    if len(rows) == 1 and len(columns) == 2 and is_counted(columns[0]):
        return Block(type=BlockType.CODE, text="\n".join(columns[1]))
    grid = _without_empty_columns(_grid(page, rows))
    if all(len(line) == 1 for line in grid):
        return Block(type=BlockType.PARAGRAPH, text="\n".join(line[0] for line in grid))
    return Block(type=BlockType.TABLE, text="\n".join(" ".join(" | ".join(line).split()).strip(" |") for line in grid), rows=grid)


def _cells(page: Outline, row: int) -> list[int]:
    """The cells of a row, empty ones too."""
    found = []
    place = row + 1
    while place < page.nodes[row].end:
        if page.nodes[place].tag in CELLS:
            found.append(place)
        place = page.nodes[place].end
    return found


def _grid(page: Outline, rows: Mapping[int, Mapping[int, list[str]]]) -> list[list[str]]:
    """The texts of all rows, with an empty cell wherever another one reaches into a column, from the left or from above."""
    lines = []
    held: dict[int, int] = {}  # of a column, how many rows more a cell of an earlier row reaches down
    for cells in rows.values():
        line: list[str] = []
        for cell, texts in cells.items():
            _pass(held, line)
            start, wide = len(line), _span(page, cell, "colspan")
            line.append(" ".join(texts))
            line += [""] * min(wide - 1, max(_WIDEST - len(line), 0))
            high = _span(page, cell, "rowspan")
            held |= dict.fromkeys(range(start, len(line)), high - 1) if high > 1 else {}
        _pass(held, line)
        lines.append(line)
    return lines


def _pass(held: dict[int, int], line: list[str]) -> None:
    """Leave the next columns empty that are held from above."""
    while held.get(len(line)) and len(line) < _WIDEST:
        held[len(line)] -= 1
        line.append("")


def _span(page: Outline, cell: int, name: str) -> int:
    """How many columns or rows a cell takes."""
    said = (page.nodes[cell].element.get(name) or "").strip()
    return max(1, min(int(said), _WIDEST)) if said.isdecimal() and len(said) <= _DIGITS else 1


def _without_empty_columns(rows: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    """The rows without the columns in which none has a word."""
    used = [any(column) for column in zip_longest(*rows)]
    return tuple(tuple(compress(row, used)) for row in rows)
