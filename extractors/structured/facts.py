"""What a page's linked data say, with the node of this page's article told from the nodes of other articles."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, TypeVarTuple
from urllib.parse import urlsplit

from extractors.document import Document
from extractors.letters import letters_of
from extractors.structured.jsonld import Graph, Node, read_graph, types_of
from extractors.structured.microdata import read_items

__all__ = ["ARTICLE_TYPES", "PAGE_TYPES", "Facts", "read"]

# schema.org's CreativeWork types that are published as pages of text; counted on the gold pages, commonest first.
ARTICLE_TYPES = frozenset(
    "NewsArticle Article BlogPosting ReportageNewsArticle LiveBlogPosting AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle "
    "ReviewNewsArticle AskPublicNewsArticle AdvertiserContentArticle SatiricalArticle ScholarlyArticle TechArticle Report "
    "SocialMediaPosting DiscussionForumPosting Blog Review Recipe HowTo Question VideoObject PodcastEpisode".split()
)
PAGE_TYPES = frozenset("WebPage ItemPage AboutPage MedicalWebPage FAQPage CollectionPage ProfilePage QAPage".split())
_SECONDARY = frozenset("Blog Review Recipe HowTo Question VideoObject PodcastEpisode".split())
_TITLED = frozenset({"headline", "name", "datePublished", "author", "articleBody", "keywords", "articleSection"})
T = TypeVar("T")
More = TypeVarTuple("More")

_WITHIN = 3  # an article nested deeper belongs to a list of other articles


@dataclass(slots=True)
class Facts:
    """The linked data of a page. `article`: the JSON-LD node of its article; `page`: of the page around it; `graph`: all of them."""

    document: Document
    graph: Graph
    article: Node | None
    page: Node | None
    _kept: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False)  # the answers of `once`

    def once(self, read: Callable[["Facts", *More], T], *more: *More) -> T:
        """`read(facts, *more)`, kept for whoever asks again: several fields derive the same of one page."""
        key = (read, more)
        if key not in self._kept:
            self._kept[key] = read(self, *more)
        answer: T = self._kept[key]
        return answer

    def values(self, *keys: str) -> Iterator[Any]:
        """The article's values of the keys: strings, numbers or nodes."""
        return self.graph.values(self.article, *keys)

    def texts(self, *keys: str) -> Iterator[str]:
        """The article's values of the keys as strings."""
        return self.graph.texts(self.article, *keys)

    def typed(self, *names: str) -> Iterator[Node]:
        """Every JSON-LD node that has one of the types, in page order."""
        wanted = frozenset(names)
        return (node for (_, node), types in zip(self.graph.nodes, self.graph.types, strict=True) if types & wanted)

    def may_say(self, *names: str) -> bool:
        """Whether the microdata may have one of the properties, by what the walk met and the metas: to read the items costs more."""
        return not self.once(_properties).isdisjoint(map(str.lower, names))

    @property
    def items(self) -> tuple[Mapping[str, Any], ...]:
        """The microdata items, read when first asked for: it costs a tenth of the parse."""
        return self.once(_items)

    @property
    def item(self) -> Mapping[str, Any] | None:
        """The microdata item of the article."""
        return self.once(_item)


def read(document: Document) -> Facts:
    """Read the JSON-LD of `document` and choose the article's node and the page's."""
    graph = read_graph(document.linked_data)
    names = _page_names(document)
    articles: list[tuple[float, int, Node]] = []
    pages: list[tuple[float, int, Node]] = []
    for order, ((depth, node), types) in enumerate(zip(graph.nodes, graph.types, strict=True)):
        if types & ARTICLE_TYPES and len(node.keys() & _TITLED):
            articles.append((_fit(node, depth, graph=graph, names=names) - bool(types & _SECONDARY) * 2, -order, node))
        elif types & PAGE_TYPES and depth < _WITHIN:
            pages.append((_fit(node, depth, graph=graph, names=names), -order, node))
    article = max(articles, default=None, key=lambda entry: entry[:2])
    page = max(pages, default=None, key=lambda entry: entry[:2])
    chosen = article if article and article[0] > -2 else None
    return Facts(document, graph, chosen[2] if chosen else None, page[2] if page else None)


def _properties(facts: Facts) -> frozenset[str]:
    root = facts.document.root
    named = frozenset(facts.document.meta)
    if all(element.get("itemscope") is None for element in (root, *root[:1])):
        named -= {"keywords"}  # a plain meta's name; what stands in the head belongs to no item
    return frozenset(" ".join(facts.document.outline.properties).lower().split()) | named


def _items(facts: Facts) -> tuple[Mapping[str, Any], ...]:
    return read_items(facts.document.root)


def _item(facts: Facts) -> Mapping[str, Any] | None:
    articles = [item for item in facts.items if types_of(item) & ARTICLE_TYPES]
    return max(articles, key=lambda item: len(item.keys() & _TITLED), default=None)


def _fit(node: Node, depth: int, *, graph: Graph, names: tuple[frozenset[str], tuple[str, ...]]) -> float:
    """How well a node fits the page: its address (3), its headline (2), its fulness (up to 1), less 1 a level of nesting."""
    addresses, titles = names
    score = len(node.keys() & _TITLED) / len(_TITLED) - min(depth, 4)
    own = {_path(text) for text in graph.texts(node, "url", "mainEntityOfPage", "@id")} - {""}
    own |= {_path(str(value.get("@id"))) for value in graph.values(node, "mainEntityOfPage") if isinstance(value, Mapping)}
    if own & addresses:
        score += 3
    headline = next((letters_of(text) for text in graph.texts(node, "headline", "name")), "")
    if headline and any(headline in title or title in headline for title in titles):
        score += 2
    elif headline and titles:
        score -= 1
    return score


def _page_names(document: Document) -> tuple[frozenset[str], tuple[str, ...]]:
    """The addresses (host and path) and the titles (letters alone) that the page goes by."""
    links = [link.href for link in document.links if "canonical" in link.rel]
    addresses = {_path(address) for address in (document.url, *links, *document.metas("og:url")) if address}
    titles = (document.title_tag, *document.metas("og:title", "twitter:title"))
    return frozenset(addresses - {""}), tuple(filter(lambda title: len(title) > 3, (letters_of(title) for title in titles if title)))


def _path(address: str) -> str:
    """Host and path of an address, without www, fragment and closing slash; "" for a front page."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    host = (parts.netloc or "").lower().removeprefix("www.")
    query = f"?{parts.query}" if parts.query and any(letter.isdigit() for letter in parts.query) else ""
    return host + path + query if path or query else ""
