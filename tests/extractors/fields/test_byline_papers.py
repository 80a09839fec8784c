"""Bylines as papers print them: elements side by side, callings and addresses behind the name, whose pictures they are."""

import pytest

from extractors import structured
from extractors.document import parse
from extractors.fields import byline

TITLE = "Ferries return to the bay"
TEXT = "<p>The ferries came back to the harbour on Monday, said the port and the city, where fishing and tourism wait for boats.</p>" * 2


def authors(below: str, above: str = "") -> list[str]:
    html = f"<html><head><title>{TITLE}</title></head><body><div>{above}<h1>{TITLE}</h1>{below}{TEXT}</div></body></html>"
    document = parse(html, url="https://www.harbour-post.example/coast/ferries")
    found = byline.read(document, structured.read(document), TITLE).authors
    return list(found.value) if found else []


@pytest.mark.parametrize(
    ("below", "people"),
    [
        ("<div><span>Von Marta Kern und Ole Busch</span><span>12.03.2024, 06:15 Uhr</span></div>", ["Marta Kern", "Ole Busch"]),
        ("<div><strong>Laura Campos</strong><span>Villaverde</span></div><div>12/03/2024</div>", ["Laura Campos"]),
        ("<div>Laura Tamm, ajakirjanik</div><div>12. 3. 2024</div>", ["Laura Tamm"]),
        ("<div>Laura Petraitytė, harbour-post.lt</div><div>2024-03-12</div>", ["Laura Petraitytė"]),
        ('<div><a href="/auteur/laura-colin">Laura Colin</a> <span>Journaliste à la rédaction de Namur</span></div>', ["Laura Colin"]),
        ('<div class="meta"><a href="/tac-gia/12">Nguyễn Thu Lan</a> <span>12/03/2024 10:15 GMT+7</span></div>', ["Nguyễn Thu Lan"]),
        ('<p class="autor">Laura Kern, Marta Busch (Text) und Ole Flück (Bilder)</p>', ["Laura Kern", "Marta Busch"]),
        ('<div class="byline"><p>Text</p><p>Laura Kern</p><p>Foto</p><p>Ole Berg</p></div>', ["Laura Kern"]),
        ("<div>Haber: Elif Kaya / YEŞİLOVA</div>", ["Elif Kaya"]),
        ("<ul><li>기자명 이도현 기자</li><li>2024.03.12 10:15</li></ul>", ["이도현"]),
        ('<p class="szerzo">Tóth Eszter</p>', ["Tóth Eszter"]),
    ],
)
def test_as_papers_print_it(below: str, people: list[str]) -> None:
    assert authors(below) == people


def test_a_trail_or_a_list_of_topics_names_nobody() -> None:
    assert authors("<p>12.03.2024</p>", '<div><a href="/">Home</a> <a href="/v">Villaverde</a></div>') == []
    assert authors('<div>12.03.2024</div><div><a href="/t/1">Общество</a> <a href="/t/2">Липовск</a></div>') == []


def test_a_heading_inside_the_text_that_begins_like_a_credit_is_none() -> None:
    """ "Vom" and "By" open headings too: there a given name has to stand behind them."""
    assert authors(f"<p>3 May 2024</p>{TEXT}<h2>Vom Fang zum Fest</h2>{TEXT}") == []
    assert authors(f"<p>3 May 2024</p>{TEXT}<h2>By Quayside Standards</h2>{TEXT}") == []
    assert authors(f"<h2>By Quayside Mirth</h2>{TEXT}") == ["Quayside Mirth"]
    assert authors(f"<p>3 May 2024</p>{TEXT}<h3>By Maria Field</h3>{TEXT}") == ["Maria Field"]
    assert authors(f"<p>3 May 2024</p>{TEXT}<h2>כתב ויתור</h2>{TEXT}") == []
    assert authors(f"<p>3 May 2024</p>{TEXT}<h2>כתבה מיכל רוזן</h2>{TEXT}") == ["מיכל רוזן"]
    assert authors(f"<p>3 May 2024</p>{TEXT}<h3>Written by Quayside Mirth</h3>{TEXT}") == ["Quayside Mirth"]


def test_what_is_named_for_tags_or_categories_is_no_byline() -> None:
    assert authors('<div class="post-meta__tag-list"><a href="/x">Gezeiten</a></div>') == []
    assert authors('<span class="post-meta-categories"><a href="/x">Werkstatt</a></span>') == []
    assert authors('<span class="author-tags"><a href="/author/jo">Jo Field</a></span>') == ["Jo Field"]
