"""Paragraphs: what parts them, what makes two the same, and what becomes of blocks."""

import pytest

from extractors.article import Block, BlockType
from extractors.render import markdown, plain
from scraper.dataset.paragraphs import Spot, is_label, key_of, split, spots, without

BLOCKS = (
    Block(type=BlockType.HEADING, text="What is *new*", level=2),
    Block(type=BlockType.LIST_ITEM, text="one", depth=1, ordered=False),
    Block(type=BlockType.LIST_ITEM, text="two", depth=1, ordered=False),
    Block(type=BlockType.CODE, text="first()\n\nsecond()"),
    Block(type=BlockType.PARAGRAPH, text="The end."),
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sign up\u00a0here.", "sign  up here."),
        ("SIGN UP HERE.", "Sign\nup here."),
        ("Caf\u00e9 news", "Cafe\u0301 news"),
        ("News\u00adletter", "Newsletter"),
    ],
)
def test_the_same_paragraph(one: str, other: str) -> None:
    assert key_of(one) == key_of(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [("Albion 3, Rovers 1", "Albion 2, Rovers 0"), ("© 2024 The Ledger", "© 2025 The Ledger"), ("Sign up here.", "Sign up there.")],
)
def test_other_paragraphs_digits_among_them(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


@pytest.mark.parametrize("text", ["", "* * *", "—", "\n"])
def test_ornaments_are_nobodys(text: str) -> None:
    assert key_of(text) is None


def test_spots_are_even_from_both_ends() -> None:
    assert list(spots(1)) == [Spot.LEAD]
    assert list(spots(3)) == [Spot.LEAD, Spot.MIDDLE, Spot.TAIL]
    ten = list(spots(10))
    assert ten == [Spot.LEAD] * 2 + [Spot.MIDDLE] * 6 + [Spot.TAIL] * 2


@pytest.mark.parametrize("text", ["Pros", "Why you should trust us", "1.", "Share this story", "関連記事"])
def test_labels(text: str) -> None:
    assert is_label(text)


@pytest.mark.parametrize("text", ["Sign up now.", "Sign up for the Ledger's Sunday letter", "今すぐ登録してください"])
def test_sentences_are_no_labels(text: str) -> None:
    assert not is_label(text)


@pytest.mark.parametrize("render", [plain, markdown])
def test_blocks_find_their_paragraphs(render: object) -> None:
    assert callable(render)
    body = render(BLOCKS)
    found = split(body, BLOCKS)
    assert found is not None
    assert [len(paragraph.blocks) for paragraph in found] == [1, 2, 1, 1]
    assert [paragraph.at for paragraph in found] == [0, 1, 2, 4], "the code's own blank line parts the body, too"
    assert without(found, {3}) == render(BLOCKS[:-1])


def test_blocks_of_another_body() -> None:
    assert split("Something else.", BLOCKS) is None


def test_a_body_without_blocks_comes_back() -> None:
    body = "One\n\n\nTwo\n\n\n\nThree"
    found = split(body, None)
    assert found is not None
    assert without(found, ()) == body
