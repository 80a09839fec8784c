"""Whether an article may be read without paying: said by linked data, by metas, or by a visible barrier; never guessed."""

from collections.abc import Iterator
from typing import Any

from extractors.article import Origin
from extractors.document import GUIDED, Candidate, Document
from extractors.fields.access.barriers import asking, line_of_barrier
from extractors.fields.choose import Chosen, choose
from extractors.inline import text_of
from extractors.marks import Mark
from extractors.structured import Facts

__all__ = ["candidates", "read"]

# Odds that the flag tells the truth: publishers set isAccessibleForFree for search engines, and some leave the template's value.
WEIGHTS = {"jsonld": 8.0, "part": 8.0, "tier": 6.0, "barrier": 3.0, "line": 3.0, "microdata": 6.0}
_PAYWALL = int(Mark.PAYWALL)
MOST_BARRIERS = 12
LONGEST = 1500  # characters of a barrier's text; a longer element holds the article itself
# Values as the vendors document them: Facebook's article:content_tier, and the like.
_TIERS = {
    "free": True,
    "locked": False,
    "metered": None,
    "premium": False,
    "paid": False,
    "subscriber": False,
    "subscription": False,
    "public": True,
}


def read(document: Document, facts: Facts) -> Chosen[bool] | None:
    """True or False where the page says so; None where it does not."""
    return choose(candidates(document, facts))


def candidates(document: Document, facts: Facts) -> list[Candidate[bool]]:
    """What the data say; where they say nothing, what a visible barrier does."""
    told = [Candidate(False, raw, origin, "profile", GUIDED) for raw, origin in document.guided("barrier")]
    return told + (list(_declared(document, facts)) or list(_barriers(document)))


def _declared(document: Document, facts: Facts) -> Iterator[Candidate[bool]]:
    for raw in facts.values("isAccessibleForFree"):
        flag = _flag(raw)
        if flag is not None:
            yield Candidate(flag, str(raw), Origin.JSONLD, "jsonld", WEIGHTS["jsonld"])
            break
    for part in facts.values("hasPart"):
        flag = _flag(part.get("isAccessibleForFree")) if isinstance(part, dict) else None
        if flag is False:
            yield Candidate(False, str(part.get("isAccessibleForFree")), Origin.JSONLD, "part", WEIGHTS["part"])
            break
    for raw in document.metas("article:content_tier", "content_tier", "contenttier", "article:access", "access"):
        flag = _TIERS.get(raw.strip().lower())
        if flag is not None:
            yield Candidate(flag, raw, Origin.META, "tier", WEIGHTS["tier"])
    for raw in document.metas("isaccessibleforfree")[:1]:
        flag = _flag(raw)
        if flag is not None:
            yield Candidate(flag, raw, Origin.MICRODATA, "microdata", WEIGHTS["microdata"])


def _flag(value: Any) -> bool | None:
    """A flag as pages write it."""
    if isinstance(value, bool):
        return value
    text = str(value).strip().lower().rpartition("/")[2]
    return {"true": True, "false": False, "1": True, "0": False, "yes": True, "no": False}.get(text)


def _barriers(document: Document) -> Iterator[Candidate[bool]]:
    """An element that is named for a paywall and asks to subscribe in order to read on; else a line of its own that does."""
    page = document.outline
    for count, element in enumerate(element for flags, element in page.marked if flags & _PAYWALL):
        if count >= MOST_BARRIERS:
            break
        if element.tag in {"body", "html", "main", "article", "a", "span", "button"}:
            continue
        text = text_of(element)
        if not 10 <= len(text) <= LONGEST:
            continue
        match = asking().search(text)
        if match:
            yield Candidate(False, match[0], Origin.DOM, "barrier", WEIGHTS["barrier"])
            return
    if line := line_of_barrier(page, document.declared_language):
        yield Candidate(False, line, Origin.DOM, "line", WEIGHTS["line"])
