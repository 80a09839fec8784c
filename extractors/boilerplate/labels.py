"""Labels whose links are gone: a line that ends with a colon over what was left out ("More about lost cities:")."""

from collections.abc import Sequence
from itertools import pairwise

from extractors.boilerplate.rule import Rule
from extractors.piece import Piece

__all__ = ["LABEL", "labels"]

LABEL = Rule(id="text.label", kind="related")
# Of such lines on gold pages 18 on 11 sites are in no gold body and none is; of those that the body model is surer of, 10 on 4 sites are.
_UNSURE = 0.85
_LONGEST = 80
_LINKED = 0.6  # of what follows, the share in links
_COLONS = (":", "：")


def labels(pieces: Sequence[Piece], found: Sequence[Rule | None]) -> list[int]:
    """The places of kept labels that links stood under which went, by a rule or because the body model dropped them."""
    return [
        place
        for place, (piece, after) in enumerate(pairwise(pieces))
        if piece.kept
        and piece.score < _UNSURE
        and after.link >= _LINKED
        and not (after.kept and found[place + 1] is None)
        and found[place] is None
        and len(piece.block.text) <= _LONGEST
        and piece.block.text.rstrip().endswith(_COLONS)
    ]
