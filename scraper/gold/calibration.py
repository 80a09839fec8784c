"""Whether a confidence of 0.8 is right in eight of ten: what records say of their fields against the gold rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any

from extractors.article import TAXONOMY_KEYS
from scraper.gold.measures import measure

__all__ = ["Bin", "Claim", "bins", "claims", "lines"]

FEWEST = 30  # pages of a bin that says something
TENTHS = 10
_FIELDS = {"title": "title", "authors": "authors", "date": "date_published"}


@dataclass(frozen=True, slots=True)
class Claim:
    """How sure a record is of a field, and how far it was right: 1 or 0, of a taxonomy list the share of its labels that gold holds."""

    field: str
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Bin:
    """The claims of one tenth of confidence, with their means."""

    confidence: float
    right: float
    pages: int


def claims(gold: Mapping[str, Any], record: Mapping[str, Any], values: Mapping[str, float]) -> Iterator[Claim]:
    """What a record claims of the fields that the gold row knows. `values`: the page's measures."""
    provenance = record["provenance"]
    for name, key in _FIELDS.items():
        if name in values and provenance[key]:
            yield Claim(name, provenance[key]["confidence"], float(values[name] == 1))
    for key in TAXONOMY_KEYS if gold.get("topics") else ():
        labels = record["taxonomy"][key]
        if labels and provenance[key]:
            held = [measure({"topics": gold["topics"]}, {"taxonomy": {key: [label]}})["topics"] > 0 for label in labels]
            yield Claim(key, provenance[key]["confidence"], mean(held))


def bins(found: Iterable[Claim]) -> dict[str, list[Bin]]:
    """For each field its claims by tenths of confidence, lowest first; empty tenths are left out."""
    groups: dict[str, dict[int, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in found:
        groups[claim.field][min(int(claim.confidence * TENTHS), TENTHS - 1)].append(claim)
    return {field: [_bin(tenths[tenth]) for tenth in sorted(tenths)] for field, tenths in groups.items()}


def _bin(group: Sequence[Claim]) -> Bin:
    return Bin(round(mean(claim.confidence for claim in group), 3), round(mean(claim.right for claim in group), 3), len(group))


def lines(found: Mapping[str, Sequence[Bin]]) -> Iterator[str]:
    """A line a field: each tenth as "confidence right (pages)", and by how much a tenth with FEWEST pages or more is off at most."""
    for field, tenths in found.items():
        off = [abs(tenth.confidence - tenth.right) for tenth in tenths if tenth.pages >= FEWEST]
        worst = f"{max(off):.3f}" if off else "-"
        cells = "  ".join(f"{tenth.confidence:.2f} {tenth.right:.2f} ({tenth.pages})" for tenth in tenths)
        yield f"{field:14}{worst:>7}   {cells}"
