"""Rules on the names of a block's element and its ancestors (class, id, role), with the block's own features."""

from collections.abc import Sequence

from extractors.article import BlockType
from extractors.boilerplate.openings import fits
from extractors.boilerplate.phrases import Book
from extractors.boilerplate.rule import Rule
from extractors.marks import tokens_of
from extractors.piece import Piece

__all__ = ["ARTICLE", "UNTOUCHED", "named"]

# A name that covers more of the kept text than this belongs to the article's own container ("post has-newsletter"), not to a box in it.
# Unless it is all that follows once an article is past, up to what other rules take: that is no container but what comes after.
MOST_SHARE = 0.25
ARTICLE = 800  # characters: a headline, a standfirst and a caption before the container hold less
END = 0.9
UNTOUCHED = frozenset({BlockType.TABLE, BlockType.CODE})  # kept ones stay
_TITLES = frozenset({BlockType.HEADING, BlockType.CAPTION})


def named(pieces: Sequence[Piece], book: Book) -> list[Rule | None]:
    """For each piece, the rule that its names match; None where none does, or where the name is too common on the page to mean a box."""
    told = {keys: rules for keys in {piece.keys for piece in pieces} if (rules := book.told(keys))}
    if not told:
        return [None] * len(pieces)
    found = [_first(piece, told.get(piece.keys, ())) for piece in pieces]
    total = 0
    covered: dict[str, int] = {}
    before: dict[str, int] = {}  # kept text ahead of the first piece that a rule covers
    for piece, rule in zip(pieces, found, strict=True):
        if piece.kept:
            size = len(piece.block.text)
            if rule is not None:
                before.setdefault(rule.id, total)
                covered[rule.id] = covered.get(rule.id, 0) + size
            total += size
    share = MOST_SHARE * total
    ends = {name for name, ahead in before.items() if ahead >= min(share, ARTICLE) and ahead + covered[name] >= END * total}
    common = {name for name, size in covered.items() if size > share and name not in ends}
    if not common:
        return found
    return [None if rule is not None and piece.kept and rule.id in common else rule for piece, rule in zip(pieces, found, strict=True)]


def _first(piece: Piece, rules: Sequence[Rule]) -> Rule | None:
    """The first of the rules that fits the piece."""
    if not rules or (piece.kept and piece.block.type in UNTOUCHED) or (piece.block.type in _TITLES and _is_anchor(piece)):
        return None
    return next((rule for rule in rules if fits(rule, piece, len(piece.block.text))), None)


def _is_anchor(piece: Piece) -> bool:
    """Whether a heading's names only spell it out for links to jump to: id="membership-program" over "Membership Program".

    On the gold pages eight headings of four sites were taken for boxes by such ids.
    """
    words, names = tokens_of(piece.block.text), tokens_of(piece.keys)
    return len(words) > 1 and any(names[at : at + len(words)] == words for at in range(len(names) - len(words) + 1))
