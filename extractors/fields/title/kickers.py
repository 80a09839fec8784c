"""The text of a heading: without pronunciation marks, dates and share buttons, without the kicker that is printed inside it."""

import re
from collections.abc import Collection, Iterator
from collections.abc import Set as AbstractSet
from itertools import islice

from lxml.etree import _Element as Element

from extractors.fields.cleaning import clean, letters
from extractors.fields.ownlinks import leads_above
from extractors.marks import Mark, marks_of, tokens_of

__all__ = ["heading_text", "is_crumb", "is_site_heading", "once"]

MOST_DEPTH = 30  # of elements inside a heading
MOST_TRAIL = 4  # elements between a heading and the trail that it ends
LONGEST_BEHIND = 200  # characters of such a headline
LONGEST_ECHO = 20  # characters: "Bye bye" is a headline
LEAST_REST = 8  # letters of a headline behind its kicker
_APART = int(Mark.DATE | Mark.BYLINE | Mark.SHARE | Mark.HIDDEN)
_BREADCRUMB = int(Mark.BREADCRUMB)
_PARTING = frozenset({"br", "p", "div", "span"})
_OPENING = frozenset({"small", "span", "div", "p", "em", "strong"})
_UNSPOKEN = frozenset({"rt", "rp", "script", "style", "button", "svg", "time"})
# How systems name the line over a headline. On the gold pages a heading that opens with such an element is without it the headline on
# 17 sites; with it on 5, whose data all say the whole.
_KICKER = re.compile(
    r"kicker|topline|overline|roofline|dachzeile|spitzmarke|eyebrow|pre-?title|super-?title|sur-?title|top-?title|over-?title|sub-?head|sub-?title"
    r"|topic|categor|section|label|prefix|volanta|antetitulo|occhiello|rubri|h1small",
    re.IGNORECASE,
)
_SITE = (("site", "title"), ("site", "name"), ("logo",), ("sitename",), ("branding",))
_SITE_WORDS = ("site", "logo", "branding")
_ARCHIVED = re.compile(r"^(?:https?://web\.archive\.org)?/web/\d+[a-z_]*/")
_FRONT = re.compile(r"^(?:https?:)?(?://[^/?#]+)?/?(?:index\.\w{3,5}|home/?)?$", re.IGNORECASE)


def heading_text(element: Element, told: Collection[str] = ()) -> str:
    """The headline in a heading; its kicker is left out unless `told`, letters of what the data call the title, has the whole."""
    whole = once(clean("".join(_shown(element)))) or _closed_early(element)
    first = _opening(element)
    if first is None:
        return _without_end(element, whole, told)
    rest = clean("".join(_shown(element, leave=first)))
    key, named = letters(rest), _is_kicker(first)
    if letters(whole) in told:
        return rest if named and key in told else whole
    return rest if key in told or (named and len(key) >= LEAST_REST) else _without_end(element, whole, told)


def _closed_early(element: Element) -> str:
    """The paragraph inside a heading, which parsers set behind it, unless it is a sentence."""
    behind = element.getnext() if len(element) == 0 else None
    if behind is None or behind.tag != "p":
        return ""
    text = clean("".join(_shown(behind)))
    return "" if len(text) > LONGEST_BEHIND or text.endswith((".", "。", ":")) else text


def once(text: str) -> str:
    """A headline that is printed twice, as for wide and narrow screens, said once."""
    half = len(text) // 2
    if len(text) > LONGEST_ECHO and len(text) % 2 and text[half] == " " and text[:half] == text[half + 1 :]:
        return text[:half]
    return text


def _without_end(element: Element, whole: str, told: Collection[str]) -> str:
    """A heading's text without the element that ends it, where `told` has the rest alone: the site's name, hung on for the front page."""
    last = element[-1] if len(element) > 1 or (len(element) and element.text) else None
    if last is None or not told or (last.tail or "").strip() or letters(whole) in told:
        return whole
    rest = clean("".join(_shown(element, leave=last)))
    return rest if letters(rest) in told else whole


def is_site_heading(element: Element, own: AbstractSet[str] = frozenset()) -> bool:
    """Whether a heading is the site's name: by its own names, or as a link to the front page, or above the page, and nothing else.

    `own`: the page's addresses. On the gold pages 10 sites have an <h1> that leads above the page; it is the headline on none.
    """
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    tokens = tokens_of(names) if any(map(names.lower().__contains__, _SITE_WORDS)) else ()
    if any(tokens[at : at + len(name)] == name for name in _SITE for at in range(len(tokens))):
        return not any(above.tag in {"article", "main"} for above in element.iterancestors())
    said = None
    for link in element.iter("a"):
        href = _ARCHIVED.sub("", (link.get("href") or "").strip())
        if href and (_FRONT.match(href) or leads_above(href, own)):
            said = said or letters("".join(element.itertext()))
            if said and letters("".join(link.itertext())) == said:
                return True
    return False


def is_crumb(element: Element) -> bool:
    """Whether a heading is the end of a trail of links: in a menu or a breadcrumb, or the last item of a list of links."""
    for above in islice(element.iterancestors(), MOST_TRAIL):
        if above.tag == "nav" or marks_of(above.get("class") or "") & _BREADCRUMB:
            return True
        if above.tag == "li" and above.getnext() is None:
            before = above.getprevious()
            return before is not None and before.tag == "li" and next(before.iter("a"), None) is not None
        if above.tag in {"article", "main", "section", "header"}:
            return False
    return False


def _opening(element: Element) -> Element | None:
    """The element with letters that a heading opens with."""
    if len(element) == 0 or (element.text or "").strip():
        return None
    first = element[0]
    return first if first.tag in _OPENING and letters("".join(first.itertext())) else None


def _is_kicker(element: Element) -> bool:
    """Whether an element is named for a kicker."""
    names = " ".join(element.get(name) or "" for name in ("class", "data-qa", "data-testid", "data-test-id"))
    return element.tag == "small" or bool(_KICKER.search(names))


def _shown(element: Element, depth: int = 0, *, leave: Element | None = None) -> Iterator[str]:
    """The text of a heading without pronunciation marks, bylines, dates and share buttons inside it, and without `leave`."""
    if element.text:
        yield element.text
    for child in element if depth < MOST_DEPTH else ():
        if child.tag in _PARTING:
            yield " "
        if child is not leave and child.tag not in _UNSPOKEN and not _is_anchor(child) and not marks_of(child.get("class") or "") & _APART:
            yield from _shown(child, depth + 1)
        yield child.tail or ""


def _is_anchor(element: Element) -> bool:
    """Whether an element is the sign behind a heading that leads to the heading itself: "¶", "#"."""
    return element.tag == "a" and (element.get("href") or "").startswith("#") and not any(map(str.isalnum, "".join(element.itertext())))
