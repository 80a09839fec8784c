"""The standfirst: a paragraph between the headline and the text that is the page's description, or whose element says so, is body."""

import re
from collections.abc import Sequence

from extractors.body.features import Hints
from extractors.letters import letters_of
from extractors.marks import Mark
from extractors.outline import Outline
from extractors.runs import Run

__all__ = ["standfirsts"]

_REACH = 16  # runs behind the headline: byline, date, share buttons and the picture's caption may stand before the standfirst
_SHORTEST, _LONGEST = 30, 700  # characters
_SAME = 30  # letters that a cut-off description shares with the standfirst
_SHARED, _TOLD = 0.75, 0.9  # shares of the text's words that the description has, and of its that the text has
_WORD = re.compile(r"\w+")
_HELD_BY = 2  # ancestors that may bear the name
_NAMED = int(Mark.STANDFIRST)
_FOREIGN = int(
    Mark.RELATED | Mark.CAPTION | Mark.AD | Mark.NEWSLETTER | Mark.SHARE | Mark.BYLINE | Mark.DATE | Mark.NAVIGATION | Mark.BIO
    | Mark.COMMENTS | Mark.PAYWALL | Mark.CONSENT | Mark.HIDDEN | Mark.TAGS | Mark.MEDIA | Mark.BREADCRUMB
)  # fmt: skip
_NO_TEXT = frozenset({"figcaption", "button", "nav", "aside", "form", "figure", "h1", "time", "noscript", "td", "th", "label"})


def standfirsts(page: Outline, kept: Sequence[bool], hints: Hints) -> list[int]:
    """The places of the runs, not among the kept ones, that are the article's standfirst; none where the page prints no headline.

    `kept`: one value a run of the page.
    """
    start = _headline(page, kept, letters_of(hints.title))
    if start < 0:
        return []
    end = next((place for place in range(start + 1, len(page.runs)) if kept[place]), -1)
    if not 0 < end - start <= _REACH:
        return []
    told = [
        place
        for place in range(start + 1, end)
        if _may_be(page, page.runs[place]) and (_says_so(page, place) or _is_told(page.runs[place].text, hints.description))
    ]
    if not told:
        return []
    text = {letters_of(page.runs[place].text) for place in range(end, len(page.runs)) if kept[place]}
    return [place for place in told if letters_of(page.runs[place].text) not in text]


def _headline(page: Outline, kept: Sequence[bool], title: str) -> int:
    """The last place before the text's third run where the title stands as a heading or a line; -1 where there is none."""
    found = -1
    seen = 0
    for place, run in enumerate(page.runs):
        key = letters_of(run.text)
        if key and (key == title or (page.nodes[run.node].tag == "h1" and key in title and len(key) * 2 > len(title))):
            found = place
        elif kept[place]:
            seen += 1
            if seen > 1:
                break
    return found


def _may_be(page: Outline, run: Run) -> bool:
    """Whether a run is a paragraph of its own, outside furniture."""
    if not _SHORTEST <= len(run.text) <= _LONGEST or run.link * 2 > len(run.text) or page.nodes[run.node].tag in _NO_TEXT:
        return False
    return not any(node.marks & _FOREIGN for _, node in page.upwards(run.node, _HELD_BY + 1))


def _says_so(page: Outline, place: int) -> bool:
    """Whether the element of a run, or one around it that holds little else, is named a standfirst."""
    for _, node in page.upwards(page.runs[place].node, _HELD_BY + 1):
        if node.last - node.first > _HELD_BY + 1:
            return False
        if node.marks & _NAMED:
            return True
    return False


def _is_told(text: str, description: str) -> bool:
    """Whether the description is the text, cut off, longer by further sentences, or a few words shorter."""
    key, told = letters_of(text), letters_of(description)
    if key == told:
        return True
    if min(len(key), len(told)) < _SAME:
        return False
    if told.startswith(key) or (description.endswith(("…", "...")) and key.startswith(told)):
        return True
    ours, theirs = _WORD.findall(text.casefold()), frozenset(_WORD.findall(description.casefold()))
    shared = sum(word in theirs for word in ours)
    return shared >= _SHARED * len(ours) and len(theirs & frozenset(ours)) >= _TOLD * len(theirs)
