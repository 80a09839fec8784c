"""The byline, signal by signal."""

import json

import pytest

from extractors import structured
from extractors.document import parse
from extractors.fields import byline
from extractors.fields.byline import Byline

TITLE = "Ferries return to the bay"


def read(body: str = "", *, head: str = "", author: object = None) -> Byline:
    node = {"@type": "NewsArticle", "headline": TITLE, "author": author}
    script = f'<script type="application/ld+json">{json.dumps(node)}</script>' if author is not None else ""
    text = "<p>The ferries came back on Monday.</p>"
    html = f"<html><head><title>{TITLE}</title>{head}{script}</head><body><h1>{TITLE}</h1>{body}{text}</body></html>"
    document = parse(html, url="https://www.harbour-post.example/news/1")
    return byline.read(document, structured.read(document), TITLE)


def authors(found: Byline) -> list[str]:
    return list(found.authors.value) if found.authors else []


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ({"@type": "Person", "name": "Jo Field"}, ["Jo Field"]),
        ([{"@type": "Person", "name": "Jo Field"}, {"@type": "Person", "name": "Ann Lee"}], ["Jo Field", "Ann Lee"]),
        ("Jo Field, Ann Lee", ["Jo Field", "Ann Lee"]),
        (["Jo Field", "Ann Lee"], ["Jo Field", "Ann Lee"]),
        ({"@type": "Person", "givenName": "Jo", "familyName": "Field"}, ["Jo Field"]),
        ({"@type": "Person", "name": ["Jo Field", "Ann Lee"]}, ["Jo Field", "Ann Lee"]),
        ({"@type": "Person", "name": "By Jo Field"}, ["Jo Field"]),
        ([{"@type": "Person", "name": "Jo Field"}, {"@type": "Person", "name": "JO FIELD"}], ["Jo Field"]),
    ],
)
def test_linked_data(author: object, names: list[str]) -> None:
    found = read(author=author)
    assert authors(found) == names
    assert found.authors is not None
    assert found.authors.provenance.origin == "jsonld"


def test_meta() -> None:
    found = read(head='<meta name="author" content="Jo Field">')
    assert authors(found) == ["Jo Field"]
    assert found.authors is not None
    assert found.authors.provenance.origin == "meta"


@pytest.mark.parametrize(
    "markup",
    [
        '<p class="byline">By Jo Field</p>',
        '<div class="post-author"><span>By</span> <a href="/authors/jo-field">Jo Field</a></div>',
        '<a rel="author" href="/x">Jo Field</a>',
        '<span itemprop="author">Jo Field</span>',
        '<div class="entry-meta"><span class="posted-on">May 3, 2024</span> <span class="author vcard">Jo Field</span> <i>Post</i></div>',
        "<div class='author'><div class='field-label-hidden'><a href='/author/jo'>Jo Field</a></div></div>",
        "<p>By Jo Field</p>",
        "<p>Jo Field</p><p>3 May 2024, 10:00</p>",
        "<div>By</div><button>Jo Field</button>",
        "<div>By</div><div>Jo Field</div><div>Reviewed by</div><div>Ann Lee</div>",
        "<div class='byline'><p>By Jo Field</p><p>Jo writes on boats and is a fellow of Harbour Watch, Ann Arbor, and of the bay</p></div>",
        f"<p>{'A long standfirst. ' * 20}</p><p>Jo Field</p><p>3 May 2024, 10:00</p>",
        '<article class="comments-on related"><footer class="entry-footer"><span class="byline">By Jo Field</span></footer></article>',
    ],
)
def test_printed(markup: str) -> None:
    found = read(markup)
    assert authors(found) == ["Jo Field"]
    assert found.byline is not None
    assert "Jo Field" in found.byline.value


def test_an_account_is_credited_where_nobody_is_named() -> None:
    assert authors(read("<p>by harbour77</p>")) == ["harbour77"]
    assert authors(read("<p>by harbour77</p>", author={"@type": "Person", "name": "Jo Field"})) == ["Jo Field"]


