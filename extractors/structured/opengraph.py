"""OpenGraph, Dublin Core and the like: which <meta> names speak of which field, best first."""

from collections.abc import Iterator, Mapping

from extractors.article import Origin
from extractors.document import Document

__all__ = ["METAS", "origin_of", "read_metas"]

# Names as in ogp.me, Dublin Core, Highwire (citation_*), Google News (news_keywords), and the conventions of Parse.ly, Sailthru, Chartbeat
# and the large publishing systems.
METAS: Mapping[str, tuple[str, ...]] = {
    "title": (
        "og:title",
        "twitter:title",
        "dc.title",
        "dcterms.title",
        "citation_title",
        "parsely-title",
        "sailthru.title",
        "headline",
        "hdl",
        "title",
    ),
    "author": (
        "author",
        "article:author",
        "og:article:author",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "dcterms.creator",
        "dc.contributor",
        "citation_author",
        "article:author_name",
        "article.author",
        "articleauthor",
        "article:author:name",
        "author_name",
        "author-name",
        "content_author",
        "article_author",
        "dcterms.contributor",
        "authors",
        "byl",
        "byline",
        "cxenseparse:author",
        "rbauthors",
        "twitter:data1",
    ),
    "section": (
        "article:section",
        "og:article:section",
        "parsely-section",
        "section",
        "cxenseparse:category",
        "dc.subject.section",
        "category",
        "article.section",
        "sailthru.section",
        "cg",
    ),
    "tags": (
        "article:tag",
        "og:article:tag",
        "parsely-tags",
        "sailthru.tags",
        "news_keywords",
        "keywords",
        "dc.subject",
        "dcterms.subject",
        "citation_keywords",
        "tags",
    ),
    "site_name": ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher", "article:publisher", "twitter:site"),
}

_OPENGRAPH = ("og:", "article:", "book:")  # ogp.me's namespaces that an article's fields are in


def read_metas(document: Document, field: str) -> Iterator[tuple[str, str, str]]:
    """(name, content, origin) of each meta that speaks of `field`, best name first, then page order."""
    for name in METAS[field]:
        for content in document.meta.get(name, ()):
            yield name, content, origin_of(name)


def origin_of(name: str) -> Origin:
    """OpenGraph or plain meta, by a meta's name."""
    return Origin.OPENGRAPH if name.startswith(_OPENGRAPH) else Origin.META
