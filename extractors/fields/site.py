"""The name that a site gives itself."""

import re
from collections.abc import Iterator

from extractors.article import Origin
from extractors.document import GUIDED, Candidate, Document
from extractors.fields.choose import Chosen, choose
from extractors.fields.cleaning import clean, letters
from extractors.fields.title.suffixes import front_link, separators, site_headings, site_names, title_ends
from extractors.fields.words import NOBODY
from extractors.structured import Facts, origin_of

__all__ = ["candidates", "read"]

# Odds by name: og:site_name is written for this; publisher may be the house behind several sites.
WEIGHTS = {
    "og:site_name": 9.0,
    "publisher": 5.0,
    "website": 6.0,
    "application-name": 4.0,
    "apple-mobile-web-app-title": 2.0,
    "dc.publisher": 3.0,
    "cre": 2.0,
    "title": 1.5,
    "home link": 1.0,
    "heading": 0.8,
    "domain": 0.6,
    "address": 0.4,
}
MOST = 80  # characters; a longer one is a slogan
LONGEST_HEADING = 40  # of one that only a heading says
_ADDRESS = re.compile(r"^(?:https?://|www\.)")
# How the names of media end in scripts without capitals; a section ("财经新闻", "资讯") does not end so.
_MEDIUM = re.compile(
    r"[^\s，。！？：:「」“”]{1,14}(?:(?:[^新]|新华|新華)[网網]|[网網]站|(?:日|晚|早|晨|时|時|商|都市|青年|周|週|快|导|導|公)[报報]|电视台|電視台|通讯社|通訊社|新聞社|일보|신문|방송)"
)
_DOMAIN = re.compile(r"^(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)+/?$")


def read(document: Document, facts: Facts) -> Chosen[str] | None:
    """The site's name, or None where the page does not tell it."""
    found = [candidate for candidate in candidates(document, facts) if 1 < len(candidate.value) <= MOST]
    return choose(found, key=lambda candidate: letters(candidate.value))


def candidates(document: Document, facts: Facts) -> Iterator[Candidate[str]]:
    """Every signal's name; where none says it, the one that the links to the front page and the title's end agree on."""
    said = list(_said(document, facts))
    yield from said or _linked(document, facts)


def _said(document: Document, facts: Facts) -> Iterator[Candidate[str]]:
    for raw, origin in document.guided("site_name"):
        yield Candidate(clean(raw), raw, origin, "profile", GUIDED)
    for name in ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher", "cre"):
        for raw in document.metas(name)[:1]:
            yield _candidate(raw, origin_of(name), name)
    for raw in facts.texts("publisher"):
        yield _candidate(raw, Origin.JSONLD, "publisher")
        break
    for node in facts.typed("WebSite"):
        for raw in facts.graph.texts(node, "name"):
            yield _candidate(raw, Origin.JSONLD, "website")
            break
    publisher = (facts.item or {}).get("publisher") if not document.linked_data and not document.metas("og:site_name") else None
    named = publisher.get("name") if isinstance(publisher, dict) else publisher
    if isinstance(named, str):
        yield _candidate(named, Origin.MICRODATA, "publisher")
    if document.title_tag:
        names = site_names(facts)
        last = title_ends(document.title_tag)[1]
        if last != document.title_tag and (names.has(last) or _MEDIUM.fullmatch(last)):
            yield _candidate(last, Origin.META, "title")


def _linked(document: Document, facts: Facts) -> Iterator[Candidate[str]]:
    """The end of the title that is also the text of a link to the front page; a title that is nothing else may be the page's own.

    Else what a heading says that is the site's name.
    """
    if separators(document.title_tag or "") and (name := front_link(document)):
        yield _candidate(name, Origin.DOM, "home link")
        return
    name = next(site_headings(document, site_names(facts).addresses), "")
    if 0 < len(name) <= LONGEST_HEADING and letters(name) not in NOBODY and name[-1] not in ".!?。":
        yield _candidate(name, Origin.DOM, "heading")


def _candidate(raw: str, origin: str, signal: str) -> Candidate[str]:
    name = clean(raw).lstrip("@").strip()
    kind = "address" if _ADDRESS.match(name) else "domain" if _DOMAIN.match(name) else signal
    return Candidate(name, raw, origin, signal, WEIGHTS[kind])
