"""A Moment: a calendar day, with the time of day and the offset where the page gives them."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from extractors.article import DatePrecision

__all__ = ["Found", "Moment"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and perhaps a time; `clock` bears the offset where one was printed.

    `other`: the other reading of a day like 03/04/2024. `converted`: the page wrote it in another calendar.
    """

    day: date
    clock: time | None = None
    other: date | None = None
    converted: bool = False

    @property
    def precision(self) -> DatePrecision:
        """How much of the moment is known."""
        if self.clock is None:
            return DatePrecision.DAY
        return DatePrecision.LOCAL if self.clock.tzinfo is None else DatePrecision.ZONED

    @property
    def text(self) -> str:
        """RFC 3339: with offset, as local time without, or the bare day."""
        if self.clock is None:
            return self.day.isoformat()
        return datetime.combine(self.day, self.clock).isoformat(timespec="seconds")

    @property
    def is_midnight(self) -> bool:
        """A time of 00:00:00: often a bare day that a template padded."""
        return self.clock is not None and not (self.clock.hour or self.clock.minute or self.clock.second)

    @property
    def instant(self) -> datetime:
        """The moment on one line of time, for comparing: midnight for a bare day, UTC where no offset is known."""
        moment = datetime.combine(self.day, self.clock or time())
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)

    def bare(self) -> "Moment":
        """The day alone."""
        return replace(self, clock=None)

    def swapped(self) -> "Moment":
        """The other reading of an ambiguous day."""
        return replace(self, day=self.other, other=self.day) if self.other else self


@dataclass(frozen=True, slots=True)
class Found:
    """A moment and where in its text it stands."""

    moment: Moment
    start: int
    end: int
