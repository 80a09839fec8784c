"""Whose site a page is: on a person's site what nobody is credited with is hers."""

import re
from collections.abc import Iterator

from extractors.article import Origin
from extractors.document import Candidate, Document
from extractors.fields.byline.credit import Credit
from extractors.fields.byline.ownnames import CreditedSite
from extractors.fields.byline.person import EDGE, has_given_name, is_full_name
from extractors.fields.byline.places import is_spoken
from extractors.fields.byline.spelling import spelled
from extractors.fields.byline.weights import candidate_of
from extractors.fields.cleaning import clean, letters
from extractors.fields.words import GIVEN
from extractors.structured import Facts

__all__ = ["owners"]

LEAST, MOST = 3, 30  # letters of a given or a family name at least; of a host's label at most
LONGEST = 200  # characters of a line that may print the name
FOOT = 5  # runs at the end of a page that may tell the copyright
_COPYRIGHT = re.compile(r"©|\(c\)|copyright", re.IGNORECASE)


def owners(document: Document, facts: Facts, site: CreditedSite) -> Iterator[Candidate[Credit]]:
    """The person whom the host or the masthead names, as the page prints her."""
    name = _of_host(document, site.names.host) or _of_masthead(document, site)
    if name and is_full_name(name) and not site.has(name) and not is_spoken(facts, [name.split()[-1]]):
        yield candidate_of(Credit((spelled(name),)), name, Origin.TEXT, "owner")


def _of_host(document: Document, label: str) -> str | None:
    """The name of which a host's label is made: "Joan Field" on joanfield.example."""
    if not label.isalpha() or len(label) > MOST:
        return None
    for size in range(LEAST, len(label) - LEAST + 1):
        if label[:size] in GIVEN and (name := _printed(document, label[:size], label[size:])):
            return name
    return None


def _printed(document: Document, given: str, family: str) -> str | None:
    """The first place where a page prints a name, with capital letters."""
    wanted = re.compile(rf"(?<!\w){given}\s{family}(?!\w)", re.IGNORECASE)
    lines = (document.title_tag or "", *document.metas("og:site_name"), *(run.text for run in document.outline.runs))
    found = (match[0] for line in lines if len(line) < LONGEST for match in [wanted.search(clean(line))] if match)
    return next((name for name in found if all(word[0].isupper() for word in name.split())), None)


def _of_masthead(document: Document, site: CreditedSite) -> str | None:
    """The name that is a page's first line, where the site is called so, the host is called by its last word, or the copyright is hers."""
    runs = document.outline.runs
    name = runs[0].text.strip(f"{EDGE}/") if runs else ""
    words = name.split()
    if not 2 <= len(words) <= 3 or not has_given_name(name):
        return None
    is_hers = any(name in run.text and _COPYRIGHT.search(run.text) for run in runs[-FOOT:])
    return name if is_hers or site.names.host == letters(words[-1]) or letters(name) in site.names.known else None
