"""What the boilerplate rules take from the body that the model chose, against the gold bodies: their precision, rule by rule."""

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
    """A text that a rule took although the gold body has `words` words of it."""

    page: str
    words: int
    text: str


@dataclass(slots=True)
class Removed:
    """What one rule took over all pages: texts, their words, and how many of those stand in the gold body."""

    texts: int = 0
    words: int = 0
    wanted: int = 0
    harms: list[Harm] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of the words that are not in the gold body, 0 to 1."""
        return 1.0 - self.wanted / self.words if self.words else 1.0


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
            size, wanted = len(words(piece.block.text)), missing.of(piece.block.text)
            removed = Removed(1, size, wanted)
            if wanted:
                removed.harms.append(Harm(f"{page.set_name}/{page.id}", wanted, piece.block.text))
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
    """The word sequences and the short lines that the gold body has more often than what is left."""

    sequences: frozenset[tuple[str, ...]]
    lines: frozenset[tuple[str, ...]]

    def of(self, text: str) -> int:
        """How many words of a removed text are missing; of a text shorter than a sequence all, where it is a line of the gold body."""
        tokens = words(text)
        if len(tokens) < _SEQUENCE:
            return len(tokens) if tuple(tokens) in self.lines else 0
        found: set[int] = set()
        for start, sequence in enumerate(_sequences(tokens)):
            if sequence in self.sequences:
                found.update(range(start, start + _SEQUENCE))
        return len(found)


def _missing(gold: Sequence[str], left: Sequence[str]) -> _Missing:
    wanted, have = ([words(line) for text in texts for line in text.split("\n")] for texts in (gold, left))
    sequences, lines = (
        frozenset(counted(wanted) - counted(have))
        for counted in (
            lambda texts: Counter(sequence for text in texts for sequence in _sequences(text)),
            lambda texts: Counter(map(tuple, texts)),
        )
    )
    return _Missing(sequences, lines)


def _sequences(tokens: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(tokens[at : at + _SEQUENCE]) for at in range(len(tokens) - _SEQUENCE + 1))


def total(found: Iterable[tuple[str, Removed]]) -> dict[str, Removed]:
    """By rule, and under "" over all rules."""
    sums: dict[str, Removed] = defaultdict(Removed)
    for rule, removed in found:
        for key in ("", rule):
            sums[key].texts += removed.texts
            sums[key].words += removed.words
            sums[key].wanted += removed.wanted
            sums[key].harms += removed.harms
    return dict(sums)


def table(sums: Mapping[str, Removed]) -> str:
    """One row a rule, the most harmful first."""
    lines = [f"{'rule':<40}{'texts':>7}{'words':>8}{'in gold':>8}{'precision':>10}"]
    for rule, removed in sorted(sums.items(), key=lambda item: (bool(item[0]), -item[1].wanted, -item[1].words, item[0])):
        lines.append(f"{rule or 'all rules':<40}{removed.texts:>7}{removed.words:>8}{removed.wanted:>8}{removed.precision:>10.4f}")
    return "\n".join(lines)
