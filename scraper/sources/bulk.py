"""Entries of feeds too large for feedparser: RSS, RDF and Atom streamed, each entry dropped once it was read."""

from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree

from extractors.article import Evidence, Origin
from scraper.sources.markup import elements

__all__ = ["ENTRIES", "bulk_entries", "entry_of"]

ENTRIES = ("{*}item", "{*}entry")

# Which elements of an entry say what, by local name and in the order of preference: RSS 2.0, Dublin Core in RSS 1.0, Atom 1.0 and 0.3.
_PUBLISHED = ("pubDate", "published", "issued", "created")
_MODIFIED = ("updated", "modified", "date")  # "date": as feedparser reads it
_AUTHORS = frozenset({"author", "creator", "contributor"})
_TAGS = frozenset({"category", "subject"})
_IDENTIFIERS = ("guid", "id")


def bulk_entries(data: bytes) -> Iterator[tuple[str | None, Evidence]]:
    """Link and evidence of each entry. Raises ValueError where the XML breaks; entities, DTDs and the network are left alone."""
    try:
        yield from map(entry_of, elements(data, ENTRIES))
    except etree.XMLSyntaxError as error:
        raise ValueError(f"broken XML: {error}") from error


def entry_of(entry: etree._Element) -> tuple[str | None, Evidence]:
    """Link and evidence of an entry: what its elements say, in one pass over them."""
    texts: dict[str, str] = {}
    authors, tags = [], []
    link = None
    for child in entry.iterchildren("*"):
        name = str(child.tag).rpartition("}")[2]
        text = _text(child)
        if name == "link":
            link = link or _address(child)
        elif name in _AUTHORS:
            authors.append(text)
        elif name in _TAGS:
            tags.append(child.get("term") or text)
        elif text:
            texts.setdefault(name, text)
    if link is None:
        link = next((text for name in _IDENTIFIERS if (text := texts.get(name, "")).startswith("http")), None)
    evidence = Evidence(
        origin=Origin.FEED,
        title=texts.get("title"),
        published=next((texts[name] for name in _PUBLISHED if name in texts), None),
        modified=next((texts[name] for name in _MODIFIED if name in texts), None),
        authors=tuple(author for author in authors if author),
        tags=tuple(tag for tag in tags if tag),
    )
    return link, evidence


def _address(link: etree._Element) -> str | None:
    """The address of a link element: Atom's href, unless it leads elsewhere than to the entry, or RSS's text; both by xml:base."""
    href = link.get("href")
    text = (href if link.get("rel", "alternate") == "alternate" else None) if href else _text(link)
    try:
        return urljoin(link.base, text) if link.base and text else text
    except ValueError:
        return text


def _text(element: etree._Element) -> str | None:
    """An element's own text, or that of a person's name within it."""
    name = element.find("{*}name") if len(element) else None
    return ((element if name is None else name).text or "").strip() or None
