"""A Piece: one block of the article's region with its place and the verdict on it, the common coin of body and boilerplate."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.article import Block, BlockType

__all__ = ["BY_MODEL", "Piece", "blocks_of"]

BY_MODEL = "model"  # the rule of a removed piece that no rule knows


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One block between the headline and the end of the article, in page order.

    `kept`: chosen as body so far. `score`: the body engine's probability, 0 to 1 (1.0 in plain text). `link`, `bold`, `italic`: shares,
    0 to 1, of its characters inside such elements. `section`: how many rules (<hr>, "***", "*") stand before it in the article. `keys`:
    the class, id and role names of its element and the nearest ancestors, innermost first ("" in plain text). `marks`: their
    flags (extractors.marks.Mark). `kind`, `rule`: why it was removed, where it was.
    """

    block: Block
    kept: bool = True
    score: float = 1.0
    link: float = 0.0
    bold: float = 0.0
    italic: float = 0.0
    section: int = 0
    keys: str = ""
    marks: int = 0
    kind: str | None = None
    rule: str | None = None


def blocks_of(pieces: Sequence[Piece], *, captions: bool) -> list[Block]:
    """The blocks of the body: those kept, figure captions only where they are asked for."""
    return [piece.block for piece in pieces if piece.kept and (captions or piece.block.type is not BlockType.CAPTION)]
