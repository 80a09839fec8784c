"""What is hung on headlines: site names, sections and authors behind or before a separator."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from extractors.document import Document
from extractors.fields.cleaning import clean, letters
from extractors.fields.ownlinks import own_addresses
from extractors.fields.title.kickers import heading_text, is_site_heading
from extractors.inline import text_of
from extractors.letters import WIDE, unaccented
from extractors.structured import Facts, read_metas
from extractors.urls import host_of

__all__ = ["MARKS", "Names", "cut", "front_link", "separators", "site_headings", "site_names", "title_ends"]

# Separators that were seen between a headline and a site's name. A hyphen or dash needs a space beside it, a colon one after it:
# "Covid-19" and "10:30" stay whole; between Han letters neither has any.
_SEPARATOR = re.compile(
    r"\s*(?:[|¦│┃‖]|(?<=[\u3400-\u9fff！？”」』])-{1,3}(?=[\u3400-\u9fff“「『])|\s-{1,3}\s|\s[–—―−‒]\s|\s[·•●∙⋅▪►▸»«›‹/\\~*:]{1,3}\s|::|：|｜|_(?=\S{2,40}$)|\s<\s|\s>\s|\s[–—-](?=\S)|(?<=\S)[–—]\s|[:：]\s)\s*"
)
MARKS = frozenset("|¦│┃‖-–—―−‒·•●∙⋅▪►▸»«›‹/\\~*:：｜_<>")  # a text without any of them has no separator
MOST_HEADINGS = 40
MOST_CHARACTERS = 400  # of a title
LEAST_LEFT, LEAST_WIDE = 8, 4  # letters of a headline behind a site's name; in Han, Kana and Hangul
_STRONG = re.compile("[|¦│»›«‹]")  # parts what belongs apart; a colon or a dash also stands inside headlines
_ARCHIVES = frozenset({"blogarchive", "blogarchiv", "archive", "blog"})  # what old themes write before the headline in <title>
_EDGE = " |»›>/"
_FRONT = re.compile(r"(?:https?:)?//[^/?#]+/?$", re.IGNORECASE)
_DOMAIN = re.compile(r"\.(?:[a-z]{2,12})(?:\.[a-z]{2})?$")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa"})
_COUNTRY = frozenset("co com org net gov edu ac gob gouv or ne go in".split())


class Names:
    """The names that a site goes by, as letters alone, its host's label, and texts that are none though they hold a name.

    `titled`: names that are the page's title too; `addresses`: the page's own.
    """

    __slots__ = ("_asked", "addresses", "host", "known", "others", "titled")

    def __init__(
        self,
        known: frozenset[str],
        host: str,
        *,
        addresses: frozenset[str] = frozenset(),
        titled: frozenset[str] = frozenset(),
        titles: Iterable[str] = (),
    ) -> None:
        """`titles`: the page's, in which a text may stand beside the site's whole name."""
        self.known = known
        self.host = host
        self.addresses = addresses
        self.titled = titled
        self.others = frozenset(letters(text) for title in titles for text in self._beside(title))
        self._asked: dict[str, bool] = {}

    def has(self, segment: str) -> bool:
        """Whether `segment` is the site's name, or a name that the host's label is made of."""
        found = self._asked.get(segment)
        if found is None:
            found = self._asked[segment] = self._has(segment)
        return found

    def is_exactly(self, text: str) -> bool:
        """Whether `text` is one of the site's names or its host's label, letter for letter."""
        key = letters(text)
        return key in self.known or (key == self.host and len(key) > 2)

    def _has(self, segment: str) -> bool:
        key = letters(segment)
        if not key:
            return True
        if key in self.known:
            return True
        host = self.host
        if len(host) < 2 or len(key) > 60 or key in self.others:
            return False
        if not key.isascii():
            return any(self._is_of_host(segment, plain) for plain in _plain(key))
        return self._is_of_host(segment, key)

    def _is_of_host(self, segment: str, key: str) -> bool:
        host = self.host
        if (
            self.is_host(segment)
            or (len(host) > 4 and host in key and len(key) < 2.5 * len(host))
            or (len(key) > 3 and key in host and len(host) < 2.5 * len(key))
        ):
            return True
        initials = "".join(word[0] for word in re.findall(r"\w+", segment.lower()))
        return len(initials) > 1 and (initials == host or (len(initials) > 2 and initials.replace("a", "").replace("o", "") == host))

    def is_host(self, segment: str) -> bool:
        """Whether `segment` is the host's label or its domain: "example", "www.example.co.uk"."""
        if not self.host or self.host in _plain(letters(segment)):
            return bool(self.host)
        return "." in segment and letters(_DOMAIN.sub("", segment.strip().lower()).removeprefix("www.")) == self.host

    def _beside(self, title: str) -> Iterator[str]:
        """What stands before the site's whole name: "Ten years of Harbour Post" in "Ten years of Harbour Post - Harbour Post"."""
        for start, end in separators(title) if len(title) <= MOST_CHARACTERS else ():
            if letters(title[end:]) in self.known and not self.is_host(title[:start]):
                yield title[:start]

    def is_known(self, label: str) -> bool:
        """Whether a label is one of the site's names, whole."""
        return letters(label) in self.known

    def is_part(self, label: str) -> bool:
        """Whether a label is the site's name or a part of it that is no common word."""
        key = letters(label)
        return key in self.known or (len(key) > 4 and any(key in name and len(key) * 2 > len(name) for name in self.known))


