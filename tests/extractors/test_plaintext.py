"""Plain text and Markdown articles: what is read of the lines around the text, and the blocks that the text becomes."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import extract
from extractors.article import BlockType
from extractors.plaintext import Plaintext, parse
from extractors.plaintext.inline import strip_marks

__all__: list[str] = []

PROSE = "The ferry left at six in the morning with two tractors, fourteen passengers and the mail for the whole of the northern island. "


def texts(result: Plaintext) -> list[str]:
    return [piece.block.text for piece in result.pieces]


def article(*middle: str) -> str:
    return "\n\n".join(["A Ferry in Winter", *middle, PROSE * 2])


def test_head_lines_are_read_and_leave_the_text() -> None:
    text = article(
        "By [Ada Moss](https://a.example/ada) and Per Lind", "The Quay, March 3, 2024", "Region: [North](#)", "Theme: [Ships](#), [Ice](#)"
    )
    result = parse(text)
    assert result.title == "A Ferry in Winter"
    assert result.byline == "By Ada Moss and Per Lind"
    assert result.authors == ("Ada Moss",)
    assert (result.publisher, result.published) == ("The Quay", "March 3, 2024")
    assert [(label.key, label.values) for label in result.labels] == [("region", ("North",)), ("theme", ("Ships", "Ice"))]
    assert texts(result) == [(PROSE * 2).strip()]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ada Moss, Per Lind and Jo Vey", ("Ada Moss", "Per Lind", "Jo Vey")),
        ("Von Jana Ott und Uwe Reh", ("Jana Ott", "Uwe Reh")),
        ("Par Zoé Lam", ("Zoé Lam",)),
        ("Por Eva Sanz y Leo Gil", ("Eva Sanz", "Leo Gil")),
        ("Автор: Лидия Черных", ("Лидия Черных",)),
        ("بقلم هدى المعمري", ("هدى المعمري",)),
        ("作者：林晓舟", ("林晓舟",)),
    ],
)
def test_bylines_in_several_languages(line: str, names: tuple[str, ...]) -> None:
    result = parse(article(line))
    assert (result.byline, result.authors) == (line, names)


@pytest.mark.parametrize(
    ("line", "publisher", "published"),
    [
        ("March 3, 2024", None, "March 3, 2024"),
        ("Global Research, 11 February 2022", "Global Research", "11 February 2022"),
        ("Le Quai, 14 mars 2023", "Le Quai", "14 mars 2023"),
        ("Die Mole | 3. März 2024", "Die Mole", "3. März 2024"),
        ("Published on 2024-03-03", None, "2024-03-03"),
        ("El Muelle, 3 de marzo de 2024", "El Muelle", "3 de marzo de 2024"),
        ("2025年11月8日", None, "2025年11月8日"),
    ],
)
def test_date_lines(line: str, publisher: str | None, published: str) -> None:
    result = parse(article(line))
    assert (result.publisher, result.published) == (publisher, published)
    assert line not in texts(result)


def test_first_published_is_no_date_line() -> None:
    result = parse(article("The Quay, March 3, 2024", "*First published on August 24, 2022*"))
    assert result.published == "March 3, 2024"
    assert "First published on August 24, 2022" in texts(result)


def test_a_sentence_with_a_date_or_a_by_stays_text() -> None:
    sentence = (
        "By the end of the winter the ice was gone, and nobody on the island could say when it had last been so thin in February, 2024."
    )
    assert sentence in texts(parse(article(sentence)))


def test_press_release_gives_its_date_in_the_opening() -> None:
    result = parse("FOR IMMEDIATE RELEASE\n\nFerry Sails On\n\nLEEDS, May 3, 2024 - " + PROSE * 2)
    assert (result.title, result.published) == ("Ferry Sails On", "May 3, 2024")
    assert texts(result)[0].startswith("LEEDS, May 3, 2024 - The ferry")


def test_sentence_cut_by_a_page_break_is_joined() -> None:
    cut = "She said that the old landing, which had been promised to the islanders for thirty years,"
    rest = "had never been on any map of the board."
    assert f"{cut} {rest}" in texts(parse(article(PROSE, cut, rest, PROSE)))


def test_paragraphs_are_not_joined_over_a_rule_or_after_a_full_stop() -> None:
    cut = "She said that the old landing, which had been promised to the islanders for thirty years,"
    assert cut in texts(parse(article(cut, "***", "had never been on any map of the board.")))
    assert PROSE.strip() in texts(parse(article(PROSE, "iPhones do not work there, the captain says to all who ask.")))


@pytest.mark.parametrize("rule", ["*", "***", "* * *", "---", "_____", "###", "-30-", "⁂"])
def test_rules_part_sections_and_are_no_text(rule: str) -> None:
    result = parse(article(PROSE, rule))
    assert rule not in texts(result)
    assert [piece.section for piece in result.pieces] == [0, 1]


def test_markdown_blocks() -> None:
    text = article(
        PROSE,
        "## What it costs",
        "- one crown\n- two crowns\n  - for a dog",
        "1. first\n2. second",
        "> He said so.\n> Twice.",
        "```\nx = *y*\n```",
        "| berth | power |\n|---|---|\n| 3 | **yes** |",
        "![a boat](boat.jpg)",
    )
    blocks = [piece.block for piece in parse(text).pieces][1:-1]
    assert [(block.type, block.text) for block in blocks] == [
        (BlockType.HEADING, "What it costs"),
        (BlockType.LIST_ITEM, "one crown"),
        (BlockType.LIST_ITEM, "two crowns"),
        (BlockType.LIST_ITEM, "for a dog"),
        (BlockType.LIST_ITEM, "first"),
        (BlockType.LIST_ITEM, "second"),
        (BlockType.QUOTE, "He said so. Twice."),
        (BlockType.CODE, "x = *y*"),
        (BlockType.TABLE, "berth | power\n3 | yes"),
    ]
    assert [block.depth for block in blocks[1:6]] == [1, 1, 2, 1, 1]
    assert [block.ordered for block in blocks[1:6]] == [False, False, False, True, True]
    assert blocks[0].level == 2
    assert blocks[8].rows == (("berth", "power"), ("3", "yes"))


def test_wrapped_lines_are_one_paragraph_and_a_year_opens_no_list() -> None:
    result = parse(
        "A Ferry in Winter\n\nShips will be able to switch off their engines from\n2028. The board invites\nbids for three berths."
    )
    assert texts(result) == ["Ships will be able to switch off their engines from 2028. The board invites bids for three berths."]


def test_lines_that_nobody_wrapped_are_paragraphs_each() -> None:
    assert texts(parse(f"A Ferry in Winter\n\n{PROSE}\nA second paragraph.")) == [PROSE.strip(), "A second paragraph."]


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("The original source of this article is The Quay", "The Quay"),
        ("Copyright © [Ada Moss](#), The Quay, 2024", "The Quay"),
        ("© 2024 The Quay. All rights reserved.", "The Quay"),
    ],
)
def test_publisher_from_source_and_copyright_lines(line: str, publisher: str) -> None:
    text = "\n\n".join(["A Ferry in Winter", "By [Ada Moss](#)", PROSE * 2, line])
    assert parse(text).publisher == publisher


def test_labels_below_the_text_are_read_and_marked_as_removed() -> None:
    result = parse(article() + "\n\nTags: ferry, ice")
    assert [(label.key, label.values) for label in result.labels] == [("tags", ("ferry", "ice"))]
    last = result.pieces[-1]
    assert (last.kept, last.kind, last.block.text) == (False, "tag_list", "Tags: ferry, ice")


def test_front_matter() -> None:
    keys = 'title: "Ice: a report"\nauthor: Ada Moss\ndate: 2024-03-03\ntags: [ferry, "ice, thin"]\ncategories:\n  - Sea'
    result = parse(f"---\n{keys}\n---\n\n# Ice: a report\n\n{PROSE}")
    assert (result.title, result.authors, result.published) == ("Ice: a report", ("Ada Moss",), "2024-03-03")
    assert result.front["tags"] == ("ferry", "ice, thin")
    assert ("section", ("Sea",)) in [(label.key, label.values) for label in result.labels]
    assert texts(result) == [PROSE.strip()]


def test_values_of_front_matter_are_filed_once_and_parted() -> None:
    article = extract(f"---\ntags: one, two\ncategory: Sea\n---\n\n# Ice\n\n{PROSE}", content_type="text/markdown")
    assert (article.taxonomy.tags, article.taxonomy.section) == (("one", "two"), ("Sea",))


def test_lists_in_lists_of_front_matter_are_read_up_to_a_depth() -> None:
    result = parse(f"---\ntags: [[ferry], [ice]]\nkeywords: {'[' * 1200}ice{']' * 1200}\n---\n\n{PROSE}")
    assert result.front == {"tags": ("ferry", "ice"), "keywords": ()}
    assert texts(result) == [PROSE.strip()]


def test_a_text_between_two_rules_is_no_front_matter() -> None:
    result = parse(f"---\nThis stands between two rules.\n---\n\n{PROSE}")
    assert result.front == {}
    assert PROSE.strip() in texts(result)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("*all of it, **some** of it, more*", "all of it, some of it, more"),
        ("***both***", "both"),
        ("a*b* is c, 2 * 3 * 4", "ab is c, 2 * 3 * 4"),
        ("snake_case_name and _this_", "snake_case_name and this"),
        (r"\*not emphasis\* and `co*d*e`", "*not emphasis* and co*d*e"),
        ("[text](http://a.example/x_(y)) & <https://b.example>", "text & https://b.example"),
        ("Q&amp;A about 1 < 2", "Q&A about 1 < 2"),
        ("an * alone", "an * alone"),
    ],
)
def test_inline_marks(line: str, text: str) -> None:
    assert strip_marks(line).text == text


def test_shares_of_emphasis_and_links() -> None:
    inline = strip_marks("*ab **cd** ef*gh")
    assert inline.italic == pytest.approx(0.8)
    assert inline.bold == pytest.approx(0.2)
    assert strip_marks("[abcd](x) efg").link == pytest.approx(0.5)


@given(st.text(alphabet="ab *_`[]()<>#-|.\n1!\\:é”", max_size=400))
def test_any_text_is_read(text: str) -> None:
    result = parse(text)
    assert all(piece.block.text for piece in result.pieces)
    assert all(0 <= share <= 1 for piece in result.pieces for share in (piece.link, piece.bold, piece.italic))


@pytest.mark.parametrize("unit", ["*a ", "[", "![", "`", "<!--", "# a   ", "_a", "- ", "> ", "| ", "a" * 70 + ",\n\n", "\\", "<a "])
def test_hostile_repetition_costs_bounded_time(unit: str) -> None:
    started = time.process_time()
    parse(unit * (200_000 // len(unit)))
    assert time.process_time() - started < 5
