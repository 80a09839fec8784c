"""The verdict: readings that agree pool their weights, what cannot be is rejected, and the page's fullest form of the day is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta, timezone
from math import log

from extractors.article import DatePrecision, Origin, Provenance
from extractors.fields import calibration
from extractors.fields.choose import Chosen, calibrated, share_of_first
from extractors.fields.dates.reading import Reading
from extractors.fields.moments import Moment

__all__ = ["BESIDE", "EARLIEST", "PRINTED", "Group", "agree", "chosen", "groups", "rejected"]

EARLIEST = 1995  # before the web a page has no date of publication; only a printed one can stand (an archive's)
LEAST = log(0.1)  # odds below which a date rather belongs to another story
LEAST_SHARE = 0.05  # of the odds of all the page's dates; a list of teasers gives each of its days less
PRINTED = frozenset({Origin.DOM, Origin.TEXT})
BESIDE = 3.5  # odds of a day that is printed beside the headline
_MOST_OFFSET = timedelta(hours=14)


@dataclass(slots=True)
class Group:
    """Readings of one publication, heaviest first, and their pooled log odds."""

    readings: list[Reading]
    odds: float = 0.0


def rejected(reading: Reading, fetched_at: datetime | None) -> str | None:
    """Why a reading cannot be: "date_in_future", "date_too_early", or None."""
    if fetched_at and reading.moment.instant > fetched_at + timedelta(days=1):
        return "date_in_future"
    if reading.moment.day.year < EARLIEST and reading.origin not in PRINTED:
        return "date_too_early"
    return None


def groups(readings: Iterable[Reading]) -> list[Group]:
    """The readings by the day that they tell, strongest group first.

    Two readings agree on the same day, or where their zones can explain the difference. A day that can be read in two ways is read as the
    others have it.
    """
    found: list[Group] = []
    led: dict[int, int] = {}  # day to the one group whose first reading tells it
    for reading in sorted(_unambiguous(list(readings)), key=lambda reading: -reading.weight):
        day = reading.moment.day.toordinal()
        near = sorted(led[at] for at in (day - 1, day, day + 1) if at in led)
        group = next((found[at] for at in near if agree(found[at].readings[0].moment, reading.moment)), None)
        if group:
            group.readings.append(reading)
        else:
            led[day] = len(found)
            found.append(Group([reading]))
    for group in found:
        voices: dict[str, float] = {}
        for reading in group.readings:
            voices.setdefault(reading.signal, reading.weight)
        ranked = sorted(voices.values(), reverse=True)
        group.odds = sum(
            log(weight) / (rank if weight > 1 else 1) if rank == 1 or weight > 1 else 0.0 for rank, weight in enumerate(ranked, 1)
        )
    found.sort(key=lambda group: -group.odds)
    return found


def _unambiguous(readings: list[Reading]) -> list[Reading]:
    """Days that can be read in two ways, read as the others have it."""
    if not any(reading.moment.other for reading in readings):
        return readings
    plain = [reading.moment for reading in readings if reading.moment.other is None]
    return [
        replace(reading, moment=reading.moment.swapped())
        if reading.moment.other
        and not any(agree(moment, reading.moment) for moment in plain)
        and any(agree(moment, reading.moment.swapped()) for moment in plain)
        else reading
        for reading in readings
    ]


def agree(one: Moment, other: Moment) -> bool:
    """Whether two moments may be one: the same day, or at most 14 hours apart, as far as a zone may lie from UTC.

    A bare day beside a moment with an offset of its own is meant in that zone.
    """
    if one.day == other.day:
        return True
    if abs((one.day - other.day).days) > 1 or (one.clock is None and other.clock is None):
        return False
    if one.clock and other.clock:
        return abs(one.instant - other.instant) <= _MOST_OFFSET
    day, moment = (one, other) if one.clock is None else (other, one)
    start = datetime.combine(day.day, time(), UTC)
    if moment.precision is not DatePrecision.ZONED or (moment.clock and moment.clock.utcoffset()):
        return False
    return start - _MOST_OFFSET <= moment.instant <= start + timedelta(days=1) + _MOST_OFFSET


def chosen(ranked: Sequence[Group]) -> Chosen[Moment] | None:
    """The strongest group's moment in the fullest form that the page gives; None where no group is likely enough."""
    if not ranked or ranked[0].odds < LEAST:
        return None
    top = ranked[0]
    share = share_of_first([group.odds for group in ranked])
    if share < LEAST_SHARE:
        return None
    reading = _fullest(top.readings)
    confidence = round(calibrated(share, calibration.DATE), 3)
    return Chosen(reading.moment, Provenance(reading.origin, reading.raw, confidence))