def test_byline_is_as_printed() -> None:
    found = read('<p class="byline">By Jo Field</p>', author={"@type": "Person", "name": "Jo Field"})
    assert found.byline is not None
    assert found.byline.value == "By Jo Field"


def test_print_names_more_than_the_data() -> None:
    markup = '<div class="bylines"><a href="/author/jo">Jo Field</a> and <a href="/author/ann">Ann Lee</a></div>'
    assert authors(read(markup, author={"@type": "Person", "name": "Ann Lee"})) == ["Jo Field", "Ann Lee"]


def test_author_of_a_teaser_is_not_taken() -> None:
    teasers = '<div class="related"><span class="author">By Ann Lee</span></div><aside><p class="author">Bo Ray</p></aside>'
    markup = f'<p class="byline">By Jo Field</p>{teasers}'
    assert authors(read(markup)) == ["Jo Field"]


def test_site_name_gives_way_to_a_person() -> None:
    found = read('<p class="byline">By Jo Field</p>', author={"@type": "Organization", "name": "Harbour Post"})
    assert authors(found) == ["Jo Field"]


def test_body_where_nobody_is_named() -> None:
    assert authors(read(author={"@type": "Organization", "name": "Harbour Office"})) == ["Harbour Office"]


def test_agency_stands_apart_and_steps_in() -> None:
    found = read('<p class="byline">By Jo Field, Reuters</p>')
    assert authors(found) == ["Jo Field"]
    assert found.agencies is not None
    assert found.agencies.value == ("Reuters",)
    assert authors(read('<p class="byline">Reuters</p>')) == ["Reuters"]


@pytest.mark.parametrize("author", ["admin", "Staff", "https://www.harbour-post.example/a/1", {"@type": "Person"}, 7, None, []])
def test_nobody(author: object) -> None:
    found = read(author=author)
    assert authors(found) == []
    assert found.byline is None


def test_checker_is_no_author() -> None:
    checker = '<p>Fact-checked by <a href="/author/ann">Ann Lee</a></p>'
    markup = f'<div class="author-names"><p>By <a href="/author/jo">Jo Field</a></p>{checker}</div>'
    assert authors(read(markup)) == ["Jo Field"]


@pytest.mark.parametrize(
    ("printed", "byline_text"),
    [
        (
            '<div class="byline"><span>By <a href="/authors/jo">Jo Field</a></span><time>May 3</time><span>4 min read</span></div>',
            "By Jo Field",
        ),
        ('<p class="meta">By <a href="/authors/jo">Jo Field</a><time>3 May 2024</time></p>', "By Jo Field"),
        ('<p class="byline">By Jo Field, with Reuters</p>', "By Jo Field, with Reuters"),
        ('<p class="byline">By Jo Field | Updated 3 May</p>', "By Jo Field"),
        ('<p class="byline">By Jo Field, Correspondent Dec 22, 2023, 10:15 PM</p>', "By Jo Field, Correspondent"),
        ('<p class="byline">By Jo Field ⋅ Tester ⋅ Updated March 5, 2025</p>', "By Jo Field ⋅ Tester"),
        ('<p class="byline">ByJo Field</p>', "By Jo Field"),
        ('<p class="byline">By Jo Field Dec 21st 2023 at 10:00AM</p>', "By Jo Field"),
        ('<p class="byline">By By Jo Field</p>', "By Jo Field"),
        ('<p class="byline">May 15, 2013 02:29 PM EDT | Jo Field</p>', "Jo Field"),
        ('<p class="byline">By Jo Field, E-mail the writer</p>', "By Jo Field"),
    ],
)
def test_printed_without_what_stands_behind_the_names(printed: str, byline_text: str) -> None:
    found = read(printed)
    assert authors(found) == ["Jo Field"]
    assert found.byline is not None
    assert found.byline.value == byline_text


def test_middle_names_left_out_in_print() -> None:
    assert authors(read('<p class="byline">By Jo Field</p>', author={"@type": "Person", "name": "Jo Ann FIELD"})) == ["Jo Ann FIELD"]


