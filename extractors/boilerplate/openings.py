"""Rules by the first letters of a block: of the hundreds of openings a block meets the one or two that can match it."""

import re
from collections.abc import Iterable, Sequence

from extractors.boilerplate.beginnings import LENGTH, beginning, beginnings, needs
from extractors.boilerplate.rule import Rule

__all__ = ["Opening", "Openings"]

_MOST_KNOWN = 20_000  # beginnings whose openings are remembered: a language has some thousands


class Opening:
    """One opening of a rule; its expression is compiled when a text first meets it, for most openings of a book never do.

    `needs`: strings of which a matching text holds one; given where its beginning says nothing.
    """

    __slots__ = ("_match", "_text", "needs", "order", "place", "rule")

    def __init__(self, rule: Rule, text: str, *, order: int, needs: tuple[str, ...]) -> None:
        self.order = order
        self.rule = rule
        self.place = rule.place
        self.needs = needs
        self._text = text
        self._match: re.Pattern[str] | None = None

    def matches(self, text: str) -> bool:
        """Whether it matches at the start of the text."""
        if self.needs and not any(map(text.__contains__, self.needs)):
            return False
        if self._match is None:
            self._match = re.compile(self._text)
        return self._match.match(text) is not None


class Openings:
    """The openings of some rules, found by a text's first characters."""

    __slots__ = ("_by_beginning", "_known")

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._by_beginning: dict[str, list[Opening]] = {}
        self._known: dict[str, tuple[Opening, ...]] = {}
        order = 0
        for rule in rules:
            for text in rule.openings:
                starts = beginnings(text)
                opening = Opening(rule, text, order=order, needs=needs(text) if "" in starts else ())
                order += 1
                for start in starts:
                    self._by_beginning.setdefault(start, []).append(opening)

    def of(self, text: str) -> tuple[Opening, ...]:
        """The openings that may match at the start of `text`, in the rules' order; none for an empty text."""
        start = text[:LENGTH]
        known = self._known.get(start)
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            known = self._known[start] = self._gathered(start)
        return known

    def of_all(self, texts: Sequence[str]) -> list[tuple[Opening, ...]]:
        """The same for each of the texts of a page, without openings that need what none of these holds."""
        page = "\n".join(texts)
        known = self._known
        several = [known.get(text[:LENGTH]) or self.of(text) for text in texts]
        wild = self._by_beginning.get("", ())
        absent = {opening for opening in wild if opening.needs and not any(map(page.__contains__, opening.needs))}
        if not absent:
            return several
        kept: dict[str, tuple[Opening, ...]] = {}
        for text, openings in zip(texts, several, strict=True):
            start = text[:LENGTH]
            if start not in kept:
                kept[start] = tuple(opening for opening in openings if opening not in absent)
        return [kept[text[:LENGTH]] for text in texts]

    def first(self, text: str) -> Rule | None:
        """The first rule with an opening that matches at the start of `text`."""
        for opening in self.of(text):
            if opening.matches(text):
                return opening.rule
        return None

    def _gathered(self, start: str) -> tuple[Opening, ...]:
        key = beginning(start)
        parts = {key[:size] for size in range(len(key) + 1)} if key else set()
        found = {opening.order: opening for part in parts for opening in self._by_beginning.get(part, ())}
        return tuple(found[order] for order in sorted(found))
