"""What an element inside a sentence is: a part of it, a picture that stands for characters, or a note that is not shown."""

import re
from itertools import chain, islice

from lxml.etree import _Element as Element

from extractors.letters import xml_text

__all__ = ["HIDING", "INLINE", "goes_on", "in_sentence", "is_note", "is_unseen", "make_span", "said_by", "text_ahead", "text_of"]

# Phrasing elements of the HTML standard, and old ones that act alike: text flows through them.
INLINE = frozenset(
    "a abbr acronym b bdi bdo big blink cite code data del dfn em font i ins kbd label mark nobr q rb ruby s samp small span strike "
    "strong sub sup time tt u var wbr path use g shape slot output meter progress link meta".split()
)
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Classes of text for screen readers alone; what is "hidden" on some screens is shown on others.
_SPOKEN = re.compile(r"\b(?:sr-only|visually-?hidden|screen-reader-text|a11y-hidden)(?![\w-])", re.IGNORECASE)
_EMOJI = re.compile("emoji|smiley", re.IGNORECASE)
_TEX = re.compile(r"\b(?:latex|tex)\b")  # the class of a formula's picture in WordPress and older wikis: its TeX is the alternative text
_LONGEST_EMOJI = 12  # code points: families and flags are several joined
_GOING_ON = frozenset(",;.:!?)")
_NOTE = 300  # characters, and texts, of a note; what is longer may be a page's text in such a frame, or the rest of it behind a button
_UNSEEN = 60  # of what is hidden in a sentence: "(opens in a new window)", a number to sort by
_WRAPS = 4  # inline elements around a picture in a sentence


def text_of(element: Element) -> str:
    """All text of an element, white space folded."""
    return " ".join("".join(element.itertext()).split())


def in_sentence(element: Element, parts: list[str]) -> bool:
    """Whether text stands before and behind an element, or on one side of it in a paragraph. `parts`: the text of the block so far."""
    ahead, behind = any(map(str.strip, reversed(parts))), bool((element.tail or "").strip())
    parent = element.getparent()
    return (ahead and behind) or ((ahead or behind) and parent is not None and parent.tag == "p")


def is_note(element: Element, most: int = _NOTE) -> bool:
    """Whether an element holds less than `most` characters."""
    return sum(map(len, islice(element.itertext(), most))) < most


def is_unseen(element: Element, key: str, parts: list[str]) -> bool:
    """Whether an inline element is a short text beside others that no browser shows. `key`: its names, "" outside links.

    Inside links readers of the screen are told of new windows; outside of them "Author" and "Posted on" are, which fields are read by.
    """
    hidden = element.get("hidden") is not None or HIDING.search(element.get("style") or "") or _SPOKEN.search(key)
    return bool(hidden) and bool(parts or element.tail) and is_note(element, _UNSEEN)


def goes_on(leading: list[tuple[str, Element]], before: str) -> bool:
    """Whether the last link is the rest of the one before it, cut in two in an editor: "co" and "ntact us", to the same page."""
    if len(leading) < 2 or leading[-1][0] != leading[-2][0]:
        return False
    return before[-1:].isalpha() and (leading[-1][1].text or "")[:1].islower()


def said_by(picture: Element, key: str, parts: list[str]) -> str | None:
    """What a picture in a sentence stands for: a formula, an emoji's characters, an initial, "" where the sentence goes on; else None."""
    if not parts:
        initial = picture.get("alt") or ""
        return initial if len(initial) == 1 and initial.isalpha() and (picture.tail or "")[:1].islower() else None
    if _TEX.search(key) and (alt := picture.get("alt")):
        return f"${' '.join(alt.split())}$"
    if _EMOJI.search(key):
        alt = picture.get("alt") or ""
        return alt if len(alt) <= _LONGEST_EMOJI and not any(map(str.isalnum, alt)) else ""
    following = _behind(picture).lstrip()[:1]
    return "" if following.islower() or following in _GOING_ON else None


def text_ahead(element: Element) -> str:
    """The text right before an element, in the element around it."""
    before, parent = element.getprevious(), element.getparent()
    return (before.tail if before is not None else parent.text if parent is not None else None) or ""


def make_span(element: Element, text: str = "") -> None:
    """Make an element a span of text alone; what stands behind it stays."""
    element.clear(keep_tail=True)
    element.tag, element.text = "span", xml_text(text) or None


def _behind(element: Element) -> str:
    """The text right behind an element, or behind the inline elements that it ends, and behind what stands in for it without scripts."""
    for inner in chain((element,), islice(element.iterancestors(), _WRAPS)):
        tail, following, parent = inner.tail or "", inner.getnext(), inner.getparent()
        if following is not None and following.tag == "noscript" and not tail.strip():
            return following.tail or ""
        if tail.strip() or following is not None or parent is None or parent.tag not in INLINE:
            return tail
    return ""
