"""Where on a page something stands: how far from the headline, and whether in a part that belongs to other stories."""

from dataclasses import dataclass

from lxml.etree import _Element as Element

from extractors.marks import Mark
from extractors.outline import Node, Outline

__all__ = ["Place", "Places"]

_FOREIGN = Mark.RELATED | Mark.SIDEBAR | Mark.COMMENTS | Mark.FOOTER | Mark.NAVIGATION | Mark.AD | Mark.NEWSLETTER | Mark.CONSENT
_ENOUGH = 12  # letters and digits that tell one headline from another
_HEADINGS = frozenset({"h1", "h2", "h3"})


@dataclass(frozen=True, slots=True)
class Place:
    """`run`: the first text run of the block element; `after`: runs after the headline (negative before it); `foreign`: in another story's part."""

    node: int
    run: int
    after: int
    foreign: bool


class Places:
    """The places of one page."""

    __slots__ = ("_index", "headline", "outline", "top")

    def __init__(self, outline: Outline, title: str | None) -> None:
        self.outline = outline
        self._index: dict[Element, int] = {}
        self.top = _headline(outline, title)
        self.headline = outline.nodes[self.top].first if self.top is not None else None

    def of(self, element: Element) -> Place | None:
        """The place of an element; None for one outside the page's text."""
        if not self._index:
            self._index = {node.element: number for number, node in enumerate(self.outline.nodes)}
        found: Element | None = element
        while found is not None:
            number = self._index.get(found)
            if number is not None:
                return self.at(number, self.outline.nodes[number].first)
            found = found.getparent()
        return None

    def at(self, number: int, run: int) -> Place:
        """The place of a run in the node with that number."""
        after = run - self.headline if self.headline is not None else run
        return Place(number, run, after, self._is_foreign(number))

    def _is_foreign(self, number: int) -> bool:
        """Whether an element below the one that holds the headline too belongs to other stories."""
        nodes = self.outline.nodes
        while number >= 0:
            node = nodes[number]
            if self._holds_headline(node):
                return False
            if node.marks & _FOREIGN or node.tag in {"footer", "aside", "nav"} or (node.tag == "article" and self.headline is not None):
                return True
            number = node.parent
        return False

    def _holds_headline(self, node: Node) -> bool:
        return self.headline is not None and node.first <= self.headline < node.last


def _headline(outline: Outline, title: str | None) -> int | None:
    """The node of the headline: the heading that says the title, else the first <h1> with text."""
    wanted = _letters(title) if title else ""
    first = None
    for number, node in enumerate(outline.nodes):
        if node.tag in _HEADINGS and node.first < node.last:
            if first is None and node.tag == "h1":
                first = number
            if len(wanted) >= _ENOUGH:
                said = _letters("".join(run.text for run in outline.runs[node.first : node.last]))
                if len(said) >= _ENOUGH and (said in wanted or wanted in said):
                    return number
    return first


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
