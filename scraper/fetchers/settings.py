"""What a fetcher may do and how far it goes: FetchSettings, and the User-Agent that follows from them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

from extractors.version import VERSION

__all__ = ["FetchSettings", "Partial", "RobotsMode", "product_token", "unsendable", "user_agent"]

PRODUCT = "article-scraper"

# RFC 9309, 2.2.1: a product token has letters, "_" and "-" only; digits are kept since real tokens have them.
_TOKEN = re.compile(r"[A-Za-z0-9_-]+")

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, 5.6.2
_VALUE = re.compile(r"(?!\s)[\t\x20-\x7e\x80-\xff]*")  # RFC 9110, 5.5


class RobotsMode(StrEnum):
    """Whether robots.txt is obeyed."""

    OBEY = "obey"
    IGNORE = "ignore"  # for sites whose owner has agreed: nothing is asked and nothing is honoured


class Partial(StrEnum):
    """What becomes of a body that was cut at a cap or by a lost connection."""

    REFUSE = "refuse"  # a typed failure
    KEEP = "keep"  # a Page whose `truncation` says so


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """How to fetch. Times are seconds, sizes bytes; `allow_networks` are CIDR blocks that may be connected to though they are private.

    `timeout` bounds the whole exchange of one target, redirects included. `headers`, `cookies` and `client_cert` are for the target's
    own host; any other one, of a redirect, a robots.txt or a web archive, gets only such headers as Accept-Language (OPEN_HEADERS).
    `proxies` maps "http" and "https" to a proxy's address. `client_cert` is one PEM file, or certificate and key.
    """

    contact: str | None = None
    user_agent: str | None = None
    timeout: float = 30.0
    max_bytes: int = 10 * 2**20  # compressed; mean page of a 181-page news sample: 174 kB
    max_decoded_bytes: int = 20 * 2**20  # trafilatura's cap; a 50 MB page takes 49 s to extract
    max_redirects: int = 10
    delay: float = 1.0
    per_host: int = 1
    per_address: int = 4
    allow_networks: tuple[str, ...] = ()
    robots: RobotsMode = RobotsMode.OBEY
    proxies: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)
    ca_bundle: str | None = None
    client_cert: str | tuple[str, str] | None = None
    retries: int = 2
    partial: Partial = Partial.REFUSE


def user_agent(settings: FetchSettings) -> str:
    """The User-Agent header: product, version and, where one is given, the contact."""
    if settings.user_agent:
        return settings.user_agent
    return f"{PRODUCT}/{VERSION}" + (f" (+{settings.contact})" if settings.contact else "")


def product_token(agent: str) -> str:
    """The name by which robots.txt addresses this User-Agent: its leading product token, lower case."""
    match = _TOKEN.match(agent.strip())
    return match.group().lower() if match else PRODUCT


def unsendable(settings: FetchSettings) -> Iterator[tuple[str, str]]:
    """The keys of headers, cookies and proxies that cannot be sent, and why: never the value, which the network's own errors would show."""
    for table, pairs in (("headers", settings.headers), ("cookies", settings.cookies)):
        for name, value in pairs.items():
            if not _NAME.fullmatch(name):
                yield f"{table}.{name}", "the name has a character that no name may have"
            elif not _VALUE.fullmatch(value):
                yield f"{table}.{name}", "the value begins with a space, or has a line end or another character that cannot be sent"
    for scheme, proxy in settings.proxies.items():
        if scheme.partition("://")[0] not in {"http", "https", "all"}:  # any other would be passed over, and the proxy with it
            yield f"proxies.{scheme}", "addresses begin with http or https: name a proxy for one of these, or for all"
        elif "://" in proxy and proxy.partition("://")[0] not in {"http", "https"}:  # PySocks would connect past guard and deadline
            yield f"proxies.{scheme}", "the proxy speaks neither http nor https"
        elif not _is_proxy(proxy):
            yield f"proxies.{scheme}", "the value is no address of a proxy; in a password, / is written as %2F, # as %23, ? as %3F"


def _is_proxy(address: str) -> bool:
    """Whether an address can be read, its user's name and password included: nothing of them stands behind its place."""
    try:
        parts = urlsplit(address if "://" in address else f"http://{address}")
        return bool(parts.hostname) and (parts.port or 1) > 0 and "@" not in parts.path + parts.query + parts.fragment
    except ValueError:
        return False