@pytest.mark.parametrize(
    "line",
    [
        "Jo Field | 3 March 2024 at 10:30",
        "Jo FieldMar 05, 2024 12 Shares",
        "25.10.2022 - Jo Field",
        "posted on 2023-12-19 23:30 EST by Jo Field",
    ],
)
def test_a_dateline_beside_the_title_names_its_author(line: str) -> None:
    assert authors(read(f"<p>{line}</p>")) == ["Jo Field"]


def test_bare_lines_beside_the_title_are_names_only_where_they_begin_with_a_given_name() -> None:
    assert authors(read("<p>Key Insights</p>")) == []
    assert authors(read("<p>Matteo Farini</p>")) == ["Matteo Farini"]


def test_undated_lines_over_the_title_are_no_credits() -> None:
    page = f"<html><head><title>{TITLE}</title></head><body><p>Join Bay Club</p><h1>{TITLE}</h1><p>The ferries came back.</p></body></html>"
    document = parse(page, url="https://www.harbour-post.example/news/1")
    assert authors(byline.read(document, structured.read(document), TITLE)) == []


SITE = '<meta property="og:site_name" content="Bay Mirror">'


def test_the_sites_name_gives_way_to_an_agency_and_to_people() -> None:
    publisher = {"@type": "Organization", "name": "Bay Mirror"}
    assert authors(read(head=f'{SITE}<meta name="author" content="AFP">', author=publisher)) == ["AFP"]
    assert authors(read('<p class="byline">By Jo Field</p>', head=SITE, author=publisher)) == ["Jo Field"]


def test_a_person_whose_own_site_bears_her_name_is_an_author() -> None:
    page = (
        f"<html><head><title>{TITLE}</title>"
        '<meta property="og:site_name" content="Jo Field"><meta name="author" content="Jo Field">'
        '<script type="application/ld+json">{"@type": ["Person", "Organization"], "name": "Jo Field"}</script></head>'
        f"<body><h1>{TITLE}</h1><p>The ferries came back.</p></body></html>"
    )
    document = parse(page, url="https://www.jofield.example/news/1")
    assert authors(byline.read(document, structured.read(document), TITLE)) == ["Jo Field"]


def test_a_given_name_alone_speaks_for_the_full_name() -> None:
    assert authors(read('<p>By Jo Field</p><a rel="author" href="/x">Jo</a>')) == ["Jo Field"]


def test_an_author_link_of_several_lines_gives_its_first() -> None:
    link = '<div class="author"><a href="/authors/jo-field"><div>Jo Field</div><div>Head Winemaker</div></a></div>'
    assert authors(read(link)) == ["Jo Field"]


def test_a_byline_in_another_article_than_the_titles_is_a_teasers() -> None:
    teaser = '<article class="card"><h3>Lock reopens</h3><div class="byline">By <a href="/author/ann">Ann Lee</a></div></article>'
    page = (
        f"<html><head><title>{TITLE}</title></head><body>{teaser * 13}"
        f'<article><h1>{TITLE}</h1><div class="byline">By Jo Field</div><p>The ferries came back.</p></article></body></html>'
    )
    document = parse(page, url="https://www.harbour-post.example/news/1")
    assert authors(byline.read(document, structured.read(document), TITLE)) == ["Jo Field"]


LONG = "<p>The ferries came back on Monday, and so did the gulls, the buskers and the queue at the kiosk.</p>"


@pytest.mark.parametrize("word", ["By", "Article by", "Von:", "Author(s)", "Par"])
def test_a_by_word_stands_alone_above_the_name(word: str) -> None:
    assert authors(read(f"{LONG * 20}<div><h2>{word}</h2><div>Jo Field</div></div>")) == ["Jo Field"]
    assert authors(read(f"{LONG * 20}<p>{word}</p><p>the quay, and more from there</p>")) == []


