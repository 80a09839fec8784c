"""The title: the headline as readers see it, without site name, section or author."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice

from lxml.etree import _Element as Element

from extractors.article import Origin
from extractors.document import GUIDED, Candidate, Document
from extractors.fields import calibration
from extractors.fields.choose import Chosen, choose
from extractors.fields.cleaning import clean, letters
from extractors.fields.ownlinks import links_to
from extractors.fields.title.kickers import heading_text, is_crumb, is_site_heading, once
from extractors.fields.title.likeness import LEAST_HELD, ends_of, fit_of, told_of
from extractors.fields.title.suffixes import MARKS, Names, cut, separators, site_names
from extractors.marks import Mark
from extractors.structured import Facts, read_metas

__all__ = ["candidates", "read"]

MOST_CHARACTERS = 400  # the longest gold headline has 237
MOST_HEADINGS = 40
TICKER = "+++"  # between the news of a ticker: its line changes, the title of the data does not
LEAST_PARAGRAPH = 200  # characters
WELL_LIKE = 0.65  # a likeness of less is one of a few words
MOST_KICKER = 45  # letters
ENDS = frozenset("-_–—|｜ ")  # behind a headline that the page prints, without the spaces that make them separators too

# Odds that a signal gives the right headline. Shares right on the gold pages, sites' own names cut: h1.fits 0.89 of 1211, h2.fits 0.87
# of 62, jsonld.headline 0.87 of 581, og 0.79 of 1190, twitter 0.79 of 735, jsonld.page 0.77 of 303, part 0.78 of 193, meta 0.74 of 189,
# jsonld.name 0.72 of 122, tag 0.64 of 1313, h1.apart 0.31 of 29, h1.one_of_many 0.01 of 357. A heading that fits outweighs all metas
# together: where it differs from both og:title and <title>, it was right on 51 pages and they on 25; where JSON-LD is with them, 19 to 6.
# kicker.cut 0.77 of 22. Where no <h1> shares half of its words with them, an <h2> that is one of them (h2.fits) was the headline on
# 5 of the 6 sites on which it differs from the <h1>. An <h1> that ends a breadcrumb is set for search engines: where og:title is an <h2>
# instead (h1.beside), that one was the headline on 5 sites of 8.
WEIGHTS = {
    "h1": 6.0,
    "h1.fits": 25.0,
    "h1.beside": 3.0,
    "h1.opens": 25.0,
    "h1.apart": 2.0,
    "h1.one_of_many": 0.5,
    "h2.fits": 12.0,
    "h2.like": 3.0,
    "itemprop": 6.0,
    "jsonld.headline": 6.0,
    "jsonld.name": 1.5,
    "jsonld.page": 1.2,
    "og": 3.0,
    "twitter": 2.0,
    "meta": 3.0,
    "tag": 2.0,
    "part": 2.5,
    "line": 6.0,  # on no gold page
    "post": 6.0,  # on no gold page
    "kicker.cut": 60.0,
    "kicker.kept": 40.0,
    "feed": 3.0,
}
_HEADLINE = int(Mark.HEADLINE)
_NO_HEADING = frozenset({"h1", "a", "ul", "section", "meta", "title"})


def read(document: Document, facts: Facts) -> Chosen[str] | None:
    """The title with its provenance, or None where the page names none."""
    return choose(candidates(document, facts), key=lambda candidate: letters(candidate.value), table=calibration.TITLE)


def candidates(document: Document, facts: Facts) -> list[Candidate[str]]:
    """Every signal's headline, site names cut off."""
    names = site_names(facts)
    data = [*linked_data(facts), *metas(document), *tag(document)]
    if (own := post(document, data, names=names)) is not None:
        return [*told(document), own]
    found = list(_cleaned([*data, *feed(document)], names))
    found += _spelled(headings(document, found, names=names), found)
    if not found:  # the page calls the headline its site's name too
        found += _cleaned(tag(document), Names(frozenset(), names.host))
    return [*told(document), *found, *parts(found), *kickers(found), *lines(document, found)]


def told(document: Document) -> list[Candidate[str]]:
    """What the site's profile reads."""
    return [Candidate(clean(raw), raw, origin, "profile", GUIDED) for raw, origin in document.guided("title")]


def post(document: Document, data: Iterable[Candidate[str]], *, names: Names) -> Candidate[str] | None:
    """The one heading that leads to the page itself, where all that `data` say is the blog's name."""
    said = {letters(candidate.value) for candidate in data}
    if not said or not names.addresses or not said <= names.titled:
        return None
    page = document.outline
    own = [element for element in page.elements("h1", "h2", "h3") if links_to(element, names.addresses) and _is_link(element)]
    texts = [text for element, text in _headings(own, names, frozenset()) if letters(text) not in said]
    return _candidate(texts[0], Origin.DOM, "post") if len(texts) == 1 else None


