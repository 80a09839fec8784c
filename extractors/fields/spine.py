"""Where the title stands among a page's runs, and the blocks that hold it: these are the article's, whatever they are called."""

from lxml.etree import _Element as Element

from extractors.fields.cleaning import letters
from extractors.structured import Facts

__all__ = ["spine", "title_run"]


def title_run(facts: Facts, title: str | None) -> int:
    """The place of the title among the runs: its heading, else the first run with its letters, else -1."""
    return facts.once(_title_run, title)


def _title_run(facts: Facts, title: str | None) -> int:
    key = letters(title or "")
    if not key:
        return -1
    outline = facts.document.outline
    runs, nodes = outline.runs, outline.nodes
    least, most = 0.6 * len(key), 2 * len(key) + 60
    for number in outline.landmarks["h1"]:
        for place in range(nodes[number].first, nodes[number].last):
            run = runs[place]
            if run.node == number and least <= len(run.text) < most and key in letters(run.text):
                return place
    return next((place for place, run in enumerate(runs) if least <= len(run[0]) < most and key in letters(run[0])), -1)


def spine(facts: Facts, title: str | None) -> frozenset[Element]:
    """The blocks around the title, from its heading up to the root; empty where the page does not print it."""
    return facts.once(_spine, title)


def _spine(facts: Facts, title: str | None) -> frozenset[Element]:
    place, outline = title_run(facts, title), facts.document.outline
    own = outline.runs[place].node if place >= 0 else -1
    return frozenset(node.element for _, node in outline.upwards(own))
