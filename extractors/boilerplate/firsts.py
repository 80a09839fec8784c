"""With which characters the text that a pattern matches can begin, so that a block meets only rules that its first letter allows."""

import re
from collections.abc import Sequence
from typing import Any

__all__ = ["firsts"]

# The standard library's own reading of a pattern. It has no public name; the tests hold that it answers as expected.
_parse = re._parser.parse  # type: ignore[attr-defined]  # noqa: SLF001 - see above


def firsts(pattern: str) -> frozenset[str] | None:
    """The characters, or None where any may come first."""
    found, _ = _of(_parse(pattern).data)
    return found


def _of(items: Sequence[tuple[Any, Any]]) -> tuple[frozenset[str] | None, bool]:
    """The first characters of a sequence of parsed items, and whether it may match the empty string."""
    total: frozenset[str] = frozenset()
    for op, value in items:
        some, empty = _item(str(op), value)
        if some is None:
            return None, empty
        total |= some
        if not empty:
            return total, False
    return total, True


def _item(op: str, value: Any) -> tuple[frozenset[str] | None, bool]:  # noqa: PLR0911 - one line a kind of item
    """The same of one item."""
    if op == "LITERAL":
        return frozenset({chr(value)}), False
    if op in ("AT", "ASSERT", "ASSERT_NOT"):
        return frozenset(), True
    if op == "IN":
        return _class(value), False
    if op == "SUBPATTERN":
        return _of(value[3])
    if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        some, empty = _of(value[2])
        return some, empty or value[0] == 0
    if op == "BRANCH":
        parts = [_of(branch) for branch in value[1]]
        empty = any(part[1] for part in parts)
        if any(part[0] is None for part in parts):
            return None, empty
        return frozenset().union(*(part[0] or () for part in parts)), empty
    return None, False


def _class(items: Sequence[tuple[Any, Any]]) -> frozenset[str] | None:
    """The characters of a bracketed class; None where it names a category, a negation or many."""
    found: set[str] = set()
    for op, value in items:
        if str(op) == "LITERAL":
            found.add(chr(value))
        elif str(value) == "CATEGORY_DIGIT":
            found.update("0123456789")
        elif str(op) == "RANGE" and value[1] - value[0] < 64:
            found.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return frozenset(found)