def linked_data(facts: Facts) -> Iterator[Candidate[str]]:
    """The article node's headline and name, the page node's name."""
    for key, node, signal in (("headline", facts.article, "headline"), ("name", facts.article, "name"), ("name", facts.page, "page")):
        for raw in facts.graph.texts(node, key):
            yield _candidate(raw, Origin.JSONLD, f"jsonld.{signal}")
            break


def metas(document: Document) -> Iterator[Candidate[str]]:
    """og:title, twitter:title and the other metas, the first content of each name."""
    seen = set()
    for name, content, origin in read_metas(document, "title"):
        if name not in seen:
            seen.add(name)
            yield _candidate(content, origin, "og" if name == "og:title" else "twitter" if name == "twitter:title" else "meta")


def tag(document: Document) -> Iterator[Candidate[str]]:
    """The <title>."""
    if document.title_tag:
        yield _candidate(document.title_tag, Origin.META, "tag")


def feed(document: Document) -> Iterator[Candidate[str]]:
    """What the feed or the sitemap calls the article."""
    for evidence in document.context.evidence:
        if evidence.title:
            yield _candidate(evidence.title, evidence.origin, "feed")


def headings(document: Document, machine: Iterable[Candidate[str]], *, names: Names) -> Iterator[Candidate[str]]:
    """The <h1> elements, or where none fits the <h2> and headline-classed elements, weighed by how they fit what the metas say."""
    machine = list(machine)
    told = told_of(machine)
    h1s = _headings(document.outline.elements("h1"), names, _whole(machine))
    found = [(fit_of(text, told), text, is_crumb(element)) for element, text in h1s]
    best = max((fit for fit, _, _ in found), default=-1.0)
    printed = max((fit for fit, _, crumb in found if not crumb), default=0.0)
    other = _other(document, machine, names=names, fits=(best, printed)) if printed < 1.0 else None
    if other:
        yield other
    alone = len({letters(text) for _, text, _ in found}) == 1
    if best < WELL_LIKE:  # page order tells better than a word more or less
        best = next((fit for fit, _, _ in found if fit >= 0.2), best)
    for fit, text, crumb in found:
        if fit >= 0.2 and fit == best:
            signal = "h1.beside" if other and other.signal == "h2.fits" else "h1.fits"
        elif alone and told:
            opens = not crumb and other is None and TICKER not in text and _opens(document, text, told)
            signal = "h1.opens" if opens else "h1.apart"
        elif alone:
            signal = "h1"
        else:
            signal = "h1.one_of_many"
        yield _candidate(text, Origin.DOM, signal)


def _other(document: Document, machine: list[Candidate[str]], *, names: Names, fits: tuple[float, float]) -> Candidate[str] | None:
    """The <h2> or headline-classed element that is the headline although there are <h1>: what the data say more exactly than they.

    `fits`: how well the best <h1> fits, below 0 where there is none, and the best that ends no breadcrumb.
    """
    best, printed = fits
    told = told_of(machine)
    exact = {"og"} if printed < 0.5 else {"og", "tag", "jsonld.headline"}
    wanted = {letters(candidate.value) for candidate in machine if candidate.signal in exact}
    ends = ends_of(machine) if best < 0.2 else frozenset()
    page = document.outline
    marked = (element for flags, element in page.marked if flags & _HEADLINE and element.tag not in _NO_HEADING)
    posts = (element for element in page.elements("h3") if names.addresses and links_to(element, names.addresses))
    for element, text in _headings(chain(page.elements("h2"), marked, posts), names, _whole(machine)):
        fit = fit_of(text, told) if best < 0.5 else float(letters(text) in wanted and not _is_link(element))
        opens = letters(text) in ends and (best >= 0.0 or links_to(element, names.addresses))  # without any <h1> it heads a part
        if fit >= 0.9 or opens:
            return _candidate(text, Origin.DOM, "h2.fits" if fit == 1.0 or opens else "h2.like")
    return None


def _whole(machine: list[Candidate[str]]) -> frozenset[str]:
    return frozenset(letters(candidate.value) for candidate in machine if candidate.signal != "tag")


def _is_link(element: Element) -> bool:
    """Whether all of a heading leads elsewhere, as the headings of teasers do."""
    link = next((above for above in (element.getparent(), *element.iter("a")) if above is not None and above.tag == "a"), None)
    return link is not None and len("".join(link.itertext()).strip()) * 10 > 8 * len("".join(element.itertext()).strip())


def parts(found: list[Candidate[str]]) -> list[Candidate[str]]:
    """Where one text is another and more, parted by a separator, the longer one speaks for the shorter too."""
    keys = {letters(candidate.value) for candidate in found}
    return [
        Candidate(part, candidate.raw, candidate.origin, f"part.{candidate.signal}", WEIGHTS["part"])
        for candidate in found
        for start, end in separators(candidate.value)
        for part in (candidate.value[:start], candidate.value[end:])
        if len(letters(part)) > 7 and letters(part) in keys
    ]


