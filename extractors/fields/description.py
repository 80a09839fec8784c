"""The description: the summary that the page gives of itself, whole rather than cut."""

from collections.abc import Iterator

from extractors.article import Origin, Provenance
from extractors.document import GUIDED, Candidate, Document
from extractors.fields.choose import Chosen, choose
from extractors.fields.cleaning import clean, letters
from extractors.structured import Facts, origin_of

__all__ = ["candidates", "read"]

# Odds by name; the three agree on most pages and differ by what a template cut off.
WEIGHTS = {
    "og:description": 5.0,
    "description": 5.0,
    "jsonld": 6.0,
    "twitter:description": 3.0,
    "dc.description": 3.0,
    "sailthru.description": 3.0,
}
LEAST = 12  # characters: a shorter one is a label
SAME = 40  # letters that two cuts of one text share
_CUT = ("...", "…", "[...]", "[…]", "[&hellip;]")


def read(document: Document, facts: Facts, *, title: str | None = None) -> Chosen[str] | None:
    """The description, or None where there is none that says more than the title."""
    found = [
        candidate
        for candidate in candidates(document, facts)
        if len(candidate.value) >= LEAST and letters(candidate.value) != letters(title or "")
    ]
    chosen = choose(found, key=lambda candidate: letters(candidate.value)[:SAME])
    if chosen is None:
        return None
    start = letters(chosen.value)[:SAME]
    same = [candidate for candidate in found if letters(candidate.value)[:SAME] == start]
    whole = max(same, key=lambda candidate: (not candidate.value.endswith(_CUT), len(candidate.value)))
    if whole.value == chosen.value:
        return chosen
    return Chosen(whole.value, Provenance(whole.origin, whole.raw, chosen.provenance.confidence))


def candidates(document: Document, facts: Facts) -> Iterator[Candidate[str]]:
    """Every signal's summary."""
    for raw, origin in document.guided("description"):
        yield Candidate(clean(raw), raw, origin, "profile", GUIDED)
    for raw in facts.texts("description", "abstract"):
        yield Candidate(clean(raw), raw, Origin.JSONLD, "jsonld", WEIGHTS["jsonld"])
        break
    for name, weight in WEIGHTS.items():
        for raw in document.metas(name)[:1]:
            yield Candidate(clean(raw), raw, origin_of(name), name, weight)
