"""Whose site a page is where its host is a person's name: on such a site what nobody is credited with is its owner's."""

import re
from collections.abc import Iterator

from extractors.article import Origin
from extractors.document import Candidate, Document
from extractors.fields.cleaning import clean
from extractors.fields.credit import Credit
from extractors.fields.credits import is_spoken
from extractors.fields.creditweights import candidate_of
from extractors.fields.ownnames import CreditedSite
from extractors.fields.person import is_full_name
from extractors.fields.spelling import spelled
from extractors.fields.words import GIVEN
from extractors.structured import Facts

__all__ = ["owners"]

LEAST, MOST = 3, 30  # letters of a given or a family name at least; of a host's label at most
LONGEST = 200  # characters of a line that may print the name


def owners(document: Document, facts: Facts, site: CreditedSite) -> Iterator[Candidate]:
    """The person whose given and family name make the host's label, as the page prints her: "Joan Field" on joanfield.example."""
    label = site.names.host
    if not 2 * LEAST <= len(label) <= MOST or not label.isalpha():
        return
    for size in range(LEAST, len(label) - LEAST + 1):
        given, family = label[:size], label[size:]
        if given in GIVEN and (name := _printed(document, given, family)) and is_full_name(name):
            if not site.has(name) and not is_spoken(document, facts, [family]):
                yield candidate_of(Credit((spelled(name),)), name, Origin.TEXT, "owner")
            return


def _printed(document: Document, given: str, family: str) -> str | None:
    """The first place where a page prints a name, with capital letters."""
    wanted = re.compile(rf"(?<!\w){given}\s{family}(?!\w)", re.IGNORECASE)
    lines = (document.title_tag or "", *document.metas("og:site_name"), *(run.text for run in document.outline.runs))
    found = (match[0] for line in lines if len(line) < LONGEST for match in [wanted.search(clean(line))] if match)
    return next((name for name in found if all(word[0].isupper() for word in name.split())), None)
