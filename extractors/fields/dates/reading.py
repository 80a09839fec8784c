"""A reading: a moment that one signal found, with its role and weight; what all signals of a page share."""

from dataclasses import dataclass

from extractors.document import Document
from extractors.fields.dates.cues import Role
from extractors.fields.moments import DayOrder, Moment, day_order, parse
from extractors.structured import Facts
from extractors.urls import host_of

__all__ = ["Page", "Reading", "page_of"]


@dataclass(frozen=True, slots=True)
class Reading:
    """One signal's date. `weight`: the odds that the day is the right one when the signal stands alone."""

    moment: Moment
    raw: str
    origin: str
    signal: str
    weight: float
    role: Role = Role.PUBLISHED


@dataclass(frozen=True, slots=True)
class Page:
    """A page as its dates are read: the document, its linked data, its headline, its language and order of day and month."""

    document: Document
    facts: Facts
    title: str | None
    language: str | None
    order: DayOrder

    def moment(self, text: str) -> Moment | None:
        """The first date in `text` as this page writes dates."""
        return parse(text, self.language, self.order)


def page_of(document: Document, facts: Facts, title: str | None) -> Page:
    """The page with the language that it declares."""
    declared = document.declared_language or next(iter(document.metas("og:locale", "content-language", "dc.language")), None)
    language = declared or next(facts.texts("inLanguage"), None)
    language = language.strip()[:12] if language else None
    return Page(document, facts, title, language, day_order(language, host_of(document.url)))
