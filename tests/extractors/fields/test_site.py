"""The name of the site where no meta says it: what the links to the front page and the title agree on."""

import pytest

from extractors import extract

__all__: list[str] = []

LINES = "".join(f"<p>The ferry left pier {number} at nine, as on every working day since the bridge was closed.</p>" for number in range(9))


def _page(title: str, link: str) -> str:
    return f"<html><head><title>{title}</title></head><body><header>{link}</header><h1>Ferries</h1>{LINES}</body></html>"


@pytest.mark.parametrize(
    ("title", "link"),
    [
        ("Ferries - The Harbour Post", '<a href="/">The Harbour Post</a>'),
        ("The Harbour Post » Ferries", '<a href="https://example.org">The Harbour Post</a>'),
        ("Ferries | The Harbour Post", '<a rel="start home" href="/accueil">the harbour post</a>'),
        ("Ferries | The Harbour Post", '<a href="https://example.org/" title="The Harbour Post"><img src="/logo.png"></a>'),
    ],
)
def test_a_link_to_the_front_page_confirms_the_end_of_the_title(title: str, link: str) -> None:
    article = extract(_page(title, link), url="https://example.org/ferries")
    assert article.site_name == "The Harbour Post"
    assert article.title == "Ferries"


@pytest.mark.parametrize(
    ("title", "link"),
    [
        ("Ferries - The Harbour Post", '<a href="/">Home</a>'),
        ("Ferries - The Harbour Post", '<a href="/about">The Harbour Post</a>'),
        ("Ferries", '<a href="/">Ferries</a>'),
        ("Ferries - The Harbour Post", ""),
    ],
)
def test_nothing_is_guessed(title: str, link: str) -> None:
    assert extract(_page(title, link), url="https://example.org/ferries").site_name is None


def test_a_meta_is_believed_first() -> None:
    page = _page("Ferries - The Post", '<a href="/">The Post</a>').replace(
        "<title>", '<meta property="og:site_name" content="Harbour Post"><title>'
    )
    assert extract(page, url="https://example.org/ferries").site_name == "Harbour Post"


def test_a_name_is_better_than_an_address() -> None:
    page = _page("Ferries | Harbour.example", "").replace(
        "<title>", '<meta property="og:site_name" content="http://www.harbour.example"><title>'
    )
    assert extract(page, url="https://www.harbour.example/ferries").site_name == "Harbour.example"


def test_a_link_by_the_other_scheme_leads_to_the_front_page() -> None:
    page = _page("Ferries - The Harbour Post", '<a href="https://example.org/">The Harbour Post</a>')
    assert extract(page, url="http://example.org/ferries").site_name == "The Harbour Post"
    assert extract(page).site_name == "The Harbour Post"
    assert extract(page, url="http://example.com/ferries").site_name is None


def test_the_heading_of_the_site_names_it_where_the_title_is_the_headline_alone() -> None:
    heading = '<h1 class="site-title"><a href="/">The Harbour Post</a></h1>'
    assert extract(_page("Ferries", heading), url="https://example.org/ferries").site_name == "The Harbour Post"
    for other in ("Menu", "Hi, we are the Harbour Post."):
        assert extract(_page("Ferries", heading.replace("The Harbour Post", other)), url="https://example.org/ferries").site_name is None


def test_a_short_headline_in_japanese_behind_the_sites_name() -> None:
    page = _page("Harbour Notes - 渡し船が再開", '<a href="/">Harbour Notes</a>').replace("<h1>Ferries</h1>", "<h2>渡し船が再開</h2>")
    assert extract(page, url="https://example.org/ferries").title == "渡し船が再開"


@pytest.mark.parametrize("name", ["海港网", "海港日报", "海港市人民政府门户网站", "항구일보"])
def test_how_media_are_called_in_scripts_without_capitals_tells_the_name(name: str) -> None:
    assert extract(_page(f"Ferries_社会_{name}", ""), url="https://example.org/ferries").site_name == name


@pytest.mark.parametrize("name", ["财经新闻", "资讯", "晚间新闻"])
def test_a_section_at_the_end_of_the_title_is_no_name(name: str) -> None:
    assert extract(_page(f"Ferries_{name}", ""), url="https://example.org/ferries").site_name is None