def test_a_dated_line_that_begins_with_no_given_name_is_weaker_than_a_credited_body() -> None:
    office = {"@type": "Organization", "name": "Harbour Office"}
    assert authors(read("<p>Lantern Markets</p><p>3 May 2024</p>", author=office)) == ["Harbour Office"]
    assert authors(read("<p>Matteo Farini</p><p>3 May 2024</p>", author=office)) == ["Matteo Farini"]
    photo = "<div>Jo Field / A. Farinitz / HP nuotr.</div><p>3 May 2024</p>"
    assert authors(read(photo, author={"@type": "Person", "name": "Jo Field"})) == ["Jo Field"]


@pytest.mark.parametrize(("line", "names"), [("Mpho Letsie", ["Mpho Letsie"]), ("Mpho Letsie/Thato Kgosi", ["Mpho Letsie", "Thato Kgosi"])])
def test_a_bold_line_over_the_first_paragraph_is_a_credit(line: str, names: list[str]) -> None:
    publisher = {"@type": "Organization", "name": "Bay Mirror"}
    markup = f"<p><strong>{line}</strong></p>{LONG}"
    assert authors(read(markup, head=f'{SITE}<meta name="author" content="Bay Mirror">', author=publisher)) == names
    assert authors(read(f"{LONG}{markup}", head=SITE, author=publisher)) == ["Bay Mirror"]
    heading = f"<p><strong>Busy Gulls</strong></p>{LONG}<p>{'The gulls were busy. ' * 4}</p>"
    assert authors(read(heading, author=publisher)) == ["Bay Mirror"]


@pytest.mark.parametrize("name", ["Bay Online", "98 Boats", "The Slip On"])
def test_a_credit_that_is_the_sites_name_letter_for_letter_is_the_site(name: str) -> None:
    site = f'<meta property="og:site_name" content="{name}">'
    assert authors(read(f"<p>Written by {name}</p>", head=site)) == [name]
    assert authors(read(head=f'{site}<meta name="author" content="{name}">')) == [name]


def test_a_dateline_may_credit_the_site() -> None:
    assert authors(read("<p>May 3, 2024 · 3 min read · By Bay Mirror Online</p>", head=SITE.replace("Mirror", "Mirror Online"))) == [
        "Bay Mirror Online"
    ]


def test_behind_a_byline_that_credits_the_site_later_ones_are_teasers() -> None:
    teaser = '<div class="author-wrapper"><p>Lock reopens</p><p>Ann Lee</p><p>May 3, 2024</p></div>'
    assert authors(read(f'<div class="author-wrapper">Bay Mirror</div>{LONG * 8}{teaser}', head=SITE)) == ["Bay Mirror"]


def test_who_is_printed_beside_the_title_outweighs_who_posted_it() -> None:
    posted = '<meta name="author" content="Ann Lee"><meta name="twitter:data1" content="Ann Lee">'
    link = f'{LONG * 9}<div class="author"><a href="/author/ann">Ann Lee</a></div>'
    assert authors(read(f"<p>By Matteo Farini</p>{link}", head=posted)) == ["Matteo Farini"]
    assert authors(read(f"<p>By Lantern Markets</p>{link}", head=posted)) == ["Ann Lee"]
    together = [{"@type": "Person", "name": "Matteo Farini"}, {"@type": "Person", "name": "Ann Lee"}]
    assert authors(read("<p>By Matteo Farini</p>", author=together)) == ["Matteo Farini", "Ann Lee"]


