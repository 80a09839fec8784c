"""The chooser: candidates that agree pool their odds; the best pool wins, with its origin, raw string and confidence."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Generic, TypeVar

from extractors.article import Provenance
from extractors.document import Candidate

__all__ = ["Chosen", "calibrated", "choose", "pools", "share_of_first", "value_of"]

T = TypeVar("T")

# Origins of one page are written from one database, so their agreement is no proof: a second voice adds half of its own evidence, a third a
# third, and so on.
_NOBODY = 0.0  # log odds that no candidate is right
_MOST_ODDS = 50.0  # so that exp stays a number; a share of e^-50 is none


@dataclass(frozen=True, slots=True)
class Chosen(Generic[T]):
    """A field's value and why it is so."""

    value: T
    provenance: Provenance


def value_of(choice: Chosen[T] | None) -> T | None:
    """The value chosen, or None where nothing was."""
    return choice.value if choice else None


def pools(candidates: Iterable[Candidate[T]], key: Callable[[Candidate[T]], Hashable]) -> list[tuple[float, list[Candidate[T]]]]:
    """(log odds, candidates) of each group that `key` holds equal, strongest first; inside a group the heaviest comes first."""
    groups: dict[Hashable, list[Candidate[T]]] = {}
    for candidate in candidates:
        groups.setdefault(key(candidate), []).append(candidate)
    found = []
    for group in groups.values():
        group.sort(key=lambda candidate: -candidate.weight)
        voices: dict[str, float] = {}
        for candidate in group:
            voices.setdefault(candidate.signal, candidate.weight)
        first, *more = sorted(map(log, voices.values()), reverse=True)
        odds = first + sum(max(other, 0.0) / rank for rank, other in enumerate(more, 2))  # a weak voice more is no evidence against
        found.append((odds, group))
    found.sort(key=lambda pool: -pool[0])  # stable: page order decides between equals
    return found


def choose(
    candidates: Iterable[Candidate[T]],
    *,
    key: Callable[[Candidate[T]], Hashable] | None = None,
    table: Sequence[tuple[float, float]] = (),
) -> Chosen[T] | None:
    """The best candidate's value, or None where there is none.

    `key` says which candidates agree (default: equal values). `table` maps the pooled share to a measured probability, see `calibrated`.
    """
    ranked = pools(candidates, key or (lambda candidate: candidate.value))
    if not ranked:
        return None
    share = share_of_first([odds for odds, _ in ranked])
    best = ranked[0][1][0]
    return Chosen(best.value, Provenance(best.origin, best.raw, round(calibrated(share, table), 3)))


def share_of_first(odds: Sequence[float]) -> float:
    """The share of the first of these log odds, the largest, among them all and the odds that none is right."""
    top = odds[0]
    return 1.0 / (sum(exp(min(other - top, 0.0)) for other in odds) + exp(min(_NOBODY - top, _MOST_ODDS)))


def calibrated(share: float, table: Sequence[tuple[float, float]]) -> float:
    """`share` read off a table of (share, probability) by straight lines between its points; unchanged where the table is empty."""
    if not table:
        return share
    low = table[0]
    for point in table:
        if share <= point[0]:
            span = point[0] - low[0]
            return low[1] + (point[1] - low[1]) * ((share - low[0]) / span if span else 1.0)
        low = point
    return low[1]
