"""A kept block without its promos: sentences, brackets and lines of it that are no part of the article are cut alone."""

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.article import Block
from extractors.boilerplate.folding import HEAD, fold, trimmed
from extractors.boilerplate.phrases import Book
from extractors.boilerplate.rule import Rule
from extractors.piece import Piece

__all__ = ["cut", "is_stretch", "removed"]

# A stretch of prose: no line of a footer is both this long and mostly free of links. In scripts without spaces a character says more.
PROSE = 140
DENSE_PROSE = 60
_GAPS = re.compile(r"\n\s*\n")


def is_stretch(text: str) -> bool:
    """Whether a text is long enough to be prose."""
    return len(text) >= PROSE or (len(text) >= DENSE_PROSE and ord(text[len(text) // 2]) > 0x2E7F)


def cut(piece: Piece, book: Book, *, folded: str, head: str) -> list[Piece]:
    """The piece, or the piece without its promos followed by those. `folded`: its folded beginning, `head`: that one trimmed."""
    text = piece.block.text
    spans = list(_in_lines(text, book)) if "\n" in text else _in_line(text, book, folded=folded, head=head)
    if not spans:
        return [piece]
    left: list[str] = []
    out: list[Piece] = []
    at = 0
    for start, end, rule in spans:
        if start < at:
            continue
        left.append(text[at:start])
        out.append(removed(piece, rule.kind, rule.id, block=replace(piece.block, text=text[start:end].strip())))
        at = end
    left.append(text[at:])
    rest = "".join(left)
    rest = _GAPS.sub("\n", rest).strip() if "\n" in text else " ".join(rest.split())
    if not any(letter.isalnum() for letter in rest):
        return [removed(piece, out[0].kind or "", out[0].rule or "")]
    return [replace(piece, block=replace(piece.block, text=rest)), *out]


def _in_line(text: str, book: Book, *, folded: str, head: str) -> list[tuple[int, int, Rule]]:
    """What is to be cut from a text of one line, by its last sentences, its first one and its brackets."""
    offset = max(0, len(text) - HEAD)
    return book.sentences(text, fold(text[offset:]) if offset else folded, head=head, offset=offset)


def _in_lines(text: str, book: Book) -> Iterator[tuple[int, int, Rule]]:
    """What is to be cut from a text of several lines: whole ones that are short, and parts of others."""
    at = 0
    for line in text.split("\n"):
        folded = fold(line[:HEAD])
        rule = None if is_stretch(line) else book.sentence(folded)
        if rule is not None:
            yield at, at + len(line), rule
        else:
            for start, end, found in _in_line(line, book, folded=folded, head=trimmed(folded)):
                yield at + start, at + end, found
        at += len(line) + 1


def removed(piece: Piece, kind: str, rule: str, *, block: Block | None = None) -> Piece:
    """The piece, or that block of it, taken out. Written at length: half of a page's pieces go here, and `replace` costs thrice."""
    return Piece(
        block=block or piece.block,
        kept=False,
        score=piece.score,
        link=piece.link,
        bold=piece.bold,
        italic=piece.italic,
        section=piece.section,
        keys=piece.keys,
        marks=piece.marks,
        kind=kind,
        rule=rule,
    )
