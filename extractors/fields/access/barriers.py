"""The sentences of barriers: in elements named for a paywall, and on lines of their own at the end of a short text or by the headline."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from extractors.bcp47 import primary_subtag
from extractors.marks import ELSEWHERE, Mark
from extractors.outline import Outline
from extractors.runs import Run

__all__ = ["asking", "line_of_barrier"]

_SHORTEST, _LONGEST = 5, 240  # characters of a line that is a barrier's
_PROSE, _WIDE_PROSE = 140, 70  # characters of a line of the text
_SHORT_BODY = 3000  # characters of text up to which a page shows a part of its article
_ENDED = 600  # characters of text behind a barrier: what the subscription offers
_SEEN = 80  # lines from the headline on that are looked at
_ABOVE = 3  # lines above the headline that are beside it
_BEHIND = 12  # lines behind it in which a text would go on
_NEAR = 8  # lines between the text and its barrier, or between the headline and a line beside it
_WIDE = "\u2e80"  # from here letters are words or syllables, and twice as long
_FOREIGN = ELSEWHERE | int(Mark.HIDDEN)
_FOREIGN_TAGS = frozenset({"footer", "aside", "nav", "blockquote", "figure", "li", "table"})
_QUOTED = re.compile('["“”„«»「」]')
_SENTENCES = re.compile(r"[.!?…]\s+|[。！？］】\]]\s*")
_OPENING = 60  # characters in which a short sentence may stand before it: "Would you like to read on?"
_EDGES = " \t\n[]［］【】〔〕()（）*•🔒🔐⭐★:|–—-"


def line_of_barrier(outline: Outline, language: str | None = None) -> str | None:
    """The first line of its own that says that the rest of a short text is for subscribers; None where no line does.

    `language`: the one that the page declares; sentences in it and in English are looked for, else those of every language.
    """
    spoken = primary_subtag(language)
    runs = outline.runs
    start = next((node.first for number in outline.landmarks["h1"] if (node := outline.nodes[number]).first < node.last), 0)
    text = _text(runs, start)
    above = range(max(0, start - _ABOVE), min(text[0][0] if text else len(runs), start + _NEAR))
    numbers = [number for number in above if number != start] if sum(size for _, size in text) <= _SHORT_BODY else []
    for number in (*numbers, *_ends(text, len(runs))):
        run = runs[number]
        if _SHORTEST <= len(run.text) <= _LONGEST and run.link < len(run.text):  # what is all link leads elsewhere
            found = _barrier(run.text, spoken, is_above=number in above)
            if found and not _is_foreign(outline, run):
                return found
    return None


def _text(runs: list[Run], start: int) -> list[tuple[int, int]]:
    """The lines of text in the first lines from `start` on, each with the size that it counts for."""
    long = [(number, run) for number, run in enumerate(runs[start : start + _SEEN], start) if len(run[0]) >= _WIDE_PROSE]
    sizes = [(number, len(run.text) * (2 if run.text[0] > _WIDE else 1)) for number, run in long if 2 * run.link < len(run.text)]
    return [(number, size) for number, size in sizes if size >= _PROSE]


def _ends(text: list[tuple[int, int]], last: int) -> Iterator[int]:
    """The lines behind which a short text does not go on: what stands there may say why."""
    shown = 0
    for place, (number, size) in enumerate(text):
        shown += size
        if shown > _SHORT_BODY:
            return
        behind = text[place + 1 : place + 1 + _BEHIND]
        if sum(more for further, more in behind if further <= number + _BEHIND) <= _ENDED:
            following = text[place + 1][0] if place + 1 < len(text) else last
            yield from range(number, min(number + _NEAR, following))


def _barrier(text: str, language: str, *, is_above: bool) -> str | None:
    line = text.strip(_EDGES)
    if _QUOTED.search(line):
        return None
    if is_above and _pattern("badge", "").fullmatch(line.rstrip(".。!")):
        return line
    alone = _pattern("alone", language if language != "en" or line.isascii() else "")
    starts = (0, *(match.end() for match in _SENTENCES.finditer(line, 0, _OPENING)))
    found = next(filter(None, (alone.match(line, start) for start in starts)), None)
    return found[0] if found else None


def _is_foreign(outline: Outline, run: Run) -> bool:
    """Whether a line stands in a part of other stories, in a quotation, or is hidden."""
    return any(node.marks & _FOREIGN or node.tag in _FOREIGN_TAGS for _, node in outline.upwards(run.node))


def asking() -> re.Pattern[str]:
    """The sentences in elements that are named for a paywall."""
    return _pattern("asking", "")


@lru_cache(maxsize=256)
def _pattern(name: str, language: str) -> re.Pattern[str]:
    """The sentences of a list in a language and in English; in every language where the list has none of that one."""
    table = _table()[name]
    chosen = [*table[language], *table["en"]] if language in table and "en" in table else [one for line in table.values() for one in line]
    return re.compile("|".join(chosen), re.IGNORECASE)


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
