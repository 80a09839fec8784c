"""Copies: text of the body that the page holds a second time, for another screen or for a script to show."""

from collections.abc import Sequence
from itertools import islice, pairwise

from extractors.boilerplate.rule import Rule
from extractors.piece import Piece

__all__ = ["COPY", "copies"]

COPY = Rule(id="text.copy", kind="copy")
# On the gold pages, bodies by weights that had not seen the site: a paragraph of _LINE characters right after itself stands once in the
# gold body (8 of 8 pages), and so does what a second copy of _PART of the body repeats in order (5 of 5). Without the order a page of
# captions lost what its gold body repeats; below that part, so did 8 of 13 pages: training plans, lists of events.
_LINE = 40
_LONG = 60
_PART = 0.3
_SEVERAL = 3
_TURNS = 0.1  # of the steps from one repeated text to the next, those that lead back in the first copy
_NEAR = 2  # times as far from it as in the first copy: of either the model may have left something out
_GIANT = 1000  # characters of a block that holds other blocks of the body, run together
_HELD = 0.8
_LONGEST = 300_000
_MOST = 1000


def copies(pieces: Sequence[Piece]) -> list[int]:
    """The places of kept pieces that say again what other kept pieces say: the first copy stays, and of a block that runs whole paragraphs
    together the paragraphs.
    """
    kept = [place for place, piece in enumerate(pieces) if piece.kept]
    texts = [pieces[place].block.text for place in kept]
    whole = sum(map(len, texts))
    found = {kept[at] for at in _again(texts, whole)} if len(set(texts)) < len(texts) else set()
    longest = max(range(len(texts)), key=lambda at: len(texts[at]), default=0)
    if texts and len(texts[longest]) >= _GIANT and len(texts[longest]) > whole * _PART and _is_held(texts, longest):
        found.add(kept[longest])
    return sorted(found)


def _again(texts: Sequence[str], whole: int) -> list[int]:
    """The places of texts that are copies, of `whole` characters in all."""
    first: dict[str, int] = {}
    pairs = [(at, earlier) for at, text in enumerate(texts) if (earlier := first.setdefault(text, at)) != at]
    doubled = {at for at, _ in pairs if texts[at - 1] == texts[at] and len(texts[at]) >= _LINE}
    long = [(at, earlier) for at, earlier in pairs if len(texts[at]) >= _LONG]
    turns = sum(after[1] < before[1] for before, after in pairwise(long))
    is_refrain = len({earlier for _, earlier in long}) < _SEVERAL
    if is_refrain or turns > _TURNS * len(long) or sum(len(texts[at]) for at, _ in long) < _PART * whole:
        return sorted(doubled)
    # A standfirst right after itself begins no second copy; headings as near to the first long paragraph as before belong to it.
    begin, origin = next(((at, earlier) for at, earlier in long if at not in doubled), (len(texts), 0))
    return [at for at, earlier in pairs if at >= begin or begin - at <= _NEAR * (origin - earlier) or at in doubled]


def _is_held(texts: Sequence[str], giant: int) -> bool:
    """Whether a text is little more than other texts in one line. Bounded: only so many of them are looked for in only so long a text."""
    whole = texts[giant]
    if len(whole) > _LONGEST:
        return False
    others = (text for at, text in enumerate(texts) if at != giant and _LINE <= len(text) < len(whole))
    return sum(len(text) for text in islice(others, _MOST) if text in whole) >= _HELD * len(whole)
