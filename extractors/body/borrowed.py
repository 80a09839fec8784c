"""trafilatura as a body engine: asked for by option, or where the model finds nothing."""

from lxml.etree import _Element as Element

from extractors.article import Block, BlockType
from extractors.bounds import bounded
from extractors.inline import text_of
from extractors.piece import Piece

__all__ = ["borrow"]

_MANY_TAGS = 5_000  # from here on without its second opinions, which take time by the square of the short paragraphs in a row

_TYPES = {
    "p": BlockType.PARAGRAPH,
    "ab": BlockType.PARAGRAPH,
    "quote": BlockType.QUOTE,
    "head": BlockType.HEADING,
    "item": BlockType.LIST_ITEM,
    "code": BlockType.CODE,
}


def borrow(html: str) -> list[Piece]:
    """The pieces of the body that trafilatura finds; none where it finds none. It is asked for text alone, so it reads no date."""
    from trafilatura import bare_extraction  # noqa: PLC0415 # its import costs a third of a second

    html = bounded(html, [])  # as the page was parsed: lxml's time is the square of a tag's attributes here too
    found = bare_extraction(html, include_comments=False, with_metadata=False, fast=html.count("<") > _MANY_TAGS)
    body = getattr(found, "body", None)
    if body is None:
        return []
    return [piece for element in body for piece in _pieces(element)]


def _pieces(element: Element) -> list[Piece]:
    tag = str(element.tag)
    if tag == "list":
        return [_piece(BlockType.LIST_ITEM, item) for item in element.iter("item") if text_of(item)]
    if tag == "table":
        rows = tuple(tuple(text_of(cell) for cell in row.iter("cell")) for row in element.iter("row"))
        text = "\n".join(" | ".join(row) for row in rows)
        return [Piece(block=Block(type=BlockType.TABLE, text=text, rows=rows))] if text.strip() else []
    return [_piece(_TYPES.get(tag, BlockType.PARAGRAPH), element)] if text_of(element) else []


def _piece(kind: BlockType, element: Element) -> Piece:
    rend = element.get("rend") or ""
    level = int(rend[1]) if kind is BlockType.HEADING and rend[1:2].isdecimal() else None
    item = kind is BlockType.LIST_ITEM
    return Piece(
        block=Block(
            type=kind,
            text=text_of(element),
            level=(level or 2) if kind is BlockType.HEADING else None,
            ordered=False if item else None,
            depth=1 if item else None,
        )
    )
