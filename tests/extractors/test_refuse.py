"""Soft faults at status 200 told apart (case 45), labels that lie (46 to 48), and articles about such things left alone."""

import pytest

from extractors import Article, Context, Evidence, ExtractionError, Origin, extract
from extractors.errors import (
    BotChallenge,
    ConsentWall,
    EmptyPage,
    IndexPage,
    JavascriptRequired,
    LoginWall,
    NotText,
    ServerPage,
    SoftNotFound,
)

PARAGRAPHS = [
    "The ferry left the pier at nine, as it had done on every working day since the bridge was closed for repairs.",
    "Nobody on the quay waved; the few people who had come to see it off were reading the notice about the new fares.",
    "The captain, who has held the post for eleven years, said that she expected the winter timetable to be kept.",
]
PROSE = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def page(title: str, body: str, head: str = "") -> str:
    return f"<html lang='en'><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def teasers(count: int) -> str:
    return "".join(f"<div class='card'><h3><a href='/{n}'>Headline number {n} about the harbour</a></h3></div>" for n in range(count))


@pytest.mark.parametrize(
    ("html", "error"),
    [
        (page("Just a moment...", "<h1>harbour.example</h1><p>Checking your browser before accessing the site.</p>"), BotChallenge),
        (page("Access denied", "<p>You do not have permission to view this page.</p>"), BotChallenge),
        (page("Attention", "<p>Please verify you are human by completing the action below.</p>"), BotChallenge),
        (page("Before you continue", "<h1>Before you continue</h1><p>We use cookies.</p><button>Accept all</button>"), ConsentWall),
        (page("Datenschutz", "<h1>Bevor Sie fortfahren</h1><p>Wir nutzen Cookies.</p><button>Alle akzeptieren</button>"), ConsentWall),
        (page("Log in", "<h1>Log in to read on</h1><form><input type='password'></form>"), LoginWall),
        (page("Seite nicht gefunden", "<h1>Seite nicht gefunden</h1><p>Die Adresse hat sich geändert.</p>"), SoftNotFound),
        (page("404 - Page not found", "<p>Try the search.</p>"), SoftNotFound),
        (page("500 Internal Server Error", "<h1>Internal Server Error</h1><p>The server encountered an error.</p>"), ServerPage),
        (page("Index of /pub", "<h1>Index of /pub</h1><pre><a href='a'>a</a> 2024-05-03</pre>"), ServerPage),
        (page("harbour.example is for sale", "<h1>harbour.example</h1><p>Make an offer for this name.</p>"), ServerPage),
        (page("Harbour Post", "<h1>Under maintenance</h1><p>We are back at noon.</p>"), ServerPage),
        (page("Harbour", '<div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript>'), JavascriptRequired),
        (page("Harbour news", teasers(30), "<meta property='og:type' content='website'>"), IndexPage),
    ],
)
def test_45_pages_in_place_of_an_article_are_told_apart(html: str, error: type[ExtractionError]) -> None:
    with pytest.raises(error) as caught:
        extract(html, url="https://harbour.example/")
    assert len(str(caught.value)) > 20


@pytest.mark.parametrize(
    "title",
    [
        "Just a moment: how the ferry was saved",
        "404 days without a bridge",
        "500 days in the harbour",
        "Coming soon: a bridge",
        "Forbidden piers",
        "Log in, log out: life by the ferry",
    ],
)
def test_an_article_with_such_a_headline_is_one(title: str) -> None:
    article = extract(page(title, f"<article><h1>{title}</h1>{PROSE}</article>"), url="https://harbour.example/news/ferry")
    assert isinstance(article, Article)
    assert PARAGRAPHS[1] in article.body


def test_46_an_image_labelled_as_html_is_no_text() -> None:
    with pytest.raises(NotText, match="JPEG"):
        extract(b"\xff\xd8\xff\xe0\0\x10JFIF\0", content_type="text/html; charset=utf-8")


def test_47_html_labelled_as_plain_text_is_read_as_html() -> None:
    article = extract(page("The ferry at nine", PROSE), content_type="text/plain")
    assert article.body == "\n\n".join(PARAGRAPHS)


def test_48_bytes_without_a_charset_are_read_by_their_content() -> None:
    text = "Přístav zůstává zavřený, protože most přes řeku ještě není opravený, uvedl starosta města v úterý večer."
    article = extract(page("Přístav", f"<p>{text}</p>" * 2).encode(), content_type="text/html")
    assert text in article.body


def test_tags_of_a_feed_are_taken_where_the_page_has_none() -> None:
    context = Context(evidence=(Evidence(origin=Origin.FEED, tags=("Ferries", "Harbour")),))
    article = extract(page("The ferry at nine", PROSE), context=context)
    assert article.taxonomy.tags == ("Ferries", "Harbour")
    assert article.provenance["tags"] is not None
    assert article.provenance["tags"].origin == "feed"


SCRIPTS = "".join(f"<script src='/chunk-{number}.js'></script>" for number in range(3))
DECLARED = "<meta property='og:type' content='article'>"
FRAME = (
    "<header><nav><ul><li><a href='/n'>News</a></li><li><a href='/s'>Sport</a></li><li><a href='/t'>Tides</a></li></ul></nav></header>"
    "<div id=main></div><footer><p>© 2024 Harbour Post. All rights reserved.</p></footer>"
)


@pytest.mark.parametrize(
    ("html", "error"),
    [
        (page("The ferry is back", f"<div id=main></div>{SCRIPTS}", DECLARED), JavascriptRequired),
        (page("The ferry is back", f"<div></div>{SCRIPTS}"), JavascriptRequired),
        (page("The ferry is back", "<div></div><script>count()</script>"), EmptyPage),
        (page("The ferry is back", f"{FRAME}{SCRIPTS}", DECLARED), JavascriptRequired),
        (page("The ferry is back", f"{FRAME}{SCRIPTS}"), EmptyPage),
        (page("The ferry is back", FRAME, DECLARED), EmptyPage),
    ],
)
def test_a_page_whose_article_only_scripts_would_show(html: str, error: type[ExtractionError]) -> None:
    with pytest.raises(error):
        extract(html, url="https://harbour.example/news/ferry")


@pytest.mark.parametrize(
    "line",
    [
        "Please enable JavaScript to view the comments powered by Disqus.",
        "Bitte aktivieren Sie JavaScript, um die Kommentare zu lesen.",
        "コメントを読むには JavaScript を有効にしてください。",
    ],
)
def test_a_short_post_that_asks_for_scripts_for_its_comments_is_none_that_scripts_would_fill(line: str) -> None:
    html = page(
        "Low water | Harbour",
        f"<article><h1>Low water</h1><p>The ferry stays at the pier until noon.</p></article><noscript>{line}</noscript>",
    )
    assert extract(html).title == "Low water"
