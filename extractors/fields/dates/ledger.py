"""The ledger of a page's readings: what is sound, what was rejected and why, and when enough is known."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from math import log

from extractors.article import DatePrecision, Origin
from extractors.fields.choose import Chosen
from extractors.fields.dates.cues import Role
from extractors.fields.dates.reading import Reading
from extractors.fields.dates.revised import may_be_revised, revision
from extractors.fields.dates.verdict import BESIDE, EARLIEST, PRINTED, Group, agree, chosen, groups, rejected
from extractors.fields.moments import Moment

__all__ = ["CHANGED", "Dates", "Ledger"]

SETTLED = log(17.0)  # odds of an article's own JSON-LD date, or of two declared ones, above which the visible page is not searched
DECLARED = 9.0  # the weight of a day that the head of the page declares
LIKELY = log(0.9)  # odds above which no further place is searched
CHANGED = "date_published_from_modified"  # the warning that a day of change stands for the day of publication
MOST_READINGS = 500  # that are entered at a time: a gold page gives at most 49 in all
REVISED = 0.9  # probability that gold has the printed day of change where `revision` finds one
INSTEAD = 0.7  # probability that a page's only date, one of change, is taken for its day of publication: 28 of 39 gold pages


@dataclass(frozen=True, slots=True)
class Dates:
    """The two moments with their provenance, the precision of the first, and warnings about what was rejected or converted."""

    published: Chosen[Moment] | None
    modified: Chosen[Moment] | None
    warnings: tuple[str, ...] = ()

    @property
    def precision(self) -> DatePrecision | None:
        """How much the page tells of the moment of publication."""
        return self.published.value.precision if self.published else None


class Ledger:
    """Readings by role; those `rejected` with the reason; `warnings` say why, for those that weigh something."""

    __slots__ = ("_fetched", "_ranked", "modified", "published", "rejected", "warnings")

    def __init__(self, fetched_at: datetime | None) -> None:
        self._fetched = fetched_at
        self._ranked: tuple[int, list[Group]] = (0, [])
        self.published: list[Reading] = []
        self.modified: list[Reading] = []
        self.rejected: list[tuple[Reading, str]] = []
        self.warnings: dict[str, None] = {}

    def enter(self, readings: Iterable[Reading]) -> None:
        """Take the first readings in; what cannot be is left out with a warning."""
        for reading in islice(readings, MOST_READINGS):
            if reading.role is Role.FOREIGN:
                continue
            reason = rejected(reading, self._fetched)
            if reason:
                self.rejected.append((reading, reason))
                if reading.weight >= 1:
                    self.warnings[reason] = None
            else:
                (self.published if reading.role is Role.PUBLISHED else self.modified).append(reading)

    def ranked(self) -> list[Group]:
        """The groups of publication so far."""
        if self._ranked[0] != len(self.published):
            self._ranked = (len(self.published), groups(self.published))
        return self._ranked[1]

    def is_settled(self) -> bool:
        """Whether declared readings leave nothing to ask the visible page: strong, at one, with a time in the page's own zone."""
        ranked = self.ranked()
        if len(ranked) != 1 or ranked[0].odds < SETTLED or may_be_revised(self.published, self.modified):
            return False
        verdict = chosen(ranked)
        moment = verdict.value if verdict else None
        return bool(
            moment and moment.precision is DatePrecision.ZONED and not moment.is_midnight and moment.clock and moment.clock.utcoffset()
        )

    def has_declared(self) -> bool:
        """Whether the head of the page declares a day of publication: then microdata, which cost more, say the same."""
        return any(reading.weight >= DECLARED for reading in self.published)

    def has_likely(self) -> bool:
        """Whether a date is likely enough to stop searching."""
        return any(group.odds > LIKELY for group in self.ranked()) or any(reading.weight > 1 for reading in self.modified)

    def dates(self) -> Dates:
        """The verdict."""
        ranked_modified = groups(self.modified)
        published = chosen(self._own(ranked_modified))
        modified = chosen(ranked_modified)
        revised = revision(self.ranked(), ranked_modified)
        if revised or (published is None and modified is not None):
            published = _instead(chosen([revised]), REVISED) if revised else _instead(modified, INSTEAD)
            self.warnings[CHANGED] = None
        if published and published.value.converted:
            self.warnings["calendar_converted"] = None
        return Dates(published, modified, tuple(self.warnings))

    def _own(self, modified: list[Group]) -> list[Group]:
        """The groups of publication, without those that only repeat the declared day of change in print."""
        changes = [reading.moment for group in modified for reading in group.readings if reading.origin not in PRINTED]
        kept = self._without_lives(self._without_build_time(changes), changes)
        ranked = self.ranked() if kept is self.published else groups(kept)
        declared = [group for group in ranked if any(reading.origin not in PRINTED for reading in group.readings)]
        if not declared or not changes:
            return ranked
        return [group for group in ranked if group in declared or not any(agree(group.readings[0].moment, change) for change in changes)]

    def _without_lives(self, readings: list[Reading], changes: list[Moment]) -> list[Reading]:
        """The readings less printed days before the web where the data tell a change and no such day: a life, not an archive's story."""
        old = [reading for reading in readings if reading.moment.day.year < EARLIEST]
        if not old or not changes or any(agree(reading.moment, one.moment) for reading, _ in self.rejected for one in old):
            return readings
        return [reading for reading in readings if reading not in old]

    def _without_build_time(self, changes: list[Moment]) -> list[Reading]:
        """The readings less what a site generator wrote: JSON-LD alone, its publication its last change and later than what is printed."""
        linked = [reading for reading in self.published if reading.origin == Origin.JSONLD]
        printed = [reading for reading in self.published if reading.origin in PRINTED and reading.weight >= BESIDE]
        others = [reading for reading in self.published if reading.origin not in {Origin.JSONLD, *PRINTED} and reading.weight >= DECLARED]
        if not linked or not printed or not changes or others:
            return self.published
        first = max(printed, key=lambda reading: reading.weight).moment
        late = [
            reading
            for reading in linked
            if reading.moment.day > first.day
            and not agree(reading.moment, first)
            and any(change.day <= reading.moment.day for change in changes)
        ]
        if late:
            self.warnings["date_of_build"] = None
        return [reading for reading in self.published if reading not in late] if late else self.published


def _instead(modified: Chosen[Moment] | None, most: float) -> Chosen[Moment] | None:
    """A date of change in the place of one of publication, with a confidence of at most `most`."""
    return Chosen(modified.value, replace(modified.provenance, confidence=min(modified.provenance.confidence, most))) if modified else None
