"""The address that a page calls its own: http or https, on its own site, or on the site of a known syndication's source."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from extractors.article import Origin
from extractors.document import GUIDED, Candidate, Document
from extractors.fields.choose import Chosen, choose
from extractors.structured import Facts
from extractors.urls import absolute_url, host_of

__all__ = ["Canonical", "candidates", "read", "refused"]

# rel=canonical is meant for this; og:url may keep a shared article's first address.
WEIGHTS = {"link": 12.0, "og": 5.0, "jsonld": 3.0}
# Sites that show other publishers' articles and name the source as canonical, and caches that serve copies.
_SYNDICATORS = frozenset(
    "msn.com yahoo.com aol.com ampproject.org newsbreak.com smartnews.com flipboard.com medium.com substack.com apnews.com archive.org "
    "archive.ph googleusercontent.com translate.goog wordpress.com blogspot.com feedburner.com dev.to hashnode.dev linkedin.com".split()
)
_SECOND_LEVEL = frozenset("co com org net gov gob gouv edu ac or ne go in".split())


@dataclass(frozen=True, slots=True)
class Canonical:
    """The address with its provenance, and warnings about those that were refused."""

    chosen: Chosen[str] | None
    warnings: tuple[str, ...] = ()


def read(document: Document, facts: Facts) -> Canonical:
    """The canonical address. Warnings: canonical_other_site, canonical_front_page, canonical_not_http."""
    kept = []
    warnings: dict[str, None] = {}
    for candidate in candidates(document, facts):
        reason = refused(candidate.value, document.url) if candidate.value else "canonical_not_http"
        if reason is None:
            kept.append(candidate)
        elif candidate.signal == "link":
            warnings[reason] = None
    return Canonical(choose(kept, key=lambda candidate: _key(candidate.value)), tuple(warnings))


def candidates(document: Document, facts: Facts) -> Iterator[Candidate[str]]:
    """Every signal's address, absolute; "" in place of one that is neither http nor https."""
    said = [("link", Origin.META, link.href) for link in document.links if "canonical" in link.rel]
    said += [("og", Origin.OPENGRAPH, raw) for raw in document.metas("og:url")[:1]]
    said += [("jsonld", Origin.JSONLD, raw) for raw in facts.texts("url") if "#" not in raw][:1]
    for raw, origin in document.guided("url_canonical"):
        yield Candidate(absolute_url(raw, document.base_url) or "", raw, origin, "profile", GUIDED)
    for signal, origin, raw in said:
        yield Candidate(absolute_url(raw, document.base_url) or "", raw, origin, signal, WEIGHTS[signal])


def refused(address: str, url: str | None) -> str | None:
    """Why an address cannot be the page's own, or None."""
    if url is None or host_of(url) is None or _key(address) == _key(url):
        return None
    if site_of(address) != site_of(url) and site_of(url) not in _SYNDICATORS and site_of(address) not in _SYNDICATORS:
        return "canonical_other_site"
    if urlsplit(address).path.strip("/") == "" and not urlsplit(address).query and urlsplit(url).path.strip("/"):
        return "canonical_front_page"
    return None


def _key(address: str) -> str:
    """What two spellings of one address share."""
    return address.partition("#")[0].partition("://")[2].removeprefix("www.").rstrip("/").lower()


def site_of(address: str) -> str:
    """The registered domain of an address, by its last two labels, three below a country's second level."""
    labels = (host_of(address) or "").split(".")
    deep = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3 if deep else -2 :])
