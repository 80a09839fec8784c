"""What a site's profile reads of an article's dates, and the zone that it knows for the site's local times."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timezone, tzinfo

from extractors.article import DatePrecision
from extractors.document import GUIDED
from extractors.fields.choose import Chosen
from extractors.fields.dates.cues import Role
from extractors.fields.dates.ledger import Dates
from extractors.fields.dates.reading import Page, Reading
from extractors.fields.moments import Moment

__all__ = ["in_zone", "profiled"]


def profiled(page: Page) -> Iterator[Reading]:
    """The dates of the profile's fields."""
    for field, role in (("date_published", Role.PUBLISHED), ("date_modified", Role.MODIFIED)):
        for raw, origin in page.document.guided(field):
            if moment := page.moment(raw):
                yield Reading(moment, raw, origin, "profile", GUIDED, role)
            else:
                page.document.warnings.append("profile_stale")


def in_zone(dates: Dates, zone: tzinfo) -> Dates:
    """The dates, local times with the offset that the zone had then."""
    return replace(dates, published=_zoned(dates.published, zone), modified=_zoned(dates.modified, zone))


def _zoned(choice: Chosen[Moment] | None, zone: tzinfo) -> Chosen[Moment] | None:
    if choice is None or choice.value.precision is not DatePrecision.LOCAL or choice.value.clock is None:
        return choice
    offset = datetime.combine(choice.value.day, choice.value.clock, zone).utcoffset()
    if offset is None:
        return choice
    return Chosen(replace(choice.value, clock=choice.value.clock.replace(tzinfo=timezone(offset))), choice.provenance)
