"""Rules by the first letters of a block: of the hundreds of openings a block meets the one or two that can match it."""

import re
from collections.abc import Iterable

from extractors.boilerplate.beginnings import LENGTH, beginning
from extractors.boilerplate.rule import Phrase, Rule

__all__ = ["Opening", "Openings"]

_MOST_KNOWN = 20_000  # beginnings whose openings are remembered: a language has some thousands


class Opening:
    """One opening of a rule; its expression is compiled when a text first meets it, for most openings of a book never do."""

    __slots__ = ("_match", "_text", "least", "most", "needs", "order", "place", "plain", "rule")

    def __init__(self, rule: Rule, phrase: Phrase, *, order: int) -> None:
        self.order = order
        self.rule = rule
        self.place = rule.place
        self.most = rule.most
        self.plain = not (rule.bare or rule.link or rule.bold or rule.italic)  # no more is asked than a size
        self.least = phrase.least
        self.needs = phrase.needs
        self._text = phrase.text
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
            for phrase in rule.openings:
                opening = Opening(rule, phrase, order=order)
                order += 1
                for start in phrase.starts:
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

    def _gathered(self, start: str) -> tuple[Opening, ...]:
        key = beginning(start)
        parts = {key[:size] for size in range(len(key) + 1)} if key else set()
        found = {opening.order: opening for part in parts for opening in self._by_beginning.get(part, ())}
        return tuple(found[order] for order in sorted(found))
