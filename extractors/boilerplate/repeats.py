"""Pull quotes: words of the text set large beside it, which the text holds already."""

from collections.abc import Sequence

from extractors.article import BlockType
from extractors.boilerplate.rule import Rule
from extractors.letters import letters_of
from extractors.marks import Mark, tokens_of
from extractors.piece import Piece

__all__ = ["PULL_QUOTE", "pull_quotes"]

PULL_QUOTE = Rule(id="text.pull-quote", kind="pull_quote")
_LEAST, _MOST = 20, 500  # letters; a shorter text recurs by chance, a longer one is no pull quote
_QUOTE = BlockType.QUOTE
_HIDDEN = int(Mark.HIDDEN)
_NAMES = frozenset({"pullquote", "pull-quote", "pullquotes"})


def pull_quotes(pieces: Sequence[Piece]) -> list[int]:
    """The places of kept quotes that another kept paragraph holds word for word, or that are named pull quotes and hidden (aria-hidden).

    On the gold pages the body holds the words once for 17 of 22 quotes so found.
    """
    quotes = [
        place
        for place, piece in enumerate(pieces)
        if piece.kept and (piece.block.type is _QUOTE or "ull" in piece.keys) and _is_set_apart(piece)
    ]
    if not quotes:
        return []
    prose = [letters_of(piece.block.text) for piece in pieces if piece.kept and not _is_set_apart(piece)]
    return [place for place in quotes if _is_hidden(pieces[place]) or _is_held(letters_of(pieces[place].block.text), prose)]


def _is_held(key: str, prose: Sequence[str]) -> bool:
    return _LEAST <= len(key) <= _MOST and any(key in text for text in prose)


def _is_set_apart(piece: Piece) -> bool:
    return piece.block.type is _QUOTE or ("ull" in piece.keys and _is_named(piece))  # one look spares most pieces the tokens


def _is_hidden(piece: Piece) -> bool:
    """Whether a piece named a pull quote is marked as no text of its own (aria-hidden)."""
    return bool(piece.marks & _HIDDEN) and len(piece.block.text) <= _MOST and _is_named(piece)


def _is_named(piece: Piece) -> bool:
    last = ""
    for token in tokens_of(piece.keys) if "pull" in piece.keys.lower() else ():
        if token in _NAMES or f"{last}-{token}" in _NAMES:
            return True
        last = token
    return False
