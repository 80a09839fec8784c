"""Every rule of every packaged file catches its examples and spares its look-alikes."""

from pathlib import Path

import pytest

from extractors.article import REMOVAL_KINDS, Block, BlockType
from extractors.boilerplate.copies import COPY
from extractors.boilerplate.folding import fold, trimmed
from extractors.boilerplate.load import PACKAGED, parsed
from extractors.boilerplate.openings import opened
from extractors.boilerplate.phrases import Book, Shelf
from extractors.boilerplate.repeats import PULL_QUOTE
from extractors.boilerplate.rule import Rule, Scope, Subject
from extractors.piece import Piece


def read(path: Path) -> tuple[Rule, ...]:
    return parsed(path, path.read_bytes())


FILES = sorted(PACKAGED.glob("*.toml"))
TEXT_RULES = [rule for path in FILES for rule in read(path) if rule.openings or rule.inside]


def acts(rule: Rule, text: str, *, emphasis: bool) -> bool:
    """Whether the rule alone, in the place it is made for, removes the text as a block."""
    shares = {"link": rule.link, "bold": rule.bold, "italic": rule.italic} if emphasis else {}
    piece = Piece(block=Block(type=BlockType.PARAGRAPH, text=text), **shares)
    book = Book([Shelf((rule,))])
    head = trimmed(fold(text[:400]))
    if rule.subject is Subject.AUTHOR:
        return opened(book.author.of(head), piece, head) is rule
    if rule.scope is not Scope.SENTENCE and (
        opened(book.blocks.of(head) + book.between.of(head), piece, head) or book.holds(piece, head, frozenset({rule.place}))
    ):
        return True
    return rule.scope is not Scope.BLOCK and any(book.sentences(f"It rained. {text}", fold(f"It rained. {text}"), head="it rained."))


@pytest.mark.parametrize("rule", TEXT_RULES, ids=lambda rule: rule.id)
def test_rule_examples(rule: Rule) -> None:
    assert [text for text in rule.catches if not acts(rule, text, emphasis=True)] == []
    assert [text for text in rule.spares if acts(rule, text, emphasis=False)] == []
    if rule.scope is not Scope.BLOCK:
        assert [text for text in rule.catches if not any(cue in fold(text) for cue in rule.cues)] == []


def test_enough_languages() -> None:
    assert len([path for path in FILES if path.stem not in ("dom", "mul")]) >= 20


def test_english_and_names_cover_every_kind() -> None:
    kinds = {rule.kind for path in FILES if path.stem in ("en", "mul", "dom") for rule in read(path)}
    assert kinds | {PULL_QUOTE.kind, COPY.kind} == REMOVAL_KINDS


def test_names_are_tokens() -> None:
    names = [name for rule in read(PACKAGED / "dom.toml") for name in rule.names]
    assert [name for name in names if name != name.lower() or " " in name or name.count("-") > 1] == []
    assert len(names) == len(set(names))
