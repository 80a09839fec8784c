"""Addresses as they are asked for: the host in its plain form, no user names, and what may be sent to which origin."""

import re
from dataclasses import replace
from urllib.parse import unquote, urlsplit, urlunsplit

import idna

from scraper.captured import OPEN_HEADERS
from scraper.fetchers.settings import FetchSettings
from scraper.records import Target

__all__ = ["askable_url", "origin_of", "public_url", "settings_at", "trusted"]

_PLAIN = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::[0-9]{1,5})?/")  # hosts that need no thought: most


def askable_url(url: str) -> str:
    """An address with its host in one spelling: ASCII (IDNA), lower case, without user name or final dot; all else as it was.

    Two spellings of a host are one host to robots, pace and guard. ValueError for what no parser reads; what is no http or https
    address, and a host that IDNA does not know, is left alone.
    """
    if _PLAIN.match(url):
        return url
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return url
    host = unquote(parts.hostname)
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode()  # as requests does it; with full-width digits and dots it may be a number now
        except idna.IDNAError:
            host = parts.hostname
    host = host.removesuffix(".").lower() or parts.hostname
    if any(mark in host for mark in "/?#@\\ %") or not host.isprintable():
        host = parts.hostname
    place = f"[{host}]" if ":" in host else host
    return urlunsplit(parts._replace(netloc=place if parts.port is None else f"{place}:{parts.port}"))


def public_url(url: str) -> str:
    """An address without fragment and without a user's name or password; what no parser reads as it is."""
    if "@" not in url and "#" not in url:
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment=""))


def origin_of(url: str) -> str:
    """Scheme, host and port: what a robots.txt holds for (RFC 9309, 2.3)."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"


def trusted(url: str, own: str) -> bool:
    """Whether secrets that were given for `own` may go to `url`: to the same origin, or to the same host once it is encrypted."""
    if url == own or origin_of(url) == origin_of(own):
        return True
    one, other = urlsplit(own), urlsplit(url)
    upgraded = (one.scheme, other.scheme) == ("http", "https") and one.port in {None, 80} and other.port in {None, 443}
    return upgraded and one.hostname == other.hostname


def settings_at(settings: FetchSettings, url: str, target: Target) -> FetchSettings:
    """The settings for a request to `url` on the way of `target`: no secrets where they may not go."""
    if trusted(url, askable_url(target.behalf or target.url)):
        return settings
    headers = {name: value for name, value in settings.headers.items() if name.lower() in OPEN_HEADERS}
    return replace(settings, headers=headers, cookies={}, client_cert=None)
