"""Where on a page something stands: how far from the headline, and whether in a part that belongs to other stories."""

from collections.abc import Sequence
from enum import StrEnum

from lxml.etree import _Element as Element

from extractors.fields.ownlinks import links_to, own_addresses
from extractors.letters import letters_of
from extractors.marks import ELSEWHERE, Mark
from extractors.outline import Node, Outline
from extractors.runs import Run

__all__ = ["ABOVE_RUNS", "MID_RUNS", "NEAR_RUNS", "Places", "Zone"]


class Zone(StrEnum):
    """A part of the page, by distance from the headline in runs of text."""

    NEAR = "near"  # the headline's own line to NEAR_RUNS below
    ABOVE = "above"  # up to ABOVE_RUNS before it
    MID = "mid"  # up to MID_RUNS below
    FAR = "far"
    TOP = "top"  # before ABOVE
    FOREIGN = "foreign"  # inside a list of other stories, a sidebar, the footer, comments


NEAR_RUNS, ABOVE_RUNS, MID_RUNS = 8, 8, 30
_DATE, _RELATED = int(Mark.DATE), int(Mark.RELATED)
_FOREIGN_TAGS = frozenset({"footer", "aside", "nav"})
_SMALL = 6  # runs of an element beside the headline that is a dateline, whatever its name says ("article__footer", "meta aside")
_BESIDE = 4  # runs above the headline in which such an element may stand
_OF_ARTICLE = ("article", "post", "entry", "content", "story")
_TEASED = 3  # runs behind a teaser of the article itself that tell of the article
_ENOUGH = 12  # letters and digits that tell one headline from another
_LONGEST = 8  # runs of a heading
_HEADINGS = ("h1", "h2", "h3")
_LINKED, _TEASING = 0.9, 20  # share of a line in links; characters of a line that tells of another story


class Places:
    """The places of one page. `headline`: the run of the headline, None where the page has none."""

    __slots__ = ("_article", "_index", "_teaser", "headline", "outline")

    def __init__(self, outline: Outline, title: str | None, address: str | None) -> None:
        self.outline = outline
        self._index: dict[Element, int] = {}
        headings = [outline.nodes[number] for number in sorted(number for tag in _HEADINGS for number in outline.landmarks[tag])]
        articles = [(outline.nodes[number].first - outline.nodes[number].last, number) for number in outline.landmarks["article"]]
        self.headline = _permalink(outline, headings, title=title, address=address)
        self._teaser: int | None = None
        if self.headline is None:
            self.headline, self._teaser = _headline(outline, headings, title)
        # for pages whose headline stands outside: the largest <article>, the outer one of two that nest
        self._article = min(articles)[1] if articles else None

    def node_of(self, element: Element) -> int | None:
        """The number of the block element that holds `element`; None for one outside the page's text."""
        if not self._index:
            self._index = {node.element: number for number, node in enumerate(self.outline.nodes)}
        found: Element | None = element
        while found is not None:
            number = self._index.get(found)
            if number is not None:
                return number
            found = found.getparent()
        return None

    def zone(self, number: int, run: int) -> Zone:
        """The zone of a run in the node with that number."""
        after = run - self.headline if self.headline is not None else NEAR_RUNS + 1
        if self._in_foreign(number, after) or self._in_teaser(run):
            return Zone.MID if self._teaser is not None and 0 < run - self._teaser <= _TEASED else Zone.FOREIGN
        if after < 0:
            return Zone.ABOVE if after >= -ABOVE_RUNS else Zone.TOP
        return Zone.NEAR if after <= NEAR_RUNS else Zone.MID if after <= MID_RUNS else Zone.FAR

    def _in_foreign(self, number: int, after: int) -> bool:
        """Whether an element below the one that holds the headline too belongs to other stories."""
        beside = -_BESIDE <= after <= NEAR_RUNS and self.headline is not None
        dated = False
        for place, node in self.outline.upwards(number):
            if self._holds_headline(node):
                return False
            dated = dated or bool(node.marks & _DATE)
            if self.headline is not None and node.tag == "article" and not self._in_main_article(place):
                return True
            if node.marks & ELSEWHERE or node.tag in _FOREIGN_TAGS:
                meta = dated and after <= _BESIDE and node.tag == "aside" and not node.marks & _RELATED
                small = node.last - node.first <= _SMALL or meta
                if not (small and (beside or node.key.lower().startswith(_OF_ARTICLE))):
                    return True
        return False

    def _in_teaser(self, run: int) -> bool:
        """Whether a run is a link beside a line that is one, too: the date of the story they lead to. A post's own link is its date."""
        runs, nodes = self.outline.runs, self.outline.nodes
        if run >= len(runs) or not _is_link(runs[run]):
            return False
        own = {runs[run].node, nodes[runs[run].node].parent}
        return any(
            number != self.headline
            and len(runs[number].text) >= _TEASING
            and _is_link(runs[number])
            and not own.isdisjoint((runs[number].node, nodes[runs[number].node].parent))
            for number in (run - 1, run + 1)
            if 0 <= number < len(runs)
        )

    def _in_main_article(self, number: int) -> bool:
        """Whether an <article> is the main one, or one that fills at least half of it."""
        if self._article is None:
            return False
        nodes = self.outline.nodes
        node, main = nodes[number], nodes[self._article]
        return main.first <= node.first and node.last <= main.last and 2 * (node.last - node.first) >= main.last - main.first

    def _holds_headline(self, node: Node) -> bool:
        return self.headline is not None and node.first <= self.headline < node.last


def _is_link(run: Run) -> bool:
    return run.link >= _LINKED * len(run.text)


def _permalink(outline: Outline, headings: Sequence[Node], *, title: str | None, address: str | None) -> int | None:
    """The run of the one heading that links to the page itself and does not say the title: a post's, where the title is the blog's name."""
    own = own_addresses(address)
    if not own:
        return None
    wanted = letters_of(title) if title else ""
    found = []
    for node in headings:
        if node.first < node.last and _is_link(outline.runs[node.first]) and links_to(node.element, own):
            if _says(outline, node, wanted):
                return None
            found.append(node.first)
    return found[0] if len(found) == 1 else None


def _says(outline: Outline, node: Node, wanted: str) -> bool:
    """Whether a heading and the letters of the title are one, or one is part of the other."""
    if len(wanted) < _ENOUGH or node.last - node.first >= _LONGEST:
        return False
    said = letters_of("".join(run.text for run in outline.runs[node.first : node.last]))
    return len(said) >= _ENOUGH and (said in wanted or wanted in said)


def _headline(outline: Outline, headings: Sequence[Node], title: str | None) -> tuple[int | None, int | None]:
    """The run of the headline: the heading that says the title, else the first <h1> with text, else a line that is the title.

    Then that of a link that says it, where an <h1> does that is none: a teaser of the article itself.
    """
    wanted = letters_of(title) if title else ""
    first = linked = None
    for node in headings:
        if node.first < node.last:
            if first is None and node.tag == "h1":
                first = node.first
            if _says(outline, node, wanted):
                if (linked is None or node.tag == "h1") and not _is_link(outline.runs[node.first]):
                    return node.first, linked
                linked = node.first if linked is None else linked
    if linked is not None:
        return linked, None
    if first is None and title:
        return next((number for number, run in enumerate(outline.runs) if run.text == title), None), None
    return first, None
