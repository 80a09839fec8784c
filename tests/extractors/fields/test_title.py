"""The title, signal by signal."""

import json

import pytest

from extractors import structured
from extractors.document import parse
from extractors.fields import title
from extractors.fields.cleaning import clean


def read(head: str = "", body: str = "", *, ld: object = None, url: str = "https://www.harbour-post.example/news/1") -> str | None:
    script = f'<script type="application/ld+json">{json.dumps(ld)}</script>' if ld else ""
    document = parse(f"<html><head>{head}{script}</head><body>{body}<p>Some text of the article.</p></body></html>", url=url)
    found = title.read(document, structured.read(document))
    return found.value if found else None


SITE = '<meta property="og:site_name" content="Harbour Post">'


@pytest.mark.parametrize(
    "printed",
    [
        "Ferries return to the bay | Harbour Post",
        "Ferries return to the bay - Harbour Post",
        "Ferries return to the bay – Harbour Post",
        "Ferries return to the bay — Harbour Post",
        "Ferries return to the bay · Harbour Post",
        "Ferries return to the bay » Harbour Post",
        "Ferries return to the bay :: Harbour Post",
        "Ferries return to the bay：Harbour Post",
        "Harbour Post | Ferries return to the bay",
        "Harbour Post: Ferries return to the bay",
        "Ferries return to the bay | harbour-post.example",
    ],
)
def test_site_name_is_cut(printed: str) -> None:
    assert read(f"<title>{printed}</title>{SITE}") == "Ferries return to the bay"


@pytest.mark.parametrize(
    "headline",
    [
        "War and peace - a history",
        "Covid-19: what we know",
        "The harbour | the city",
        "Budget 2024: who pays, who wins",
        "Why Harbour Post readers love boats",
        "10:30 - the last train",
    ],
)
def test_headline_with_a_separator_stays_whole(headline: str) -> None:
    assert read(f"<title>{headline} | Harbour Post</title>{SITE}", f"<h1>{headline}</h1>") == headline


def test_site_name_from_the_host() -> None:
    assert read("<title>Ferries return to the bay - Harbour Post</title>") == "Ferries return to the bay"


def test_section_and_site_after_the_headline() -> None:
    head = f"<title>Ferries return to the bay - News - Harbour Post</title>{SITE}"
    assert read(head, "<h1>Ferries return to the bay</h1>") == "Ferries return to the bay"


def test_heading_over_search_engine_title() -> None:
    head = '<title>Ferry news: bay ferries return 2024</title><meta property="og:title" content="Ferry news: bay ferries return 2024">'
    assert read(head, "<h1>Ferries return to the bay</h1>") == "Ferries return to the bay"


def test_logo_heading_is_no_title() -> None:
    head = f"<title>Ferries return to the bay | Harbour Post</title>{SITE}"
    assert read(head, "<h1>Harbour Post</h1><h2>Ferries return to the bay</h2>") == "Ferries return to the bay"


def test_the_heading_that_fits_among_several() -> None:
    head = '<meta property="og:title" content="Ferries return to the bay">'
    assert read(head, "<h1>Search</h1><h1>Ferries return to the bay</h1><h1>Newsletter</h1>") == "Ferries return to the bay"


def test_kicker_inside_the_heading_is_cut() -> None:
    head = '<meta property="og:title" content="Ferries return to the bay">'
    assert read(head, "<h1><span>Transport</span> Ferries return to the bay</h1>") == "Ferries return to the bay"


def test_date_and_author_inside_the_heading_are_left_out() -> None:
    head = '<meta property="og:title" content="Ferries return to the bay">'
    body = '<h1>Ferries return to the bay <small class="post-date">May 3</small><span class="author">by Jo Field</span></h1>'
    assert read(head, body) == "Ferries return to the bay"


def test_pronunciation_is_left_out() -> None:
    assert read("<title>子どもの日</title>", "<h1><ruby>子<rp>(</rp><rt>こ</rt><rp>)</rp></ruby>どもの日</h1>") == "子どもの日"


def test_linked_data_headline() -> None:
    assert read(ld={"@type": "NewsArticle", "headline": "Ferries at bay &amp; coast"}) == "Ferries at bay & coast"


def test_no_title() -> None:
    assert read() is None


@pytest.mark.parametrize(
    ("raw", "clean_text"),
    [
        ("Tom &amp;amp; Jerry", "Tom & Jerry"),
        ("It&#8217;s  late\n", "It’s late"),
        ("cafÃ© olÃ©", "café olé"),
        ("itâ€™s", "it’s"),
        ("Ma\u00adchine\u200b", "Machine"),
        ("\u202eevil", "evil"),
        ("a <b>bold</b> word", "a bold word"),
        ("\ud800x", "\ufffdx"),
    ],
)
def test_cleaning(raw: str, clean_text: str) -> None:
    assert clean(raw) == clean_text


def test_headline_of_a_page_of_tables() -> None:
    headline = "Ferries return to the bay"
    body = f"<font size=5><b>{headline}</b></font><br>By Jo Field"
    assert read(f"<title>Town Weekly - {headline}</title>", body) == headline
    assert read(f"<title>Town Weekly - {headline}</title>") == f"Town Weekly - {headline}"


