"""Blocks as Markdown: what a text holds is no mark of Markdown."""

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
