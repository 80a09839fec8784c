"""One look over a page for all fields: blocks that some of them ask for, marked elements, and lines with a telling first word."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from lxml.etree import _Element as Element

from extractors.document import Document
from extractors.fields.words import HUMPS, OPENING
from extractors.labels import label_words, opens_label
from extractors.marks import Mark
from extractors.outline import Outline
from extractors.structured import Facts

__all__ = ["Lines", "Survey", "survey", "telling_lines"]

_TAGS = ("h1", "h2", "h3", "article", "figcaption")
_MARKS = (Mark.BYLINE, Mark.DATE, Mark.HEADLINE, Mark.SECTION, Mark.BREADCRUMB, Mark.TAGS, Mark.PAYWALL)
_ANY = sum(map(int, _MARKS))
_LONGEST = 600  # characters of a line that a by-word or a label may open
_CREDIT, _LABEL = 1, 2


def _beginnings() -> frozenset[str]:
    """The first two characters, in ASCII, of the lines that may begin with a telling word, in any case."""
    words = {*OPENING, *HUMPS, *label_words()}
    pairs = {pair for word in words for pair in ((word, f"{word} ", f"{word}:") if len(word) < 2 else (word[:2],))}
    return frozenset("".join(letters) for pair in pairs for letters in product(*((letter.lower(), letter.upper()) for letter in pair)))


_BEGINNINGS = _beginnings()


@dataclass(frozen=True, slots=True)
class Survey:
    """`blocks`: the numbers of the nodes with a tag; `marked`: (flags, element) of elements that bear one of _MARKS, in page order."""

    outline: Outline
    blocks: Mapping[str, list[int]]
    marked: list[tuple[int, Element]]

    def elements(self, *tags: str) -> Iterator[Element]:
        """The block elements with the tags, one tag after the other."""
        nodes = self.outline.nodes
        return (nodes[number].element for tag in tags for number in self.blocks[tag])


@dataclass(frozen=True, slots=True)
class Lines:
    """The numbers of the runs whose first word may begin a credit, and of those whose first word may begin a label."""

    credits: list[int]
    labels: list[int]


def survey(document: Document, facts: Facts) -> Survey:
    """The page's survey, made once."""
    held = facts.memo.get("survey")
    if not isinstance(held, Survey):
        held = facts.memo["survey"] = _survey(document.outline)
    return held


def _survey(outline: Outline) -> Survey:
    blocks: dict[str, list[int]] = {tag: [] for tag in _TAGS}
    for number, node in enumerate(outline.nodes):
        if node[1] in blocks:
            blocks[node[1]].append(number)
    return Survey(outline, blocks, [entry for entry in outline.marked if entry[0] & _ANY])


def telling_lines(document: Document, facts: Facts) -> Lines:
    """The lines with a telling first word, found once."""
    held = facts.memo.get("lines")
    if not isinstance(held, Lines):
        held = facts.memo["lines"] = _lines(document.outline)
    return held


def _lines(outline: Outline) -> Lines:
    credited: list[int] = []
    labelled: list[int] = []
    for number, run in enumerate(outline.runs):
        text = run[0]
        two = text[:2]
        if two not in _BEGINNINGS and two.isascii() and two[0] != " ":  # a third of the lines end here
            continue
        if len(text) < _LONGEST and (kinds := _kinds(text.lstrip().partition(" ")[0])):
            if kinds & _CREDIT:
                credited.append(number)
            if kinds & _LABEL:
                labelled.append(number)
    return Lines(credited, labelled)


@lru_cache(maxsize=32768)
def _kinds(word: str) -> int:
    """What a line that begins with `word` may be."""
    return _CREDIT * (word in OPENING or word[:2] in HUMPS) | _LABEL * opens_label(word)
