"""Text to a parsed Document: the tree and what its head says, read once and shared by all; size and depth are bounded."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from itertools import islice
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import Script
from lxml import etree
from lxml.etree import _Element as Element

from extractors.article import Context
from extractors.errors import EmptyPage, TooComplex
from extractors.outline import Outline, outline
from extractors.quotations import print_quotations
from extractors.urls import absolute_url

__all__ = ["GUIDED", "Candidate", "Document", "Guide", "Link", "parse"]

# The gold pages hold at most 19,629 tags and 2.9 million characters: bounds well above what articles need.
MOST_TAGS = 300_000
MOST_CHARACTERS = 8_000_000
_SHORTEST_TAG = 3  # "<b>"
MOST_RUNS = 40_000  # lines of text; the table that the body model reads takes a kilobyte for each. The gold pages hold at most 6,570
LONGEST_TAG = 16_384  # characters outside quotes: lxml needs time quadratic in the attributes; a real tag held 165,000, all in one value
MOST_DEPTH = 200
_MOST_ATTRIBUTES = 100  # of a tag of a flattened page
_TAKEN = re.compile(r"[a-zA-Z][a-zA-Z0-9_-]*")
# The odds of what a site's profile reads: above those of all other voices of a page together, which come to e^6 for titles.
GUIDED = 1000.0
_END = re.compile(r"</html\s*>", re.IGNORECASE)
_COLOPHON = 200  # characters behind the end that hold no more than the remarks of caches
# What holds no tags; a tag, with its quoted values.
_TAG = re.compile(
    r"<(?:script|style|textarea)\b.*?</(?:script|style|textarea)|<!--.*?-->"
    r"|<[a-z](?:[^=>]++|=\s*+(?:\"[^\"]*+\"?|'[^']*+'?)?+)*+>?",
    re.DOTALL | re.IGNORECASE,
)
_NO_TAG = ("<script", "<style", "<texta", "<!--")
_QUOTED = re.compile(r"=\s*+(?:\"[^\"]*+\"?|'[^']*+'?)")
_LINKED_DATA = re.compile(r"ld\+json", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A <link> of the head: its rel tokens and the address as written."""

    rel: frozenset[str]
    href: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible value of a field.

    `raw` is the string as the page has it, `origin` one of the record's origins, `signal` the rule that found it, `weight` its odds.
    """

    value: Any
    raw: str
    origin: str
    signal: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What a site's profile says of a page. `origin`: "profile:<name>". `texts`: of a field, what the page has for it.

    `body`: spans of runs (first, last exclusive); empty where it does not say. `dropped`: runs that are no text, and of which kind. `zone`:
    of the site's local times. `phrases`: (kind, expression) of blocks that begin so and are no text.
    """

    origin: str
    texts: Mapping[str, tuple[str, ...]]
    body: tuple[tuple[int, int], ...] = ()
    dropped: Mapping[int, str] = field(default_factory=dict)
    zone: tzinfo | None = None
    phrases: tuple[tuple[str, re.Pattern[str]], ...] = ()


@dataclass(slots=True)
class Document:
    """A parsed page.

    `meta` maps the lower-case name, property, itemprop or http-equiv of each <meta> to its contents in page order; `linked_data`
    holds the JSON-LD scripts as text; `nodes` the JSON-LD objects once `structured.jsonld` has read them; `microdata` likewise. `guide`:
    what the site's profile says of the page, where there is one that fits.
    """

    root: Element
    outline: Outline
    url: str | None
    base_url: str | None
    context: Context
    title_tag: str | None = None
    declared_language: str | None = None
    meta: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    linked_data: tuple[str, ...] = ()
    nodes: tuple[Mapping[str, Any], ...] = ()
    microdata: tuple[Mapping[str, Any], ...] = ()
    warnings: list[str] = field(default_factory=list)
    guide: Guide | None = None

    @property
    def address(self) -> str | None:
        """The page's own address: where it came from, else what it calls itself, by its canonical link before og:url."""
        canonical = (link.href for link in self.links if "canonical" in link.rel)
        return self.url or next(canonical, None) or next(iter(self.metas("og:url")), None)

    def guided(self, name: str) -> Iterator[tuple[str, str]]:
        """(text, origin) of what the site's profile reads for a field, in page order."""
        if self.guide is not None:
            for text in self.guide.texts.get(name, ()):
                yield text, self.guide.origin

    def metas(self, *names: str) -> tuple[str, ...]:
        """The contents of the named metas, in the order of the names."""
        return tuple(content for name in names for content in self.meta.get(name, ()))


def parse(text: str, *, url: str | None = None, context: Context | None = None) -> Document:
    """Parse HTML. Raises EmptyPage where no element is left, TooComplex where reading would have no bound."""
    warnings: list[str] = []
    root = _tree(_bounded(text, warnings), warnings)
    meta, links, scripts, title, base, quotations = _head(root)
    print_quotations(quotations)
    page = outline(root)
    if len(page.runs) > MOST_RUNS:
        page.cut(MOST_RUNS)
        warnings.append("truncated")
    return Document(
        root=root,
        outline=page,
        url=url,
        base_url=absolute_url(base, url) or url,
        context=context or Context(),
        title_tag=title,
        declared_language=root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang"),
        meta=meta,
        links=links,
        linked_data=scripts,
        warnings=warnings,
    )


def _bounded(text: str, warnings: list[str]) -> str:
    """Cut what would make reading unbounded, and say so."""
    if len(text) > MOST_CHARACTERS:
        text = _without(_without(text, "<!--", "-->"), "<script>", "</script>")
    if len(text) > MOST_CHARACTERS:
        text = text[:MOST_CHARACTERS]
        warnings.append("truncated")
    if len(text) > _SHORTEST_TAG * MOST_TAGS and text.count("<") > MOST_TAGS:
        raise TooComplex(f"the page holds more than {MOST_TAGS} tags")
    text = _open_ended(text)
    shorter = _TAG.sub(_unless_crowded, text) if _has_long_tag(text) else text
    if len(shorter) != len(text):
        warnings.append("truncated")
    return shorter


