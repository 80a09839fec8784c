"""The taxonomy, signal by signal."""

import json

import pytest

from extractors import structured
from extractors.article import Taxonomy
from extractors.document import parse
from extractors.fields import taxonomy
from extractors.fields.taxonomy import Filing

TITLE = "Ferries return to the bay"
TEXT = (
    "<p>The ferries came back to the harbour on Monday, said the port and the city of Kiel, where fishing and tourism wait for boats.</p>"
)


def filing(body: str = "", *, head: str = "", ld: dict[str, object] | None = None, title: str = TITLE) -> Filing:
    node = {"@type": "NewsArticle", "headline": TITLE, **(ld or {})}
    script = f'<script type="application/ld+json">{json.dumps(node)}</script>' if ld else ""
    html = f"<html><head><title>{TITLE}</title>{head}{script}</head><body><article><h1>{TITLE}</h1>{TEXT}{body}</article></body></html>"
    document = parse(html, url="https://www.harbour-post.example/news/1")
    return taxonomy.read(document, structured.read(document), title)


def read(body: str = "", *, head: str = "", ld: dict[str, object] | None = None, title: str = TITLE) -> Taxonomy:
    return filing(body, head=head, ld=ld, title=title).taxonomy


@pytest.mark.parametrize(
    "keywords", [["Boats", "Kiel"], "Boats, Kiel", "Boats; Kiel", ["Boats, Kiel"], [{"@type": "Thing", "name": "Boats"}, "Kiel"]]
)
def test_linked_keywords(keywords: object) -> None:
    assert read(ld={"keywords": keywords}).tags == ("Boats", "Kiel")


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:tag" content="Boats"><meta property="article:tag" content="Kiel">',
        '<meta name="news_keywords" content="Boats, Kiel">',
        '<meta name="keywords" content="Boats,Kiel">',
        '<meta name="parsely-tags" content="Boats,Kiel">',
    ],
)
def test_metas(head: str) -> None:
    assert read(head=head).tags == ("Boats", "Kiel")


@pytest.mark.parametrize(
    "body",
    [
        '<p><a rel="tag" href="/tag/boats">Boats</a> <a rel="tag" href="/tag/kiel">#Kiel</a></p>',
        '<ul class="article-tags"><li><a href="/topic/boats">Boats</a></li><li><a href="/topic/kiel">Kiel</a></li></ul>',
        "<p>Tags: Boats, Kiel</p>",
        '<p>in <a class="p-category" href="/boats">Boats</a> and <a class="p-category" href="/kiel">Kiel</a></p>',
        '<div class="tag-list"><a href="/tag/boats">Boats<sup>3</sup></a><a href="/tag/kiel"><i>#</i>Kiel<span>(12)</span></a></div>',
    ],
)
def test_printed_tags(body: str) -> None:
    assert read(body).tags == ("Boats", "Kiel")


@pytest.mark.parametrize(
    "body",
    [
        '<div class="field field-label-hidden"><p>See <a href="/a">the pier</a> and <a href="/b">$20</a></p></div>',
        '<ul class="hotTopics"><li><a href="/topic/boats">Boats</a></li></ul>',
        '<div class="trending-topics"><a href="/topic/boats">Boats</a></div>',
        '<label class="searchLabel"><a href="/index">Site Index</a></label>',
        '<div class="card u-theme--yellow"><a href="/touch">Get in touch</a></div>',
    ],
)
def test_names_of_forms_styles_and_menus_are_no_tags(body: str) -> None:
    assert read(body).tags == ()


def test_of_a_list_with_links_to_tags_the_other_links_are_none() -> None:
    assert read('<div class="tags"><a href="/tag/kiel">Kiel</a> <a href="#comments">Jump to comments</a></div>').tags == ("Kiel",)


def test_the_sites_own_keywords_are_no_tags() -> None:
    assert read(head='<meta name="keywords" content="news, politics, sport, culture, weather, jobs">').tags == ()


def test_words_of_the_headline_are_no_tags() -> None:
    assert read(head='<meta name="keywords" content="ferries, return, to, the, bay">').tags == ()


@pytest.mark.parametrize(
    ("keywords", "address", "tags"),
    [
        ("vuelven, los, botes, bahia, jubilo", "https://puerto.example/2026/vuelven-los-botes-a-la-bahia-jubilo.html", ()),
        ("vuelve, la, estacion, del, jamon, iberico", "https://puerto.example/1", ()),
        ("harbour, fishing, kiel, tourism", "https://puerto.example/kiel-harbour", ("harbour", "fishing", "kiel", "tourism")),
    ],
)
def test_words_of_an_earlier_headline_that_the_address_keeps_are_no_tags(keywords: str, address: str, tags: tuple[str, ...]) -> None:
    headline = "Vuelve la estación del jamón ibérico" if "jamon" in keywords else TITLE
    said = f"<p>{keywords}: {'so it is said, ' * 9}</p>"
    page = f'<html><head><meta name="keywords" content="{keywords}"></head><body><h1>{headline}</h1>{TEXT}{said}</body></html>'
    document = parse(page, url=address)
    assert taxonomy.read(document, structured.read(document), headline).taxonomy.tags == tags


