"""Credits told apart: the site's own names from people, members of the house from the house, an article's first byline from later ones."""

from collections.abc import Iterable

from extractors.document import Candidate
from extractors.fields.byline.credit import Credit
from extractors.fields.byline.names import begins_credit, without_by_words
from extractors.fields.byline.ownnames import CreditedSite
from extractors.fields.byline.weights import PRINTED
from extractors.fields.cleaning import letters
from extractors.fields.words import MORE

__all__ = ["LONGEST_SITE", "told_apart"]

LONGEST_SITE = 60  # characters of a site's name with by-words
LATER = 0.2  # the second element of a signal's kind belongs to a teaser or a comment more often than to the article
NAMESAKE = 0.5  # a person of the site's name may be no person


def told_apart(found: Iterable[Candidate[Credit]], site: CreditedSite) -> list[Candidate[Credit]]:
    """The candidates with the site's own names moved from people to bodies, later ones of a kind weighing less."""
    seen: dict[str, int] = {}
    sorted_out = []
    for candidate in found:
        credit = _credit(candidate, site)
        is_credit = bool(credit.people or (credit.others and candidate.signal in PRINTED))
        count = seen[candidate.signal] = seen.get(candidate.signal, 0) + is_credit
        weight = candidate.weight * (LATER if count > 1 else 1.0) * (NAMESAKE if any(map(site.names.has, credit.people)) else 1.0)
        sorted_out.append(Candidate(credit, candidate.raw, candidate.origin, candidate.signal, weight))
    return sorted_out


def _credit(candidate: Candidate[Credit], site: CreditedSite) -> Credit:
    """The credit of a candidate: the site is no person, and gives way to whoever else of the house is named."""
    credit: Credit = candidate.value
    if whole := _as_site(candidate, site):
        return Credit((), credit.agencies, (whole,))
    own = tuple(filter(site.names.has, credit.people))
    if own and (len(own) < len(credit.people) or any(map(site.has, own))):
        credit = Credit(tuple(name for name in credit.people if name not in own), credit.agencies, (*credit.others, *own))
    if len(credit.others) < 2:
        return credit
    others = tuple(name for name in credit.others if not site.names.has(name))
    return Credit(credit.people, credit.agencies, others or credit.others)


def _as_site(candidate: Candidate[Credit], site: CreditedSite) -> str | None:
    """The site's name where a credit is that letter for letter, but was read as another, or with a word more."""
    people: tuple[str, ...] = candidate.value.people
    if len(candidate.raw) >= LONGEST_SITE or candidate.raw in people or MORE.match(candidate.raw):
        return None
    bare = without_by_words(candidate.raw)
    if site.names.is_exactly(bare):
        return bare if letters(bare) not in map(letters, people) else None
    first, _, more = bare.partition(" ")
    is_longer = not people and " " not in more and begins_credit(candidate.raw) and site.names.is_exactly(first)
    return bare if is_longer else None
