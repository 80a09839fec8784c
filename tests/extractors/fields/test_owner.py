"""Whose site a page is."""

import pytest

from extractors import structured
from extractors.document import parse
from extractors.fields import byline

TITLE = "Ferries return to the bay"
TEXT = "<p>The ferries came back.</p>" * 9


def authors(body: str, *, host: str = "www.joanfielding.example", head: str = "") -> list[str]:
    page = f"<html><head><title>{TITLE}</title>{head}</head><body><h1>{TITLE}</h1>{TEXT}{body}</body></html>"
    document = parse(page, url=f"https://{host}/notes/1")
    found = byline.read(document, structured.read(document), TITLE)
    return list(found.authors.value) if found.authors else []


@pytest.mark.parametrize("line", ["© 2025 Joan Fielding. All rights reserved.", "About Joan Fielding", "JOAN FIELDING"])
def test_a_host_that_is_a_persons_name_names_the_author_where_nobody_else_is_credited(line: str) -> None:
    assert authors(f"<footer>{line}</footer>") == ["Joan Fielding"]
    assert authors(f"<footer>{line}</footer><p>By Ann Lee</p>") == ["Ann Lee"]


def test_a_host_of_a_given_name_and_a_word_names_nobody() -> None:
    shop = "<p>We sell nothing but candles of wax, and have done so for years on the same old quay.</p><footer>© Joan Candles</footer>"
    assert authors(shop, host="joancandles.example") == []
    company = '<script type="application/ld+json">{"@type": "Organization", "name": "Joan Fielding"}</script>'
    assert authors("<footer>© Joan Fielding</footer>", head=company) == []


@pytest.mark.parametrize("host", ["harbour-post.example", "joan.example", "fieldingjoan.example"])
def test_other_hosts_name_nobody(host: str) -> None:
    assert authors("<footer>© Joan Fielding</footer>", host=host) == []


def masthead(name: str, *, host: str, foot: str = "", head: str = "") -> list[str]:
    page = (
        f"<html><head><title>{TITLE}</title>{head}</head><body><div>{name}</div><nav>Posts</nav><h1>{TITLE}</h1>{TEXT}{foot}</body></html>"
    )
    document = parse(page, url=f"https://{host}/notes/1")
    found = byline.read(document, structured.read(document), TITLE)
    return list(found.authors.value) if found.authors else []


def test_a_masthead_that_is_a_persons_name_names_the_author() -> None:
    assert masthead("Joan Fielding", host="fielding.example") == ["Joan Fielding"]
    assert masthead("Joan Fielding", host="joanie.example", foot="<footer>© 2025 Joan Fielding. Open source!</footer>") == ["Joan Fielding"]
    assert masthead("Joan Fielding", host="blogs.example", head='<meta property="og:site_name" content="Joan Fielding">') == [
        "Joan Fielding"
    ]


def test_other_mastheads_name_nobody() -> None:
    assert masthead("Joan Fielding", host="blogs.example") == []
    assert masthead("Harbour Rail", host="rail.example", foot="<footer>© Harbour Rail</footer>") == []
