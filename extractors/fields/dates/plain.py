"""Dates of a document without markup: its first lines, and lines anywhere that say what their date is."""

from collections.abc import Iterator, Sequence

from extractors.article import Context, Origin
from extractors.fields.dates.cues import Role
from extractors.fields.dates.datelines import is_dated, read_line
from extractors.fields.dates.ledger import Dates, Ledger
from extractors.fields.dates.reading import Reading
from extractors.fields.moments import day_order

__all__ = ["read_lines"]

HEAD = 30  # lines in which a dateline without a label is looked for
# Odds of a date in the first lines, and of a labelled one further down; the first dateline stands nearest to the headline.
HEAD_WEIGHT, FURTHER, DECAY = 4.0, 1.2, 0.95


def read_lines(lines: Sequence[str], *, language: str | None = None, context: Context | None = None) -> Dates:
    """The dates of a text, given line by line from its headline on. `language` is a BCP 47 tag."""
    ledger = Ledger(context.fetched_at if context else None)
    ledger.enter(_readings(lines, language))
    return ledger.dates()


def _readings(lines: Sequence[str], language: str | None) -> Iterator[Reading]:
    order = day_order(language, None)
    before = ""
    for number, text in enumerate(lines):
        if is_dated(text):
            for line in read_line(text, language=language, order=order, before=before):
                raw = text[line.found.start : line.found.end]
                if number < HEAD or line.role:
                    weight = (HEAD_WEIGHT * DECAY**number if number < HEAD else FURTHER) * line.share
                    yield Reading(
                        line.found.moment, raw, Origin.TEXT, "head" if number < HEAD else "labelled", weight, line.role or Role.PUBLISHED
                    )
        before = text if 0 < len(text) <= HEAD and not is_dated(text) else ""
