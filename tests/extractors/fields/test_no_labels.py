"""What stands among labels and is none: writers, words of every page, menus, links away, notes of the system."""

import pytest

from extractors import structured
from extractors.document import parse
from extractors.fields import taxonomy
from tests.extractors.fields.test_taxonomy import TEXT, TITLE, read


def by(head: str, body: str = "", *, authors: tuple[str, ...] = ("Ida Quist", "Per Holm")) -> tuple[str, ...]:
    html = f"<html><head><title>{TITLE}</title>{head}</head><body><article><h1>{TITLE}</h1>{TEXT}{body}</article></body></html>"
    document = parse(html, url="https://www.harbour-post.example/news/1")
    return taxonomy.read(document, structured.read(document), TITLE, authors=authors).taxonomy.tags


def test_who_wrote_it_is_no_tag() -> None:
    assert by('<meta name="keywords" content="Boats, Kiel, Ida Quist, Per Holm">') == ("Boats", "Kiel")
    assert by('<meta name="keywords" content="Boats, Ida Quist and Per Holm">') == ("Boats",)
    assert not by("", '<ul class="tags"><li><a href="/tag/ida-quist">Ida Quist</a></li></ul>')
    printed = '<ul class="tags"><li><a href="/tag/boats">Boats</a></li><li><a href="/tag/ida-quist">Ida Quist</a></li></ul>'
    assert by("", printed) == ("Boats", "Ida Quist")


@pytest.mark.parametrize(
    "keywords",
    [
        "general",
        "actualités, news",
        "Nachrichten, Politik, Wirtschaft, Sport, Kultur, Reise, Wetter, Fähren",
        "뉴스, 정치, 경제, 사회, 국제, 문화, 스포츠, 연예",
        "Política, Economía, Policiales, Deportes, Cultura, El País, El Mundo, Espectáculos",
        "World news today",
    ],
)
def test_keywords_of_every_page_are_no_tags(keywords: str) -> None:
    assert not read(head=f'<meta name="keywords" content="{keywords}">').tags


def test_words_like_news_are_left_out_of_a_list() -> None:
    assert read(head='<meta name="keywords" content="Boats, news, Kiel, breaking news">').tags == ("Boats", "Kiel")
    assert read(head='<meta name="keywords" content="Boats, news, Kiel">').tags == ("Boats", "news", "Kiel")
    assert read(head='<meta name="keywords" content="Boats, Evergreen, Front Page">').tags == ("Boats",)


def test_a_headline_cut_into_labels_is_no_tag() -> None:
    assert not read(head='<meta property="article:tag" content="Ferries return"><meta property="article:tag" content="to the bay">').tags


def test_a_long_list_of_which_the_article_says_nothing_is_a_menu() -> None:
    words = ("Comets", "Droughts", "Plagues", "Smoking", "Volcanoes", "Wildfires")
    items = "".join(f'<li><a href="/topic/{word.lower()}">{word}</a></li>' for word in words)
    assert not read(f'<ul class="topics">{items}</ul>').tags


def test_links_that_leave_the_site_are_no_tags() -> None:
    away = '<li><a href="https://podcasts.example.org/60">Podcasts</a></li><li><a href="mailto:post@harbour-post.example">Letters</a></li>'
    shares = '<li><a href="#">Facebook</a></li><li><a href="#">Reddit</a></li><li><a href="#">Pinterest</a></li>'
    assert not read(f'<ul class="tags">{shares}</ul>').tags
    own = '<li><a href="/tag/boats">Boats</a></li><li><a href="https://en.harbour-post.example/tag/kiel">Kiel</a></li>'
    assert not read(f'<ul class="tags">{away}</ul>').tags
    assert read(f'<ul class="tags">{own}{away}</ul>').tags == ("Boats", "Kiel")


def test_a_label_takes_no_links_that_leave_the_site() -> None:
    share = (
        '<ul><li><a href="https://network.example.com/share">Network</a></li><li><a href="https://other.example.net/">Other</a></li></ul>'
    )
    assert read(f'<p>Tags:</p><p><a href="/c/boats">Boats</a></p>{share}').tags == ("Boats",)


def test_what_is_named_for_a_breadcrumb_and_holds_the_page_is_none() -> None:
    links = "".join(f'<a href="/{number}">Menu {number}</a>' for number in range(14))
    assert not read(f'<div class="with-breadcrumb">{links}</div>').section
    crumbs = '<div class="breadcrumb"><a href="/">Home</a><a href="javascript:print()">Print</a><a href="/sea">Sea</a></div>'
    assert read(crumbs).section == ("Sea",)


def test_a_label_in_the_headline_of_another_story_is_none() -> None:
    assert not read('<h3><a href="/8">Series: All about piers</a></h3>').series
    assert read("<p>Series: All about piers</p>").series == ("All about piers",)


def test_what_a_system_notes_for_itself_is_no_label() -> None:
    assert read(head='<meta name="keywords" content="Boats, pageType: article, trust: Opinion, Page: article">').tags == ("Boats",)
    assert read(head='<meta name="keywords" content="Dune: Part Two, Harbour: The Tide, Category: Film">').tags == (
        "Dune: Part Two",
        "Harbour: The Tide",
        "Film",
    )
    assert read(head='<meta name="keywords" content="Boats, _prio_3, @all-desk">').tags == ("Boats",)


