"""What later pages add to an article, and what they only repeat."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from extractors.article import Block, BlockType, Options, Removal
from extractors.identity import content_hash, word_count
from extractors.render import markdown, plain
from scraper.records import Page
from scraper.run.joining import joined
from scraper.run.verdict import extraction
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


def item(text: str, *, depth: int = 1) -> Block:
    return Block(type=BlockType.LIST_ITEM, text=text, ordered=True, depth=depth)


def test_a_list_item_that_comes_again_in_another_list_is_kept() -> None:
    pages = [(item("Yes"), item("No")), (Block(type=BlockType.PARAGRAPH, text="And?"), item("Yes"), item("Maybe"))]
    one = joined([replace(article(plain(blocks)), blocks=blocks) for blocks in pages])
    assert one.body == plain(one.blocks or ()) == "1. Yes\n2. No\n\nAnd?\n\n1. Yes\n2. Maybe"


def html(*paragraphs: str) -> bytes:
    title = "<head><title>The bridge</title></head>"
    return f"<html>{title}<body><article><h1>The bridge</h1>{''.join(paragraphs)}</article></body></html>".encode()


LIST = "<ul><li>The <em>first</em> of two [points] that the council has made</li><li>The second of two points that it has made</li></ul>"
LONG = "<p>The council of Orrin said on Tuesday that bridge number {0} stays closed, since pier {0} has moved by an inch in a year.</p>"


@pytest.mark.parametrize("blocks", [True, False])
@pytest.mark.parametrize("form", [plain, markdown])
def test_an_article_of_several_pages_is_one_of_the_same_blocks(form: Callable[[Iterable[Block]], str], blocks: bool) -> None:
    first, second = (html(*(LONG.format(number) for number in numbers), LIST) for numbers in (range(8), range(8, 16)))
    page = Page(data=first, url="https://a.example/1", pages=(Page(data=second, url="https://a.example/1?page=2"),))
    options = Options(markdown=form is markdown)
    shown = extraction(replace(options, blocks=True), None)(page, "0")
    assert shown.blocks is not None
    assert shown.body == form(shown.blocks)
    assert shown.body.count("second of two points") == 1
    assert shown.content_hash == content_hash(shown.title, plain(shown.blocks))
    found = extraction(replace(options, blocks=blocks), None)(page, "0")
    assert found == (shown if blocks else replace(shown, blocks=None))
