"""The one walk over a page: its tree as runs of text, the block elements that hold them, and the elements whose names say something."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from lxml import etree
from lxml.etree import _Element as Element

from extractors.inline import HIDING, INLINE, goes_on, in_sentence, is_note, is_unseen, said_by
from extractors.marks import ASKED, Mark, marks_of
from extractors.runs import LINE, Run, flush

__all__ = ["KEYED", "Node", "Outline", "outline"]

# Elements whose content is never shown as text of the page, or (rt, rp) is how words beside it are spoken.
SKIPPED = frozenset(
    "script style svg math iframe object embed canvas select option datalist textarea head map applet frameset rt rtc rp".split()
)
# Elements that stand as blocks; of others so do the custom ones ("app-root") but in a sentence, and what no standard knows flows ("o:p").
BLOCKS = frozenset(
    "html body div p section article aside header footer main nav search hgroup h1 h2 h3 h4 h5 h6 ul ol li dl dt dd menu dir table caption "
    "colgroup col thead tbody tfoot tr td th form fieldset legend details summary dialog input figure figcaption blockquote "
    "address pre listing xmp plaintext hr center marquee noembed noframes frame title base isindex param "
    "source track area keygen".split()
)
MEDIA = frozenset("img picture video audio iframe amp-img amp-video".split())
KEYED = frozenset("class id itemprop role data-testid data-component data-type data-qa rel".split())
_BREAKING = re.compile(r"(?:^|\s)(?:br|line-?break)(?:\s|$)", re.IGNORECASE)  # an empty element so named is a <br> by style sheet
_LINKED, _BOLD, _ITALIC = 1, 2, 4
_EMPHASIS = {"a": _LINKED, "b": _BOLD, "strong": _BOLD, "em": _ITALIC, "i": _ITALIC, "cite": _ITALIC}
_LANDMARKS = ("h1", "h2", "h3", "article", "figcaption")
# What the walk does with a tag, ordered so that one comparison tells blocks (<= _BLOCK) and what is not entered (>= _BREAK).
_LANDMARK, _COUNTED_BLOCK, _BLOCK, _FLOWING, _TIME, _EMPHATIC, _LINK, _BREAK, _SKIPPED, _COUNTED, _CLOSE = range(-2, 9)
_END = "end-of-page"
_KINDS = (
    dict.fromkeys(BLOCKS, _BLOCK)
    | dict.fromkeys(_LANDMARKS, _LANDMARK)
    | dict.fromkeys(MEDIA, _COUNTED_BLOCK)
    | dict.fromkeys(INLINE, _FLOWING)
    | dict.fromkeys(_EMPHASIS, _EMPHATIC)
    | dict.fromkeys(SKIPPED, _SKIPPED)
    | dict.fromkeys(SKIPPED & MEDIA, _COUNTED)
    | {"a": _LINK, "time": _TIME, "br": _BREAK, _END: _CLOSE}
)
_KEY, _PROPERTY, _LEADS, _HIDES, _HIDES_IF_TRUE, _STYLES = range(6)
_ROLES = dict.fromkeys(KEYED, _KEY) | {
    "itemprop": _PROPERTY,
    "href": _LEADS,
    "hidden": _HIDES,
    "aria-hidden": _HIDES_IF_TRUE,
    "style": _STYLES,
}
_HIDDEN = int(Mark.HIDDEN)
_LAST, _NODES_END, _MEDIA = 7, 8, 9  # positions in a Node


class Node(NamedTuple):
    """A block element. `parent` and `end` are positions in Outline.nodes, `first` and `last` in Outline.runs (the end ones exclusive)."""

    parent: int
    tag: str
    key: str
    marks: int
    element: Element
    depth: int
    first: int
    last: int
    end: int
    media: int


@dataclass(slots=True)
class Outline:
    """A page's block elements and text runs in page order.

    `marked` holds (mark flags, element) of elements that bear one of marks.ASKED, `links` (address, element) of every link, as written,
    `times` (position in `nodes`, element) of every <time>, `properties` what the itemprop attributes say, `landmarks` the positions of
    headings, articles and captions by their tags.
    """

    nodes: list[Node] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    marked: list[tuple[int, Element]] = field(default_factory=list)
    links: list[tuple[str, Element]] = field(default_factory=list)
    times: list[tuple[int, Element]] = field(default_factory=list)
    properties: list[str] = field(default_factory=list)
    landmarks: dict[str, list[int]] = field(default_factory=lambda: {tag: [] for tag in _LANDMARKS})

    def elements(self, *tags: str) -> Iterator[Element]:
        """The landmarks with the tags, one tag after the other."""
        return (self.nodes[number].element for tag in tags for number in self.landmarks[tag])

    def upwards(self, position: int, most: int = sys.maxsize) -> Iterator[tuple[int, Node]]:
        """(position, node) of a block element and of those around it, innermost first, `most` of them; none from -1 on."""
        nodes = self.nodes
        while position >= 0 and most > 0:
            node = nodes[position]
            yield position, node
            position = node.parent
            most -= 1

    def cut(self, size: int) -> None:
        """Leave the first `size` runs alone."""
        del self.runs[size:]
        self.nodes = [node._replace(first=min(node.first, size), last=min(node.last, size)) for node in self.nodes]


def outline(root: Element) -> Outline:  # noqa: C901, PLR0912, PLR0915 # the hot loop of every page: calls would double its cost
    """Walk the tree of a document once, in page order and without recursion, for a page may nest deeper than Python's stack."""
    page = Outline()
    runs, marked, leading, properties, landmarks = page.runs, page.marked, page.links, page.properties, page.landmarks
    nodes: list[list[Any]] = []  # a list for each Node: a tenth of the price of a record while the walk still fills it
    parts: list[str] = []  # the text since the last boundary of a block
    link = links = bold = italic = 0  # of that text
    stack: list[tuple[Any, int, int]] = []
    top: Any = None  # the innermost open element, its kind, and the emphasis outside and inside of it
    kind = outside = emphasis = 0
    skipped: set[Element] = set()  # elements that are left out with all that is in them
    at, depth, joint, code = -1, 0, -1, -1  # code: the place of the <pre> that is open
    for element in chain(root.iter(), (etree.Element(_END),)):
        parent = element.getparent()
        if skipped:
            if parent in skipped:
                skipped.add(element)
                continue
            skipped.clear()
        while top is not parent:  # close what ended before this element
            if kind <= _BLOCK:
                if parts:
                    if not (gathered := "".join(parts)).isspace():
                        flush(runs, gathered, tag="pre" if code >= 0 else nodes[at][1], place=(at, link, links, bold, italic))
                    parts.clear()
                    link = links = bold = italic = 0
                    joint = -1
                node = nodes[at]
                node[_LAST] = len(runs)
                node[_NODES_END] = len(nodes)
                if at == code:
                    code = -1
                at = node[0]
                depth -= 1
            elif kind == _LINK:
                joint = len(parts)
            emphasis = outside
            if (text := top.tail) is not None:
                parts.append(text)
                if emphasis:
                    size = len(text)
                    link += size if emphasis & _LINKED else 0
                    bold += size if emphasis & _BOLD else 0
                    italic += size if emphasis & _ITALIC else 0
            top, kind, outside = stack.pop()
        tag: Any = element.tag
        sort = _KINDS.get(tag)
        if sort is None:
            sort = _unlisted(element, tag, parts)
        if sort >= _BREAK:
            if sort == _CLOSE:
                break
            if len(element):
                skipped.add(element)
            if sort == _BREAK:
                parts.append(LINE)
            elif sort == _COUNTED and at >= 0:
                nodes[at][_MEDIA] += 1
            if (text := element.tail) is not None:
                parts.append(text)
                if emphasis:
                    size = len(text)
                    link += size if emphasis & _LINKED else 0
                    bold += size if emphasis & _BOLD else 0
                    italic += size if emphasis & _ITALIC else 0
            continue
        key, flags = "", 0
        for name, value in element.items():
            if name == "class":
                key = f"{key} {value}" if key else value
                continue
            role = _ROLES.get(name)
            if role is None:
                continue
            if role <= _PROPERTY:
                key = f"{key} {value}" if key else value
                if role == _PROPERTY:
                    properties.append(value)
                elif value == "tooltip" and name == "role" and is_note(element):  # shown while the pointer is on a word
                    element.text = None
                    skipped.add(element)
            elif role == _LEADS:
                if sort == _LINK:
                    leading.append((value, element))
            elif role == _HIDES or (value == "true" if role == _HIDES_IF_TRUE else HIDING.search(value)):
                flags = _HIDDEN
        if key:
            flags |= marks_of(key)
            if sort == _FLOWING and "br" in key and element.text is None and not len(element) and _BREAKING.search(key):
                parts.append(LINE)
        if flags:
            if flags & ASKED:
                marked.append((flags, element))
            if flags & _HIDDEN and sort == _FLOWING and is_unseen(element, key if emphasis & _LINKED else "", parts):
                element.text = None
                skipped.add(element)
        if sort == _COUNTED_BLOCK:
            if tag == "img":
                if (said := said_by(element, key, parts)) is not None:
                    sort = _FLOWING
                    parts.append(said)
            elif is_note(element):  # what a browser that cannot play it would say
                element.text = None
                skipped.add(element)
        stack.append((top, kind, outside))
        top, kind, outside = element, sort, emphasis
        if sort <= _BLOCK:
            if parts:
                if not (gathered := "".join(parts)).isspace():
                    flush(runs, gathered, tag="pre" if code >= 0 else nodes[at][1], place=(at, link, links, bold, italic))
                parts.clear()
                link = links = bold = italic = 0
                joint = -1
            if sort < _BLOCK:
                if sort == _LANDMARK:
                    landmarks[tag].append(len(nodes))
                elif at >= 0:
                    nodes[at][_MEDIA] += 1
            nodes.append([at, tag, key, flags, element, depth, len(runs), 0, 0, 0])
            at = len(nodes) - 1
            if code < 0 and tag == "pre":
                code = at
            depth += 1
        elif sort == _TIME:
            page.times.append((at, element))
        elif sort > _TIME:
            if sort == _LINK:
                links += 1
                if parts and joint == len(parts) and not goes_on(leading, parts[-1]):
                    parts.append(" ")  # two links without space between are two words
            emphasis |= _EMPHASIS[tag]
        if (text := element.text) is not None:
            parts.append(text)
            if emphasis:
                size = len(text)
                link += size if emphasis & _LINKED else 0
                bold += size if emphasis & _BOLD else 0
                italic += size if emphasis & _ITALIC else 0
    page.nodes = list(map(partial(tuple.__new__, Node), nodes))
    return page


def _unlisted(element: Element, tag: str, parts: list[str]) -> int:
    """What the walk does with an element that no list tells: custom ones and buttons are blocks but in a sentence, templates not shown."""
    if tag == "template":
        return _BLOCK if "shadowrootmode" in element.attrib else _SKIPPED
    if tag == "noscript":  # one without words in a sentence is the picture before it once more
        return _BLOCK if any(map(str.strip, element.itertext())) or not in_sentence(element, parts) else _SKIPPED
    if tag == "button" and (parent := element.getparent()) is not None and parent.tag == "pre":
        return _SKIPPED  # "Copy"
    return _FLOWING if ("-" not in tag and tag != "button") or in_sentence(element, parts) else _BLOCK
