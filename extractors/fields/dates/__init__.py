"""When an article was published and last changed: signals from data, page, address and feed, one verdict with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from extractors.article import DatePrecision
from extractors.document import Document
from extractors.fields.choose import Chosen
from extractors.fields.dates.cues import Role
from extractors.fields.dates.declared import linked_data, metas, microdata
from extractors.fields.dates.elsewhere import addresses, outside
from extractors.fields.dates.places import Places
from extractors.fields.dates.reading import Page, Reading, page_of
from extractors.fields.dates.verdict import chosen, groups, rejected
from extractors.fields.dates.visible import lines, marked, times
from extractors.fields.moments import Moment
from extractors.structured import Facts

__all__ = ["Dates", "read", "readings"]


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


def read(document: Document, facts: Facts, *, title: str | None = None) -> Dates:
    """The dates of a page. `title`: the headline that was found, near which the printed date is looked for."""
    page = page_of(document, facts, title)
    fetched = document.context.fetched_at
    warnings: dict[str, None] = {}
    sound: dict[Role, list[Reading]] = {role: [] for role in Role}
    for reading in readings(page):
        reason = rejected(reading, fetched)
        if reason is None:
            sound[reading.role].append(reading)
        elif reading.role is Role.PUBLISHED:
            warnings[reason] = None
    published = chosen(groups(sound[Role.PUBLISHED]))
    modified = chosen(groups(sound[Role.MODIFIED]))
    if published and published.value.converted:
        warnings["calendar_converted"] = None
    return Dates(published, modified, tuple(warnings))


def readings(page: Page) -> Iterator[Reading]:
    """Every signal's reading."""
    places = Places(page.document.outline, page.title)
    return chain(
        linked_data(page),
        metas(page),
        microdata(page),
        outside(page),
        addresses(page),
        times(page, places),
        marked(page, places),
        lines(page, places),
    )
