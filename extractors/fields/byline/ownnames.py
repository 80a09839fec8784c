"""Credits to the site itself, told from credits to a person whose own site bears her name."""

from dataclasses import dataclass

from extractors.fields.byline.person import is_full_name
from extractors.fields.cleaning import clean, letters
from extractors.fields.title.suffixes import Names, site_names
from extractors.structured import Facts

__all__ = ["CreditedSite", "credited_site"]

MOST_CHARACTERS = 80
_BODY_TYPES = ("Organization", "Corporation", "Business")  # endings of schema.org's types


@dataclass(frozen=True, slots=True)
class CreditedSite:
    """The names that a site goes by; of the linked data's names, as letters, those of bodies, and of people who publish."""

    names: Names
    bodies: frozenset[str]
    owners: frozenset[str]

    def has(self, name: str) -> bool:
        """Whether a credited name is the site's own. A name of two words that no data call an organisation may be its owner's."""
        if not self.names.has(name):
            return False
        key = letters(name)
        if key in self.owners:
            return False
        return key in self.bodies or not is_full_name(name) or any(key != known and key.startswith(known) for known in self.names.known)


def credited_site(facts: Facts) -> CreditedSite:
    """The site of a page, with what its linked data say of bodies and people."""
    bodies: set[str] = set()
    owners: set[str] = set()
    for (_, node), types in zip(facts.graph.nodes, facts.graph.types, strict=True):
        name = node.get("name") if types else None
        if isinstance(name, str) and len(name) <= MOST_CHARACTERS and any(kind.endswith(_BODY_TYPES) for kind in types):
            (owners if "Person" in types else bodies).add(letters(clean(name)))
    return CreditedSite(site_names(facts), frozenset(bodies), frozenset(owners))
