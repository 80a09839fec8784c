"""Picture, description, site name, access and canonical address."""

import time

import pytest

from extractors.article import Image, Origin
from extractors.document import Document, parse
from extractors.fields import access, canonical, description, image, site
from extractors.structured import Facts
from extractors.structured import read as read_facts

__all__: list[str] = []

URL = "https://news.example.com/a/ferry"


def page(head: str, body: str = "<p>x</p>", *, url: str | None = URL) -> tuple[Document, Facts]:
    document = parse(f"<html><head>{head}</head><body>{body}</body></html>", url=url)
    return document, read_facts(document)


def jsonld(properties: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "The ferry", {properties}}}</script>'


@pytest.mark.parametrize(
    ("head", "body", "url", "origin"),
    [
        ('<meta property="og:image" content="/media/ferry.jpg">', "", "https://news.example.com/media/ferry.jpg", Origin.OPENGRAPH),
        (jsonld('"image": ["//cdn.example.com/ferry-1200x675.jpg"]'), "", "https://cdn.example.com/ferry-1200x675.jpg", Origin.JSONLD),
        ('<meta name="twitter:image" content="https://cdn.example.com/f.jpg">', "", "https://cdn.example.com/f.jpg", Origin.META),
        ("", '<figure><img src="/f.jpg" width="800"></figure>', "https://news.example.com/f.jpg", Origin.DOM),
    ],
)
def test_a_picture_is_absolute(head: str, body: str, url: str, origin: str) -> None:
    chosen = image.read(*page(head, body))
    assert chosen is not None
    assert (chosen.value.url, chosen.provenance.origin) == (url, origin)


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:image" content="https://cdn.example.com/site-logo.png">',
        '<meta property="og:image" content="https://cdn.example.com/default.jpg">',
        '<meta property="og:image" content="https://cdn.example.com/img/placeholder-600x400.jpg">',
        '<meta property="og:image" content="https://cdn.example.com/mark.svg">',
        '<meta property="og:image" content="data:image/gif;base64,R0lGOD">',
        '<meta property="og:image" content="javascript:alert(1)">',
        jsonld('"image": {"@type": "ImageObject", "url": "https://cdn.example.com/a.jpg", "width": 48}'),
        jsonld(
            '"image": "https://cdn.example.com/brand.png", "publisher": {"@type": "Organization", "logo": {"url": "https://cdn.example.com/brand.png"}}'
        ),
    ],
)
def test_logos_placeholders_and_pixels_are_no_picture(head: str) -> None:
    assert image.read(*page(head)) is None


@pytest.mark.parametrize("width", ["\u00b2", "9" * 5000, "9" * 5000 + "px"])
def test_a_width_that_is_no_number_of_pixels_is_no_small_one(width: str) -> None:
    assert image.read(*page("", f'<figure><img src="/f.jpg" width="{width}"></figure>')) is not None
    assert image.read(*page(jsonld(f'"image": {{"url": "/f.jpg", "width": "{width}"}}'))) is not None


@pytest.mark.parametrize("filler", ["-", "foto", "φωτ", "( "])
def test_a_long_caption_is_read_in_time_by_its_length(filler: str) -> None:
    head = '<meta property="og:image" content="https://cdn.example.com/ferry.jpg">'
    body = '<figure><img src="https://cdn.example.com/ferry.jpg"><figcaption>{}. Photo: Ann Lee</figcaption></figure>'
    start = time.process_time()
    chosen = image.read(*page(head, body.format(filler * 5_000)))
    assert time.process_time() - start < 1
    assert chosen is not None
    assert chosen.value.credit == "Ann Lee"


def test_caption_and_credit_come_from_the_figure_that_shows_the_picture() -> None:
    head = '<meta property="og:image" content="https://cdn.example.com/ferry-1200x675.jpg">'
    body = (
        '<figure><img src="/other.jpg"><figcaption>Another picture</figcaption></figure>'
        '<figure><img src="/ferry-640x360.jpg"><figcaption>The ferry at dawn. Photo: Lena Morrow</figcaption></figure>'
    )
    chosen = image.read(*page(head, body))
    assert chosen is not None
    assert chosen.value == Image(url="https://cdn.example.com/ferry-1200x675.jpg", caption="The ferry at dawn.", credit="Lena Morrow")


def test_caption_and_credit_of_linked_data() -> None:
    chosen = image.read(
        *page(jsonld('"image": {"@type": "ImageObject", "url": "/f.jpg", "caption": "The ferry", "creditText": "L. Morrow"}'))
    )
    assert chosen is not None
    assert (chosen.value.caption, chosen.value.credit) == ("The ferry", "L. Morrow")


def test_an_element_named_for_the_credit_is_the_credit() -> None:
    body = '<figure><img src="/f.jpg"><figcaption>The ferry <span class="credit">Lena Morrow / Agency</span></figcaption></figure>'
    chosen = image.read(*page('<meta property="og:image" content="/f.jpg">', body))
    assert chosen is not None
    assert (chosen.value.caption, chosen.value.credit) == ("The ferry", "Lena Morrow / Agency")


