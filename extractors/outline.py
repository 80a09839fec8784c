"""The one walk over a page: its tree as runs of text, the block elements that hold them, and the elements whose names say something."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from lxml.etree import _Element as Element

from extractors.marks import Mark, marks_of

__all__ = ["Break", "Node", "Outline", "Run", "outline"]

# Phrasing elements of the HTML standard, and old ones that act alike: text flows through them.
INLINE = frozenset(
    "a abbr acronym b bdi bdo big blink cite code data del dfn em font i ins kbd label mark nobr q rb rp rt ruby s samp small span strike strong "
    "sub sup time tt u var wbr path use g shape slot output meter progress".split()
)
# Elements whose content is never shown as text of the page.
SKIPPED = frozenset("script style svg math iframe object embed canvas select option datalist textarea head map applet frameset".split())
MEDIA = frozenset("img picture video audio iframe amp-img amp-video".split())
CONTROLS = frozenset("input button select textarea".split())
KEYED = frozenset("class id itemprop role data-testid data-component data-type data-qa rel".split())
_BREAK = "\ufdd0"  # a noncharacter: stands for <br> until the run is closed
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\ufdd1-\ufdef\x00-\x08\x0e-\x1b\x7f\u202a-\u202e\u2066-\u2069]")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LINK, _BOLD, _ITALIC = 1, 2, 4
_EMPHASIS = {"a": _LINK, "b": _BOLD, "strong": _BOLD, "em": _ITALIC, "i": _ITALIC, "cite": _ITALIC}


class Break(IntEnum):
    """What parts a run from the one before it: a block's boundary, one <br>, or several."""

    BLOCK = 0
    LINE = 1
    LINES = 2


@dataclass(slots=True)
class Node:
    """A block element. `parent` and `end` are positions in Outline.nodes, `first` and `last` in Outline.runs (the end ones exclusive)."""

    parent: int
    tag: str
    key: str
    marks: int
    element: Element
    depth: int
    first: int
    last: int = 0
    end: int = 0
    media: int = 0
    controls: int = 0


@dataclass(slots=True)
class Run:
    """Text between two boundaries, white space folded (kept inside <pre>). `link`, `bold`, `italic` count characters inside such elements."""

    text: str
    node: int
    link: int
    links: int
    bold: int
    italic: int
    parted: Break


@dataclass(slots=True)
class Outline:
    """A page's block elements and text runs in page order; `marked` holds (mark flags, element) of every element with a telling name."""

    nodes: list[Node] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    marked: list[tuple[int, Element]] = field(default_factory=list)

    def elements(self, mark: Mark) -> Iterator[Element]:
        """The elements that carry `mark`, in page order."""
        wanted = int(mark)  # an IntFlag's own & costs twenty times a number's
        return (element for flags, element in self.marked if flags & wanted)


def outline(root: Element) -> Outline:  # noqa: C901, PLR0912, PLR0915 # the hot loop of every page: calls would double its cost
    """Walk the tree under `root` once: depth first and without recursion, for a page may nest deeper than Python's stack."""
    page = Outline()
    nodes, marked = page.nodes, page.marked
    text = _Text(page)
    parts = text.parts
    stack: list[tuple[Iterator[Element], Element, int, bool]] = []
    children: Iterator[Element] = iter((root,))
    emphasis, at, joint = 0, -1, -1
    while True:
        for element in children:
            tag = element.tag
            if tag == "br":
                parts.append(_BREAK)
            elif tag in SKIPPED:
                if at >= 0 and (tag in MEDIA or tag in CONTROLS):
                    _count(nodes[at], tag)
            else:
                break
            if (after := element.tail) is not None:
                text.add(after, emphasis)
        else:
            if not stack:
                break
            children, element, emphasis, block = stack.pop()
            if block:
                if parts:
                    text.flush(at)
                node = nodes[at]
                node.last, node.end, at = len(page.runs), len(nodes), node.parent
            elif element.tag == "a":
                joint = len(parts)
            if (after := element.tail) is not None and stack:
                text.add(after, emphasis)
            continue
        flags, key = _named(element)
        block = tag not in INLINE
        stack.append((children, element, emphasis, block))
        if flags:
            marked.append((flags, element))
        if block:
            if parts:
                text.flush(at)
            if at >= 0 and (tag in MEDIA or tag in CONTROLS):
                _count(nodes[at], tag)
            nodes.append(Node(at, tag, key, flags, element, nodes[at].depth + 1 if at >= 0 else 0, len(page.runs)))
            at = len(nodes) - 1
        elif tag in _EMPHASIS:
            if tag == "a":
                text.links += 1
                if parts and joint == len(parts):
                    parts.append(" ")  # two links without space between are two words
            emphasis |= _EMPHASIS[tag]
        if (within := element.text) is not None:
            text.add(within, emphasis)
        children = iter(element)
    if parts:
        text.flush(max(at, 0))
    return page


def _named(element: Element) -> tuple[int, str]:
    """The mark flags of an element, and the names they were read from."""
    key, flags = "", 0
    for name, value in element.items():
        if name in KEYED:
            key = f"{key} {value}" if key else value
        elif (name == "style" and _HIDING.search(value)) or name == "hidden" or (name == "aria-hidden" and value == "true"):
            flags = int(Mark.HIDDEN)
    return (flags | marks_of(key), key) if key else (flags, key)


def _count(node: Node, tag: str) -> None:
    if tag in MEDIA:
        node.media += 1
    else:
        node.controls += 1


class _Text:
    """The text gathered since the last block boundary."""

    __slots__ = ("bold", "italic", "link", "links", "page", "parts")

    def __init__(self, page: Outline) -> None:
        self.page = page
        self.parts: list[str] = []
        self.link = self.links = self.bold = self.italic = 0

    def add(self, text: str, emphasis: int) -> None:
        """Take `text` in, counted for the emphasis in force."""
        self.parts.append(text)
        if emphasis:
            size = len(text)
            if emphasis & _LINK:
                self.link += size
            if emphasis & _BOLD:
                self.bold += size
            if emphasis & _ITALIC:
                self.italic += size

    def flush(self, node: int) -> None:
        """Close the gathered text as one run of `node`, or several where <br> parts it."""
        text = "".join(self.parts)
        self.parts.clear()
        if not text.isascii():
            text = _INVISIBLE.sub("", text)
        if self.page.nodes[node].tag == "pre":
            text = text.replace(_BREAK, "\n").strip("\n").rstrip()
            if text:
                self.page.runs.append(Run(text, node, self.link, self.links, self.bold, self.italic, Break.BLOCK))
        elif _BREAK in text:
            self._lines(text, node)
        else:
            text = " ".join(text.split())
            if text:
                self.page.runs.append(Run(text, node, self.link, self.links, self.bold, self.italic, Break.BLOCK))
        self.link = self.links = self.bold = self.italic = 0

    def _lines(self, text: str, node: int) -> None:
        """One run a line; the emphasis counts are shared out by length."""
        parted, total = Break.BLOCK, max(len(text), 1)
        for piece in text.split(_BREAK):
            line = " ".join(piece.split())
            if line:
                share = len(piece) / total
                counts = (round(count * share) for count in (self.link, self.links, self.bold, self.italic))
                link, links, bold, italic = counts
                self.page.runs.append(Run(line, node, link, links, bold, italic, parted))
                parted = Break.LINE
            elif parted is Break.LINE:
                parted = Break.LINES
