"""Whether a pattern's repetitions can read one text in several ways: where they can, the time of a failing search doubles with each."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

__all__ = ["ambiguous"]

# The standard library's own reading of a pattern; it has no public name.
_parse = re._parser.parse  # type: ignore[attr-defined]
_LETTERS = " \n\t_a1-\u3000\u00e9\u6f22\u2603\u0661\x01zA"  # one of each class that patterns name, beside the letters of the pattern
_MANY = 8  # times: a repetition of so many is taken for one without end
_OPEN = frozenset({"MAX_REPEAT", "MIN_REPEAT"})
_CATEGORIES: dict[str, Callable[[str], bool]] = {
    "DIGIT": str.isdigit,
    "SPACE": str.isspace,
    "WORD": lambda letter: letter.isalnum() or letter == "_",
}

State = tuple[int, int]
Node = TypeVar("Node", int, State)


class Part(NamedTuple):
    """Where a part of a pattern can begin and end, by positions, and in how many ways it matches nothing. Two stand for many."""

    first: Counter[int]
    last: Counter[int]
    empty: int


def ambiguous(pattern: str, flags: int = 0) -> str | None:
    """A text that some repetition of the pattern reads in two ways, again and again; None where there is none.

    What stands in a look around, or is asked of the place, is taken to hold always; a possessive repetition gives nothing back.
    """
    tree = _parse(pattern, flags)
    automaton = _Automaton(sorted(set(_LETTERS) | _named(tree)), folds=bool(tree.state.flags & re.IGNORECASE))
    automaton.sequence(tree)
    return automaton.pumped()


class _Automaton:
    """The positions of a pattern, each a set of letters, and how often each follows each: more than once is one ambiguity."""

    def __init__(self, letters: Sequence[str], *, folds: bool) -> None:
        self.letters = letters
        self.folds = folds
        self.sets: list[frozenset[str]] = []
        self.after: dict[int, Counter[int]] = {}

    def sequence(self, items: Iterable[tuple[Any, Any]]) -> Part:
        """The positions of parts, one behind the other."""
        whole = Part(Counter(), Counter(), 1)
        for op, value in items:
            whole = self._joined(whole, self._part(str(op), value))
        return whole

    def _part(self, op: str, value: Any) -> Part:
        if op in ("LITERAL", "NOT_LITERAL", "ANY", "IN"):
            self.sets.append(frozenset(letter for letter in self.letters if self._takes(op, value, letter)))
            return Part(Counter([len(self.sets) - 1]), Counter([len(self.sets) - 1]), 0)
        if "REPEAT" in op:
            return self._repeated(op, *value)
        if op == "BRANCH":
            ways = list(map(self.sequence, value[1]))
            return Part(_sum(way.first for way in ways), _sum(way.last for way in ways), min(2, sum(way.empty for way in ways)))
        if op in ("SUBPATTERN", "ATOMIC_GROUP"):
            return self.sequence(value[3] if op == "SUBPATTERN" else value)
        return Part(Counter(), Counter(), 1)

    def _repeated(self, op: str, least: int, most: int, items: Iterable[tuple[Any, Any]]) -> Part:
        if op in _OPEN and most < _MANY:
            whole = Part(Counter(), Counter(), 1)
            for count in range(most):
                body = self.sequence(items)
                whole = self._joined(whole, body if count < least else body._replace(empty=1))
            return whole
        body = self.sequence(items)
        if op in _OPEN:
            self._follow(body.last, body.first)
        return body if least else body._replace(empty=1)

    def _takes(self, op: str, value: Any, letter: str) -> bool:
        if op == "ANY":
            return letter != "\n"
        forms = {letter, letter.lower(), letter.upper()} if self.folds else {letter}
        if op != "IN":
            return (chr(value) in forms) == (op == "LITERAL")
        kinds = [(str(kind), what) for kind, what in value]
        return any(_of_class(kind, what, form) for kind, what in kinds for form in forms) != any(kind == "NEGATE" for kind, _ in kinds)

    def _follow(self, last: Counter[int], first: Counter[int]) -> None:
        for one, ways in last.items():
            after = self.after.setdefault(one, Counter())
            for other, more in first.items():
                after[other] = min(2, after[other] + ways * more)

    def _joined(self, left: Part, right: Part) -> Part:
        self._follow(left.last, right.first)
        first = _sum([left.first, Counter({place: ways * left.empty for place, ways in right.first.items() if left.empty})])
        last = _sum([right.last, Counter({place: ways * right.empty for place, ways in left.last.items() if right.empty})])
        return Part(first, last, min(2, left.empty * right.empty))

    def pumped(self) -> str | None:
        """A text that leads from a position back to it in two ways."""
        rings = list(_rings(range(len(self.sets)), lambda place: iter(self.after.get(place, ()))))
        ring = {place: number for number, places in enumerate(rings) for place in places}
        inner = {place: [other for other in self.after.get(place, ()) if ring[other] == ring[place] and self.sets[other]] for place in ring}
        for place, others in inner.items():
            if twice := [other for other in others if self.after[place][other] > 1]:
                return self._letter(place, twice[0])

        def pairs(pair: State) -> Iterator[State]:
            for one in inner[pair[0]]:
                for other in inner[pair[1]]:
                    if not self.sets[one].isdisjoint(self.sets[other]):
                        yield (one, other) if one <= other else (other, one)

        for states in _rings([(place, place) for place, others in inner.items() if others], pairs):
            if any(one == other for one, other in states) and any(one != other for one, other in states):
                return "".join(self._letter(*pair) for pair in reversed(states))
        return None

    def _letter(self, one: int, other: int) -> str:
        return min(self.sets[one] & self.sets[other] or self.sets[other])


def _sum(counters: Iterable[Counter[int]]) -> Counter[int]:
    found = Counter[int]()
    for counter in counters:
        for place, ways in counter.items():
            found[place] = min(2, found[place] + ways)
    return found


def _of_class(kind: str, what: Any, letter: str) -> bool:
    if kind == "LITERAL":
        return ord(letter[0]) == what
    if kind == "RANGE":
        return bool(what[0] <= ord(letter[0]) <= what[1])
    return kind == "CATEGORY" and _CATEGORIES[str(what).rpartition("_")[2]](letter) != ("NOT" in str(what))


def _named(items: Iterable[tuple[Any, Any]]) -> set[str]:
    """The letters that a pattern names, and those beside the ends of its ranges."""
    found: set[str] = set()
    for op, value in items:
        if str(op) in ("LITERAL", "NOT_LITERAL"):
            found.add(chr(value))
        elif str(op) == "RANGE":
            found |= {chr(code) for code in (value[0] - 1, *value, value[1] + 1) if 0 <= code <= 0x10FFFF}
        elif str(op) == "BRANCH":
            found = found.union(*map(_named, value[1]))
        elif str(op) in ("IN", "ATOMIC_GROUP"):
            found |= _named(value)
        elif "REPEAT" in str(op) or str(op) == "SUBPATTERN":
            found |= _named(value[-1])
    return found


def _rings(roots: Iterable[Node], after: Callable[[Node], Iterator[Node]]) -> Iterator[list[Node]]:
    """The strongly connected parts of a graph, by Tarjan's walk without recursion."""
    number: dict[Node, int] = {}
    lowest: dict[Node, int] = {}
    path: list[Node] = []
    for root in roots:
        walk = [] if root in number else [(root, after(root))]
        while walk:
            node, others = walk[-1]
            if node not in number:
                number[node] = lowest[node] = len(number)
                path.append(node)
            for other in others:
                if other not in number:
                    walk.append((other, after(other)))
                    break
                if lowest[other] >= 0:
                    lowest[node] = min(lowest[node], number[other])
            else:
                walk.pop()
                if walk:
                    lowest[walk[-1][0]] = min(lowest[walk[-1][0]], lowest[node])
                if lowest[node] == number[node]:
                    at = path.index(node)
                    ring, path = path[at:], path[:at]
                    lowest |= dict.fromkeys(ring, -1)
                    yield ring
