"""Pull quotes go where the text holds their words, or where they are hidden; other quotes stay."""

from extractors.article import Block, BlockType
from extractors.boilerplate.repeats import pull_quotes
from extractors.marks import Mark
from extractors.piece import Piece

__all__: list[str] = []

WORDS = "We cut the fingers off the gloves and used them."
PROSE = f"The last entry is short. “{WORDS[:-1]},” it reads, and then the book ends."


def piece(text: str, kind: BlockType = BlockType.PARAGRAPH, *, keys: str = "", marks: int = 0) -> Piece:
    return Piece(block=Block(type=kind, text=text), keys=keys, marks=marks)


def test_a_quote_that_a_paragraph_holds() -> None:
    assert pull_quotes([piece(PROSE), piece(WORDS, BlockType.QUOTE)]) == [1]
    assert pull_quotes([piece(WORDS, keys="wp-block-pullquote"), piece(PROSE)]) == [0]


def test_a_quote_of_its_own_stays() -> None:
    assert pull_quotes([piece(PROSE), piece("The sea gives nothing back, my mother said.", BlockType.QUOTE)]) == []
    assert pull_quotes([piece(WORDS, BlockType.QUOTE), piece(WORDS, BlockType.QUOTE)]) == []


def test_a_pull_quote_hidden_from_readers_aloud() -> None:
    assert pull_quotes([piece("Delay is a filter.", BlockType.QUOTE, keys="pullquote", marks=int(Mark.HIDDEN))]) == [0]
    assert pull_quotes([piece("Delay is a filter.", BlockType.QUOTE, marks=int(Mark.HIDDEN))]) == []
