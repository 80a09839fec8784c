"""Blocks to text: plain, or Markdown that a Markdown parser reads back as the same blocks."""

import re
from collections.abc import Callable, Iterable, Iterator

from extractors.article import Block, BlockType

__all__ = ["markdown", "plain"]

_SPECIAL = re.compile(r"([\\`*_\[\]<>]|~(?=~)|&(?=#?\w{1,32};))")
# What opens a heading, list or quote; what underlines a heading or the head of a table.
_LEADING = re.compile(r"^(\s*)(#{1,6}|[+>-]|\d+[.)])(?=\s|$)|^(=+|(?=[|: ]*+-)[|: -]++)\s*$", re.MULTILINE)
_TICKS = re.compile("`{3,}+")  # what a fence must be longer than
_CLOSING = re.compile(r"(?<=\s)(#+)$")  # of a heading


def plain(blocks: Iterable[Block]) -> str:
    """Paragraphs and headings parted by a blank line, list items on lines of their own, table rows as lines."""
    return _joined(blocks, lambda block: block.text)


def markdown(blocks: Iterable[Block]) -> str:
    """The blocks as CommonMark, tables in the pipe form of GitHub's dialect."""
    return _joined(blocks, _markdown_text)


def _joined(blocks: Iterable[Block], text: Callable[[Block], str]) -> str:
    parts: list[str] = []
    last: Block | None = None
    for block, number in _numbered(blocks):
        words = text(block)
        if block.type is BlockType.LIST_ITEM:
            indent = "  " * ((block.depth or 1) - 1)
            words = f"{indent}{f'{number}.' if block.ordered else '-'} " + words.replace("\n", f"\n{indent}  ")
        if last is not None:
            both_items = last.type is block.type is BlockType.LIST_ITEM
            parts.append("\n" if both_items else "\n\n")
        parts.append(words)
        last = block
    return "".join(parts)


def _numbered(blocks: Iterable[Block]) -> Iterator[tuple[Block, int]]:
    """Each block with its number in its list (1 for what is no item)."""
    counts: dict[int, int] = {}
    for block in blocks:
        if block.type is BlockType.LIST_ITEM:
            depth = block.depth or 1
            for deeper in [level for level in counts if level > depth]:
                del counts[deeper]
            counts[depth] = counts.get(depth, 0) + 1
            yield block, counts[depth]
        else:
            counts.clear()
            yield block, 1


def _markdown_text(block: Block) -> str:
    if block.type is BlockType.CODE:
        return _fenced(block.text)
    if block.type is BlockType.TABLE and block.rows:
        return _table(block.rows)
    text = _LEADING.sub(_escape_lead, _SPECIAL.sub(r"\\\1", block.text))
    if block.type is BlockType.HEADING:
        return f"{'#' * (block.level or 2)} " + _CLOSING.sub(r"\\\1", text)
    if block.type is BlockType.QUOTE:
        return "> " + text.replace("\n", "\n> ")
    return text.replace("\n", "\\\n")


def _escape_lead(match: "re.Match[str]") -> str:
    """A line that would open a list, heading or quote gets its mark escaped."""
    space, sign, rule = match.groups()
    if rule is not None:
        return "\\" + rule
    return f"{space}\\{sign}" if sign[0] == "#" else f"{space}{sign[:-1]}\\{sign[-1]}"


def _fenced(text: str) -> str:
    fence = "`" * max(3, 1 + max(map(len, _TICKS.findall(text)), default=0))
    return f"{fence}\n{text}\n{fence}"


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    """The first row is as wide as the widest; in the others what readers fill in is left out: it may be the product of width and rows."""
    width = max(map(len, rows))
    head, *below = rows
    lines = [_row((*head, *[""] * (width - len(head)))), "|" + " --- |" * width, *map(_row, below)]
    return "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(_SPECIAL.sub(r"\\\1", cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
