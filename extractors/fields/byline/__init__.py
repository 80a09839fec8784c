"""The byline: who wrote the article, as printed, as names, and which agencies it credits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from extractors.article import Origin, Provenance
from extractors.document import Candidate, Document
from extractors.fields import calibration
from extractors.fields.byline.apart import told_apart
from extractors.fields.byline.asprinted import best_printed, up_to_names
from extractors.fields.byline.credit import Credit, Trust, joined, person_key
from extractors.fields.byline.names import read_credit
from extractors.fields.byline.owner import owners
from extractors.fields.byline.ownnames import CreditedSite, credited_site
from extractors.fields.byline.person import is_account
from extractors.fields.byline.signatures import signatures
from extractors.fields.byline.visible import lines, printed
from extractors.fields.byline.weights import FULL, PRINTED, candidate_of
from extractors.fields.choose import Chosen, choose
from extractors.fields.cleaning import clean
from extractors.structured import Facts, read_metas, types_of

__all__ = ["Byline", "candidates", "read", "voices"]


@dataclass(frozen=True, slots=True)
class Byline:
    """The three fields of authorship: the credit as printed, the people (or, where nobody is named, the body), the agencies."""

    byline: Chosen[str] | None = None
    authors: Chosen[tuple[str, ...]] | None = None
    agencies: Chosen[tuple[str, ...]] | None = None


BODY = 0.25  # a body is credited by the data of pages whose text names a person
SUBSET = 0.8  # a credit that names some of the people speaks half as loud for the credit that names all


def read(document: Document, facts: Facts, title: str | None = None) -> Byline:
    """Who wrote it: the credit that most evidence speaks for; a body where nobody is named; an agency where there is no body either."""
    site = credited_site(facts)
    found = _heard(document, facts, title=title, site=site)
    agencies = _agencies(found)
    authors = _authors(found)
    if authors is None or (agencies and all(map(site.has, authors.value))):
        authors = agencies
    return Byline(_as_printed(found, authors), authors, agencies)


def _heard(document: Document, facts: Facts, *, title: str | None, site: CreditedSite) -> list[Candidate[Credit]]:
    """Every signal's credit; where none names anybody, who signed the text or owns the site."""
    found = told_apart(candidates(document, facts, title), site)
    if any(candidate.value != Credit() for candidate in found):
        return found
    return [*found, *signatures(document), *owners(document, facts, site)]


def _authors(found: list[Candidate[Credit]]) -> Chosen[tuple[str, ...]] | None:
    """The best supported set of people."""
    return choose(_sets(found), key=lambda candidate: frozenset(map(person_key, candidate.value)), table=calibration.AUTHORS)


def voices(document: Document, facts: Facts, title: str | None = None) -> tuple[list[Candidate[Credit]], list[Candidate[tuple[str, ...]]]]:
    """The credits that the byline and the agencies are taken from, and the sets of people that are weighed against one another."""
    found = _heard(document, facts, title=title, site=credited_site(facts))
    return found, _sets(found)


def _sets(found: list[Candidate[Credit]]) -> list[Candidate[tuple[str, ...]]]:
    """The sets of people that credits name; a smaller set that a larger one holds speaks for the larger one too.

    A body that the page's data credit stands against people of whom only weak signals speak.
    """
    named = [candidate for candidate in found if candidate.value.people]
    keys = {candidate: frozenset(map(person_key, candidate.value.people)) for candidate in named}
    told = [_narrowed(candidate, candidate.value.people, candidate.weight) for candidate in named]
    told += [
        _narrowed(large, large.value.people, max(small.weight, 1.0) ** SUBSET, signal=f"part.{small.signal}")
        for large in {key: candidate for candidate, key in reversed(keys.items())}.values()
        for small in named
        if (keys[small] < keys[large] and small.signal in FULL) or (_is_short_for(small, large) and small.signal in {"near.by", *FULL})
    ]
    unnamed = (candidate for candidate in found if candidate.value.others and not candidate.value.people)
    bodies = [_narrowed(candidate, _together(candidate.value.others), candidate.weight * BODY) for candidate in unnamed]
    return [*told, *bodies]


def _together(others: tuple[str, ...]) -> tuple[str, ...]:
    """Of bodies the first; all where each is what a member of staff signs with."""
    return others if all(name.islower() and is_account(name) for name in others) else others[:1]


def _is_short_for(small: Candidate[Credit], large: Candidate[Credit]) -> bool:
    """Whether two credits name one person each, and one leaves out middle names that the other has, or all but the given name."""
    if len(small.value.people) != 1 or len(large.value.people) != 1:
        return False
    short, full = small.value.people[0].casefold().split(), large.value.people[0].casefold().split()
    if len(short) == 1:
        return len(full) > 1 and short[0] == full[0]
    return len(short) < len(full) and short[0] == full[0] and short[-1] == full[-1] and set(short) < set(full)