@pytest.mark.parametrize(
    ("markup", "names"),
    [
        ("<p>Posted by Matteo at May 16, 2024 11:15 AM</p><p>Posted by: Ann Lee at May 19, 2024 09:28 AM</p>", ["Matteo"]),
        (
            '<div class="author">Author: Boat7man on 29.12.2010, 13:36</div><div class="author"><p>29.12.10</p><p>gull Bay</p></div>',
            ["Boat7man"],
        ),
        ('<span class="author"><a href="/user,profile,30">Matteo</a></span>', ["Matteo"]),
        ('<span class="author"><a href="/authors/gullbay">gullbay</a></span>' + '<p class="author">Ann Lee</p>', ["gullbay"]),
        (f"<p>Posted by Keelhauler under Just For Fun, Reblogged | Filed under: {'Gulls, Boats, ' * 5}</p>", ["Keelhauler"]),
        ('<p class="ref">Bay 4, 3.5.2024; <span itemprop="author">hbp/kesu;mol</span></p>', ["hbp", "kesu", "mol"]),
        ('<span class="author">Cancel</span>', []),
        ("<p>By following the tips below and staying alert, you are doing your part to protect yourself and others.</p>", []),
    ],
)
def test_a_single_word_is_a_credit_where_an_element_or_a_by_word_says_so(markup: str, names: list[str]) -> None:
    assert authors(read(markup)) == names


def test_members_of_staff_sign_with_letters_behind_the_house() -> None:
    house = '<meta property="og:site_name" content="HBP">'
    assert authors(read('<p>Bay 4, 3.5.2024; <span itemprop="author">hbp/kesu;mol</span></p>', head=house)) == ["kesu", "mol"]


def test_a_menu_entry_that_begins_with_a_by_word_is_no_credit() -> None:
    menu = "<ul><li>By Event Type</li><li>Boats</li><li>Gulls</li><li>Quays</li><li>Kiosks</li></ul>"
    page = f"<html><head><title>{TITLE}</title>{SITE}</head><body>{menu}<h1>{TITLE}</h1>{LONG}</body></html>"
    document = parse(
        page.replace("</head>", '<meta name="author" content="Bay Mirror"></head>'), url="https://www.harbour-post.example/news/1"
    )
    assert authors(byline.read(document, structured.read(document), TITLE)) == ["Bay Mirror"]


def test_an_author_in_a_footer_inside_the_article_and_a_footnote_that_is_none() -> None:
    foot = '<footer id="full_meta"><p class="author"><a rel="author" href="/author/jo">Jo Field</a></p></footer>'
    page = f"<html><head><title>{TITLE}</title></head><body><article><div><h1>{TITLE}</h1>{LONG}{foot}</div></article></body></html>"
    document = parse(page, url="https://www.harbour-post.example/news/1")
    assert authors(byline.read(document, structured.read(document), TITLE)) == ["Jo Field"]
    note = '<ol><li id="user-content-fn-1">Bay Tides have had outages in May 2024.</li><li id="fn2">Harbour Rail, 2024</li></ol>'
    assert authors(read(f"{LONG * 9}{note}")) == []


def test_the_pages_own_node_names_the_author_where_no_articles_node_does() -> None:
    graph = [
        {"@type": "WebPage", "name": TITLE, "author": {"@id": "#p1"}},
        {"@type": ["Person"], "@id": "#p1", "name": "Jo Field"},
    ]
    head = f'<script type="application/ld+json">{json.dumps({"@graph": graph})}</script>'
    assert authors(read(head=head)) == ["Jo Field"]
    assert authors(read(head=head, author={"@type": "Person", "name": "Ann Lee"})) == ["Ann Lee"]
    assert authors(read('<p class="byline">By Bo Ray</p><p><a rel="author" href="/author/bo">Bo Ray</a></p>', head=head)) == ["Bo Ray"]


def test_a_list_below_a_by_word_names_all_of_its_authors() -> None:
    box = "<h6>Author(s)</h6><ul><li>Jo Field</li><li>Ann Lee</li><li>Bo M. Ray</li></ul>"
    assert authors(read(f"{LONG * 20}{box}")) == ["Jo Field", "Ann Lee", "Bo M. Ray"]
    menu = "<h6>Authors</h6><ul><li>Editions</li><li>Press room</li><li>Bay Gallery</li></ul>"
    assert authors(read(f"{LONG * 20}{menu}")) == []
    assert authors(read(f"{LONG * 20}<p><b>Contributors:</b> Jo Field</p>")) == ["Jo Field"]


