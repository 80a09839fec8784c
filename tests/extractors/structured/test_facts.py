"""The page's own article among the nodes of its linked data."""

import json

from extractors import structured
from extractors.document import parse
from extractors.structured import Facts

TITLE = "Rain ends the drought"


def facts(*nodes: object, title: str = TITLE, head: str = "", body: str = "") -> Facts:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes)
    html = f"<html><head><title>{title}</title>{scripts}{head}</head><body><h1>{title}</h1>{body}</body></html>"
    return structured.read(parse(html, url="https://news.example/2024/rain"))


def test_graph_and_references() -> None:
    found = facts(
        {
            "@graph": [
                {"@type": "WebSite", "@id": "#site", "name": "Example News"},
                {"@type": "Article", "headline": TITLE, "author": {"@id": "#jo"}, "isPartOf": {"@id": "#site"}},
                {"@type": "Person", "@id": "#jo", "name": "Jo Field"},
            ]
        }
    )
    assert list(found.texts("author")) == ["Jo Field"]
    assert list(found.texts("isPartOf")) == ["Example News"]


def test_article_of_this_page_among_several() -> None:
    other = {"@type": "NewsArticle", "headline": "Another story", "url": "https://news.example/other", "author": "A B"}
    own = {"@type": "NewsArticle", "headline": TITLE, "url": "https://news.example/2024/rain"}
    assert list(facts([other, own, other]).texts("headline")) == ["Rain ends the drought"]


def test_nested_main_entity() -> None:
    found = facts({"@type": "WebPage", "name": "Rain", "mainEntity": {"@type": ["NewsArticle", "Article"], "headline": TITLE}})
    assert found.article is not None
    assert found.page is not None


def test_type_with_vocabulary() -> None:
    assert facts({"@type": "http://schema.org/BlogPosting", "headline": "Rain ends the drought"}).article is not None


def test_teaser_list_is_no_article() -> None:
    stories = [{"@type": "NewsArticle", "headline": f"Story {n}", "url": f"https://news.example/{n}"} for n in range(3)]
    found = facts({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": story} for story in stories]})
    assert found.article is None


def test_cyclic_references_end() -> None:
    found = facts({"@type": "Article", "@id": "#a", "headline": "Rain ends the drought", "author": {"@id": "#a"}})
    assert list(found.texts("author")) == ["Rain ends the drought"]


def test_microdata() -> None:
    body = (
        '<div itemscope itemtype="https://schema.org/NewsArticle"><h2 itemprop="headline">Rain</h2>'
        '<span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">Jo Field</span></span>'
        '<meta itemprop="datePublished" content="2024-05-01">'
        '<a itemprop="keywords" href="/t/1">Water</a><a itemprop="keywords" href="/t/2">Farms</a></div>'
    )
    item = facts(body=body).item
    assert item is not None
    assert item["headline"] == "Rain"
    assert item["author"] == {"@type": "Person", "name": "Jo Field"}
    assert item["datePublished"] == "2024-05-01"
    assert item["keywords"] == ["Water", "Farms"]


def test_page_without_data() -> None:
    found = facts()
    assert found.article is None
    assert found.item is None
    assert list(found.texts("headline")) == []
