"""Runs to pieces: what kind of block each is, in page order."""

import time

import pytest

from extractors.article import Block, BlockType
from extractors.body.segment import segment
from extractors.document import parse
from extractors.piece import Piece


def pieces(body: str, kept: list[bool] | None = None, scores: list[float] | None = None) -> list[Piece]:
    page = parse(f"<html><body>{body}</body></html>").outline
    size = len(page.runs)
    return segment(page, scores=scores or [0.5] * size, kept=kept or [True] * size, region=(0, size))


def blocks(body: str) -> list[Block]:
    return [piece.block for piece in pieces(body)]


def shapes(body: str) -> list[tuple[BlockType, str]]:
    return [(block.type, block.text) for block in blocks(body)]


def test_paragraphs_headings_quotes_and_captions() -> None:
    assert shapes("<h2>Head</h2><p>Text</p><blockquote><p>Said</p></blockquote><figure><img><figcaption>Seen</figcaption></figure>") == [
        (BlockType.HEADING, "Head"),
        (BlockType.PARAGRAPH, "Text"),
        (BlockType.QUOTE, "Said"),
        (BlockType.CAPTION, "Seen"),
    ]


def test_a_paragraph_named_caption_is_one_beside_a_picture_alone() -> None:
    assert shapes("<div><img><p class='wp-caption-text'>Seen</p></div><div><p class='caption'>Said</p></div>") == [
        (BlockType.CAPTION, "Seen"),
        (BlockType.PARAGRAPH, "Said"),
    ]


def test_words_in_an_inline_caption_beside_a_picture_are_its_caption() -> None:
    beside = "<div><a><img></a><span><span class='caption'>Seen <em>here</em></span></span></div>"
    assert shapes(f"{beside}<p>Text <span class='caption'>of it</span></p>") == [
        (BlockType.CAPTION, "Seen here"),
        (BlockType.PARAGRAPH, "Text of it"),
    ]
    assert shapes("<p><span><img><span class='figcaption'>Seen<br></span></span> Text behind it</p>") == [
        (BlockType.CAPTION, "Seen"),
        (BlockType.PARAGRAPH, "Text behind it"),
    ]
    assert shapes("<p><span class='caption'>No picture</span></p>") == [(BlockType.PARAGRAPH, "No picture")]


def test_the_captions_of_a_gallery_are_its_text() -> None:
    slides = "".join(f"<figure><img><figcaption>Slide {number} shows the harbour.</figcaption></figure>" for number in range(3))
    assert shapes(f"<p>Three views of it.</p>{slides}") == [
        (BlockType.PARAGRAPH, "Three views of it."),
        *((BlockType.PARAGRAPH, f"Slide {number} shows the harbour.") for number in range(3)),
    ]


def test_a_heading_is_no_caption_by_its_id() -> None:
    assert shapes("<h2 id='child-tax-credit'>Child tax credit</h2>") == [(BlockType.HEADING, "Child tax credit")]


@pytest.mark.parametrize("level", range(1, 7))
def test_headings_have_their_level(level: int) -> None:
    (block,) = blocks(f"<div><h{level}><span>Head</span><br>line</h{level}></div>")
    assert (block.type, block.text, block.level) == (BlockType.HEADING, "Head line", level)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ('Ports <a href="#ports">#</a>', "Ports"),
        ('<a href="#ports">#</a> Ports', "Ports"),
        ('Ports<a href="#ports">¶</a>', "Ports"),
        ('Ports <a href="#ports">🔗</a>', "Ports"),
        ('<a href="/c">Learning C#</a>', "Learning C#"),
        ("Key of F #", "Key of F #"),
        ('<a href="/1">#1 of ten</a>', "#1 of ten"),
        ('Ports<span>[<a href="/edit">edit</a>]</span>', "Ports"),
        ('Häfen<span>[<a href="/1">Bearbeiten</a> | <a href="/2">Quelltext bearbeiten</a>]</span>', "Häfen"),
        ('Ports <a href="/1">open in winter</a> [updated]', "Ports open in winter [updated]"),
        ("Ports [updated]", "Ports [updated]"),
    ],
)
def test_a_headings_link_to_itself_or_to_its_editor_is_no_text(markup: str, text: str) -> None:
    assert [block.text for block in blocks(f"<h2>{markup}</h2>")] == [text]


