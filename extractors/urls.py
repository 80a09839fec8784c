"""Addresses: the normal form that identity rests on, the host, the id, and which links may be kept."""

import hashlib
import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from w3lib.url import canonicalize_url

__all__ = ["absolute_url", "document_id", "host_of", "normal_url", "path_of"]

# Query parameters that follow a reader, not an article. Sources: the vendors' own documentation of their campaign and click
# parameters (Google utm_*, gclid, Meta fbclid, Microsoft msclkid, Mailchimp mc_*, Matomo mtm_* and pk_*, HubSpot _hs*).
_TRACKING = re.compile(
    r"^(?:utm_\w+|mtm_\w+|pk_(?:campaign|kwd|source|medium|content|cid)|hsa_\w+|_hs(?:enc|mi)|mc_[ce]id|fbclid|gclid|gclsrc|dclid|gbraid|wbraid"
    r"|msclkid|yclid|twclid|ttclid|igshid|igsh|mkt_tok|oly_(?:enc|anon)_id|vero_id|wickedid|at_(?:campaign|medium|custom\d)|ns_campaign|ns_mchannel"
    r"|cmpid|ocid|xtor|spm|__twitter_impression|guccounter|guce_referrer\w*|sfmc_\w+|s_cid|ftag|icid|ncid|smid|fb_\w+_ids)$",
    re.IGNORECASE,
)
_DEFAULT_PORT = re.compile(r"^(?P<head>http://[^/?#]*?):80(?=[/?#]|$)|^(?P<tls>https://[^/?#]*?):443(?=[/?#]|$)")


# Addresses that resolving leaves as they are: most of a page's.
_PLAIN = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?:/[\w!$&'()*+,./:=@%~-]*(?:\?[\w!$&'()*+,./:=@%~-]+)?)?", re.ASCII)


def normal_url(url: str) -> str:
    """The form of an address that is compared: lower-case host, no fragment, default port or tracking parameters, sorted query."""
    try:
        url = canonicalize_url(url.strip(), keep_blank_values=True, keep_fragments=False)
    except ValueError:  # an address that no parser reads is compared as it is
        return url.strip()
    url = _DEFAULT_PORT.sub(lambda match: match["head"] or match["tls"], url)
    path, mark, query = url.partition("?")
    kept = [pair for pair in query.split("&") if not _TRACKING.match(pair.partition("=")[0])]
    return path + mark + "&".join(kept) if kept and query else path


@lru_cache(maxsize=1024)
def host_of(url: str | None) -> str | None:
    """The host of an http or https address, lower case and without port; None for anything else."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
        return parts.hostname if parts.scheme in {"http", "https"} else None
    except ValueError:
        return None


def path_of(url: str) -> str:
    """The path of an address; "" for one that no parser reads."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def document_id(url: str | None, data: bytes | None) -> str:
    """32 hexadecimal digits: the hash of the normal address, or of the bytes for a document without one."""
    key = normal_url(url).encode("utf-8", "replace") if url else (data or b"")
    return hashlib.blake2b(key, digest_size=16).hexdigest()


def absolute_url(link: str | None, base: str | None) -> str | None:
    """`link` resolved against `base`, if that gives an http or https address with a host; None otherwise."""
    if not link:
        return None
    if _PLAIN.fullmatch(link):
        return link
    try:
        url = urljoin(base or "", link.strip())
    except ValueError:
        return None
    return url if host_of(url) else None
