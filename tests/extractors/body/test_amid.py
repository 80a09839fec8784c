"""Lists, tables and code amid kept text are kept where the model hesitates; links, and what stands at an end, are not."""

import numpy as np
import pytest
from lxml import html

from extractors.body.amid import amid
from extractors.outline import outline

PROSE = "<p>" + "The ferry left the pier at nine, as it had done on every working day. " * 4 + "</p>"


def kept(body: str, score: float = 0.3) -> list[str]:
    """The texts other than the prose that are kept where they score so much, and the prose surely."""
    page = outline(html.document_fromstring(f"<body><div>{body}</div><div>{PROSE}</div></body>"))
    chars = np.array([len(run.text) for run in page.runs], dtype=np.float32)
    prose = chars > 200
    scores = np.where(prose, 0.9, score).astype(np.float32)
    found = amid(page, scores, chars=chars, kept=prose)
    return [run.text for run, one, long in zip(page.runs, found, prose, strict=True) if one and not long]


@pytest.mark.parametrize(
    ("block", "texts"),
    [
        ("<ul><li>Bread</li><li><p>Salt</p></li></ul>", ["Bread", "Salt"]),
        ("<table><tr><th>Pier</th></tr><tr><td>Nine</td></tr></table>", ["Pier", "Nine"]),
        ("<pre>make run</pre>", ["make run"]),
        ("<ol><li>One<ul><li>Two</li></ul></li></ol>", ["One", "Two"]),
        ("<ul><li><a href=1>What became of the seven bridges</a></li></ul>", []),
        ("<div>Advertisement</div>", []),
    ],
)
def test_between_kept_text(block: str, texts: list[str]) -> None:
    assert kept(PROSE + block + PROSE) == texts
    assert kept(PROSE + block + PROSE, score=0.05) == []


def test_at_an_end_of_the_container() -> None:
    assert kept(PROSE + "<ul><li>Bread</li></ul>") == []
    assert kept("<ul><li>Bread</li></ul>" + PROSE) == []


@pytest.mark.parametrize(
    "block",
    [
        "<figure><pre>make run</pre></figure>",
        "<div class='language-sh'><div class='highlight'><pre>make run</pre></div></div>",
        "<figure><table><tr><td><div><pre>1</pre></div></td><td><div><pre>make run</pre></div></td></tr></table></figure>",
    ],
)
def test_what_wraps_a_block_alone_holds_it_no_further(block: str) -> None:
    assert "make run" in kept(PROSE + block + PROSE)


def test_a_list_in_a_cell_that_lays_out_the_page() -> None:
    assert kept(f"<table><tr><td>{PROSE}{PROSE}<ul><li>Bread</li></ul>{PROSE}</td></tr></table>") == ["Bread"]


LINE = "The ferry left the pier at nine, as it had done on every working day since the war. " * 4


def lines(*texts: str, score: float = 0.3) -> list[str]:
    page = outline(html.document_fromstring(f"<body><div>{'<br><br>'.join(texts)}</div></body>"))
    chars = np.array([len(run.text) for run in page.runs], dtype=np.float32)
    long = chars > 200
    found = amid(page, np.where(long, 0.9, score).astype(np.float32), chars=chars, kept=long)
    return [run.text for run, one, other in zip(page.runs, found, long, strict=True) if one and not other]


def test_a_line_between_kept_lines_of_one_element() -> None:
    assert lines(LINE, '"No," he said.', LINE) == ['"No," he said.']
    assert lines(LINE, '"No," he said.', LINE, score=0.05) == []
    assert lines(LINE, '"No," he said.') == []


ROWS = "".join(f"<tr><td>{pier}</td><td>{year}</td></tr>" for pier, year in (("North Pier", 1902), ("South Pier", 1911), ("Mole", 1934)))


@pytest.mark.parametrize(
    ("sure", "whole"),
    [({"North Pier"}, True), ({"Mole"}, False), (set[str](), False)],
)
def test_a_table_that_is_kept_in_part_is_kept_whole(sure: set[str], *, whole: bool) -> None:
    page = outline(html.document_fromstring(f"<body><div>{PROSE}<table>{ROWS}</table></div></body>"))
    texts = [run.text for run in page.runs]
    first = np.array([len(text) > 200 or text in sure for text in texts])
    scores = np.where(first, 0.9, 0.2).astype(np.float32)
    found = amid(page, scores, chars=np.array([*map(len, texts)], dtype=np.float32), kept=first)
    assert [*found] == ([True] * 7 if whole else [*first])


def test_a_table_that_lays_out_the_page_is_not_kept_for_a_part_of_it() -> None:
    cells = f"<td>{PROSE}</td><td><p>Sports</p><p>{'Weather and tides for the week to come. ' * 6}</p></td>"
    page = outline(html.document_fromstring(f"<body><table><tr>{cells}</tr></table></body>"))
    chars = np.array([len(run.text) for run in page.runs], dtype=np.float32)
    kept = np.array([True, False, False])
    assert [*amid(page, np.where(kept, 0.9, 0.2).astype(np.float32), chars=chars, kept=kept)] == [*kept]


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("<p><b>Step 2: Let it rise</b></p>", ["Step 2: Let it rise"]),
        ("<div><strong>What it costs</strong></div>", ["What it costs"]),
        ("<p>Let it rise</p>", []),
        ("<p><b><a href=1>What it costs</a></b></p>", []),
        (f"<p><b>{'What it costs and where it goes. ' * 4}</b></p>", []),
    ],
)
def test_a_bold_line_between_kept_lines_heads_the_next(line: str, texts: list[str]) -> None:
    assert kept(PROSE + line + PROSE) == texts
    assert kept(PROSE + "<p>Advertisement</p>" + line + PROSE) == []
    assert kept(PROSE + line + "<p>Advertisement</p>" + PROSE) == []


def test_scripts_without_word_spaces_say_as_much_with_half_the_characters() -> None:
    prose = "<p>" + "渡し船は九時に桟橋を離れた。橋の修理が終わるまで、平日は毎日そうしてきたのである。" * 2 + "</p>"
    page = outline(html.document_fromstring(f"<body><div>{prose}<pre>make run</pre>{prose}</div></body>"))
    chars = np.array([len(run.text) for run in page.runs], dtype=np.float32)
    assert 50 < chars.max() < 100
    found = amid(page, np.where(chars > 50, 0.9, 0.3).astype(np.float32), chars=chars, kept=chars > 50)
    assert found.all()


def test_a_linked_item_between_kept_items_of_its_list() -> None:
    linked = "<li><a href=1>What became of the seven bridges</a></li>"
    item = (
        "<li>The ferry left the pier at nine, as it had done on every working day since the war, and came back at noon with the mail, the "
        + ("bread and three cows, which the harbour master counted twice before he signed.</li>")
    )
    text = "What became of the seven bridges"
    assert kept(f"<ul>{item}{linked}{item}</ul>") == [text]
    assert kept(f"<ul>{item}{linked}{item}</ul>", score=0.05) == []
    assert kept(f"<ul>{linked}{item}{item}</ul>") == []
    assert kept(f"<ul>{item}{item}{linked}</ul>") == []
    assert kept(f"<ul>{item}{linked * 4}{item}</ul>") == []
    assert kept(f"<ul><li><p>{item[4:-5]}</p></li>{linked}<li><p>{item[4:-5]}</p></li></ul>") == []
