"""Superscripts, which would fuse with the words before them: numbers of footnotes go, powers are written as such."""

import re
from collections.abc import Iterable
from itertools import islice

from lxml.etree import _Element as Element

from extractors.inline import make_span, text_ahead

__all__ = ["lift_superscripts"]

# On 13 gold sites with links of footnotes, the gold text of 10 has no numbers of them: "every year since 2016.1".
_NUMBER = re.compile(r"[\[(]?\s*(?:\d{1,3}|[a-z*†‡])\s*[\])]?")
_NOTED = re.compile(r"footnote|reference|cite|\bfn", re.IGNORECASE)
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_POWER = re.compile(r"[+\-−]?\d{1,4}")
_PARTS = 8  # texts of a superscript: a bracket, a number, a bracket


def lift_superscripts(superscripts: Iterable[Element]) -> None:
    """Empty the <sup> that are links to footnotes; write digits that are raised behind a digit as such: "10⁶", not "106"."""
    for raised in superscripts:
        text = "".join(islice(raised.itertext(), _PARTS)).strip()
        if _NUMBER.fullmatch(text) and _leads_to_note(raised):
            make_span(raised)
        elif not len(raised) and _POWER.fullmatch(text) and _ahead(raised)[-1:].isdecimal():
            raised.text = text.translate(_RAISED)


def _leads_to_note(raised: Element) -> bool:
    """Whether a superscript is, or holds, a link to a place of the page, or to what its names call a note."""
    parent = raised.getparent()
    link = parent if parent is not None and parent.tag == "a" else raised.find(".//a")
    if link is None:
        return False
    return "#" in (link.get("href") or "") or any(_NOTED.search(one.get("class") or "") for one in (raised, link))


def _ahead(raised: Element) -> str:
    """The text right before a superscript, or that of the element without others that it stands behind."""
    before = raised.getprevious()
    return text_ahead(raised) or (before.text or "" if before is not None and not len(before) else "")
