"""What rules take from the model's choice, counted against the gold body: whole blocks and sentences, not what the model left out."""

from dataclasses import replace

from extractors.article import Block, BlockType
from extractors.piece import Piece
from scraper.gold.removals import Removed, table, taken, total

__all__: list[str] = []


def _piece(text: str, *, kept: bool = True, rule: str | None = None) -> Piece:
    return Piece(block=Block(type=BlockType.PARAGRAPH, text=text), kept=kept, rule=rule, kind="x" if rule else None)


def test_only_what_was_kept_before_counts() -> None:
    chosen = [_piece("One. Sign up here."), _piece("Share this", kept=False), _piece("Read more: a story"), _piece("Two.")]
    stripped = [
        _piece("One."),
        _piece("Sign up here.", kept=False, rule="en.a"),
        _piece("Share this", kept=False, rule="en.b"),
        replace(chosen[2], kept=False, rule="en.c"),
        chosen[3],
    ]
    assert [(piece.rule, piece.block.text) for piece in taken(chosen, stripped)] == [
        ("en.a", "Sign up here."),
        ("en.c", "Read more: a story"),
    ]


def test_the_table_sums_by_rule() -> None:
    sums = total([("en.a", Removed(1, 10, 0)), ("en.a", Removed(1, 10, 5)), ("en.b", Removed(1, 20, 0))])
    assert sums[""].precision == 1 - 5 / 40
    assert sums["en.a"].precision == 0.75
    assert [line.split()[0] for line in table(sums).splitlines()] == ["rule", "all", "en.a", "en.b"]
