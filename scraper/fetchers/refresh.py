"""Pages that hold nothing but the order to go on to another one, as static sites and link shorteners send them in place of a 301."""

import re
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree, html

from extractors.inline import text_of

__all__ = ["refresh"]

# The stubs of Hugo, Jekyll and link shorteners have less than a kilobyte; a page with an article in it is left alone, however small.
_LARGEST = 8 * 1024  # bytes
_MOST_TEXT = 400  # characters: "You are being redirected", in some languages

# Seconds from which a refresh is no redirect: Akamai's challenge waits 5, and reloads itself; news tickers wait minutes.
_TOO_LATE = 5.0

_CONTENT = re.compile(r"\s*+(\d{0,4}+(?:\.\d*+)?+)\s*+[;,]\s*+(?:url\s*+=\s*+)?(.*)", re.IGNORECASE | re.DOTALL)  # HTML, 4.2.5.3
_HINT = re.compile(rb"http-equiv\s*=\s*[\"']?refresh", re.IGNORECASE)


def refresh(data: bytes, url: str) -> str | None:
    """Where a page sends its readers at once; None for one that has something to read, or that reloads itself."""
    if len(data) > _LARGEST or not _HINT.search(data) or urlsplit(url).path == "/robots.txt":
        return None
    try:
        tree = html.document_fromstring(data)
    except (ValueError, etree.LxmlError):
        return None
    contents = [
        meta.get("content", "")
        for meta in tree.iter("meta")
        if meta.get("http-equiv", "").strip().lower() == "refresh" and next(meta.iterancestors("noscript"), None) is None
    ]
    base = next((link.get("href", "") for link in tree.iter("base")), "")
    match = _CONTENT.fullmatch(contents[0]) if contents else None
    if match is None or float(match[1].rstrip(".") or 0) >= _TOO_LATE or _letters(tree) > _MOST_TEXT:
        return None
    try:
        onward = urljoin(urljoin(url, base), _unquoted(match[2]))
    except ValueError:
        return None
    return onward if urldefrag(onward)[0] != urldefrag(url)[0] else None


def _letters(tree: html.HtmlElement) -> int:
    """How much text readers see."""
    etree.strip_elements(tree, "script", "style", "noscript", "head", with_tail=False)
    return len(text_of(tree))


def _unquoted(text: str) -> str:
    """An address out of its quotation marks; what follows the second mark is no part of it."""
    text = text.strip()
    return text[1:].partition(text[0])[0].strip() if text[:1] in {"'", '"'} else text
