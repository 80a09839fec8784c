"""The source of a page, cut where reading it would have no bound, before anything parses it."""

import re

from extractors.errors import TooComplex

__all__ = ["MOST_CHARACTERS", "bounded"]

# The gold pages hold at most 19,629 tags and 2.9 million characters: bounds well above what articles need.
_MOST_TAGS = 300_000
MOST_CHARACTERS = 8_000_000
_SHORTEST_TAG = 3  # "<b>"
_WINDOW = 65_536  # characters: a tag twice as long is seen, however it is written; 30,000 attributes take lxml a second
_LONGEST_TAG = 16_384  # characters outside quotes: lxml needs time quadratic in the attributes; a real tag held 165,000, all in one value
_END = re.compile(r"</html\s*>", re.IGNORECASE)
_COLOPHON = 200  # characters behind the end that hold no more than the remarks of caches
# What may stand between a tag's name and its end, as the HTML standard parts it into attributes, and nearly so in half the time; what holds
# no tags, to its end or the page's; a tag.
_QUOTES = r"\"[^\"]*+\"?|'[^']*+'?"
_ATTRIBUTES = rf"(?:[\s/]++|(?:=[^\s/>=]*+|[^\s/>=]++)(?:\s*+=\s*+(?:{_QUOTES}|[^\s>]++)?+)?+)*+"
_INSIDE = re.compile(rf"(?:[^=>]++|=\s*+(?:{_QUOTES})?+)*+")
_TAG = re.compile(
    r"<(?:script|style|textarea)\b[^<]*+(?:<(?!/(?:script|style|textarea))[^<]*+)*+|<!--(?!-?>)[^-]*+(?:-(?!-!?>)[^-]*+)*+"
    rf"|<([a-z][^\s/>]*+{_ATTRIBUTES})",
    re.IGNORECASE,
)
_QUOTED = re.compile(rf"=\s*+(?:{_QUOTES})")


def bounded(text: str, warnings: list[str]) -> str:
    """The page without what would make reading it unbounded, said among `warnings`. Raises TooComplex for one of too many tags."""
    if len(text) > MOST_CHARACTERS:
        text = _without(_without(text, "<!--", "-->"), "<script>", "</script>")
    if len(text) > MOST_CHARACTERS:
        text = text[:MOST_CHARACTERS]
        warnings.append("truncated")
    if len(text) > _SHORTEST_TAG * _MOST_TAGS and text.count("<") > _MOST_TAGS:
        raise TooComplex(f"the page holds more than {_MOST_TAGS} tags")
    text = _open_ended(text)
    shorter = _without_crowded_tags(text) if _may_hold_long_tag(text) else text
    if len(shorter) != len(text):
        warnings.append("truncated")
    return shorter


def _open_ended(text: str) -> str:
    """The page without the tags that end it, where something follows: browsers read on behind them, libxml2 (2.14) does not.

    On one gold page in 90 more than twenty words stand there, on some the article.
    """
    end = len(text) - _COLOPHON
    cases = ("</html", "</HTML") if text.find("</HTML", end) >= 0 else ("</html",)
    early = any(text.find(tag, 0, end) >= 0 for tag in cases)  # a pattern for both costs thrice
    return _END.sub("", text) if early else text


def _may_hold_long_tag(text: str) -> bool:
    """Whether a whole window of the page could be the inside of one tag, outside or inside quotes at its start. Scripts look so as well.

    To look at each tag costs a third of a parse; this stops at the first ">" in most windows.
    """
    for start in range(0, len(text) - _WINDOW, _WINDOW):
        end = start + _WINDOW
        for place in (start, *(text.find(quote, start, end) + 1 for quote in "\"'")):
            if (place or not start) and _INSIDE.fullmatch(text, place, end):
                return True
    return False


def _without_crowded_tags(text: str) -> str:
    """The page without the tags that may hold more attributes than lxml can read in bounded time."""
    parts, at = [], 0
    for tag in _TAG.finditer(text):
        if tag.end() - tag.start() > _LONGEST_TAG and tag[1] and len(_QUOTED.sub("", tag[1])) > _LONGEST_TAG:
            parts.append(text[at : tag.start()])
            at = tag.end() + 1
    return "".join(parts) + text[at:] if parts else text


def _without(text: str, opening: str, closing: str) -> str:
    """`text` without what stands between the two marks, in linear time; an opening that is never closed stays."""
    first, *rest = text.split(opening)
    parts = [first]
    for part in rest:
        _, found, after = part.partition(closing)
        parts.append(after if found else opening + part)
    return "".join(parts)