def _fullest(readings: Sequence[Reading]) -> Reading:
    """The heaviest reading, unless another of the same day says more: a time where it has none, the page's own offset where it has UTC."""
    lead = readings[0]
    if lead.moment.clock is None or lead.moment.is_midnight:
        timed = [reading for reading in readings if reading.moment.clock and not reading.moment.is_midnight and reading.weight >= 1]
        same = [reading for reading in timed if reading.moment.day == lead.moment.day]
        if same:
            lead = same[0]
        elif lead.moment.is_midnight and _is_padded(readings, lead):
            return replace(lead, moment=lead.moment.bare())
    if lead.moment.precision is DatePrecision.LOCAL:
        return next((reading for reading in readings if _zoned_like(reading.moment, lead.moment)), lead)
    if lead.moment.precision is DatePrecision.ZONED and lead.moment.clock and not lead.moment.clock.utcoffset():
        return _local(readings, lead)
    return lead


def _zoned_like(moment: Moment, local: Moment) -> bool:
    """Whether a moment is a local one with its offset: the same day and minute on the page's own clock."""
    if not (moment.clock and local.clock and moment.clock.tzinfo) or moment.day != local.day:
        return False
    return (moment.clock.hour, moment.clock.minute) == (local.clock.hour, local.clock.minute)


def _is_padded(readings: Sequence[Reading], lead: Reading) -> bool:
    """Whether a midnight is a template's padding: it has no zone, or the page prints the day without a time."""
    if lead.moment.precision is DatePrecision.LOCAL:
        return True
    return any(reading.moment.clock is None and reading.moment.day == lead.moment.day and reading.origin in PRINTED for reading in readings)


def _local(readings: Sequence[Reading], lead: Reading) -> Reading:
    """A UTC moment in the page's own zone, where the page gives the same moment there, with its offset or as bare local time.

    UTC and local time of one minute tell the offset between them: nothing is invented.
    """
    for reading in readings:
        moment = reading.moment
        if not moment.clock or moment.is_midnight:
            continue
        apart = moment.instant.replace(second=0) - lead.moment.instant.replace(second=0)
        offset = moment.clock.utcoffset()
        if offset and not apart:
            return reading
        seconds = apart.total_seconds()
        if offset is None and seconds and seconds % 900 == 0 and abs(apart) <= _MOST_OFFSET:
            zone = timezone(timedelta(seconds=seconds))
            local = datetime.combine(lead.moment.day, lead.moment.clock or time()).astimezone(zone)
            return replace(lead, moment=replace(lead.moment, day=local.date(), clock=local.timetz()))
    return _local_day(readings, lead)


def _local_day(readings: Sequence[Reading], lead: Reading) -> Reading:
    """The day that the page prints where UTC of its data has the day beside it; where a meta has it, the address must tell it too.

    On gold pages the printed day was right on 4 sites of 4; of the metas alone UTC's was on 3 of 3.
    """
    told = [reading for reading in readings if reading.moment.clock is None and reading.moment.day != lead.moment.day]
    printed = [reading for reading in told if reading.origin in PRINTED and reading.weight >= BESIDE]
    sure = lead.origin == Origin.JSONLD or any(reading.origin == Origin.URL for reading in told)
    same = any(one.origin in PRINTED and one.weight >= 1 and one.moment.day == lead.moment.day for one in readings)
    return printed[0] if printed and sure and not same else lead
