"""Where the title stands among a page's runs, and the blocks that hold it: these are the article's, whatever they are called."""

from lxml.etree import _Element as Element

from extractors.document import Document
from extractors.fields.cleaning import letters
from extractors.outline import Outline
from extractors.structured import Facts

__all__ = ["spine", "title_run"]


def title_run(document: Document, facts: Facts, title: str | None) -> int:
    """The place of the title among the runs: its heading, else the first run with its letters, else -1."""
    place = facts.memo.get("title_run")
    if not isinstance(place, int):
        place = facts.memo["title_run"] = _title_run(document.outline, letters(title or ""))
    return place


def _title_run(outline: Outline, key: str) -> int:
    if not key:
        return -1
    runs, nodes = outline.runs, outline.nodes
    least, most = 0.6 * len(key), 2 * len(key) + 60
    for number in outline.landmarks["h1"]:
        for place in range(nodes[number].first, nodes[number].last):
            run = runs[place]
            if run.node == number and least <= len(run.text) < most and key in letters(run.text):
                return place
    return next((place for place, run in enumerate(runs) if least <= len(run[0]) < most and key in letters(run[0])), -1)


def spine(document: Document, facts: Facts, title: str | None) -> frozenset[Element]:
    """The blocks around the title, from its heading up to the root; empty where the page does not print it."""
    held = facts.memo.get("spine")
    if isinstance(held, frozenset):
        return held
    place = title_run(document, facts, title)
    own = document.outline.runs[place].node if place >= 0 else -1
    found = facts.memo["spine"] = frozenset(node.element for _, node in document.outline.upwards(own))
    return found
