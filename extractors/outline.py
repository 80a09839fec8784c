"""The one walk over a page: its tree as runs of text, the block elements that hold them, and the elements whose names say something."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from extractors.marks import Mark, marks_of

__all__ = ["Node", "Outline", "Run", "outline"]

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
BREAK = "\ufdd0"  # a noncharacter: stands for <br> until the run is closed
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\ufdd1-\ufdef\x00-\x08\x0e-\x1b\x7f]|[\u202a-\u202e\u2066-\u2069]")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LINK, _BOLD, _ITALIC = 1, 2, 4
_EMPHASIS = {"a": _LINK, "b": _BOLD, "strong": _BOLD, "em": _ITALIC, "i": _ITALIC, "cite": _ITALIC}


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
    """Text between two block boundaries, white space folded. `link`, `bold`, `italic` count characters inside such elements."""

    text: str
    node: int
    link: int
    links: int
    bold: int
    italic: int
    broken: bool  # parted from the run before by <br> alone


@dataclass(slots=True)
class Outline:
    """A page's block elements and text runs in page order; `marked` holds (mark flags, element) of every element with a telling name."""

    nodes: list[Node] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    marked: list[tuple[int, Element]] = field(default_factory=list)

    def elements(self, mark: Mark) -> Iterator[Element]:
        """The elements that carry `mark`, in page order."""
        return (element for flags, element in self.marked if flags & mark)


def outline(root: Element) -> Outline:
    """Walk the tree under `root` once."""
    walk = _Walk()
    walk.descend(root)
    return walk.result


class _Walk:
    """The walk's state: the open node, the text gathered since the last block boundary, and the emphasis in force."""

    __slots__ = ("bold", "italic", "link", "link_end", "links", "node", "parts", "result")

    def __init__(self) -> None:
        self.result = Outline()
        self.parts: list[str] = []
        self.node = -1
        self.link = self.links = self.bold = self.italic = self.link_end = 0

    def descend(self, root: Element) -> None:
        """Depth first, without recursion: a page may nest deeper than Python's stack."""
        parts = self.parts
        stack: list[tuple[Iterator[Element], Element, int, int]] = []
        children = iter((root,))
        emphasis = 0
        while True:
            for element in children:
                tag = element.tag
                if tag in SKIPPED:
                    self._skip(element, tag)
                    continue
                if tag == "br":
                    parts.append(BREAK)
                    if element.tail:
                        self._add(element.tail, emphasis)
                    continue
                inline = tag in INLINE
                before = emphasis
                if inline:
                    if tag == "a":
                        self.links += 1
                        if parts and self.link_end == len(parts):
                            parts.append(" ")  # two links without space between are two words
                    emphasis |= _EMPHASIS.get(tag, 0)
                    self._note(element)
                else:
                    if parts:
                        self._flush()
                    self._open(element, tag)
                text = element.text
                if text:
                    self._add(text, emphasis)
                stack.append((children, element, before, -1 if inline else self.node))
                children = iter(element)
                break
            else:
                if not stack:
                    break
                children, element, emphasis, node = stack.pop()
                if node >= 0:
                    if parts:
                        self._flush()
                    self._close(node)
                elif element.tag == "a":
                    self.link_end = len(parts)
                tail = element.tail
                if tail and stack:
                    self._add(tail, emphasis)
        if parts:
            self._flush()

    def _add(self, text: str, emphasis: int) -> None:
        self.parts.append(text)
        if emphasis:
            size = len(text)
            if emphasis & _LINK:
                self.link += size
            if emphasis & _BOLD:
                self.bold += size
            if emphasis & _ITALIC:
                self.italic += size

    def _skip(self, element: Element, tag: str) -> None:
        if self.node >= 0:
            if tag in MEDIA:
                self.result.nodes[self.node].media += 1
            elif tag in CONTROLS:
                self.result.nodes[self.node].controls += 1
        if element.tail:
            self.parts.append(element.tail)

    def _note(self, element: Element) -> None:
        """Look an inline element's names up."""
        key = ""
        for name, value in element.items():
            if name in KEYED:
                key = f"{key} {value}" if key else value
        if key:
            flags = marks_of(key)
            if flags:
                self.result.marked.append((flags, element))

    def _open(self, element: Element, tag: str) -> None:
        result = self.result
        key, flags = "", 0
        for name, value in element.items():
            if name in KEYED:
                key = f"{key} {value}" if key else value
            elif name == "hidden" or (name == "style" and _HIDING.search(value)) or (name == "aria-hidden" and value == "true"):
                flags |= Mark.HIDDEN
        if key:
            flags |= marks_of(key)
        if flags:
            result.marked.append((flags, element))
        nodes = result.nodes
        parent = self.node
        depth = nodes[parent].depth + 1 if parent >= 0 else 0
        self.node = len(nodes)
        nodes.append(Node(parent, tag, key, flags, element, depth, len(result.runs)))
        if tag in MEDIA and parent >= 0:
            nodes[parent].media += 1
        elif tag in CONTROLS and parent >= 0:
            nodes[parent].controls += 1

    def _close(self, index: int) -> None:
        node = self.result.nodes[index]
        node.last = len(self.result.runs)
        node.end = len(self.result.nodes)
        self.node = node.parent

    def _flush(self) -> None:
        """Close the gathered text as one run, or several where <br> parts it."""
        text = "".join(self.parts)
        self.parts.clear()
        pieces = text.split(BREAK) if BREAK in text else (text,)
        broken = False
        total = sum(map(len, pieces)) or 1
        for piece in pieces:
            if not piece.isascii():
                piece = _INVISIBLE.sub("", piece)
            words = piece.split()
            if words:
                share = len(piece) / total
                self.result.runs.append(
                    Run(
                        " ".join(words),
                        self.node,
                        *(round(count * share) for count in (self.link, self.links, self.bold, self.italic)),
                        broken,
                    )
                )
            broken = True
        self.link = self.links = self.bold = self.italic = 0