def _open_ended(text: str) -> str:
    """The page without the tags that end it, where something follows: browsers read on behind them, libxml2 (2.14) does not.

    On one gold page in 90 more than twenty words stand there, on some the article.
    """
    end = len(text) - _COLOPHON
    cases = ("</html", "</HTML") if text.find("</HTML", end) >= 0 else ("</html",)
    early = any(text.find(tag, 0, end) >= 0 for tag in cases)  # a pattern for both costs thrice
    return _END.sub("", text) if early else text


def _has_long_tag(text: str) -> bool:
    """Whether a tag may be so long: windows half as long, one after the other, have no ">". To look at each tag costs a third of a parse.

    What stands in a script is none. A tag that hides its attributes behind a ">" or a "<script" in quotes is not seen: 30,000 of them cost
    three seconds.
    """
    opened = -1
    for start in range(0, len(text), LONGEST_TAG // 2):
        end = start + LONGEST_TAG // 2
        last, closed = text.rfind("<", start, end), text.rfind(">", start, end)
        if closed < 0 <= opened and not _in_script(text, opened):
            return True
        if last >= 0 or closed >= 0:
            opened = last if last > closed else -1
    return False


def _in_script(text: str, at: int) -> bool:
    """Whether a place of the page is in a script."""
    start = text.rfind("<script", 0, at)
    return start >= 0 and text.find("</script", start, at) < 0


def _without(text: str, opening: str, closing: str) -> str:
    """`text` without what stands between the two marks, in linear time; an opening that is never closed stays."""
    first, *rest = text.split(opening)
    parts = [first]
    for part in rest:
        _, found, after = part.partition(closing)
        parts.append(after if found else opening + part)
    return "".join(parts)


def _unless_crowded(tag: "re.Match[str]") -> str:
    """A tag as it is, or nothing where it may hold more attributes than lxml can read in bounded time."""
    whole = tag[0]
    return (
        ""
        if len(whole) > LONGEST_TAG and not whole[:7].lower().startswith(_NO_TAG) and len(_QUOTED.sub("", whole)) > LONGEST_TAG
        else whole
    )


def _tree(text: str, warnings: list[str]) -> Element:
    """lxml's tree, or where nesting passes its limit, the flattened tree of the second parser."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise EmptyPage(f"no element could be read: {error}") from error
    if root is None:
        raise EmptyPage("the document holds no element")
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" or "depth" in entry.message for entry in parser.error_log.filter_from_fatals()):
        warnings.append("nesting_flattened")
        return _flattened(text)
    return root


def _flattened(text: str) -> Element:
    """The page by bs4's own parser, everything deeper than MOST_DEPTH hung below its ancestor of that depth."""
    soup = BeautifulSoup(text, "html.parser", multi_valued_attributes=None)
    root = etree.Element("html")
    places: dict[int, tuple[Element, int]] = {id(soup): (root, 0)}
    for node in soup.descendants:
        element, depth = places[id(node.parent)]
        if isinstance(node, Tag):
            holds = any(isinstance(child, Tag) for child in node.contents)  # node.find() would walk to the last descendant first
            if depth < MOST_DEPTH or not holds:
                element = etree.SubElement(element, node.name if _TAKEN.fullmatch(node.name) else "div", _attributes(node))
            places[id(node)] = element, depth + 1
            if node.name == "html":
                root.attrib.update(_attributes(node))
        elif type(node) in {NavigableString, Script}:
            words = _xml(str(node))
            if len(element):
                element[-1].tail = (element[-1].tail or "") + words
            else:
                element.text = (element.text or "") + words
    return root


def _attributes(node: Tag) -> dict[str, str]:
    """The first attributes of a tag, those whose names a tree can hold."""
    return {name: _xml(str(value or "")) for name, value in islice(node.attrs.items(), _MOST_ATTRIBUTES) if _TAKEN.fullmatch(name)}


def _xml(text: str) -> str:
    """Text without the characters that a tree cannot hold."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)


def _head(  # noqa: C901 # one branch an element name
    root: Element,
) -> tuple[dict[str, tuple[str, ...]], tuple[Link, ...], tuple[str, ...], str | None, str | None, list[Element]]:
    """What the metas, links, JSON-LD scripts, title and base say, wherever they stand; and, met on the same way, the <q> elements."""
    meta: dict[str, list[str]] = {}
    links: list[Link] = []
    scripts: list[str] = []
    quotations: list[Element] = []
    title = base = None
    for element in root.iter("meta", "link", "script", "title", "base", "q"):
        tag = element.tag
        if tag == "meta":
            content = element.get("content")
            if content and (content := content.strip()):
                for name in dict.fromkeys(filter(None, map(element.get, ("name", "property", "itemprop", "http-equiv")))):
                    meta.setdefault(name.strip().lower(), []).append(content)
        elif tag == "link":
            if href := element.get("href"):
                rel = frozenset((element.get("rel") or "").lower().split())
                links.append(Link(rel, href))
        elif tag == "script":
            if element.text and _LINKED_DATA.search(element.get("type") or ""):
                scripts.append(element.text)
        elif tag == "title":
            if title is None and (parent := element.getparent()) is not None and parent.tag != "svg":
                title = " ".join("".join(element.itertext()).split()) or None
        elif tag == "q":
            quotations.append(element)
        elif base is None:
            base = element.get("href")
    return {name: tuple(values) for name, values in meta.items()}, tuple(links), tuple(scripts), title, base, quotations