@lru_cache(maxsize=1024)
def separators(text: str) -> tuple[tuple[int, int], ...]:
    """(start, end) of each separator in a text. One title is asked for them by several signals, and its characters are tried one by one."""
    return () if MARKS.isdisjoint(text) else tuple(mark.span() for mark in _SEPARATOR.finditer(text))


def title_ends(title: str) -> tuple[str, str]:
    """What stands before a title's first separator and behind its last; all of it, twice, where it has none."""
    marks = separators(title)
    return (title[: marks[0][0]], title[marks[-1][1] :]) if marks else (title, title)


def _plain(key: str) -> tuple[str, ...]:
    """Letters as a host has them: without accents, or with the vowels that German writes for them."""
    if key.isascii():
        return (key,)
    return (unaccented(key), key.translate(_UMLAUTS))


def site_names(facts: Facts) -> Names:
    """What og:site_name, application-name, the linked data's publisher and web site, and the host say that the site is called."""
    return facts.once(_site_names)


def _site_names(facts: Facts) -> Names:
    document = facts.document
    found = {clean(content) for name, content, _ in read_metas(document, "site_name") if not name.startswith("article:")}
    found.update(facts.texts("publisher", "sourceOrganization"))
    subjects = frozenset(facts.texts("about", "mentions"))  # an organisation that the article is about is not the site
    for node in facts.typed("WebSite", "Organization", "NewsMediaOrganization"):
        found.update(name for name in facts.graph.texts(node, "name", "alternateName") if name not in subjects)
    addresses = own_addresses(document.address)
    if not found and (linked := front_link(document)):
        found.add(linked)
    found.update(site_headings(document, addresses))
    known = set()
    titles = (document.title_tag or "", *document.metas("og:title", "twitter:title"))
    own = set(map(letters, titles))
    for name in found:
        if len(name) < 80 and letters(clean(name)) not in own:
            known.add(letters(clean(name).lstrip("@")))
            if separators(clean(name)):
                known.update(letters(part) for part in _SEPARATOR.split(clean(name)) if len(letters(part)) > 2)
    known.discard("")
    return Names(
        frozenset(known),
        _host_label(document.address),
        addresses=addresses,
        titled=frozenset(own.intersection(letters(clean(name)) for name in found)),
        titles={clean(title) for title in titles},
    )


def site_headings(document: Document, addresses: frozenset[str]) -> Iterator[str]:
    """What the headings say that are the site's name. `addresses`: the page's own."""
    for element in islice(document.outline.elements("h1"), MOST_HEADINGS):
        if is_site_heading(element, addresses):
            yield heading_text(element)


def front_link(document: Document) -> str | None:
    """The end or beginning of the title that is also the text of a link to the front page; of 171 gold pages without a name 16 have it."""
    ends = {letters(part): part for part in title_ends(document.title_tag or "") if letters(part)}
    host = host_of(document.base_url)
    for written, link in document.outline.links if ends else ():
        address = written.strip()
        if address and ("home" in (link.get("rel") or "").split() or _is_front(address, host)):
            text = text_of(link) or link.get("title") or ""
            if letters(text) in ends:
                return ends[letters(text)]
    return None


def _is_front(address: str, host: str | None) -> bool:
    """Whether an address is the front page's; of a page whose own host nobody told, any host's."""
    return address == "/" or (bool(_FRONT.match(address)) and host in {None, host_of(address if ":" in address else f"https:{address}")})


def _host_label(address: str | None) -> str:
    """The label of the host that is the site's own: "example" of www.example.co.uk."""
    labels = (host_of(address) or "").split(".")[:-1]
    while len(labels) > 1 and labels[-1] in _COUNTRY:
        labels.pop()
    return letters(labels[-1]) if labels else ""


def cut(text: str, names: Names) -> str:
    """`text` without site names at its ends; whole where nothing else would be left.

    A text longer than a title is left as it is: each end is read anew at each separator, which takes time by the square of the length.
    """
    if len(text) > MOST_CHARACTERS:
        return text
    while True:
        for left, right in ((text[:start], text[end:]) for start, end in reversed(separators(text))):
            if left and names.has(right) and not names.has(left):
                text = left
                break
        else:
            break
    while (marks := separators(text)) and marks[0][1] < len(text):
        start, end = marks[0]
        left, right = text[:start], text[end:]
        exact = letters(left) in names.known or names.is_host(left) or letters(left) in _ARCHIVES
        exact = exact or (bool(_STRONG.search(text, start, end)) and names.has(left) and not names.has(right))
        if not exact or len(letters(right)) < (LEAST_WIDE if WIDE.search(right) else LEAST_LEFT):
            break
        text = right.lstrip(_EDGE)
    return text
