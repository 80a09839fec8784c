"""What icon fonts draw is no text: their glyphs stand at code points of private use, which another font shows as a box."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.piece import Piece

__all__ = ["without_glyphs"]

_GLYPHS = re.compile("[\ue000-\uf8ff]+ *")


def without_glyphs(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces without such glyphs, and without those that hold nothing else.

    They are taken out last: to the body model a line of a glyph alone is a button, and so is what stands beside it.
    """
    return [found for piece in pieces if (found := _without(piece)).block.text]


def _without(piece: Piece) -> Piece:
    block = piece.block
    if block.text.isascii() or not _GLYPHS.search(block.text):
        return piece
    rows = block.rows and tuple(tuple(_GLYPHS.sub("", cell).strip() for cell in row) for row in block.rows)
    text = "\n".join(_GLYPHS.sub("", line).rstrip() for line in block.text.split("\n")).strip("\n")
    return replace(piece, block=replace(block, text=text, rows=rows))
