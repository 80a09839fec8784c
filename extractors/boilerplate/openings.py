"""Rules by the first letters of a block: of the hundreds of openings most blocks meet none, and some the one or two that can match them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from extractors.boilerplate.beginnings import LENGTH, beginning
from extractors.boilerplate.rule import Phrase, Place, Rule
from extractors.piece import Piece

__all__ = ["LINKED", "PLACES", "Index", "Opening", "Openings", "fits", "opened"]

LINKED = 0.5  # of its characters: a block of so many links tells of other pages
PLACES = frozenset(Place)
_PLACES = tuple(Place)
_MOST_FILES, _MOST_OPENINGS = 10_000, 100_000  # so that one number orders them
_MOST_KNOWN = 20_000  # beginnings whose openings are remembered: the texts of a language have some thousands


class Opening:
    """One opening of a rule; its expression is compiled when a text first meets it that it may match, for most openings never do."""

    __slots__ = ("_match", "_need", "_text", "anyhow", "least", "most", "needs", "order", "place", "plain", "rule")

    def __init__(self, rule: Rule, phrase: Phrase, *, order: int) -> None:
        self.order = order
        self.rule = rule
        self.place = rule.place
        self.most = rule.most
        self.plain = not (rule.bare or rule.link or rule.bold or rule.italic)  # no more is asked than a size
        self.least = phrase.least
        self.anyhow = "" in phrase.starts
        self.needs = phrase.needs
        self._need = phrase.needs[0] if len(phrase.needs) == 1 else ""
        self._text = phrase.text
        self._match: re.Pattern[str] | None = None

    def matches(self, text: str) -> bool:
        """Whether it matches at the start of the text."""
        if self._need and self._need not in text:  # a look for one string costs a tenth of the expression
            return False
        if self._match is None or self.anyhow:  # what begins anyhow is met by so many texts that a look for what it needs pays
            if self.needs and not any(map(text.__contains__, self.needs)):
                return False
            if self._match is None:
                self._match = re.compile(self._text)
        return self._match.match(text) is not None


class Index:
    """The openings of some rules of one file, by the beginnings of the texts that they may match; those of any text apart.

    A file's is made once, for the books of all the languages that hold it: some have hundreds of openings, some thousands of beginnings.
    """

    __slots__ = ("_begun", "_openings", "anyhow")

    def __init__(self, rules: Iterable[Rule], rank: int, *, by_place: bool = False) -> None:
        """`rank`: of the file among all files. `by_place`: of two openings in a book that with the earlier place comes first."""
        phrases = [(rule, phrase) for rule in rules for phrase in rule.openings]
        self._openings = [
            Opening(rule, phrase, order=((_PLACES.index(rule.place) if by_place else 0) * _MOST_FILES + rank) * _MOST_OPENINGS + number)
            for number, (rule, phrase) in enumerate(phrases)
        ]
        self.anyhow = [opening for opening in self._openings if opening.anyhow]
        self._begun: dict[str, tuple[int, ...]] = {}  # numbers, thousands of which the cycle collector need not walk through
        for number, (_, phrase) in enumerate(phrases):
            for start in phrase.starts:
                self._begun[start] = (*self._begun.get(start, ()), number)

    def begun(self, parts: Iterable[str]) -> Iterator[Opening]:
        """The openings of texts that begin so: with one of the parts."""
        return (self._openings[number] for part in parts for number in self._begun.get(part, ()))


class Openings:
    """The openings of some files' rules: those that a text's first characters tell, and those that may begin anyhow, in their order."""

    __slots__ = ("_anyhow", "_indexes", "_known")

    def __init__(self, indexes: Sequence[Index]) -> None:
        self._anyhow = _ordered(opening for index in indexes for opening in index.anyhow)
        self._indexes = tuple(indexes)
        self._known: dict[str, tuple[Opening, ...]] = {}

    def of(self, text: str) -> tuple[Opening, ...]:
        """The openings that may match at the start of a text, in the rules' order."""
        start = text[:LENGTH]
        told = self._known[start] if start in self._known else self._told(start)
        return _merged(told, self._anyhow) if self._anyhow else told

    def met(self, heads: Sequence[str], pieces: Sequence[Piece]) -> list[tuple[Opening, ...]]:
        """The same for the beginnings of a page's pieces. What may begin anyhow is left out where the page has not what it needs."""
        known, told = self._known, self._told
        found = [known[start] if (start := head[:LENGTH]) in known else told(start) for head in heads]
        page = "\n".join(heads)
        anyhow = [opening for opening in self._anyhow if not opening.needs or any(map(page.__contains__, opening.needs))]
        if not anyhow:
            return found
        upright = tuple(opening for opening in anyhow if not opening.rule.italic)
        both = tuple(anyhow)
        return [_merged(openings, both if piece.italic else upright) for openings, piece in zip(found, pieces, strict=True)]

    def _told(self, start: str) -> tuple[Opening, ...]:
        """The openings of the texts that begin so, told for the first time."""
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        key = beginning(start)
        parts = {key[:size] for size in range(1, len(key) + 1)}
        known = self._known[start] = _ordered({opening for index in self._indexes for opening in index.begun(parts)})
        return known


def _merged(told: tuple[Opening, ...], anyhow: tuple[Opening, ...]) -> tuple[Opening, ...]:
    if not told or not anyhow:
        return told or anyhow
    return _ordered(told + anyhow)


def _ordered(openings: Iterable[Opening]) -> tuple[Opening, ...]:
    return tuple(sorted(openings, key=attrgetter("order")))


def opened(openings: Iterable[Opening], piece: Piece, head: str, *, places: frozenset[Place] = PLACES) -> Rule | None:
    """The rule of the first opening for one of `places` that fits the block and matches its `head`: its folded, trimmed beginning."""
    size, length = len(head), len(piece.block.text)
    for opening in openings:
        if (
            opening.place in places
            and opening.least <= size
            and length <= opening.most
            and (opening.plain or fits(opening.rule, piece, length))
            and opening.matches(head)
        ):
            return opening.rule
    return None


def fits(rule: Rule, piece: Piece, length: int) -> bool:
    """Whether the block's size and emphasis are such as the rule asks for."""
    if rule.bare and length > rule.bare and piece.kept and piece.link < LINKED:
        return False
    return length <= rule.most and piece.link >= rule.link and piece.bold >= rule.bold and piece.italic >= rule.italic
