"""What rules take from the model's choice, counted against the gold body: whole blocks and sentences, not what the model left out."""

from dataclasses import replace

import pytest

from extractors.article import Block, BlockType
from extractors.piece import Piece
from scraper.gold.removals import Removed, _missing, table, taken, total

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


STORY = ["The wells behind the harbour turned salt in spring.", "Read more: the well that moved", "Salt"]


@pytest.mark.parametrize(
    ("left", "removed", "lost", "again"),
    [
        (STORY[:1], STORY[1], 6, 0),  # the gold body has it, what is left has not
        ([*STORY], STORY[1], 0, 0),
        (STORY[:1], "Read more: the drill that broke", 0, 0),  # the gold body has three words of it
        (STORY[:1], "Salt", 1, 0),
        (STORY[:1], "wells", 0, 0),  # in the gold body, but no line of it
    ],
)
def test_words_that_the_gold_body_has_are_lost_where_nothing_else_has_them(left: list[str], removed: str, lost: int, again: int) -> None:
    assert _missing(STORY, left).of(removed) == (lost, lost + again)


def test_a_second_copy_is_taken_again_though_the_gold_body_has_two() -> None:
    missing = _missing([*STORY, *STORY], STORY)
    assert [missing.of(text) for text in STORY] == [(0, 9), (0, 6), (0, 1)]


def test_the_table_sums_by_rule() -> None:
    sums = total([("en.a", Removed(1, 10, 0)), ("en.a", Removed(1, 10, 5, 2)), ("en.b", Removed(1, 20, 0))])
    assert sums[""].precision == 1 - 5 / 40
    assert sums["en.a"].precision == 0.75
    assert sums["en.a"].strict == 0.65
    assert [line.split()[0] for line in table(sums).splitlines()] == ["rule", "all", "en.a", "en.b"]
