"""What readers write below an article: each comment has a short line with its writer and the day or the hour."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.boilerplate.cutting import is_stretch
from extractors.piece import Piece

__all__ = ["are_signed"]

_LONGEST = 90  # characters of such a line
_LEAST = 2  # of them, each with a text of its own behind it
_FEW = 2  # long paragraphs for each such line
_HOUR = re.compile(r"\d{1,2}(?:[:.h]|\uc2dc|\u6642|\u65f6|\u70b9) ?\d{2}(?!\d)|(?:19|20)\d\d[-./\u5e74\ub144]|[-./ ,](?:19|20)\d\d(?!\d)")


def are_signed(pieces: Sequence[Piece]) -> bool:
    """Whether short lines among the pieces tell a day or an hour, each followed by a text that tells none, most texts by one of them."""
    signed = [_is_signature(piece.block.text) for piece in pieces]
    signatures = sum(first and not second for first, second in pairwise(signed))
    return signatures >= _LEAST and _FEW * signatures >= sum(is_stretch(piece.block.text) for piece in pieces)


def _is_signature(text: str) -> bool:
    return len(text) <= _LONGEST and any(map(str.isdecimal, text)) and _HOUR.search(text) is not None