@pytest.mark.parametrize("count", ["3 Comments", "0 Kommentare", "Jump to comments (11)", "12条评论", "Prev"])
def test_links_to_comments_and_neighbours_are_no_tags(count: str) -> None:
    links = f'<li><a href="/tag/boats">Boats</a></li><li><a href="/tag/area-51">Area 51</a></li><li><a href="/tag/c">{count}</a></li>'
    assert read(f'<ul class="tags">{links}</ul>').tags == ("Boats", "Area 51")


def test_a_label_printed_inside_a_link_is_left_out() -> None:
    assert read('<ul class="tags"><li><a href="/tag/boats">Filed to: Boats</a></li></ul>').tags == ("Boats",)


def test_a_text_with_links_in_it_is_no_list_of_tags() -> None:
    text = '<p>The <a href="/boats">old boats</a> lie where they always lay, between the <a href="/quay">new quay</a> and the kiosk.</p>'
    assert not read(f'<div class="topics">{text}</div>').tags


def test_a_record_of_the_system_is_no_section() -> None:
    assert not read(head="""<meta name="section" content='{"displayName":"Bay Log","count":"4221"}'>""").section


def test_chinese_keywords_that_spaces_part() -> None:
    assert read(head='<meta name="keywords" content="港口 渡轮 春天">').tags == ("港口", "渡轮", "春天")
    assert read(head='<meta name="keywords" content="大谷 翔平">').tags == ("大谷 翔平",)


def test_links_marked_as_tags_that_lead_to_categories_are_sections() -> None:
    links = '<div><a href="/category/harbour/" rel="tag">Harbour</a></div><div><a href="/tag/boats/" rel="tag">Boats</a></div>'
    found = read(links)
    assert (found.section, found.tags) == (("Harbour",), ("Boats",))


def test_linked_values_that_spaces_part_in_the_foot_of_the_article() -> None:
    links = '<a href="/t/1">Boats</a> <a href="/t/2">Kiel Bay</a> <a href="/t/3">Fares</a>'
    assert read(f"<footer><p>Tags: {links}</p></footer>").tags == ("Boats", "Kiel Bay", "Fares")


def test_metas_named_tags() -> None:
    assert read(head='<meta name="tags" content="Boats"><meta name="tags" content="Kiel">').tags == ("Boats", "Kiel")


def test_tags_that_are_no_links() -> None:
    spans = "".join(f'<span class="bay-tag">{word}</span>\n' for word in ("Boats", "Kiel Bay"))
    assert read(f'<nav class="bay-tags">{spans}</nav>').tags == ("Boats", "Kiel Bay")
    share = "".join(f"<button>{word}</button>" for word in ("Facebook", "Reddit", "LinkedIn"))
    assert not read(f'<div class="tags">{share}</div>').tags
    assert not read(f'<div class="tags">{spans} and a sentence about them</div>').tags


def test_a_commentary_is_a_section_though_counts_of_comments_are_none() -> None:
    assert read('<ul class="tags"><li><a href="/tag/k">Kommentar</a></li><li><a href="/tag/k">2 Kommentare</a></li></ul>').tags == (
        "Kommentar",
    )


def test_a_category_beside_the_headline() -> None:
    assert read('<p>In <a href="/category/harbour.html">Harbour</a>.</p>').section == ("Harbour",)
    menu = "".join(f'<a href="/category/{word}">{word}</a> ' for word in ("News", "Boats", "Bays", "Buoys"))
    assert not read(f"<p>{menu}</p>").section
    tag = '<a rel="tag" href="/tag/harbour">Harbour</a>'
    found = read(f'<p>In <a href="/category/harbour.html">Harbour</a></p>{tag}')
    assert (found.section, found.tags) == ((), ("Harbour",))


def test_a_label_that_no_colon_parts_from_its_links() -> None:
    assert read('<p>Tags <a href="/1">Boats</a>, <a href="/2">Kiel Bay</a></p>').tags == ("Boats", "Kiel Bay")
    assert not read('<p>Tags are sewn on with <a href="/1">thread</a> and <a href="/2">a needle</a></p>').tags


def test_a_headline_spelled_word_by_word_without_its_small_words_is_no_tag() -> None:
    title = "Sandbags and raw nerves as the flood hits Kiel"
    assert not read(head='<meta name="keywords" content="Sandbags, raw, nerves, flood, hits, Kiel">', title=title).tags
    kept = ("Flood", "Kiel", "Sandbags", "Boats")
    assert read(head=f'<meta name="keywords" content="{", ".join(kept)}">', title=title).tags == kept


@pytest.mark.parametrize("day", ["2024-05-03 20:57:00 +0900", "3 May 2024", "2024年5月3日", "03.05.2024"])
def test_the_day_of_a_story_is_none_of_its_labels(day: str) -> None:
    assert not read(head=f'<meta property="article:section" content="{day}">').section


@pytest.mark.parametrize("label", ["2024", "Wahl 2024", "Regatta 3. Mai 2024", "Sommer 1984-1989"])
def test_a_label_may_tell_of_a_year_or_a_day(label: str) -> None:
    assert read(head=f'<meta property="article:section" content="{label}">').section == (label,)


@pytest.mark.parametrize("words", ["Back to blog", "Zurück zur Übersicht", "블로그로 돌아가기", "一覧へ戻る", "Volver al blog"])
def test_the_way_back_to_all_stories_is_no_label(words: str) -> None:
    assert not read(head=f'<meta property="article:section" content="{words}">').section