def test_a_by_word_before_the_sites_name_and_a_word_more_credits_the_site() -> None:
    site = '<meta property="og:site_name" content="4b">'
    assert authors(read("<p>By 4b Global</p>", head=site)) == ["4b Global"]
    assert authors(read("<p>4b Global</p>", head=site)) == []


def test_a_by_word_alone_over_the_title_credits_the_name_between_them() -> None:
    page = f"<html><head><title>{TITLE}</title></head><body><div>by</div><h3>gullbay77</h3><h1>{TITLE}</h1>{LONG}</body></html>"
    document = parse(page, url="https://www.harbour-post.example/news/1")
    assert authors(byline.read(document, structured.read(document), TITLE)) == ["gullbay77"]


def test_an_unmarked_line_of_links_to_authors_pages_beside_the_title_is_a_credit() -> None:
    links = ", ".join(f'<a href="/report/author/{name[:3]}">{name}</a>' for name in ("Rui Faro", "Heba Loden", "Manu Sotra"))
    posted = '<meta name="author" content="Rui Faro">'
    assert authors(read(f'<div class="text-2">{links}</div>', head=posted)) == ["Rui Faro", "Heba Loden", "Manu Sotra"]
    assert authors(read('<div class="text-2"><a href="/report/author/rui">Full Bio</a></div>', head=posted)) == ["Rui Faro"]


@pytest.mark.parametrize("team", ["The Harbour Team", "Bay Post Redaktion", "EDB Team", "BAYNET Pier Team", "News Desk"])
def test_a_by_word_credits_the_team_of_a_house_whole(team: str) -> None:
    assert authors(read(f"<p>Written by {team}</p>")) == [team]
    assert authors(read(f"<p>Written by {team}</p>", author={"@type": "Person", "name": "Jo Field"})) == ["Jo Field"]


def test_what_the_site_files_it_under_is_no_author() -> None:
    filed = "<div>For the Post</div><div>Filed Under</div><div>Lifestyle</div><div>Cascade Bay</div>"
    assert authors(read(f'<div class="byline">{filed}</div>')) == []


def test_more_from_the_site_is_no_credit_of_the_site() -> None:
    found = read("<div>Bay Times 9/21/2016 Quillane Borreth</div><div>Boats</div><p>More from Harbour Post</p>")
    assert authors(found) == ["Quillane Borreth"]


def test_a_medium_for_another_is_no_person() -> None:
    assert authors(read('<p class="byline">Jo Field | BB Coast Media for bay.example</p>')) == ["Jo Field"]
    assert authors(read("<p>From Web Edition</p>")) == []


def test_a_caption_that_begins_with_a_name_and_tells_a_year_is_no_credit() -> None:
    assert authors(read("<div>Hassan Mustafa Nasr, known as the pilot, was taken from the quay in 2003</div>")) == []
    assert authors(read("<div>Hassan Mustafa Nasr, 3 March 2003</div>")) == ["Hassan Mustafa Nasr"]


def test_who_comments_below_a_short_article_is_not_its_author() -> None:
    prose = (
        "<p>The ferries came back on Monday, and the town, which had waited for them since the winter, was not ready for them at all.</p>"
    )
    assert read(f"{prose * 3}<h3>Comments</h3><div><b>Jo Field</b> 3 May 2023 10:15<p>At last.</p></div>").authors is None


def test_a_sentence_beside_the_title_and_a_caption_are_no_credits() -> None:
    told = "The ferry was shown in May today by Gran Harbour creator Mara Lind, who has built boats on the island for 15 years."
    assert authors(read(f"<p>May 3, 2024</p><p>{told}</p><p>Gran Harbour has one more.</p>")) == []
    seen = "<div class='{}'>Mara Lind</div><p>May 3, 2024</p>"
    assert authors(read(f"<div><img>{seen.format('caption')}</div>")) == []
    assert authors(read(f"<div><img>{seen.format('first')}</div>")) == ["Mara Lind"]
