"""Lines over the body that the record holds under keys of their own: the headline, the byline and the date, printed once more."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractors.article import BlockType
from extractors.piece import Piece

__all__ = ["without_masthead"]

_LEAD = 6  # pieces at the top among which the headline may be printed again
_NAMED = frozenset({BlockType.HEADING, BlockType.PARAGRAPH})
_LEAST = 4  # letters of a printed value; a shorter one may be any word


def without_masthead(pieces: Sequence[Piece], headline: str | None, printed: Iterable[str]) -> list[Piece]:
    """The pieces without the lines at the top that are the headline, or made of nothing but `printed` texts (byline, date).

    A piece of several lines loses only those; the byline and the date go only where they stand over the first paragraph of the text.
    """
    title = _letters(headline or "")
    known = sorted({key for text in printed if len(key := _letters(text)) >= _LEAST}, key=len, reverse=True)
    result: list[Piece] = []
    opened = False
    for at, piece in enumerate(pieces):
        if at >= _LEAD or piece.block.type not in _NAMED:
            result.append(piece)
            continue
        kept = list(_lines(piece, title, () if opened else known))
        if kept:
            text = "\n".join(kept)
            result.append(piece if text == piece.block.text else replace(piece, block=replace(piece.block, text=text)))
            opened = opened or piece.kept
    return result


def _lines(piece: Piece, title: str, known: Sequence[str]) -> Iterator[str]:
    """The lines of a piece that are neither the title nor made of known texts."""
    for line in piece.block.text.split("\n"):
        key = _letters(line)
        if title and key == title:
            continue
        if piece.kept and known and key and _is_made_of(key, known):
            continue
        yield line


def _is_made_of(key: str, known: Sequence[str]) -> bool:
    """Whether the letters are those of known texts, one after the other in any order."""
    for text in known:
        key = key.replace(text, "", 1)
    return not key


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
