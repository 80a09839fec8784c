"""What is set beside a sentence and would fuse with its words: numbers of footnotes and tooltips go, powers are written as such."""

import re
from collections.abc import Iterable
from itertools import islice

from lxml.etree import XPath
from lxml.etree import _Element as Element

__all__ = ["lift_superscripts", "without_tooltips"]

# On 13 gold sites with links of footnotes, the gold text of 10 has no numbers of them: "every year since 2016.1".
_NUMBER = re.compile(r"[\[(]?\s*(?:\d{1,3}|[a-z*†‡])\s*[\])]?")
_NOTED = re.compile(r"footnote|reference|cite|\bfn", re.IGNORECASE)
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_POWER = re.compile(r"[+\-−]?\d{1,4}")
_TIPS = XPath("//*[@role='tooltip']")  # shown while the pointer is on a word (WAI-ARIA 1.2)
_PARTS = 8  # texts of a superscript: a bracket, a number, a bracket
_WORDS = 300  # characters, and texts, of a tooltip; what is longer may be a page's text in a frame of such a role


def lift_superscripts(superscripts: Iterable[Element]) -> None:
    """Empty the <sup> that are links to footnotes; write digits that are raised behind a digit as such: "10⁶", not "106"."""
    for raised in superscripts:
        text = "".join(islice(raised.itertext(), _PARTS)).strip()
        if _NUMBER.fullmatch(text) and _leads_to_note(raised):
            _emptied(raised)
        elif not len(raised) and _POWER.fullmatch(text) and _ahead(raised)[-1:].isdecimal():
            raised.text = text.translate(_RAISED)


def without_tooltips(root: Element) -> None:
    """Empty the tooltips inside a page."""
    found = _TIPS(root)
    for tip in found if isinstance(found, list) else ():
        if isinstance(tip, Element) and sum(map(len, islice(tip.itertext(), _WORDS))) < _WORDS and tip.getparent() is not None:
            _emptied(tip)


def _leads_to_note(raised: Element) -> bool:
    """Whether a superscript is, or holds, a link to a place of the page, or to what its names call a note."""
    parent = raised.getparent()
    link = parent if parent is not None and parent.tag == "a" else raised.find(".//a")
    if link is None:
        return False
    return "#" in (link.get("href") or "") or any(_NOTED.search(one.get("class") or "") for one in (raised, link))


def _ahead(element: Element) -> str:
    """The text right before an element."""
    before, parent = element.getprevious(), element.getparent()
    return ((before.tail if before is not None else parent.text if parent is not None else None) or "").rstrip("\n\t")


def _emptied(element: Element) -> None:
    """Leave nothing of an element but the text behind it."""
    tail = element.tail
    element.clear()
    element.tag, element.tail = "span", tail