def _narrowed(candidate: Candidate[Credit], names: tuple[str, ...], weight: float, *, signal: str = "") -> Candidate[tuple[str, ...]]:
    """A candidate with names in place of its credit."""
    return Candidate(names, candidate.raw, candidate.origin, signal or candidate.signal, weight)


def _agencies(found: list[Candidate[Credit]]) -> Chosen[tuple[str, ...]] | None:
    """Every agency of the credits outside bare text lines, else of the first line."""
    credited = [candidate for candidate in found if candidate.value.agencies]
    named = joined(candidate.value for candidate in credited if candidate.signal != "line") if credited else Credit()
    names = named.agencies or (credited[0].value.agencies if credited else ())
    if not names:
        return None
    return Chosen(names, Provenance(credited[0].origin, credited[0].raw, 0.9))


def _as_printed(found: list[Candidate[Credit]], authors: Chosen[tuple[str, ...]] | None) -> Chosen[str] | None:
    """The best printed credit that names the authors, else the data's own string."""
    if authors is None:
        return None
    wanted = frozenset(map(person_key, authors.value))
    printed_ones = [
        candidate
        for candidate in found
        if candidate.signal in PRINTED
        and wanted <= frozenset(map(person_key, (*candidate.value.people, *candidate.value.others, *candidate.value.agencies)))
    ]
    printed_ones = [one for one in printed_ones if one.signal == "profile.byline"] or printed_ones
    named = [(candidate.raw, candidate.value) for candidate in printed_ones]
    texts = [up_to_names(raw, (*credit.people, *credit.others, *credit.agencies)) for raw, credit in named]
    place = best_printed(texts)
    if place is None:
        return Chosen(authors.provenance.raw, authors.provenance)
    best = printed_ones[place]
    return Chosen(texts[place], Provenance(best.origin, best.raw, authors.provenance.confidence))


def candidates(document: Document, facts: Facts, title: str | None = None) -> list[Candidate[Credit]]:
    """Every signal's credit."""
    told = [*profiled(document), *linked_data(facts), *metas(document)]
    return [*told, *printed(document, facts, title), *lines(document, facts, title), *feed(document)]


def profiled(document: Document) -> Iterator[Candidate[Credit]]:
    """The names and the printed line that the site's profile reads."""
    for field, signal, trust in (("authors", "profile", Trust.DECLARED), ("byline", "profile.byline", Trust.CREDITED)):
        told = list(document.guided(field))
        if told:
            credit = joined(read_credit(text, trust) for text, _ in told)
            yield candidate_of(credit, ", ".join(text for text, _ in told), told[0][1], signal)


def linked_data(facts: Facts) -> Iterator[Candidate[Credit]]:
    """The authors of the article's node, else of the page's."""
    for node, key in product((facts.article, facts.page), ("author", "creator")):
        named = [(text, person, body) for text, person, body in map(_named, facts.graph.values(node, key)) if text]
        if named:
            credit = joined(Credit(others=(clean(text),)) if body else read_credit(text, Trust.DECLARED) for text, _, body in named)
            kind = "person" if any(person for _, person, _ in named) else "author"
            signal = f"jsonld.{kind if node is facts.article else 'page'}"
            yield candidate_of(credit, ", ".join(text for text, _, _ in named), Origin.JSONLD, signal)
            return


def _named(value: Any) -> tuple[str, bool, bool]:
    """The name of an author value, whether the data call it a person, and whether an organisation."""
    if isinstance(value, str):
        return value, False, False
    if not isinstance(value, Mapping):
        return "", False, False
    name = value.get("name") or " ".join(str(value[key]) for key in ("givenName", "familyName") if isinstance(value.get(key), str))
    if isinstance(name, list):
        name = "; ".join(part for part in name if isinstance(part, str))
    types = types_of(value)
    return (name if isinstance(name, str) else ""), "Person" in types, any("Organization" in kind for kind in types)


def metas(document: Document) -> Iterator[Candidate[Credit]]:
    """The author metas: all contents of one name make one credit."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, content, origin in read_metas(document, "author"):
        if not content.startswith(("http", "/", "@")):
            found.setdefault((name, origin), []).append(content)
    for (name, origin), contents in found.items():
        credit = joined(read_credit(content, Trust.DECLARED) for content in contents[:40])
        yield candidate_of(credit, "; ".join(contents), origin, "meta.author" if name in {"author", "article:author"} else "meta.other")


def feed(document: Document) -> Iterator[Candidate[Credit]]:
    """Whom the feed names."""
    for evidence in document.context.evidence:
        if evidence.authors:
            credit = joined(read_credit(name, Trust.DECLARED) for name in evidence.authors)
            yield candidate_of(credit, "; ".join(evidence.authors), evidence.origin, "feed")
