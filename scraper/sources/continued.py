"""Where an article that is spread over several pages goes on: rel=next and numbered links, to the same address with the next number."""

import re
from urllib.parse import urlsplit

from extractors.urls import absolute_url, normal_url
from scraper.sources.markup import page_tree

__all__ = ["next_of_article"]

# How a page's number stands at the end of an address: /story/2, /story/page/2, /story-2.html, /story,seite-2.html, ?page=2. Anything
# else that a page calls "next" is the next article: WordPress marks those with rel=next too.
_NUMBERED = re.compile(
    r"""(?P<stem>.*?)
    (?:/(?:page|seite|pagina|p)?[/-]?(?P<part>\d{1,2})/?
    |[-_,](?:page|seite|pagina|p)?-?(?P<file>\d{1,2})(?P<suffix>\.[a-z]{3,5})
    |[?&](?:page|pg|p|seite|pagina)=(?P<query>\d{1,2}))""",
    re.VERBOSE | re.IGNORECASE,
)
_FILE = re.compile(r"(?P<stem>.*?)(?P<suffix>\.[a-z]{3,5})", re.IGNORECASE)

# What every page with a second one has. Without quotes a value ends at the first space: looking further, from each of many, takes forever.
_HINT = re.compile(rb"""rel\s*=\s*(?:["'][^"'>]*\b)?next\b|>\s*2\s*<""", re.IGNORECASE)


def next_of_article(data: bytes, url: str | None, number: int) -> str | None:
    """The page after this one, the article's `number`th, counted from 1; None where nothing says that the article goes on.

    An address that bears another number than the page has is that of an article whose name ends in one.
    """
    if url is None or len(urlsplit(url).path) < 2 or not (number > 1 or _HINT.search(data)):
        return None
    stem, own = _place(url)
    if own != number:
        return None
    try:
        tree = page_tree(data)
    except ValueError:
        return None
    for link in tree.iter("link", "a"):
        href = absolute_url(link.get("href"), url)
        if href is None:
            continue
        follows = "next" in (link.get("rel") or "").lower().split()
        if (follows or " ".join(link.itertext()).strip() == str(number + 1)) and _place(href.partition("#")[0]) == (stem, number + 1):
            return href.partition("#")[0]
    return None


def _place(url: str) -> tuple[str, int]:
    """What the pages of one article have in common, and which of them this is; an address without a number is the first."""
    url = normal_url(url)
    match = _NUMBERED.fullmatch(url)
    if match is None:
        name = _FILE.fullmatch(url)
        return (name["stem"] + name["suffix"] if name else url.rstrip("/")), 1
    number = match["part"] or match["file"] or match["query"]
    return (match["stem"] + (match["suffix"] or "")).rstrip("/"), int(number)
