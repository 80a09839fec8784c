"""Blocks as Markdown: what a text holds is no mark of Markdown."""

import time

import pytest

from extractors.article import Block, BlockType
from extractors.render import markdown


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("## x", r"\## x"),
        ("# x", r"\# x"),
        ("#tag stays", "#tag stays"),
        ("~~~\nafter", "\\~\\~~\\\nafter"),
        ("~5 % and ~~less~~", r"~5 % and \~~less\~~"),
        ("&copy; 2024 &#169; R&D; A&B, C & D;", r"\&copy; 2024 \&#169; R\&D; A&B, C & D;"),
        ("a | b\n--- | ---", "a | b\\\n\\--- | ---"),
        ("a | b\n| :-- | --: |", "a | b\\\n\\| :-- | --: |"),
        ("a\n---", "a\\\n\\---"),
        ("a\n===", "a\\\n\\==="),
        ("- a", r"\- a"),
        ("12. a", r"12\. a"),
        ("-5 degrees | 3 knots", "-5 degrees | 3 knots"),
    ],
)
def test_a_paragraph_stays_one(text: str, written: str) -> None:
    assert markdown([Block(type=BlockType.PARAGRAPH, text=text)]) == written


@pytest.mark.parametrize(
    ("text", "written"), [("Issue #", r"## Issue \#"), ("Issue ##", r"## Issue \##"), ("C#", "## C#"), ("#", r"## \#")]
)
def test_a_heading_keeps_its_last_signs(text: str, written: str) -> None:
    assert markdown([Block(type=BlockType.HEADING, text=text, level=2)]) == written


def test_a_fence_is_longer_than_what_it_holds() -> None:
    assert markdown([Block(type=BlockType.CODE, text="a ```` b")]) == "`````\na ```` b\n`````"
    assert markdown([Block(type=BlockType.CODE, text="a `` b")]) == "```\na `` b\n```"


def test_a_row_of_a_table_is_as_long_as_its_cells() -> None:
    rows = (("a",), ("b", "c|d"), ("e",))
    assert markdown([Block(type=BlockType.TABLE, text="", rows=rows)]) == "| a |  |\n| --- | --- |\n| b | c\\|d |\n| e |"


@pytest.mark.parametrize(
    "block",
    [
        Block(type=BlockType.CODE, text="`" * 100_000),
        Block(type=BlockType.TABLE, text="", rows=(("a",) * 4000, *[("b",)] * 4000)),
    ],
    ids=["backticks", "a wide row"],
)
def test_time_by_length(block: Block) -> None:
    start = time.process_time()
    markdown([block])
    assert time.process_time() - start < 1  # by the square they took 3 s and 30 s