def test_joiners_are_dropped_at_the_ends_of_a_line_alone() -> None:
    assert [block.text for block in blocks("<p>Done.\u200d</p><p>\u200d</p><p>می\u200cخواهم</p><p>One\u200d<br>Two</p>")] == [
        "Done.",
        "می\u200cخواهم",
        "One\nTwo",
    ]


def test_no_space_is_left_where_a_joiner_stood() -> None:
    assert [block.text for block in blocks("<p>Done. \u200d</p><p>\u200d One \u200d<br>Two \u200d</p>")] == ["Done.", "One\nTwo"]


def test_lists_have_order_and_depth() -> None:
    found = blocks("<ul><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ul>")
    expected = [("a", False, 1), ("b", True, 2), ("c", True, 2), ("d", False, 1)]
    assert [(block.text, block.ordered, block.depth) for block in found] == expected
    assert {block.type for block in found} == {BlockType.LIST_ITEM}


def test_a_further_paragraph_of_an_item_is_no_further_item() -> None:
    assert shapes("<ol><li><p>one</p><p>more</p></li><li>two</li></ol>") == [
        (BlockType.LIST_ITEM, "one"),
        (BlockType.PARAGRAPH, "more"),
        (BlockType.LIST_ITEM, "two"),
    ]


def test_a_table_is_rows_of_cells() -> None:
    (table,) = blocks("<table><tr><th>Year<th>Tonnes<tr><td>2019<td>12</table>")
    assert table.type is BlockType.TABLE
    assert table.rows == (("Year", "Tonnes"), ("2019", "12"))
    assert table.text == "Year | Tonnes\n2019 | 12"


def test_two_tables_are_two_blocks() -> None:
    row = "<table><tr><td>a<td>b</table>"
    assert [block.rows for block in blocks(row + row)] == [(("a", "b"),), (("a", "b"),)]


def test_a_table_of_layout_is_text() -> None:
    text = "<p>" + "A long paragraph of an article. " * 10 + "</p>"
    assert [block.type for block in blocks(f"<table><tr><td>{text * 3}</table>")] == [BlockType.PARAGRAPH] * 3


def test_code_keeps_its_lines() -> None:
    assert shapes("<pre><code>if a:\n    b</code></pre>") == [(BlockType.CODE, "if a:\n    b")]


def test_lines_of_code_that_are_elements_are_one_block() -> None:
    assert shapes("<pre><div>if a:</div><div>    b</div></pre><pre>c</pre>") == [(BlockType.CODE, "if a:\n    b"), (BlockType.CODE, "c")]


LISTING = "<pre>if a:\n    b</pre>"


@pytest.mark.parametrize(
    "listing",
    [
        f"<table><tr><td>{LISTING}</table>",
        f"<figure><table><tr><td><pre>1\n2</pre><td>{LISTING}</table></figure>",
        f"<pre><code><table><tr><td><pre>9\n10</pre><td>{LISTING}</table></code></pre>",
        f"<table><tr><td><div><pre><span>1\n</span><span>2</span></pre></div><td><div>{LISTING}</div></table>",
        f"<div>{LISTING}<div>1<br>2</div></div>",
    ],
)
def test_line_numbers_beside_code_are_no_text(listing: str) -> None:
    assert shapes(f"<p>Here:</p>{listing}<p>So.</p>") == [
        (BlockType.PARAGRAPH, "Here:"),
        (BlockType.CODE, "if a:\n    b"),
        (BlockType.PARAGRAPH, "So."),
    ]


def test_a_listing_of_numbered_lines_without_pre() -> None:
    numbers, lines = "<div>1</div><div>2</div>", "<div><code>if a:</code></div><div><code>b</code></div>"
    assert shapes(f"<table><tr><td>{numbers}<td>{lines}</table>") == [(BlockType.CODE, "if a:\nb")]


