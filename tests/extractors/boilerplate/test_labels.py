"""A label goes with the links below it that are gone; one over text, or that the model is sure of, stays."""

import pytest

from extractors.article import Block, BlockType
from extractors.boilerplate import load, strip
from extractors.piece import Piece

PROSE = (
    "The wells behind the harbour turned salt in the spring, first the two by the chapel and then the one that the fishermen had "
    "dug in their own time, and by the end of May nobody on the eastern side drank what came out of the ground."
)


def piece(text: str, *, shape: BlockType = BlockType.PARAGRAPH, kept: bool = True, score: float = 0.95, link: float = 0.0) -> Piece:
    return Piece(block=Block(type=shape, text=text), kept=kept, score=score, link=link)


def left(label: Piece, *below: Piece) -> bool:
    """Whether the label stays between prose and what stands below it."""
    pieces = strip([piece(PROSE), label, *below, piece(PROSE)], language="en", rules=load())
    return any(each.kept and each.block.text == label.block.text for each in pieces)


@pytest.mark.parametrize("text", ["More about the wells:", "Mehr über Brunnen:", "井戸について："])
def test_a_label_whose_links_are_gone(text: str) -> None:
    gone = piece("How the chapel got its bell", shape=BlockType.LIST_ITEM, kept=False, score=0.4, link=1.0)
    assert not left(piece(text, score=0.7), gone, gone)
    assert left(piece(text, score=0.9), gone)
    assert left(piece(text, score=0.7), piece("How the chapel got its bell", shape=BlockType.LIST_ITEM, link=1.0), gone)
    assert left(piece(text, score=0.7), piece("Photograph by the harbour office", kept=False, score=0.2), gone)
    assert left(piece(text[:-1], score=0.7), gone)


def test_a_heading_that_asks_for_help_with_the_work() -> None:
    heading = piece("Contribute", shape=BlockType.HEADING, score=0.94)
    assert left(heading, piece("The latest version of the map is kept by the harbour office; write to it of wells that are missing."))
    assert not left(heading, piece("Give now", kept=False, score=0.1, link=1.0))
