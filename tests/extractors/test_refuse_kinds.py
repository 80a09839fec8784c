"""Pages that are no article by kind are refused in every language; an article with some of their marks is not."""

import pytest

from extractors import extract
from extractors.errors import ExtractionError, IndexPage, LoginWall, SoftNotFound

__all__: list[str] = []

PARAGRAPH = (
    "The harbour master wrote down every ship that passed the light that night, forty of them, and in the morning he gave the list to the "
    "town clerk, who had asked for it since the storm and put it into the cupboard with the others, where nobody looked at it for years."
)
PROSE = "".join(f"<p>{number}. {PARAGRAPH}</p>" for number in range(6))
NAV = "<nav>" + "".join(f"<a href='/n{number}'>Menu {number}</a> " for number in range(6)) + "</nav>"
FORM = "<form><label>E-mail <input type=email></label> <label>Password <input type=password></label><button>OK</button></form>"


def page(title: str, body: str, *, classes: str = "", head: str = "") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body class='{classes}'>{NAV}{body}</body></html>"


def posts(count: int, *, text: str = PARAGRAPH) -> str:
    """Whole posts one below the other, as blogs print them on their front pages and archives."""
    return "".join(f"<article><h2><a href='/p{n}'>Post {n} of the harbour</a></h2><p>{text} {n}</p></article>" for n in range(count))


def cards(count: int) -> str:
    """Linked headlines, each with a sentence."""
    teaser = "The pier was closed on Monday after a crack had been found in one of its beams, as the town told the paper in the evening."
    return "".join(
        f"<div><h3><a href='/c{n}'>Headline {n}: the ferry is late once more</a></h3><p>{teaser}</p></div>" for n in range(count)
    )


@pytest.mark.parametrize(
    ("html", "url", "error"),
    [
        (page("Harbour Post", posts(8), classes="home blog"), "https://harbour.example/", IndexPage),
        (page("Harbour Post", cards(24)), "https://harbour.example/", IndexPage),
        (page("Hafenpost", cards(24)), "https://harbour.example/de/", IndexPage),
        (page("Harbour Post", cards(24), head="<link rel=canonical href='https://harbour.example/'>"), None, IndexPage),
        (
            page("Fähren – Hafenpost", posts(8), classes="archive category category-12"),
            "https://harbour.example/kategorie/faehren/",
            IndexPage,
        ),
        (page("Mai 2024 – Hafenpost", posts(8), classes="archive date"), "https://harbour.example/2024/05/", IndexPage),
        (page("Résultats de recherche pour bac", posts(3)), "https://harbour.example/?s=bac", IndexPage),
        (page("検索結果 | 港新聞", posts(3)), "https://harbour.example/?q=fune", IndexPage),
        (page("Foro del puerto", "<table><tr><td>Barcos</td><td>12</td></tr></table>"), "https://harbour.example/foro/", IndexPage),
        (page("Customer Login", FORM), "https://harbour.example/customer/account/login/", LoginWall),
        (page("Registrace | Přístav", FORM), "https://harbour.example/uzivatel/novy", LoginWall),
        (page("Восстановление пароля", "<p>E-mail:</p>"), "https://harbour.example/forgot", LoginWall),
        (
            page("Harbour Post", "<h1>Tady nic není</h1><p>Zkuste hledat.</p>", classes="error404"),
            "https://harbour.example/x/",
            SoftNotFound,
        ),
    ],
)
def test_no_article(html: str, url: str | None, error: type[ExtractionError]) -> None:
    with pytest.raises(error):
        extract(html, url=url)


@pytest.mark.parametrize(
    ("html", "url"),
    [
        (page("On lights", f"<h1>On lights</h1>{PROSE}"), "https://lights.example/"),
        (page("On lights", f"<h1>On lights</h1>{PROSE}{cards(12)}"), "https://harbour.example/topics/on-lights"),
        (page("On lights", f"<h1>Log in</h1>{FORM}<h1>On lights</h1>{PROSE}"), "https://harbour.example/on-lights"),
        (page("On lights", f"<h1>On lights</h1><p>{PARAGRAPH[:100]}</p>", classes="home"), "https://harbour.example/on-lights"),
        (page("Log in, log out", f"<h1>Log in, log out</h1>{PROSE}"), "https://harbour.example/login"),
        (page("On lights", f"<h1>On lights</h1>{PROSE}", classes="single"), "https://harbour.example/category/on-lights"),
        (page("Home", f"<h1>Home</h1>{PROSE}"), "https://harbour.example/essays/home"),
        (
            page("Who saw the light?", f"<h2>Who saw the light?</h2><div>{PARAGRAPH[:200]}</div>"),
            "https://harbour.example/forums/viewtopic.php?t=3",
        ),
        (
            page("The old harbour blog", f"<h2>Moving out</h2><div class='post-body'><p>{PARAGRAPH[:200]}</p></div>"),
            "https://harbour.example/2011/",
        ),
        (
            page("Who saw the light?", f"<h2>Who saw the light?</h2><div>{PARAGRAPH[:200]}</div>"),
            "https://harbour.example/News_Content.aspx?n=3&s=1123",
        ),
    ],
)
def test_article(html: str, url: str) -> None:
    assert PARAGRAPH[:100] in extract(html, url=url).body
