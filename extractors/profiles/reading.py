"""A profile against a page: the layout that fits, and what it reads."""

from collections.abc import Iterator, Mapping
from itertools import islice

from lxml import etree
from lxml.etree import _Element as Element

from extractors.document import Document, Guide
from extractors.labels import split_values
from extractors.outline import outline
from extractors.profiles.load import LISTS, Layout, Site

__all__ = ["guide_to", "part_lines"]

_LABELLED = 200  # characters of a line with a label
_LINKED = 60  # characters of a line that is a bare link behind a label
_MOST = 40  # texts of one field


def part_lines(document: Document, site: Site) -> None:
    """Read the page's tree anew with two line breaks for each of the site's own marks between paragraphs, where it has such."""
    marks = [one for selector in site.breaks for one in selector.elements(document.root) if not len(one) and not (one.text or "").strip()]
    for mark in marks:
        mark.tag = "br"
        mark.addprevious(etree.Element("br"))
    if marks:
        document.outline = outline(document.root)


def guide_to(document: Document, site: Site) -> Guide | None:
    """What the site's profile says of a page; None where no layout of it fits."""
    moment = document.context.fetched_at
    places = {node.element: place for place, node in enumerate(document.outline.nodes)}
    for layout in site.layouts:
        if not layout.was_served(moment):
            continue
        texts = _texts(layout, document.root)
        spans = _spans(layout, document, places)
        if all(texts.get(name) or (name == "body" and spans) for name in layout.required):
            return Guide(
                origin=f"profile:{site.name}",
                texts={**_labelled(document, site.labels), **texts},
                body=spans,
                dropped=dict(_dropped(layout, document, places)),
                zone=site.zone,
                phrases=site.phrases,
            )
    return None


def _texts(layout: Layout, root: Element) -> dict[str, tuple[str, ...]]:
    """What the fields' selectors read: of each field's alternatives the first that gives something."""
    found: dict[str, tuple[str, ...]] = {}
    for name, selectors in layout.fields.items():
        if name == "body":
            continue
        for selector in selectors:
            texts = tuple(dict.fromkeys(islice(selector.texts(root), _MOST if name in LISTS else 1)))
            if texts:
                found[name] = texts
                break
    return found


def _spans(layout: Layout, document: Document, places: Mapping[Element, int]) -> tuple[tuple[int, int], ...]:
    """The runs (first, last exclusive) of the blocks that are the body."""
    for selector in layout.fields.get("body", ()):
        nodes = [document.outline.nodes[places[element]] for element in selector.elements(document.root) if element in places]
        spans = tuple((node.first, node.last) for node in nodes if node.last > node.first)
        if spans:
            return spans
    return ()


def _dropped(layout: Layout, document: Document, places: Mapping[Element, int]) -> Iterator[tuple[int, str]]:
    """The runs of the blocks that are no text, with their kind."""
    for kind, selector in layout.drop:
        for element in selector.elements(document.root):
            if element in places:
                node = document.outline.nodes[places[element]]
                yield from ((run, kind) for run in range(node.first, node.last))


def _labelled(document: Document, labels: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The values of the lines that open with one of the site's own labels, by the list that the label stands for."""
    found: dict[str, tuple[str, ...]] = {}
    runs = document.outline.runs
    for place, run in enumerate(runs if labels else ()):
        if len(run.text) > _LABELLED:
            continue
        head, colon, rest = run.text.partition(":")
        key = labels.get(" ".join(head.casefold().split())) if colon or run.text == head else None
        if key is None or key in found:
            continue
        values = list(split_values(rest))
        if not values:
            for line in runs[place + 1 : place + _MOST]:
                if not line.links or line.link < 0.8 * len(line.text) or len(line.text) > _LINKED:
                    break
                values.append(line.text)
        if values:
            found[key] = tuple(values)
    return found