KICKED = '<h1><span class="article__kicker">Harbours</span> <span class="article__text">Ferries return to the bay</span></h1>'


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("", "Ferries return to the bay"),
        ("<title>Harbours: Ferries return to the bay</title>", "Ferries return to the bay"),
        ('<meta property="og:title" content="Bay traffic: Ferries return to the bay">', "Ferries return to the bay"),
        ('<meta property="og:title" content="Harbours: Ferries return to the bay">', "Harbours: Ferries return to the bay"),
    ],
)
def test_a_kicker_in_the_heading_is_no_headline_unless_the_data_say_so(head: str, expected: str) -> None:
    assert read(head, KICKED) == expected


def test_an_emphasised_beginning_is_no_kicker() -> None:
    assert read("", "<h1><em>Bay Life</em> and how the ferries returned</h1>") == "Bay Life and how the ferries returned"


@pytest.mark.parametrize(
    "heading",
    [
        '<h1><a href="/">Tales of Water</a></h1>',
        '<h1><a href="https://web.archive.org/web/20140226054445/http://www.harbour-post.example/">Tales of Water</a></h1>',
        '<h1 class="site-title">Tales of Water</h1>',
    ],
)
def test_a_heading_that_is_the_sites_name_is_no_headline(heading: str) -> None:
    head = "<title>Tales of Water » Archive » Ferries return to the bay</title>"
    assert read(head, f"{heading}<h2>Ferries return to the bay</h2>") == "Ferries return to the bay"


def test_a_site_title_inside_the_article_is_its_headline() -> None:
    assert read("", '<article><h1 class="site__title">Ferries return to the bay</h1></article>') == "Ferries return to the bay"


def test_a_page_that_calls_itself_by_its_headline_keeps_it() -> None:
    named = '<meta property="og:site_name" content="Ferries return to the bay | Harbour Post">'
    assert read(f"<title>Ferries return to the bay | Harbour Post</title>{named}", "<h1>Ferries return to the bay</h1>") is not None


def test_a_second_heading_that_all_data_name_beats_a_first_that_shares_a_word() -> None:
    head = '<meta property="og:title" content="Ferries return to the bay"><title>Ferries return to the bay</title>'
    assert read(head, "<h1>Ferries, boats, harbours and more</h1><h2>Ferries return to the bay</h2>") == "Ferries return to the bay"


TRAILS = [
    '<nav class="path"><a href="/">Start</a> <a href="/bay/">Bay</a> <h1>{}</h1></nav>',
    '<ul><li><a href="/">Start</a></li><li><a href="/bay/">Bay</a></li><li><h1>{}</h1></li></ul>',
    '<div class="crumbs"><a href="/bay/">Bay</a> <span><h1>{}</h1></span></div>',
]
SEARCHED, SHARED = "Bay ferry news: ferries back in 2024", "At last, the boats are back"


@pytest.mark.parametrize("trail", TRAILS)
def test_a_heading_that_ends_a_trail_of_links_gives_way_to_the_one_that_is_shared(trail: str) -> None:
    head = f'<title>{SEARCHED} | Harbour Post</title><meta property="og:title" content="{SHARED}">{SITE}'
    headed = f'<article><h2><span class="kicker">Ferries</span> {SHARED}</h2></article>'
    assert read(head, trail.format(SEARCHED) + headed, ld={"@type": "NewsArticle", "headline": SEARCHED}) == SHARED


@pytest.mark.parametrize("trail", TRAILS)
@pytest.mark.parametrize("shared", [SEARCHED, "A third name of the story"])
def test_a_heading_that_ends_a_trail_stands_where_the_shared_title_is_no_other_heading(trail: str, shared: str) -> None:
    head = f'<title>{SEARCHED} | Harbour Post</title><meta property="og:title" content="{shared}">{SITE}'
    assert read(head, f"{trail.format(SEARCHED)}<article><h2>{SHARED}</h2></article>") == SEARCHED


def test_a_heading_over_the_text_stands_beside_another_that_is_shared() -> None:
    head = f'<title>{SEARCHED}</title><meta property="og:title" content="{SHARED}">'
    assert read(head, f"<article><h1>{SEARCHED}</h1></article><h2>{SHARED}</h2>") == SEARCHED


@pytest.mark.parametrize("told", ["Quiet bay: why the boats stay out", "Quiet bay - why the boats stay out"])
def test_where_a_heading_breaks_its_line_the_data_tell_the_mark(told: str) -> None:
    head = f'<meta property="og:title" content="{told}"><title>{told} | Harbour Post</title>{SITE}'
    assert read(head, "<h1>Quiet bay<br>why the boats stay out</h1>") == told


