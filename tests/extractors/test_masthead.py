"""Headline, byline and date over the text go; the same words further down stay."""

from extractors.article import Block, BlockType
from extractors.masthead import without_masthead
from extractors.piece import Piece

__all__: list[str] = []

TITLE = "Ferries return to the bay"
PRINTED = ("By Ada Holm", "3 May 2024")
PROSE = "The ferries came back to the harbour on Monday, said the port."


def texts(*blocks: str, kept: bool = True) -> list[str]:
    pieces = [Piece(block=Block(type=BlockType.PARAGRAPH, text=text), kept=kept) for text in blocks]
    return [piece.block.text for piece in without_masthead(pieces, TITLE, PRINTED)]


def test_lines_over_the_text_go() -> None:
    assert texts(TITLE, "By Ada Holm", "3 May 2024", PROSE) == [PROSE]
    assert texts(f"{TITLE}\nBy Ada Holm\n3 May 2024", PROSE) == [PROSE]
    assert texts("3 May 2024 | by ADA HOLM", PROSE) == [PROSE]


def test_a_piece_keeps_its_other_lines() -> None:
    assert texts(f"{TITLE}\nA letter from the coast\n3 May 2024", PROSE) == ["A letter from the coast", PROSE]


def test_byline_and_date_behind_the_first_paragraph_stay() -> None:
    assert texts(PROSE, "By Ada Holm", "3 May 2024") == [PROSE, "By Ada Holm", "3 May 2024"]


def test_the_headline_far_down_stays() -> None:
    assert texts(*[PROSE] * 6, TITLE)[-1] == TITLE


def test_removed_bylines_stay_listed() -> None:
    assert texts("By Ada Holm", kept=False) == ["By Ada Holm"]
