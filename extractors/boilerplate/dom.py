"""Rules on the names of a block's element and its ancestors (class, id, role), with the block's own features."""

from collections.abc import Sequence

from extractors.boilerplate.phrases import Book, fits
from extractors.boilerplate.rule import Rule
from extractors.marks import tokens_of
from extractors.piece import Piece

__all__ = ["named"]

# A name that covers more of the kept text than this belongs to the article's own container ("post has-newsletter"), not to a box in it.
MOST_SHARE = 0.25


def named(pieces: Sequence[Piece], book: Book) -> list[Rule | None]:
    """For each piece, the rule that its names match; None where none does, or where the name is too common on the page to mean a box."""
    known: dict[str, tuple[Rule, ...]] = {}
    found: list[Rule | None] = []
    for piece in pieces:
        if piece.keys not in known:
            known[piece.keys] = _candidates(piece.keys, book)
        found.append(next((rule for rule in known[piece.keys] if fits(rule, piece, len(piece.block.text))), None))
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


def _candidates(keys: str, book: Book) -> tuple[Rule, ...]:
    """The rules whose names are among the tokens of an element's keys, or among their neighbouring pairs, innermost first."""
    rules: list[Rule] = []
    last = ""
    for token in tokens_of(keys):
        rules.extend(book.by_name.get(token, ()))
        rules.extend(book.by_name.get(f"{last}-{token}", ()))
        last = token
    return tuple(rules)
