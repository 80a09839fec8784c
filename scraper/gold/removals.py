"""What the boilerplate rules take from the body that the model chose, against the gold bodies: their precision, rule by rule.

A word taken is lost where the gold body holds it, amid the same four others at the least, and what is left of the page's body nowhere
does. Where what is left holds it, though the gold body does so more often, a reader has lost nothing: a second copy of a text, a pull
quote of words that stand in the text. Such words are counted for themselves, as taken again. A text of fewer than five words counts
whole where it is a line of the gold body. The headline, byline and date over the text, which the record holds under their own names,
are not taken by rules and not counted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extractors import ExtractionError, Options
from extractors.article import Context
from extractors.extract import read
from extractors.piece import Piece
from scraper.gold.labels import words
from scraper.gold.pages import GoldPage

__all__ = ["Harm", "Removed", "removals", "table", "taken", "total"]

_SEQUENCE = 5  # words that stand together in two texts by more than chance


@dataclass(frozen=True, slots=True)
class Harm:
    """A text that a rule took although the gold body has words of it: `lost` ones, and `again` ones, of which the body has another."""

    page: str
    lost: int
    again: int
    text: str


@dataclass(slots=True)
class Removed:
    """What one rule took over all pages: texts, their words, how many of those are lost, and how many were taken again."""

    texts: int = 0
    words: int = 0
    lost: int = 0
    again: int = 0
    harms: list[Harm] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of the words that are not lost, 0 to 1."""
        return 1.0 - self.lost / self.words if self.words else 1.0

    @property
    def strict(self) -> float:
        """The share of the words of which the gold body has no more than what is left, 0 to 1."""
        return 1.0 - (self.lost + self.again) / self.words if self.words else 1.0


def removals(pages: Iterable[GoldPage], options: Options) -> Iterator[tuple[str, Removed]]:
    """(rule, what it took from one page) for each page that has a gold body; a page that is refused gives nothing."""
    for page in pages:
        if not page.gold.get("body"):
            continue
        try:
            found = read(page.html, url=page.url, content_type=None, context=Context(), options=options)
        except ExtractionError:
            continue
        if found.page is None:
            continue
        missing = _missing(page.gold["body"], [piece.block.text for piece in found.page.pieces if piece.kept])
        for piece in taken(found.page.chosen, found.page.pieces):
            text = piece.block.text
            lost, fewer = missing.of(text)
            removed = Removed(1, len(words(text)), lost, fewer - lost)
            if fewer:
                removed.harms.append(Harm(f"{page.set_name}/{page.id}", lost, fewer - lost, text))
            yield piece.rule or "", removed


def taken(chosen: Sequence[Piece], stripped: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces of `stripped` that rules removed from what was kept in `chosen`: whole blocks, and sentences of blocks."""
    at = 0
    for piece in chosen:
        first = stripped[at]
        at += 1
        if first.block.text == piece.block.text:
            if piece.kept and not first.kept:
                yield first
            continue
        while at < len(stripped) and not stripped[at].kept and stripped[at].block.text in piece.block.text:
            yield stripped[at]
            at += 1


@dataclass(frozen=True, slots=True)
class _Missing:
    """The word sequences and the short lines that the gold body has more often than what is left: True where that has none."""

    fewer: Mapping[tuple[str, ...], bool]
    lines: Mapping[tuple[str, ...], bool]

    def of(self, text: str) -> tuple[int, int]:
        """How many words of a removed text are lost, and of how many the gold body has more than what is left."""
        tokens = words(text)
        if len(tokens) < _SEQUENCE:
            nowhere = self.lines.get(tuple(tokens))
            return (0, 0) if nowhere is None else (len(tokens) if nowhere else 0, len(tokens))
        lost, fewer = set[int](), set[int]()
        for start, sequence in enumerate(_sequences(tokens)):
            nowhere = self.fewer.get(sequence)
            if nowhere is not None:
                fewer.update(range(start, start + _SEQUENCE))
                if nowhere:
                    lost.update(range(start, start + _SEQUENCE))
        return len(lost), len(fewer)


def _missing(gold: Sequence[str], left: Sequence[str]) -> _Missing:
    wanted, have = ([words(line) for text in texts for line in text.split("\n")] for texts in (gold, left))
    return _Missing(
        *(
            _fewer(counted(wanted), counted(have))
            for counted in (
                lambda texts: Counter(sequence for text in texts for sequence in _sequences(text)),
                lambda texts: Counter(map(tuple, texts)),
            )
        )
    )


def _fewer(wanted: Counter[tuple[str, ...]], have: Counter[tuple[str, ...]]) -> dict[tuple[str, ...], bool]:
    """What is wanted more often than it is had, and whether it is not had at all."""
    return {key: not have[key] for key, count in wanted.items() if count > have[key]}


def _sequences(tokens: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(tokens[at : at + _SEQUENCE]) for at in range(len(tokens) - _SEQUENCE + 1))


def total(found: Iterable[tuple[str, Removed]]) -> dict[str, Removed]:
    """By rule, and under "" over all rules."""
    sums: dict[str, Removed] = defaultdict(Removed)
    for rule, removed in found:
        for key in ("", rule):
            sums[key].texts += removed.texts
            sums[key].words += removed.words
            sums[key].lost += removed.lost
            sums[key].again += removed.again
            sums[key].harms += removed.harms
    return dict(sums)


def table(sums: Mapping[str, Removed]) -> str:
    """One row a rule, the most harmful first."""
    lines = [f"{'rule':<40}{'texts':>7}{'words':>8}{'lost':>7}{'again':>7}{'precision':>10}{'strict':>9}"]
    for rule, removed in sorted(sums.items(), key=lambda item: (bool(item[0]), -item[1].lost, -item[1].words, item[0])):
        counts = f"{removed.texts:>7}{removed.words:>8}{removed.lost:>7}{removed.again:>7}"
        lines.append(f"{rule or 'all rules':<40}{counts}{removed.precision:>10.4f}{removed.strict:>9.4f}")
    return "\n".join(lines)
