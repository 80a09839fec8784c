"""Rules on the names of a block's element and its ancestors (class, id, role), with the block's own features."""

from collections.abc import Sequence

from extractors.boilerplate.phrases import Book, fits
from extractors.boilerplate.rule import Rule
from extractors.piece import Piece

__all__ = ["named"]

# A name that covers more of the kept text than this belongs to the article's own container ("post has-newsletter"), not to a box in it.
MOST_SHARE = 0.25


def named(pieces: Sequence[Piece], book: Book) -> list[Rule | None]:
    """For each piece, the rule that its names match; None where none does, or where the name is too common on the page to mean a box."""
    found: list[Rule | None] = []
    for piece in pieces:
        told = book.told(piece.keys)
        found.append(next((rule for rule in told if fits(rule, piece, len(piece.block.text))), None) if told else None)
    if not any(found):
        return found
    total = sum(len(piece.block.text) for piece in pieces if piece.kept)
    covered: dict[str, int] = {}
    for piece, rule in zip(pieces, found, strict=True):
        if rule is not None and piece.kept:
            covered[rule.id] = covered.get(rule.id, 0) + len(piece.block.text)
    common = {name for name, size in covered.items() if size > MOST_SHARE * total}
    if not common:
        return found
    return [None if rule is not None and piece.kept and rule.id in common else rule for piece, rule in zip(pieces, found, strict=True)]
