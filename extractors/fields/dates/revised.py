"""A day of change in the place of the day of publication: the one that the page prints, where only its data know an earlier one."""

from collections.abc import Iterator, Sequence
from itertools import islice

from lxml.etree import _Element as Element

from extractors.article import Origin
from extractors.document import GUIDED
from extractors.fields.dates.cues import Role, names_publication, role_of_words
from extractors.fields.dates.reading import Page, Reading
from extractors.fields.dates.verdict import BESIDE, PRINTED, Group, agree, groups
from extractors.inline import text_of

__all__ = ["claimed", "may_be_revised", "revision"]

METAS = frozenset({Origin.OPENGRAPH, Origin.META})
FIRM = 5.0  # odds of article:published_time and its kin, which outweigh what is printed
MICRODATA = frozenset({"meta.datepublished", "meta.datecreated"})  # properties of an item, whatever element bears them
ABOVE = 2.0  # odds of a line above the headline
CLAIMED, CLAIM = "claimed", 8.0  # a <time> that is named for the publication and shows the change
_MOST = 4  # <time> elements in which it is looked for: it stands beside the headline


def may_be_revised(published: Sequence[Reading], modified: Sequence[Reading]) -> bool:
    """Whether the data know a change after a publication that no firm meta tells: then the page's own date is worth a look."""
    if not published or any(map(_is_firm, published)):
        return False
    first = max(published, key=lambda reading: reading.weight).moment
    return any(reading.moment.day > first.day and not agree(reading.moment, first) for reading in modified)


def claimed(page: Page, published: Sequence[Reading], modified: Sequence[Reading]) -> Iterator[Reading]:
    """The change, where the page shows it in a <time> that is named for the publication, and shows no earlier day."""
    if not published or not modified:
        return
    first = max(published, key=lambda reading: reading.weight).moment
    changes = [reading.moment for reading in modified if reading.moment.day > first.day and not agree(reading.moment, first)]
    found = None
    for _, element in islice(page.document.outline.times, _MOST) if changes else ():
        raw = text_of(element)
        moment = page.moment(raw)
        if moment and agree(moment, first):
            return
        if moment and not found and any(agree(moment, change) for change in changes) and _is_claim(element, raw):
            found = Reading(moment, raw, Origin.DOM, CLAIMED, CLAIM, Role.MODIFIED)
    if found:
        yield found


def _is_claim(element: Element, said: str) -> bool:
    """Whether an element's names call it the publication, and no label in it or before it calls it the change."""
    if not names_publication(f"{element.get('class', '')} {element.get('data-testid', '')}"):
        return False
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        ahead = "".join(islice(before.itertext(), 8)) + (before.tail or "")
    else:
        ahead = parent.text or "" if parent is not None else ""
    return role_of_words(f"{ahead} {said}") is not Role.MODIFIED


def revision(published: Sequence[Group], modified: Sequence[Group]) -> Group | None:
    """The readings of the change that the page prints, where it prints no day of publication and only the data do.

    A change that the data tell too may stand further down; one of print alone may be a table's, unless it stands beside the headline.
    On the gold pages this was held for the day of publication on 23 sites of four sets, the earlier one of the linked data on 1; where
    article:published_time tells the earlier one, on 10 and on 20.
    """
    declared = next((group for group in published if any(reading.origin not in PRINTED for reading in group.readings)), None)
    is_claimed = any(reading.signal == CLAIMED for group in modified for reading in group.readings)
    if declared is None or (not is_claimed and any(_is_firm(reading) for group in published for reading in group.readings)):
        return None
    if any(reading.origin == Origin.URL or (reading.origin in PRINTED and reading.weight >= 1) for reading in declared.readings):
        return None
    first = declared.readings[0].moment
    for group in modified:
        change = group.readings[0].moment
        if change.day > first.day and not agree(change, first):
            bare = [one for other in published if other is not declared for one in other.readings if agree(one.moment, change)]
            least = 1.0 if any(one.origin not in PRINTED for one in group.readings) else BESIDE
            if any(one.origin in PRINTED and one.weight >= least for one in group.readings) or any(map(_is_line, bare)):
                return groups([*group.readings, *bare])[0]
    return None


def _is_firm(reading: Reading) -> bool:
    return reading.weight >= GUIDED or (reading.origin in METAS and reading.weight >= FIRM and reading.signal not in MICRODATA)


def _is_line(reading: Reading) -> bool:
    """Whether readers see the day: a <time> may print the hour alone."""
    return reading.signal.startswith("line.") and reading.weight >= ABOVE