def kickers(found: list[Candidate[str]]) -> Iterator[Candidate[str]]:
    """A kicker printed inside the heading is no part of the title unless the linked data say so; one that all but the heading have is."""
    heading = next((candidate for candidate in found if candidate.signal == "h1.fits"), None)
    if heading is None:
        return
    own = letters(heading.value)
    headline, opened = (next((letters(one.value) for one in found if one.signal == name), None) for name in ("jsonld.headline", "og"))
    for candidate in found:
        key = letters(candidate.value)
        if candidate.signal in {"jsonld.headline", "og"} and len(key) > 7:
            if own not in {key, headline, opened} and own.endswith(key) and _is_parted(heading.value, len(own) - len(key)):
                yield _candidate(candidate.raw, candidate.origin, "kicker.cut", value=candidate.value)
            elif own != key and key.endswith(own) and candidate.signal == "og" and headline == key:
                yield _candidate(candidate.raw, candidate.origin, "kicker.kept", value=candidate.value)


def _is_parted(text: str, size: int) -> bool:
    """Whether a mark stands behind the first `size` letters of `text`: "Harbours / Ferries return", not "The ferries return"."""
    if size >= MOST_KICKER:
        return False
    for place, sign in enumerate(text):
        if size <= 0:
            return not text[place:].lstrip()[:1].isalnum()
        size -= len(letters(sign))
    return False


def lines(document: Document, found: list[Candidate[str]]) -> Iterator[Candidate[str]]:
    """Where <title> alone speaks, as on pages of tables and <font>: the longest part of it that the page prints as a line, no link."""
    if any(candidate.signal != "tag" for candidate in found):
        return
    printed = {letters(run.text): run.text for run in document.outline.runs if run.link * 2 < len(run.text) <= MOST_CHARACTERS}
    for candidate in found:
        for start, end in separators(candidate.value):
            sides = sorted((candidate.value[:start], candidate.value[end:]), key=len, reverse=True)
            for side in sides:
                if len(letters(side)) > LEAST_HELD and (text := printed.get(letters(side))):
                    yield _candidate(text, Origin.DOM, "line")
                    return
        value = candidate.value
        opening = (text for text in printed.values() if value.startswith(text) and value[len(text) :][:1] in ENDS)
        text = max(opening, key=len, default="")
        rest = letters(value[len(text) :])
        goes_on = any(len(key) > LEAST_HELD and rest.startswith(key) for key in printed)  # the headline is printed on two lines
        if len(letters(text)) > LEAST_HELD and len(text) * 2 > len(value) and not goes_on:
            yield _candidate(text, Origin.DOM, "line")


def _headings(elements: Iterable[Element], names: Names, told: frozenset[str]) -> Iterator[tuple[Element, str]]:
    """The elements that may be a headline, with their texts: not the site's name, of a headline's length, no template."""
    for element in islice(elements, MOST_HEADINGS):
        text = heading_text(element, told)
        if letters(text) not in told and letters(shorter := cut(text, names)) in told:
            text = shorter
        sound = 1 < len(text) <= MOST_CHARACTERS and letters(text) and not names.has(text) and "{{" not in text
        if sound and not is_site_heading(element, names.addresses):
            yield element, text


def _opens(document: Document, heading: str, told: list[tuple[str, frozenset[str]]]) -> bool:
    """Whether the page's only heading stands before all long text, and no line of the page is what the data call the title."""
    keys = {key for key, _ in told}
    key, before = letters(heading), True
    for run in document.outline.runs:
        if run.link * 2 < len(run.text):
            if before and len(run.text) >= LEAST_PARAGRAPH:
                return False
            own = letters(run.text) if len(run.text) <= MOST_CHARACTERS else ""
            if own in keys and document.outline.nodes[run.node].tag != "title":
                return False
            before = before and own != key
    return True


def _spelled(found: Iterable[Candidate[str]], machine: list[Candidate[str]]) -> Iterator[Candidate[str]]:
    """The headings with the marks that the data set where the heading breaks its line."""
    told: dict[str, str] = {}
    for candidate in machine:
        if not MARKS.isdisjoint(candidate.value):
            told.setdefault(letters(candidate.value), candidate.value)
    for candidate in found:
        other = told.get(letters(candidate.value), candidate.value)
        more = other != candidate.value and len(separators(other)) > len(separators(candidate.value))
        yield replace(candidate, value=other) if more else candidate


def _cleaned(found: Iterable[Candidate[str]], names: Names) -> Iterator[Candidate[str]]:
    """The candidates with site names cut off; those of which nothing else is left are dropped."""
    done: dict[str, str] = {}
    for candidate in found:
        value = done.get(candidate.value) or done.setdefault(candidate.value, cut(candidate.value, names))
        if value and len(value) <= MOST_CHARACTERS and not names.has(value):
            yield Candidate(value, candidate.raw, candidate.origin, candidate.signal, candidate.weight)


def _candidate(raw: str, origin: str, signal: str, *, value: str | None = None) -> Candidate[str]:
    return Candidate(value or once(clean(raw)), raw, str(origin), signal, WEIGHTS[signal])
