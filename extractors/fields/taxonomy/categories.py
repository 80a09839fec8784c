"""Where a page says which category holds its article: the menu's marked items, links beside the headline to categories or folders."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import unquote, urlsplit

from lxml.etree import _Element as Element

from extractors.document import Document
from extractors.fields.cleaning import clean
from extractors.fields.spine import title_run
from extractors.fields.taxonomy.labelling import label_key
from extractors.fields.taxonomy.spoken import FOLDERS
from extractors.marks import Mark
from extractors.structured import Facts
from extractors.urls import path_of

__all__ = ["CATEGORY_PAGE", "MOST_CATEGORIES", "filed_above", "filed_beside", "filed_menu", "link_words"]

MOST_CATEGORIES = 8
BESIDE, ABOVE = 6, 3  # runs behind and before the headline
SHORT, HALF = 60, 0.5  # characters of a line that says where a story is filed, the share of them in links
MOST_TOGETHER = 3  # categories of one line; more are a menu
_FILED_ITEM = "current-post-parent"
CATEGORY_PAGE = re.compile(
    r"/(?:categor(?:y|ies|ia|ias|ía|ías|ie|ies)|catégories?|kategori(?:e|en|a)?|rubri(?:k|ken|que|ques|ca|cas|ek))/", re.IGNORECASE
)
_CLOSE = 2  # runs before the headline where a link to a folder of the page's own address names its section
_SHORTEST, _ALIKE = 3, 4  # letters of such a folder ("/en/" is a language), and of what its name and the link's words begin alike with
_FEWEST_SPELLED = 0.5  # of a label's letters, in the Latin alphabet: its folder spells it; others are transcribed in addresses
_MENU = int(Mark.NAVIGATION | Mark.SIDEBAR | Mark.FOOTER | Mark.RELATED | Mark.BYLINE)
# What addresses write for letters that have no other form.
_SPELLED = (
    str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "ı": "i"}),
    str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae", "ß": "ss", "đ": "dj"}),
)


def filed_menu(document: Document) -> list[str]:
    """The menu's items that WordPress marks as the post's own categories, each by its own link's words."""
    named = (node.element for node in document.outline.nodes if node.tag == "li" and _FILED_ITEM in node.key)
    links = (link for item in named if (link := next(item.iter("a"), None)) is not None)
    return list(dict.fromkeys(link_words(islice(links, MOST_CATEGORIES))))


def filed_beside(document: Document, facts: Facts, title: str | None) -> list[str]:
    """The words of a short line's links beside the headline that lead to categories' pages, told by their addresses alone."""
    place, runs, nodes = title_run(facts, title), document.outline.runs, document.outline.nodes
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


def filed_above(document: Document, facts: Facts, title: str | None) -> list[str]:
    """The words of the link over the headline that leads to a folder of the page's own address and names it: "Sport" and /sport/.

    Of a trail the outermost. On 22 sites of the gold pages, all of them rightly.
    """
    own = path_of(document.url or "").lower()
    place, runs, nodes = title_run(facts, title), document.outline.runs, document.outline.nodes
    found: dict[str, str] = {}
    for number in range(max(place - _CLOSE, 0), place):
        run = runs[number]
        if not run.links or run.link <= HALF * len(run.text) or len(run.text) >= SHORT or nodes[run.node].marks & _MENU:
            continue
        for link in islice(nodes[run.node].element.iter("a"), MOST_TOGETHER):
            folder = unquote(urlsplit(link.get("href") or "").path).rstrip("/").lower()
            words = link_words([link])
            if folder and own.startswith(f"{folder}/") and words and words[0] in run.text and _is_named(words[0], folder):
                found.setdefault(folder, words[0])
    return [found[min(found, key=len)]] if found else []


def _is_named(label: str, folder: str) -> bool:
    """Whether a folder of an address is called by a label."""
    name, said = label_key(folder.rpartition("/")[2]), label.lower()
    if len(name) < _SHORTEST or name.isdigit() or label_key(label) in FOLDERS:
        return False
    if sum(letter <= "\u024f" for letter in label if letter.isalpha()) < _FEWEST_SPELLED * len(label):
        return True
    keys = (label_key(said), *(label_key(said.translate(table)) for table in _SPELLED))
    return any(name == key or (min(len(name), len(key)) >= _ALIKE and (name.startswith(key) or key.startswith(name))) for key in keys)


def _uncounted(element: Element) -> Iterator[str]:
    """The texts of a link without numbers that stand in elements of their own: how many stories the label has, "Kiel<sup>3</sup>"."""
    for inner in element.iter():
        if inner is element or not (inner.text or "").strip(" ()[]\n\t").isdecimal():
            yield inner.text or ""
        if inner is not element:
            yield inner.tail or ""


def link_words(elements: Iterable[Element]) -> list[str]:
    """The words of links, those that may be labels."""
    found = []
    for element in elements:
        text = clean("".join(element.itertext()))
        if text.rstrip(")]")[-1:].isdecimal():
            text = clean("".join(_uncounted(element)))
        if text and len(text) <= 80 and text[-1] not in ":：":
            found.append(text)
    return found
