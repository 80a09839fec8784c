"""How sure a body is: what speaks against its choice, in the pieces that are left of it and in the text beside them."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from extractors.article import UNCLASSIFIED, BlockType
from extractors.piece import Piece

__all__ = ["certainty", "doubt_of"]

_DOUBT = 0.15  # of a score of 0 or 1: nearer than that the model is sure
_PROMPT = 600.0  # characters from which a text weighs no more
_BESIDE = 0.5  # of doubtful text outside of the article's region
_TAKEN = 0.8
_UNKNOWN = frozenset({None, UNCLASSIFIED})  # kinds of what the model left and no rule knows
_LINE = 80  # characters of a paragraph that may be a label, an entry or a button
_LAST = 3
_CUT, _LINES, _CHANGES, _END, _HEADED = 0.15, 0.03, 0.05, 0.25, 0.2


def doubt_of(scores: npt.NDArray[np.float32], chars: npt.NDArray[np.float32]) -> float:
    """The characters of which the model is not sure, the more the nearer to one half."""
    doubt = np.minimum(scores, 1 - scores)
    return float((np.minimum(chars, _PROMPT) * np.where(doubt > _DOUBT, 2 * doubt, 0.0)).sum())


def certainty(pieces: Sequence[Piece], beside: float) -> float:
    """How sure the choice of a body is, above 0 to 1; 0 where there is none. `beside`: the doubtful characters outside of the pieces.

    What speaks against it: text that the model neither takes nor leaves for sure and no rule knows, as a share of the kept text; texts that
    the model took and rules cut; short paragraphs; how often kept and left pieces change; the least sure of the last three kept pieces, for
    wrong bodies often go on too far; and a heading at the end. By scores of models that had not seen the page's site, of six fits to 940
    pages, it ranks the word F1 with Spearman's 0.56 to 0.59, where the doubt, the short lines and the changes of all runs before the rules
    gave 0.49 to 0.52. Each term is worth 0.003 to 0.01; factors set on half of the sites gain as much on the other half.
    """
    whole, doubtful = 0.0, _BESIDE * beside
    cut = lines = 0
    changes, before = -1, None  # the first piece is no change
    kept: list[Piece] = []
    for piece in pieces:
        block, score = piece.block, piece.score
        taken = piece.kept and block.type is not BlockType.CAPTION
        changes += taken is not before
        before = taken
        if taken:
            size = len(block.text)
            whole += min(size, _PROMPT)
            lines += size < _LINE and block.type is BlockType.PARAGRAPH
            kept.append(piece)
        elif piece.kept or piece.kind not in _UNKNOWN:
            cut += score > _TAKEN and not piece.kept
            continue
        if _DOUBT < score < 1 - _DOUBT:
            doubtful += 2 * min(score, 1 - score) * min(len(block.text), _PROMPT)
    if not kept:
        return 0.0
    against = (
        math.sqrt(doubtful / max(whole, 1.0))
        + _CUT * math.log1p(cut)
        + _LINES * math.log1p(lines)
        + _CHANGES * math.log1p(changes)
        + _END * (1 - min(piece.score for piece in kept[-_LAST:]))
        + _HEADED * (kept[-1].block.type is BlockType.HEADING)
    )
    return 1 / (1 + against)