def test_the_whole_description_wins_over_the_cut_one() -> None:
    text = "A ferry left at dawn with nobody aboard but its crew, and nobody has said why it was sent out again."
    head = f'<meta name="description" content="{text}"><meta property="og:description" content="{text[:70]}…">'
    chosen = description.read(*page(head))
    assert chosen is not None
    assert chosen.value == text


def test_a_description_that_repeats_the_title_is_none() -> None:
    assert (
        description.read(*page('<meta name="description" content="The ferry: nobody took it">'), title="The ferry – nobody took it") is None
    )
    assert description.read(*page("")) is None


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<meta property="og:site_name" content="The Gazette">', "The Gazette"),
        (jsonld('"publisher": {"@type": "Organization", "name": "The Gazette"}'), "The Gazette"),
        ('<meta name="application-name" content="The Gazette">', "The Gazette"),
        ('<meta property="og:site_name" content="news.example.com">' + jsonld('"publisher": {"name": "The Gazette"}'), "The Gazette"),
        ('<meta property="og:site_name" content="The &amp;amp; Gazette">', "The & Gazette"),
        ("", None),
    ],
)
def test_site_name(head: str, expected: str | None) -> None:
    chosen = site.read(*page(head))
    assert (chosen.value if chosen else None) == expected


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (jsonld('"isAccessibleForFree": true'), "", True),
        (jsonld('"isAccessibleForFree": "False"'), "", False),
        (jsonld('"isAccessibleForFree": "http://schema.org/True"'), "", True),
        (jsonld('"hasPart": {"@type": "WebPageElement", "isAccessibleForFree": false, "cssSelector": ".body"}'), "", False),
        ('<meta property="article:content_tier" content="locked">', "", False),
        ('<meta property="article:content_tier" content="free">', "", True),
        ('<meta property="article:content_tier" content="metered">', "", None),
        ("", '<div class="paywall"><p>Subscribe to continue reading this article.</p></div>', False),
        ("", '<div class="paywall"><p>Pour lire la suite, abonnez-vous.</p></div>', False),
        ("", '<div class="paywall-script"></div><p>Nothing asks for anything.</p>', None),
        ("", "<p>How newspapers ask you to subscribe to continue reading.</p>", None),
        ("", "", None),
    ],
)
def test_access_is_said_and_never_guessed(head: str, body: str, *, expected: bool | None) -> None:
    chosen = access.read(*page(head, body))
    assert (chosen.value if chosen else None) is expected


@pytest.mark.parametrize(
    ("href", "url", "expected", "warning"),
    [
        ("/a/the-ferry", URL, "https://news.example.com/a/the-ferry", None),
        ("https://www.example.com/a/ferry", URL, "https://www.example.com/a/ferry", None),
        ("https://other.example.org/a/ferry", URL, None, "canonical_other_site"),
        ("https://gazette.example.org/ferry", "https://www.msn.com/en/ferry", "https://gazette.example.org/ferry", None),
        ("https://b.co.uk/x", "https://a.co.uk/x", None, "canonical_other_site"),
        ("https://news.example.com/", URL, None, "canonical_front_page"),
        ("javascript:alert(1)", URL, None, "canonical_not_http"),
        ("file:///etc/passwd", URL, None, "canonical_not_http"),
        ("https://other.example.org/a/ferry", None, "https://other.example.org/a/ferry", None),
    ],
)
def test_canonical(href: str, url: str | None, expected: str | None, warning: str | None) -> None:
    found = canonical.read(*page(f'<link rel="canonical" href="{href}">', url=url))
    assert (found.chosen.value if found.chosen else None) == expected
    assert found.warnings == ((warning,) if warning else ())


def test_the_link_wins_over_other_voices() -> None:
    head = '<link rel="canonical" href="/a/ferry"><meta property="og:url" content="https://news.example.com/a/old-ferry">'
    found = canonical.read(*page(head))
    assert found.chosen is not None
    assert found.chosen.value == URL


LINES = "<p>The ferry left at dawn with nobody aboard but the crew, who had brought their own bread and nothing else to eat.</p>"


def test_a_page_that_names_no_picture_shows_one_among_its_paragraphs() -> None:
    menu = '<div><img src="/banner.jpg"><a href="/a">Boats</a></div>'
    icons = (
        '<img src="/i/star.png" width="16" height="16"><div class="share-bar"><img src="/mail.png"></div><img src="/line.png" height="9">'
    )
    text = f'<div>{icons}{LINES * 2}<p><img src="/ferry.jpg" alt="The ferry"></p>{LINES}</div>'
    for head in ("", '<meta property="og:image" content="https://cdn.example.com/site-logo.png">'):
        chosen = image.read(*page(head, menu + text))
        assert chosen is not None
        assert chosen.value.url == "https://news.example.com/ferry.jpg"
    named = image.read(*page('<meta property="og:image" content="/other.jpg">', text))
    assert named is not None
    assert named.value.url.endswith("/other.jpg")
    assert image.read(*page("", f"{menu}<div>{LINES * 3}</div>")) is None
    japanese = "<p>三か月の休みを経て、小さな渡し船は月曜日に運航を再開し、最初の一時間だけで四十人を超える人々が桟橋に並んでいた。</p>"
    assert image.read(*page("", f'<div>{japanese}<p><img src="/ferry.jpg"></p></div>')) is not None