def test_numbers_that_count_no_lines_stay() -> None:
    assert shapes("<pre>1\n2</pre>") == [(BlockType.CODE, "1\n2")]
    assert shapes("<pre>for n in range(1, 9):\n    print(n)</pre><pre>1\n2\n3\n4\n5\n6\n7\n8</pre>")[1] == (
        BlockType.CODE,
        "1\n2\n3\n4\n5\n6\n7\n8",
    )
    assert shapes(f"<p>1\n</p>{LISTING}")[0] == (BlockType.PARAGRAPH, "1")
    assert shapes(f"<pre>1\n3</pre>{LISTING}")[0] == (BlockType.CODE, "1\n3")
    assert [shape for shape, _ in shapes(f"<table><tr><td>run<td>{LISTING}<tr><td>stop<td><pre>c</pre></table>")] == [BlockType.TABLE]


def test_one_break_keeps_the_paragraph_and_two_part_it() -> None:
    assert shapes("<p>a<br>b<br><br>c</p>") == [(BlockType.PARAGRAPH, "a\nb"), (BlockType.PARAGRAPH, "c")]


def test_what_is_kept_and_what_is_not_are_never_one_piece() -> None:
    found = pieces("<p>a<br>b</p>", kept=[True, False])
    assert [(piece.block.text, piece.kept) for piece in found] == [("a", True), ("b", False)]


def test_shares_and_scores_are_of_the_characters() -> None:
    (piece,) = pieces('<p>abcd<br><a href="/">efghijkl</a></p>', scores=[0.9, 0.3])
    assert piece.score == pytest.approx(0.5)
    assert piece.link == pytest.approx(8 / 12, abs=0.1)  # lines share their counts by length


def test_names_come_from_the_nearest_elements() -> None:
    (piece,) = pieces('<div class="far"><div class="outer"><div><p class="inner">a</p></div></div></div>')
    assert piece.keys == "inner outer"


def test_a_rule_opens_a_section() -> None:
    assert [piece.section for piece in pieces("<p>a</p><hr><p>b</p><p>***</p><p>c</p>")] == [0, 1, 2]


def test_time_does_not_go_by_depth_times_blocks() -> None:
    page = parse(f"<html><body>{'<blockquote>' * 1900}{'<p>Said</p>' * 20_000}</body></html>").outline
    start = time.process_time()
    found = segment(page, scores=[0.5] * 20_000, kept=[True] * 20_000, region=(0, 20_000))
    assert time.process_time() - start < 3
    assert len(found) == 20_000


def test_an_empty_cell_keeps_what_stands_behind_it_in_its_column() -> None:
    head = "<tr><th></th><th>Spring</th><td> </td><th>Autumn</th></tr>"
    rows = "<tr><th>Herring</th><td></td><td></td><td>12 t</td></tr><tr><th>Cod</th><td>3 t</td><td></td><td></td></tr>"
    (block,) = blocks(f"<table>{head}{rows}</table>")
    assert block.rows == (("", "Spring", "Autumn"), ("Herring", "", "12 t"), ("Cod", "3 t", ""))
    assert block.text == "Spring | Autumn\nHerring | | 12 t\nCod | 3 t"


def test_cells_that_reach_into_others_leave_them_empty() -> None:
    head = "<tr><th rowspan=2>Port</th><th colspan=2>Catch</th><th>Crew</th></tr><tr><th>Spring</th><th>Autumn</th></tr>"
    (block,) = blocks(f"<table>{head}<tr><td>Orrin</td><td>3 t</td><td>12 t</td><td>4</td></tr></table>")
    assert block.rows == (("Port", "Catch", "", "Crew"), ("", "Spring", "Autumn"), ("Orrin", "3 t", "12 t", "4"))


@pytest.mark.parametrize("span", ["0", "-1", "two", "99999999999", "", "²"])
def test_a_span_that_is_none_counts_for_one_cell(span: str) -> None:
    (block,) = blocks(f"<table><tr><td colspan='{span}' rowspan='{span}'>a<td>b<tr><td>c<td>d</table>")
    assert block.rows == (("a", "b"), ("c", "d"))
