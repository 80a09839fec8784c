"""Where a date stands: beside the headline, not beside a teaser of the same article."""

from extractors import structured
from extractors.document import parse
from extractors.fields import dates

TITLE = "The ferry that nobody took"
TEXT = "<p>The ferry left at dawn with nobody aboard but the crew, who had brought their own bread and nothing else.</p>" * 4
SLIDES = "".join(f'<h3><a href="/n/{n}">{name}</a></h3>' for n, name in enumerate((TITLE, "Gulls take the kiosk", "A bridge is painted")))
MENU = (
    "<ul>"
    + "".join(f"<li><a href='/{word}'>{word}</a></li>" for word in "boats bays buoys quays piers cranes docks locks".split())
    + "</ul>"
)
DATED = '<div class="credit"><a href="/by/ida">Ida Quist</a><br><a href="/2016/12/22/">22 Dec 2016 at 14:27 ET</a></div>'


def published(body: str) -> str | None:
    document = parse(f"<html><head><title>{TITLE}</title></head><body>{body}</body></html>", url="https://www.harbour-post.example/n/0")
    found = dates.read(document, structured.read(document), title=TITLE).published
    return found.value.text if found else None


def test_the_headline_is_the_h1_and_no_teaser_of_the_article_above_it() -> None:
    page = f'<div class="slider">{SLIDES}</div>{MENU}<div class="page-left-right-sidebar"><h1>{TITLE}</h1>{DATED}{TEXT}</div>'
    assert published(page) == "2016-12-22T14:27:00"


def test_a_teaser_of_the_article_itself_tells_its_date() -> None:
    teaser = f'<aside class="related"><h3><a href="/n/0">{TITLE}</a></h3><p>22 December 2016</p></aside>'
    assert published(f"{teaser}{MENU}<h1>{TITLE}</h1>{TEXT}") == "2016-12-22"
