"""Which hosts belong together: sites as registrable domains, by the public suffix list that tldextract brings along."""

from functools import cache

import tldextract

from extractors.urls import host_of

__all__ = ["same_site", "site_of"]


def same_site(one: str, other: str) -> bool:
    """Whether two addresses belong to one registrable domain, such as www.example.co.uk and news.example.co.uk."""
    first, second = host_of(one), host_of(other)
    return first is not None and second is not None and site_of(first) == site_of(second)


@cache
def site_of(host: str) -> str:
    """The registrable domain of a host; the host itself for addresses and local names."""
    return _extract()(host).top_domain_under_public_suffix or host


@cache
def _extract() -> tldextract.TLDExtract:
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)  # the packaged list; nothing is downloaded
