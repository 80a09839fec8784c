"""A sentence that a page break cut in two is one sentence again."""

from collections.abc import Iterable
from dataclasses import replace

from extractors.article import BlockType
from extractors.letters import DENSE_ENDS, ENDS
from extractors.piece import Piece

__all__ = ["join_cut"]

# What may close a sentence, a clause before a list, or a quotation. A paragraph that ends otherwise goes on.
_CLOSES = f"{ENDS}{DENSE_ENDS}:;\"”’»'）)]*"
# Shorter paragraphs are labels and lines of their own more often than halves of sentences.
_LEAST = 60
# A sentence is cut once or twice; joining without end would copy a long text again and again.
_MOST = 20_000


def join_cut(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces, neighbouring paragraphs joined by a space where the first stops mid-sentence and the second begins in lower case."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and _goes_on(joined[-1], piece):
            first = joined[-1]
            block = replace(first.block, text=f"{first.block.text} {piece.block.text}")
            share = len(first.block.text) / len(block.text)
            mixed = {name: getattr(first, name) * share + getattr(piece, name) * (1 - share) for name in ("link", "bold", "italic")}
            joined[-1] = replace(first, block=block, **mixed)
        else:
            joined.append(piece)
    return tuple(joined)


def _goes_on(first: Piece, second: Piece) -> bool:
    if first.block.type is not BlockType.PARAGRAPH or second.block.type is not BlockType.PARAGRAPH or first.section != second.section:
        return False
    before, after = first.block.text, second.block.text
    if not before or not after or first.link > 0.5 or second.link > 0.5:
        return False
    return (
        _LEAST <= len(before) <= _MOST
        and before[-1] not in _CLOSES
        and after[0].islower()
        and " " in after
        and not after.startswith("www.")
    )
