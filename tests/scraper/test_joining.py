"""What later pages add to an article, and what they only repeat."""

from dataclasses import replace

from extractors.article import Block, BlockType, Removal
from extractors.identity import content_hash, word_count
from scraper.joining import joined
from tests.scraper.fakes import article


def test_bodies_follow_one_another_and_repetitions_are_said_once() -> None:
    first = replace(article("One\n\nTwo"), title="T", removed=(Removal("share", "r", "Share"),), warnings=("a",))
    second = replace(article("One\n\nThree\n\nThree"), title="T, page 2", removed=(Removal("share", "r", "Share"),), warnings=("a", "b"))
    whole = joined([first, second, article("Two\n\nFour")])
    assert whole.body == "One\n\nTwo\n\nThree\n\nThree\n\nFour"
    assert (whole.id, whole.title) == (first.id, "T")
    assert whole.word_count == word_count(whole.body)
    assert whole.content_hash == content_hash("T", whole.body)
    assert len(whole.removed) == 2
    assert whole.warnings == ("a", "b", "pages_joined")
    assert whole.blocks is None


def test_blocks_are_joined_where_they_were_asked_for() -> None:
    one, two = (Block(type=BlockType.PARAGRAPH, text=text) for text in ("One", "Two"))
    whole = joined([replace(article("One"), blocks=(one,)), replace(article("One\n\nTwo"), blocks=(one, two))])
    assert whole.blocks == (one, two)
