"""When an article was published and last changed: signals from data, page, address and feed, one verdict with its reason."""

from itertools import chain

from extractors.document import Document
from extractors.fields.dates.declared import linked_data, metas, microdata
from extractors.fields.dates.elsewhere import addresses, outside
from extractors.fields.dates.ledger import Dates, Ledger
from extractors.fields.dates.plain import read_lines
from extractors.fields.dates.profiled import in_zone, profiled
from extractors.fields.dates.reading import page_of
from extractors.fields.dates.revised import claimed
from extractors.fields.dates.scripted import scripted
from extractors.fields.dates.visible import Spots
from extractors.structured import Facts

__all__ = ["Dates", "Ledger", "read", "read_ledger", "read_lines"]


def read(document: Document, facts: Facts, *, title: str | None = None) -> Dates:
    """The dates of a page. `title`: the headline that was found, near which the printed date is looked for."""
    found = read_ledger(document, facts, title=title).dates()
    return in_zone(found, document.guide.zone) if document.guide and document.guide.zone else found


def read_ledger(document: Document, facts: Facts, *, title: str | None = None) -> Ledger:
    """All readings that it took to be sure."""
    page = page_of(document, facts, title)
    ledger = Ledger(document.context.fetched_at)
    ledger.enter(chain(profiled(page), linked_data(page), metas(page), outside(page), addresses(page)))
    ledger.enter(claimed(page, ledger.published, ledger.modified))
    if not ledger.is_settled():
        spots = Spots(page)
        if not ledger.has_declared():
            ledger.enter(microdata(page))
        ledger.enter(chain(spots.times(), spots.lines()))
        if not ledger.has_likely():
            ledger.enter(spots.named())
        if not ledger.has_likely():
            ledger.enter(chain(spots.everywhere(), spots.distances()))
        if not ledger.has_likely():
            ledger.enter(chain(spots.said(), scripted(page), spots.opening()))
    return ledger
