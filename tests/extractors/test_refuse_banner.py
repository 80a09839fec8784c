"""A consent page in place of the article is refused; a consent banner over the article is not."""

import pytest

from extractors import extract
from extractors.errors import ConsentWall

__all__: list[str] = []

BANNER = "<div><h2>Cookies</h2><p>Bitte wählen Sie aus, welche Cookies gesetzt werden dürfen.</p><button>Alle akzeptieren</button></div>"
PROSE = "<p>Die Fähren kamen am Montag in den Hafen zurück, und die Stadt, die auf sie gewartet hatte, war noch nicht bereit für sie.</p>"
TITLE = "Fähren kehren in die Bucht zurück"


def page(title: str, *, heading: str) -> str:
    return f"<html lang='de'><head><title>{title}</title></head><body>{BANNER}<main><h1>{heading}</h1>{PROSE * 3}</main></body></html>"


def test_banner_over_an_article() -> None:
    assert "Fähren kamen" in extract(page(f"{TITLE} | Hafenpost", heading=TITLE)).body


@pytest.mark.parametrize("title", ["Cookies", "Hafenpost"])
def test_consent_page(title: str) -> None:
    with pytest.raises(ConsentWall):
        extract(page(title, heading="Willkommen bei der Hafenpost"))
