"""One look over a page: the lines with a telling first word, blocks by tag, and which properties microdata may have."""

import pytest

from extractors import structured
from extractors.document import parse
from extractors.fields.survey import telling_lines

PAGE = "<html><body><h1>Slow ferry</h1><p>By Jane Doe</p><p>TAGS: boats</p><p>Thèmes : mer</p><p>It sailed at nine.</p>{}</body></html>"


def test_lines_with_a_telling_first_word() -> None:
    document = parse(PAGE.format("<pre>  Topics: rope</pre>"))
    lines = telling_lines(structured.read(document))
    runs = document.outline.runs
    assert [runs[number].text for number in lines.credits] == ["By Jane Doe"]
    assert [runs[number].text.strip() for number in lines.labels] == ["TAGS: boats", "Thèmes : mer", "Topics: rope"]


def test_blocks_and_marks() -> None:
    document = parse(PAGE.format('<div class="byline">Jane</div><div class="plain">x</div>'))
    page = document.outline
    assert [element.text for element in page.elements("h1", "h2")] == ["Slow ferry"]
    assert [element.get("class") for _, element in page.marked] == ["byline"]


@pytest.mark.parametrize(
    ("markup", "says"),
    [
        ('<span itemprop="datePublished">2024-03-01</span>', True),
        ('<meta itemprop="dateModified" content="2024-03-01">', True),
        ('<meta name="keywords" content="a, b">', False),
        ('<span itemprop="name">x</span>', False),
    ],
)
def test_microdata_are_read_only_where_they_may_say_something(markup: str, says: bool) -> None:
    document = parse(PAGE.format(markup))
    assert structured.read(document).may_say("datePublished", "dateModified", "keywords") is says