def test_a_heading_keeps_the_marks_that_the_data_leave_out() -> None:
    head = '<meta property="og:title" content="Quiet bay why the boats stay out">'
    assert read(head, "<h1>Quiet bay: why the boats stay out</h1>") == "Quiet bay: why the boats stay out"


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("The ferries return to the bay", "The ferries return to the bay"),
        ("2024 ferries return to the bay", "2024 ferries return to the bay"),
        ("Harbours / Ferries return to the bay", "Ferries return to the bay"),
        ("Title:Ferries return to the bay", "Ferries return to the bay"),
        ('"We row" Ferries return to the bay', "Ferries return to the bay"),
        ("<span>Harbours</span> Ferries return to the bay", "Ferries return to the bay"),
    ],
)
def test_a_kicker_is_parted_from_the_headline(heading: str, expected: str) -> None:
    assert read('<meta property="og:title" content="Ferries return to the bay">', f"<h1>{heading}</h1>") == expected


TOLD = '<title>Seven reasons why nobody rows any more</title><meta property="og:title" content="Seven reasons why nobody rows any more">'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>The empty bay</h1>", "The empty bay"),
        ("<ul><li><a href='/a'>Seven reasons why nobody rows any more</a></li></ul><h1>The empty bay</h1>", "The empty bay"),
        (f"<p>{'They rowed at dawn. ' * 12}</p><h1>The empty bay</h1>", "Seven reasons why nobody rows any more"),
        ("<h1>The empty bay</h1><div>Seven reasons why nobody rows any more</div>", "Seven reasons why nobody rows any more"),
        ("<nav><h1>The empty bay</h1></nav>", "Seven reasons why nobody rows any more"),
        ("<h1>Storm in the bay +++ Ferries back in port</h1>", "Seven reasons why nobody rows any more"),
        ("<h1>The empty bay</h1><h1>The full harbour</h1>", "Seven reasons why nobody rows any more"),
    ],
)
def test_the_only_heading_that_opens_the_page_is_the_headline_whatever_the_data_say(body: str, expected: str) -> None:
    assert read(TOLD, body) == expected


def test_a_headline_that_holds_the_sites_name_is_none() -> None:
    for headline in ("Ten years of Harbour Post", "Harbour Post wins a prize"):
        assert read(f"<title>{headline} - Harbour Post</title>{SITE}", f"<h1>{headline}</h1>") == headline
        assert read(f"<title>{headline} - Harbour Post</title>{SITE}") == headline
    assert read(f"<title>Ferries return - Harbour Post News - Harbour Post</title>{SITE}") == "Ferries return"


def test_the_domain_before_the_headline_is_cut() -> None:
    for domain in ("harbour-post.example", "www.harbour-post.example"):
        assert read(f"<title>{domain} // » Ferries return to the bay</title>") == "Ferries return to the bay"


def test_a_heading_of_one_word_is_not_the_long_title_that_holds_it() -> None:
    headline = "How the ferries, the trams and the night buses came back to the bay"
    body = "<h1>readme.txt</h1><p>Text.</p><h1>Trams</h1><p>Text.</p><h1>Lifts</h1>"
    assert read(f'<title>{headline} · Harbour Post</title><meta property="og:title" content="{headline}">{SITE}', body) == headline
    assert read("<title>Trams of the bay</title>", "<h1>Menu</h1><h1>Trams</h1>") == "Trams"


def test_of_headings_that_fit_poorly_the_first_is_the_headline() -> None:
    head = '<title>Rowing in the bay | Harbour Post</title><meta property="og:title" content="Our favourite rowing spots">' + SITE
    first, second = "The best quays and landings for rowing around the whole harbour", "Here is where to go sailing in the bay"
    assert read(head, f"<h1>Menu</h1><h1>{first}</h1><h1>{second}</h1>") == first


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h2>Rowing in the bay</h2><h1>Our three best quays for rowing in the bay</h1><h1>Boats</h1>", "Rowing in the bay"),
        ("<h1>Rowing in the bay for a whole week</h1><h2>Rowing in the bay</h2>", "Rowing in the bay"),
        ("<h1>Rowing in the bay for a whole week</h1><h2><a href='/1'>Rowing in the bay</a></h2>", "Rowing in the bay for a whole week"),
        ("<h1>Rowing in the bay for a whole week</h1><a href='/1'><h2>Rowing in the bay</h2></a>", "Rowing in the bay for a whole week"),
        ("<h1>Rowing in the bay for a whole week</h1><h2>Rowing in the bay at night</h2>", "Rowing in the bay for a whole week"),
        ("<h1>Rowing in the bay</h1><h2>Rowing in the bay</h2>", "Rowing in the bay"),
    ],
)
def test_a_second_heading_that_is_the_datas_title_beats_a_first_that_is_like_it(body: str, expected: str) -> None:
    assert read(f"<title>Rowing in the bay | Harbour Post</title>{SITE}", body) == expected


@pytest.mark.parametrize(
    "printed", ["海港市政府-市府公告舊橋管制措施", "市府公告舊橋管制措施-海港市政府", "市府公告舊橋管制措施--海港市政府"]
)
def test_between_han_letters_a_hyphen_parts_without_spaces(printed: str) -> None:
    assert read(f"<title>{printed}</title>", "<div>市府公告舊橋管制措施</div>") == "市府公告舊橋管制措施"
    assert read("<title>北京-上海高铁今日提速</title>", "<h1>北京-上海高铁今日提速</h1>") == "北京-上海高铁今日提速"