def test_the_title_is_no_tag() -> None:
    tags = '<ul class="article-tags"><li><a href="/topic/boats">Boats</a></li><li><a href="#">Share</a></li></ul>'
    assert read(tags, head=f'<meta name="keywords" content="{TITLE}">').tags == ("Boats",)


def test_several_categories_and_the_first_crumb() -> None:
    assert read(ld={"articleSection": ["Travel", "Boats", "Kiel"]}).section == ("Travel", "Boats", "Kiel")
    crumbs = '<nav class="breadcrumb"><a href="/">Home</a> <a href="/travel">Travel</a> <a href="/travel/boats">Boats</a></nav>'
    assert read(crumbs).section == ("Travel",)


def test_section() -> None:
    assert read(ld={"articleSection": "Travel"}).section == ("Travel",)
    assert read(head='<meta property="article:section" content="Travel">').section == ("Travel",)


def test_breadcrumbs_without_front_page_and_headline() -> None:
    links = f'<a href="/">Home</a> <a href="/travel">Travel</a> <a href="/news/1">{TITLE}</a>'
    crumbs = f'<nav class="breadcrumb">{links}</nav>'
    assert read(crumbs).section == ("Travel",)


def test_a_section_whose_name_is_a_word_of_the_headline() -> None:
    crumbs = '<nav class="breadcrumb"><a href="/">Home</a> <a href="/bay">Bay</a> <a href="/news/1">Ferries return to the b…</a></nav>'
    assert read(crumbs).section == ("Bay",)


def test_slug_takes_the_readable_spelling() -> None:
    found = read(head='<meta name="parsely-section" content="public-service"><meta name="category" content="Public Service">')
    assert found.section == ("Public Service",)


def test_a_label_decides_the_list() -> None:
    found = read("<p>Region: Baltic Sea</p><p>Theme: Fishing, Tourism</p><p>Tags: Boats</p>")
    assert found.region == ("Baltic Sea",)
    assert found.theme == ("Fishing", "Tourism")
    assert found.tags == ("Boats",)


def test_no_label_twice() -> None:
    found = read(head='<meta name="keywords" content="Sécurité,securite,SECURITE,Travel">', ld={"articleSection": "Travel"})
    assert found.section == ("Travel",)
    assert found.tags == ("Sécurité",)


def test_identifiers_and_furniture_are_left_out() -> None:
    keywords = ["98be933f-38cf-4fba-b6c6-ad438e82010a", "topic:abc", "https://harbour-post.example", "More topics", "Boats", "x" * 90]
    assert read(ld={"keywords": keywords}).tags == ("Boats",)


def test_provenance() -> None:
    found = filing(head='<meta name="news_keywords" content="Boats, Kiel">')
    assert found.provenance["tags"].origin == "meta"
    assert found.provenance["tags"].raw == "Boats, Kiel"
    assert 0 < found.provenance["tags"].confidence < 1
    assert set(found.provenance) == {"tags"}


def test_an_address_that_no_parser_reads_stops_nothing() -> None:
    html = f'<title>{TITLE}</title><meta name="keywords" content="boats, kiel, port, city"><h1>{TITLE}</h1>{TEXT}'
    document = parse(html, url="http://[no-address/ferries")
    assert taxonomy.read(document, structured.read(document), TITLE).taxonomy.tags == ("boats", "kiel", "port", "city")


def test_an_organisation_that_the_article_is_about_is_not_the_site() -> None:
    harbour = {"@type": "Organization", "name": "Kiel Port"}
    for key in ("about", "mentions"):
        assert read(ld={"keywords": ["Boats", "Kiel Port"], key: [harbour]}).tags == ("Boats", "Kiel Port")
    assert read(ld={"keywords": ["Boats", "Kiel Port"], "publisher": harbour, "about": [harbour]}).tags == ("Boats",)


@pytest.mark.parametrize("printed", ["Tagged In: Boats, Kiel", "Tagged in Boats, Kiel", "Tagged under: Boats, Kiel"])
def test_tagged_in(printed: str) -> None:
    assert read(f"<p>{printed}</p>").tags == ("Boats", "Kiel")


def test_a_bare_label_has_no_value() -> None:
    assert read("<p>Tagged In</p><p>More of the text that says nothing of it.</p>").tags == ()


def test_a_label_keeps_the_hyphens_that_the_page_prints() -> None:
    metas = '<meta property="article:tag" content="low-income"><meta property="article:tag" content="city-harbour">'
    printed = '<div class="tags"><a href="/tag/low-income">low-income</a> <a href="/tag/city-harbour">City harbour</a></div>'
    assert read(printed, head=metas).tags == ("low-income", "City harbour")
    assert read(head=metas).tags == ("low income", "city harbour")


