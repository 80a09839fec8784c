"""Rules by the first letters of a block: of the hundreds of openings a block meets the one or two that can match it."""

import re
from collections.abc import Iterable

from extractors.boilerplate.beginnings import LENGTH, beginning
from extractors.boilerplate.rule import Phrase, Place, Rule
from extractors.piece import Piece

__all__ = ["LINKED", "Opening", "Openings", "Shelf", "fits"]

LINKED = 0.5  # of its characters: a block of so many links tells of other pages
_MOST_KNOWN = 10_000  # beginnings whose openings are remembered: the texts of a language have some thousands
_NONE: tuple[int, tuple["Opening", ...]] = (0, ())


class Opening:
    """One opening of a rule; its expression is compiled when a text first meets it that it may match, for most openings never do."""

    __slots__ = ("_anyhow", "_match", "_needs", "_text", "least", "most", "order", "plain", "rule")

    def __init__(self, rule: Rule, phrase: Phrase, *, order: int) -> None:
        self.order = order
        self.rule = rule
        self.most = rule.most
        self.plain = not (rule.bare or rule.link or rule.bold or rule.italic)  # no more is asked than a size
        self.least = phrase.least
        self._anyhow = "" in phrase.starts  # so many texts meet it that a look for what it needs pays
        self._needs = phrase.needs
        self._text = phrase.text
        self._match: re.Pattern[str] | None = None

    def matches(self, text: str) -> bool:
        """Whether it matches at the start of the text."""
        if self._match is None or self._anyhow:
            if self._needs and not any(map(text.__contains__, self._needs)):
                return False
            if self._match is None:
                self._match = re.compile(self._text)
        return self._match.match(text) is not None


class Openings:
    """The openings of some rules by their beginnings."""

    __slots__ = ("_by_beginning",)

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._by_beginning: dict[str, list[Opening]] = {}
        order = 0
        for rule in rules:
            for phrase in rule.openings:
                opening = Opening(rule, phrase, order=order)
                order += 1
                for start in phrase.starts:
                    self._by_beginning.setdefault(start, []).append(opening)

    def beginning(self, start: str, places: frozenset[Place]) -> tuple[Opening, ...]:
        """Those that act in one of `places` and may match at the start of a text that begins so, in the rules' order."""
        key = beginning(start)
        parts = {key[:size] for size in range(len(key) + 1)} if key else set()
        found = {opening.order: opening for part in parts for opening in self._by_beginning.get(part, ())}
        return tuple(found[order] for order in sorted(found) if found[order].rule.place in places)


class Shelf:
    """The openings that act in some places, found by a text's first characters."""

    __slots__ = ("_known", "_openings", "_places")

    def __init__(self, openings: Openings, places: Iterable[Place] = Place) -> None:
        self._openings = openings
        self._places = frozenset(places)
        self._known: dict[str, tuple[int, tuple[Opening, ...]]] = {"": _NONE}  # with the longest block that one of them takes

    def of(self, text: str) -> tuple[int, tuple[Opening, ...]]:
        """The openings that may match at the start of `text`, and the length of the longest block that one of them takes."""
        start = text[:LENGTH]
        return self._known.get(start) or self._gathered(start)

    def opened(self, piece: Piece, head: str) -> Rule | None:
        """The rule of the first opening that fits the block and matches its `head`: its folded, trimmed beginning."""
        start = head[:LENGTH]
        most, found = self._known.get(start) or self._gathered(start)
        if not found or (length := len(piece.block.text)) > most:
            return None
        size = len(head)
        for opening in found:
            if (
                opening.least <= size
                and length <= opening.most
                and (opening.plain or fits(opening.rule, piece, length))
                and opening.matches(head)
            ):
                return opening.rule
        return None

    def _gathered(self, start: str) -> tuple[int, tuple[Opening, ...]]:
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        found = self._openings.beginning(start, self._places)
        known = self._known[start] = (max(opening.most for opening in found), found) if found else _NONE
        return known


def fits(rule: Rule, piece: Piece, length: int) -> bool:
    """Whether the block's size and emphasis are such as the rule asks for."""
    if rule.bare and length > rule.bare and piece.kept and piece.link < LINKED:
        return False
    return length <= rule.most and piece.link >= rule.link and piece.bold >= rule.bold and piece.italic >= rule.italic
