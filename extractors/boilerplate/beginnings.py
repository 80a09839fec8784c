"""How the text that a pattern matches can begin, and what it must hold, so that a block meets only the rules that may match it."""

import re
from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

__all__ = ["LENGTH", "beginning", "beginnings", "least", "needs"]

LENGTH = 5  # characters: with three, a block meets two expressions, with five less than one; with six the packed rules are twice as long
_EMPTY = frozenset({"AT", "ASSERT", "ASSERT_NOT"})
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
_FEW = 8  # strings: looking for more costs as much as the expression
_MOST = 1500  # beginnings of one pattern: what would have more is known by fewer characters

# The standard library's own reading of a pattern. It has no public name; the tests hold that it answers as expected.
_parse = re._parser.parse  # type: ignore[attr-defined]  # noqa: SLF001 - see above


def beginning(text: str) -> str:
    """The first characters of a text as `beginnings` gives them: every digit of every script as 0."""
    return "".join("0" if letter.isdigit() else letter for letter in text[:LENGTH])


def beginnings(pattern: str) -> frozenset[str]:
    """Strings of up to LENGTH characters, with one of which the `beginning` of every matching text begins; {""} where it may be any."""
    found = _Beginnings()
    found.finish(found.after(_parse(pattern).data, {""}))
    return frozenset({""}) if "" in found.finished else frozenset(found.finished)


def needs(pattern: str) -> tuple[str, ...]:
    """Strings of which every matching text holds one: the longest that can be told, () where none can."""
    return tuple(sorted(_needs(_parse(pattern).data)))


def least(pattern: str) -> int:
    """The fewest characters that it matches."""
    return int(_parse(pattern).getwidth()[0])


def _needs(items: Sequence[tuple[Any, Any]]) -> frozenset[str]:
    """The best of what the parts of a sequence need: of the small sets the one whose shortest string is longest."""
    found: list[frozenset[str]] = []
    run = ""
    for op, value in [*items, ("END", None)]:
        if str(op) == "LITERAL":
            run += chr(value)
            continue
        if run:
            found.append(frozenset({run}))
            run = ""
        found.append(_needs_of(str(op), value))
    return max(found, key=lambda words: (0 < len(words) <= _FEW, min(map(len, words), default=0), -len(words)))


def _needs_of(op: str, value: Any) -> frozenset[str]:
    """The same of one part."""
    if op == "SUBPATTERN" and not value[1]:
        return _needs(value[3])
    if op in _REPEATS and value[0]:
        return _needs(value[2])
    if op == "BRANCH":
        several = [_needs(branch) for branch in value[1]]
        return frozenset().union(*several) if all(several) else frozenset()
    if op == "IN" and all(str(kind) == "LITERAL" for kind, _ in value):
        return frozenset(chr(letter) for _, letter in value)
    return frozenset()


class _Beginnings:
    """The walk over a parsed pattern; `finished` holds the beginnings that grow no further."""

    __slots__ = ("finished",)

    def __init__(self) -> None:
        self.finished: set[str] = set()

    def finish(self, growing: Iterable[str]) -> set[str]:
        """Let the beginnings stand as they are; none is left that grows."""
        self.finished.update(growing)
        return set()

    def after(self, items: Sequence[tuple[Any, Any]], growing: set[str]) -> set[str]:
        """What the beginnings have grown to after a sequence of parsed items."""
        for op, value in items:
            if not growing:
                break
            growing = self._item(str(op), value, growing)
        return growing

    def _item(self, op: str, value: Any, growing: set[str]) -> set[str]:
        if op == "LITERAL":
            return self._grown(growing, beginning(chr(value)))
        if op == "IN" and (letters := _class(value)):
            return self._grown(growing, letters)
        if op == "SUBPATTERN" and not value[1]:
            return self.after(value[3], growing)
        if op in _REPEATS:
            return self._repeated(*value[:2], items=value[2], growing=growing)
        if op == "BRANCH":
            return set().union(*(self.after(branch, growing) for branch in value[1]))
        return growing if op in _EMPTY else self.finish(growing)

    def _repeated(self, least: int, most: int, *, items: Sequence[tuple[Any, Any]], growing: set[str]) -> set[str]:
        """After `least` to `most` times the items."""
        kept = set(growing) if least == 0 else set()
        for count in range(1, min(most, LENGTH) + 1):
            growing = self.after(items, growing)
            if count >= least:
                kept |= growing
        return kept | growing

    def _grown(self, growing: set[str], letters: Iterable[str]) -> set[str]:
        """Each beginning with each of the letters after it."""
        letters = list(letters)
        if len(growing) * len(letters) > _MOST:
            return self.finish(growing)
        grown = {start + letter for start, letter in product(growing, letters)}
        self.finished.update(start for start in grown if len(start) >= LENGTH)
        return {start for start in grown if len(start) < LENGTH}


def _class(items: Sequence[tuple[Any, Any]]) -> frozenset[str] | None:
    """The characters of a bracketed class; None where it names a category, a negation or many."""
    found: set[str] = set()
    for op, value in items:
        if str(op) == "LITERAL":
            found.add(chr(value))
        elif str(value) == "CATEGORY_DIGIT":
            found.add("0")
        elif str(op) == "RANGE" and value[1] - value[0] < 64:
            found.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return frozenset(map(beginning, found))