def test_a_network_may_be_a_topic_but_no_link_to_share() -> None:
    metas = '<meta name="keywords" content="Facebook, Kiel">'
    assert read(head=metas).tags == ("Facebook", "Kiel")
    assert (
        read('<div class="share has-tags"><a href="https://www.facebook.com/sharer">Facebook</a> <a href="/mail">Email</a></div>').tags
        == ()
    )


def test_a_crumb_that_is_the_headline_is_no_section() -> None:
    items = [{"@type": "ListItem", "name": name} for name in ("Home", "Ferries return &#8211; to the bay, at last")]
    assert (
        read(ld={"breadcrumb": {"@type": "BreadcrumbList", "itemListElement": items}}, title="Ferries return – to the bay, at last").section
        == ()
    )


def links(*words: str, path: str = "/tag/", around: str = "{}") -> str:
    return "".join(around.format(f'<a href="{path}{word.lower()}">{word}</a>') for word in words)


@pytest.mark.parametrize("block", ['<div class="flex gap-4">{}</div>', "<ul>{}</ul>", "<div><p>{}</p></div>"])
@pytest.mark.parametrize("path", ["/tag/", "/news/topic/", "https://www.harbour-post.example/aktuell/thema/"])
def test_links_to_pages_of_tags_are_tags_whatever_their_block_is_called(block: str, path: str) -> None:
    item = "<li>{}</li>" if block.startswith("<ul") else "{}"
    assert read(block.format(links("Fishing", "Tourism", "Boats", path=path, around=item))).tags == ("Fishing", "Tourism", "Boats")


@pytest.mark.parametrize(
    "body",
    [
        f"<div>{links('Fishing')}</div>",
        f"<div>{links('Opera', 'Ballet', 'Fishing', 'Cinema')}</div>",
        f"<div>{links('Fishing', 'Tourism')} <a href='/all'>All stories</a></div>",
        f"<p>They spoke of {links('Fishing')} and also of {links('Tourism')}, as they had done on all the days before.</p>",
        f"<nav>{links('Fishing', 'Tourism')}</nav>",
        f"<div class='related'>{links('Fishing', 'Tourism')}</div>",
        f"<div>{links('Fishing', 'Tourism', path='https://shop.example/?tag=')}</div>",
    ],
)
def test_other_links_to_pages_of_tags(body: str) -> None:
    assert read(body).tags == ()


def test_what_a_page_declares_comes_before_links_to_pages_of_tags() -> None:
    body = f"<div>{links('Fishing', 'Tourism')}</div>"
    assert read(body, head='<meta name="keywords" content="Boats, Kiel">').tags == ("Boats", "Kiel")
    assert read(body, head='<meta name="keywords" content="Boats">').tags == ("Boats",)
    assert read(f"<div>{links('Fishing', 'Tourism', 'Boats')}</div>", head='<meta name="keywords" content="Boats">').tags[0] == "Fishing"


@pytest.mark.parametrize("room", ["aside", "nav"])
def test_a_list_of_tags_in_a_margin_of_the_article(room: str) -> None:
    listed = f'<{room} class="meta"><ul class="tags">{links("Fishing", "Tourism", path="/s/", around="<li>{}</li>")}</ul></{room}>'
    assert read(listed).tags == ("Fishing", "Tourism")
    assert read(f"</article>{listed}").tags == ()
    assert read(listed.replace('"meta"', '"related"')).tags == ()
    assert read(f"<article>{listed}</article>").tags == ()
    assert read(f'<{room}><ul class="tags"><li><a href="/s/fishing">Fishing</a></li></ul></{room}>').tags == ()


def test_the_menus_item_of_the_posts_category_is_its_section_where_nothing_else_says_one() -> None:
    below = '<ul><li><a href="/c/2">Piers</a></li></ul>'
    item = f'<li class="menu-item current-menu-parent current-post-parent"><a href="/c/1">Harbours</a>{below}</li>'
    menu = f'<nav><ul><li class="menu-item"><a href="/c/3">Culture</a></li>{item}{item}</ul></nav>'
    assert read(menu).section == ("Harbours",)
    assert read(menu, head='<meta property="article:section" content="Bay">').section == ("Bay",)


@pytest.mark.parametrize("button", ["Follow", "Themen bearbeiten", "Suivre", "Подписаться", "フォローする", "متابعة"])
def test_a_button_to_follow_a_topic_is_no_topic(button: str) -> None:
    listed = '<div class="articleTags"><a href="/person/ann-mole/">Ann Mole</a></div>'
    assert read(f'{listed}<div class="topics"><a href="/profile/topics">{button}</a></div>').tags == ("Ann Mole",)


def test_a_part_of_the_sites_name_may_be_a_section_and_is_no_tag() -> None:
    head = '<meta property="og:site_name" content="Harbours Weekly"><meta property="article:tag" content="Harbours">'
    head += '<meta property="article:tag" content="Boats"><meta property="article:section" content="{}">'
    assert read(head=head.format("Harbours")).section == ("Harbours",)
    assert read(head=head.format("Harbours Weekly")).section == ()
    assert read(head=head.format("Bay")).tags == ("Boats",)
