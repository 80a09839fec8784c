"""Where a page says which category holds its article: the menu's marked items, links to categories' pages beside the headline."""

import re
from collections.abc import Iterable
from itertools import islice

from lxml.etree import _Element as Element

from extractors.document import Document
from extractors.fields.cleaning import clean
from extractors.fields.spine import title_run
from extractors.structured import Facts

__all__ = ["CATEGORY_PAGE", "MOST_CATEGORIES", "filed_beside", "filed_menu", "link_words"]

MOST_CATEGORIES = 8
BESIDE, ABOVE = 6, 3  # runs behind and before the headline
SHORT, HALF = 60, 0.5  # characters of a line that says where a story is filed, the share of them in links
MOST_TOGETHER = 3  # categories of one line; more are a menu
_FILED_ITEM = "current-post-parent"
CATEGORY_PAGE = re.compile(
    r"/(?:categor(?:y|ies|ia|ias|ía|ías|ie|ies)|catégories?|kategori(?:e|en|a)?|rubri(?:k|ken|que|ques|ca|cas|ek))/", re.IGNORECASE
)


def filed_menu(document: Document) -> list[str]:
    """The menu's items that WordPress marks as the post's own categories, each by its own link's words."""
    named = (node.element for node in document.outline.nodes if node.tag == "li" and _FILED_ITEM in node.key)
    links = (link for item in named if (link := next(item.iter("a"), None)) is not None)
    return list(dict.fromkeys(link_words(islice(links, MOST_CATEGORIES))))


def filed_beside(document: Document, facts: Facts, title: str | None) -> list[str]:
    """The words of a short line's links beside the headline that lead to categories' pages, told by their addresses alone."""
    place, runs, nodes = title_run(document, facts, title), document.outline.runs, document.outline.nodes
    if place < 0:
        return []
    for number in (*range(place + 1, min(place + 1 + BESIDE, len(runs))), *range(place - 1, max(place - 1 - ABOVE, -1), -1)):
        run = runs[number]
        if run.links and run.link > HALF * len(run.text) and len(run.text) < SHORT and nodes[run.node].tag != "li":
            links = islice(nodes[run.node].element.iter("a"), MOST_TOGETHER + 1)
            filed = (link for link in links if CATEGORY_PAGE.search(link.get("href") or ""))
            words = [word for word in link_words(filed) if word in run.text]
            if words:
                return words if len(words) <= MOST_TOGETHER else []
    return []


def link_words(elements: Iterable[Element]) -> list[str]:
    """The words of links, those that may be labels."""
    found = []
    for element in elements:
        text = clean("".join(element.itertext()))
        if text and len(text) <= 80 and text[-1] not in ":：":
            found.append(text)
    return found
