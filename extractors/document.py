"""Text to a parsed Document: the tree and what its head says, read once and shared by all; size and depth are bounded."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from itertools import islice
from typing import Generic, NamedTuple, TypeVar

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PageElement, Script
from lxml import etree
from lxml.etree import _Element as Element

from extractors.article import Context
from extractors.bounds import bounded
from extractors.errors import EmptyPage
from extractors.formulas import TEX_SCRIPT, print_formulas
from extractors.inline import text_of
from extractors.letters import xml_text
from extractors.mojibake import unspelled
from extractors.outline import Outline, outline
from extractors.quotations import print_quotations
from extractors.superscripts import lift_superscripts
from extractors.urls import absolute_url

__all__ = ["GUIDED", "Candidate", "Document", "Guide", "Link", "parse"]

T = TypeVar("T")

MOST_RUNS = 40_000  # lines of text; the table that the body model reads takes a kilobyte for each. The gold pages hold at most 6,570
MOST_DEPTH = 200
_FEW = 3  # lines with mojibake: a page that has fewer tells of it
_MOST_ATTRIBUTES = 100  # of a tag of a flattened page
_TAKEN = re.compile(r"[a-zA-Z][a-zA-Z0-9_-]*")
# The odds of what a site's profile reads: above those of all other voices of a page together, which come to e^6 for titles.
GUIDED = 1000.0
_LINKED_DATA = re.compile(r"ld\+json", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A <link> of the head: its rel tokens and the address as written."""

    rel: frozenset[str]
    href: str


@dataclass(frozen=True, slots=True)
class Candidate(Generic[T]):
    """A possible value of a field.

    `raw` is the string as the page has it, `origin` one of the record's origins, `signal` the rule that found it, `weight` its odds.
    """

    value: T
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
    holds the JSON-LD scripts as text. `guide`: what the site's profile says of the page, where there is one that fits.
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
    root = _tree(bounded(text, warnings), warnings)
    head = _head(root)
    print_quotations(head.drawn["q"])
    print_formulas(head.drawn["math"])
    lift_superscripts(head.drawn["sup"])
    page = outline(root)
    if sum("â€" in run[0] for run in page.runs) >= _FEW and (sound := unspelled(text)) != text:
        document = parse(sound, url=url, context=context)
        document.warnings.append("encoded_twice")
        return document
    if len(page.runs) > MOST_RUNS:
        page.cut(MOST_RUNS)
        warnings.append("truncated")
    return Document(
        root=root,
        outline=page,
        url=url,
        base_url=absolute_url(head.base, url) or url,
        context=context or Context(),
        title_tag=head.title,
        declared_language=root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang"),
        meta=head.meta,
        links=head.links,
        linked_data=head.linked_data,
        warnings=warnings,
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


class _Soup(BeautifulSoup):
    """A tree that is walked by contents alone: the links from each element to the next cost bs4 a climb to the root for each."""

    def _linkage_fixer(self, el: Tag) -> None:
        pass


def _flattened(text: str) -> Element:
    """The page by bs4's own parser, everything deeper than MOST_DEPTH hung below its ancestor of that depth."""
    root = etree.Element("html")
    todo: list[tuple[PageElement, Element, int]] = [(_Soup(text, "html.parser", multi_valued_attributes=None), root, -1)]
    last: dict[Element, Element] = {}  # the last child of each; lxml counts all to find it
    said: list[str] = []  # what is to stand in one place: written at once, for each writing copies what stands there
    place: tuple[Element, Element | None] = (root, None)
    while todo:
        node, element, depth = todo.pop()
        if isinstance(node, Tag):
            holds = any(isinstance(child, Tag) for child in node.contents)
            if depth >= 0 and (depth < MOST_DEPTH or not holds):
                above, element = element, etree.SubElement(element, node.name if _TAKEN.fullmatch(node.name) else "div", _attributes(node))
                last[above] = element
            todo.extend((child, element, depth + 1) for child in reversed(node.contents))
            if node.name == "html":
                root.attrib.update(_attributes(node))
        elif type(node) in {NavigableString, Script}:
            if place != (element, last.get(element)):
                _say(place, said)
                place, said = (element, last.get(element)), []
            said.append(xml_text(str(node)))
    _say(place, said)
    return root


def _say(place: tuple[Element, Element | None], words: list[str]) -> None:
    """Write the words into an element, behind its child if there is one."""
    element, child = place
    if child is not None:
        child.tail = (child.tail or "") + "".join(words)
    elif words:
        element.text = (element.text or "") + "".join(words)


def _attributes(node: Tag) -> dict[str, str]:
    """The first attributes of a tag, those whose names a tree can hold."""
    return {name: xml_text(str(value or "")) for name, value in islice(node.attrs.items(), _MOST_ATTRIBUTES) if _TAKEN.fullmatch(name)}


class _Head(NamedTuple):
    """What the elements of a head say, wherever they stand; `drawn`, met on the same way: <q>, <sup> and formulas, by name."""

    meta: dict[str, tuple[str, ...]]
    links: tuple[Link, ...]
    linked_data: tuple[str, ...]
    title: str | None
    base: str | None
    drawn: dict[str, list[Element]]


def _head(root: Element) -> _Head:  # noqa: C901, PLR0912 # one branch an element name
    """One walk over metas, links, scripts, title, base and what is drawn."""
    meta: dict[str, list[str]] = {}
    links: list[Link] = []
    scripts: list[str] = []
    drawn: dict[str, list[Element]] = {"q": [], "math": [], "sup": []}
    title = base = None
    for element in root.iter("meta", "link", "script", "title", "base", "q", "math", "sup"):
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
            if (kind := element.get("type")) and element.text:
                if _LINKED_DATA.search(kind):
                    scripts.append(element.text)
                elif kind.startswith(TEX_SCRIPT):
                    drawn["math"].append(element)
        elif tag == "title":
            if title is None and (parent := element.getparent()) is not None and parent.tag != "svg":
                title = text_of(element) or None
        elif tag in drawn:
            drawn[tag].append(element)
        elif base is None:
            base = element.get("href")
    return _Head({name: tuple(values) for name, values in meta.items()}, tuple(links), tuple(scripts), title, base, drawn)
