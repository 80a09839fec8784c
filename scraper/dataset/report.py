"""What a dataset holds, in figures that a paper can give: articles, days, languages, how complete the fields are, what failed and why."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import Annotated, Any, TypeVar

import msgspec

from scraper.dataset.lines import BrokenLine, Dataset, Line, decoded

__all__ = ["FIELDS", "Figures", "failures_of", "figures_of"]

OnBroken = Callable[[Line, str], None]
_Kind = TypeVar("_Kind", bound=msgspec.Struct)

FIELDS = ("title", "authors", "date_published", "section", "tags", "description", "image", "language")
_DAY = 10  # characters of a date that are its day


class _Removal(msgspec.Struct):
    kind: str


class _Article(msgspec.Struct):
    """The keys of a record that are counted."""

    id: str
    host: str | None = None
    source: str | None = None
    title: str | None = None
    authors: list[str] = []
    date_published: str | None = None
    taxonomy: dict[str, list[str]] = {}
    description: str | None = None
    image: dict[str, Any] | None = None
    language: str | None = None
    is_free: bool | None = None
    word_count: Annotated[int, msgspec.Meta(ge=0, lt=2**32)] = 0
    removed: list[_Removal] = []
    warnings: list[str] = []
    extractor_version: str | None = None


class _Failure(msgspec.Struct):
    id: str | None
    url: str | None
    kind: str


@dataclass(slots=True)
class _Host:
    """The lines of one host: how many, how many of them have each field, and how long their bodies are."""

    lines: int = 0
    has: Counter[str] = field(default_factory=Counter)
    words: "array[int]" = field(default_factory=lambda: array("L"))

    def figures(self) -> dict[str, Any]:
        shares = {name: round(self.has[name] / self.lines, 4) if self.lines else None for name in FIELDS}
        return {"lines": self.lines, "has": shares, "words_median": int(median(self.words)) if self.words else None}


class Figures:
    """Figures of the lines that were taken. Memory grows by some tens of bytes a line, and with the number of hosts."""

    def __init__(self) -> None:
        self.broken = 0
        self._all = _Host()
        self._hosts: dict[str, _Host] = {}
        self._ids: set[bytes] = set()
        self._days: Counter[str] = Counter()
        self._counts: dict[str, Counter[str]] = {name: Counter() for name in ("languages", "warnings", "removed", "sources", "extractors")}
        self._paywalled = 0

    def take(self, record: _Article) -> None:
        """Count a record."""
        has = [name for name in FIELDS if getattr(record, name, None) or record.taxonomy.get(name)]
        for host in (self._all, self._hosts.setdefault(record.host or "", _Host())):
            host.lines += 1
            host.has.update(has)
            host.words.append(record.word_count)
        self._ids.add(record.id.encode())
        if record.date_published:
            self._days[record.date_published[:_DAY]] += 1
        self._paywalled += record.is_free is False
        self._count("languages", [record.language])
        self._count("sources", [record.source])
        self._count("extractors", [record.extractor_version])
        self._count("warnings", [one.partition(":")[0] for one in record.warnings])
        self._count("removed", [one.kind for one in record.removed])

    def as_dict(self) -> dict[str, Any]:
        """All of it, as plain values, the largest first."""
        lines = self._all.lines
        return {
            "lines": lines + self.broken,
            "articles": len(self._ids),
            "revisions": lines - len(self._ids),
            "broken": self.broken,
            "first_day": min(self._days, default=None),
            "last_day": max(self._days, default=None),
            "undated": lines - self._days.total(),
            "paywalled": self._paywalled,
            **{key: value for key, value in self._all.figures().items() if key != "lines"},
            **{name: dict(counter.most_common()) for name, counter in self._counts.items()},
            "hosts": {name: host.figures() for name, host in sorted(self._hosts.items(), key=lambda item: (-item[1].lines, item[0]))},
        }

    def _count(self, name: str, values: Iterable[str | None]) -> None:
        self._counts[name].update(value for value in values if value)


def figures_of(dataset: Dataset, on_broken: OnBroken) -> Figures:
    """The figures of a dataset; a line that is no record is counted, and told."""
    figures = Figures()
    for line in dataset.lines():
        record = _read(line, _Article, on_broken)
        if record is None:
            figures.broken += 1
        else:
            figures.take(record)
    return figures


def failures_of(dataset: Dataset, on_broken: OnBroken) -> dict[str, int]:
    """How many addresses failed, by the kind of the last failure of each, the largest first."""
    last: dict[str, str] = {}
    for line in dataset.lines():
        record = _read(line, _Failure, on_broken)
        if record is not None:
            last[record.id or record.url or ""] = record.kind
    return dict(Counter(last.values()).most_common())


def _read(line: Line, kind: type[_Kind], on_broken: OnBroken) -> _Kind | None:
    try:
        return decoded(line, kind)
    except BrokenLine as error:
        on_broken(line, str(error))
        return None
