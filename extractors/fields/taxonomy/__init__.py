"""The taxonomy: section, region, theme, series and tags, from data, metas, tag lists, breadcrumbs and printed labels."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial

from lxml.etree import _Element as Element

from extractors.article import TAXONOMY_KEYS, Origin, Provenance, Taxonomy
from extractors.document import Candidate, Document
from extractors.fields.cleaning import clean, letters
from extractors.fields.spine import spine
from extractors.fields.taxonomy.categories import filed_above, filed_beside, filed_menu
from extractors.fields.taxonomy.filing import breadcrumbs, labelled_lines, path_lists, tag_links, tag_lists
from extractors.fields.taxonomy.labelling import distinct, label_key, labels_of, readable
from extractors.fields.taxonomy.spoken import articles_own, is_headline_cut, is_menu, is_spam, is_spoken, said_by
from extractors.fields.title.suffixes import site_names
from extractors.structured import Facts, read_metas

__all__ = ["Filing", "candidates", "read", "share_of"]

Listed = Candidate[tuple[str, ...]]  # the labels of one signal


@dataclass(frozen=True, slots=True)
class Filing:
    """The five lists and, for each that holds something, where it was read."""

    taxonomy: Taxonomy
    provenance: dict[str, Provenance]


# The signals that speak of tags, best first, and the share of their labels that the gold pages hold (fundus, trafilatura): article:tag 0.74
# of 44 lists, keywords 0.66 of 35, rel 0.82 of 29, news_keywords 0.74 of 21, list 0.79 of 17, jsonld.keywords 0.78 of 15, label 0.75 of 12.
TAGS = {
    "tags.parsely-tags": 0.95,
    "tags.label": 0.76,
    "tags.article:tag": 0.74,
    "tags.og:article:tag": 0.6,
    "tags.rel": 0.82,
    "tags.sailthru.tags": 0.6,
    "tags.news_keywords": 0.74,
    "tags.keywords": 0.66,
    "tags.jsonld.keywords": 0.75,
    "tags.itemprop": 0.7,
    "tags.list": 0.75,
    "tags.path": 0.7,
    "tags.citation_keywords": 0.6,
    "tags.dc.subject": 0.6,
    "tags.dcterms.subject": 0.6,
    "tags.tags": 0.6,
    "tags.jsonld.about": 0.5,
    "tags.jsonld.mentions": 0.5,
    "tags.feed": 0.5,
}
# The share of a section's labels that the gold pages hold: rel 0.82 of 32 lists, article:section 0.46 of 39, breadcrumb 0.44 of 46, jsonld
# 0.36 of 43; the rest are taken to be like these. One set of the two (fundus) lists tags alone and counts against every section that is no
# tag, so these are low; where gold lists sections too (trafilatura), they are 0.82, 0.71, 0.54 and 0.56.
SECTIONS = {
    "section.rel": 0.82,
    "section.label": 0.8,
    "section.article:section": 0.45,
    "section.og:article:section": 0.45,
    "section.jsonld": 0.4,
    "section.itemprop": 0.45,
    "section.parsely-section": 0.45,
    "section.cxenseparse:category": 0.45,
    "section.section": 0.45,
    "section.article.section": 0.45,
    "section.breadcrumb": 0.45,
    "section.category": 0.45,
    "section.menu": 0.45,
    "section.path": 0.45,
}
META = frozenset({"tags.keywords", "tags.tags", "tags.news_keywords", "tags.article:tag", "tags.jsonld.keywords"})
# A system files under several categories; of a breadcrumb the first is the section, the others are parts of it. 24 sites helped, 4 hurt.
MOST_SECTIONS, MOST_CRUMBS = 6, 1
MOST_LINES = 2
PRINTED = frozenset({"tags.rel", "tags.list", "tags.label", "tags.path"})
CUT_SHORT, MOST_COMPARED = 15, 40  # letters of a breadcrumb that may be the beginning of the headline
LABELLED = 0.8
PROFILED = 0.99  # a profile is written for the page


def read(document: Document, facts: Facts, title: str | None = None, *, authors: tuple[str, ...] = ()) -> Filing:
    """The five lists. A printed label decides the list; no label stands in two lists; who wrote the article is no tag of it."""
    found = candidates(document, facts, title)
    spellings = _spellings(found)
    names = site_names(facts)
    writers = frozenset(map(label_key, (*authors, " ".join(authors), " and ".join(authors)) if authors else ()))
    lists: dict[str, tuple[str, ...]] = {}
    provenance: dict[str, Provenance] = {}
    for field in ("region", "theme", "series", "section", "tags"):
        choice = _profiled(found, field)
        if choice is None:
            choice = (
                _tags(found, document, title, is_site=names.is_part)
                if field == "tags"
                else _section(found)
                if field == "section"
                else _labelled(found, field)
            )
        if choice is None:
            continue
        is_site = names.is_known if field == "section" else names.is_part  # "Business" is a section of Business Weekly and no tag
        left = _writers(found, writers, choice.value) if field == "tags" else ()
        own = (spellings[key] for label in choice.value if (key := label_key(label)) not in left and not is_site(label))
        labels = distinct(own, [label for other in lists.values() for label in other])
        if labels:
            lists[field] = labels
            provenance[field] = Provenance(choice.origin, choice.raw, choice.weight)
    return Filing(Taxonomy(**lists), provenance)


def _writers(found: list[Listed], names: frozenset[str], chosen: tuple[str, ...]) -> frozenset[str]:
    """Of the authors' names, as keys, those that are no tags: all but those printed among tags of another kind. 11 sites helped, 1 hurt."""
    if not names or names.issuperset(map(label_key, chosen)):
        return names
    printed = [set(map(label_key, one.value)) for one in found if one.signal in PRINTED]
    return names.difference(*(labels for labels in printed if not labels <= names))


def _profiled(found: list[Listed], field: str) -> Listed | None:
    """What the site's profile reads for the list."""
    return next((replace(one, weight=PROFILED) for one in found if one.signal == f"{field}.profile" and one.value), None)


def _spellings(found: list[Listed]) -> dict[str, str]:
    """For each label, the spelling with capitals and spaces where one signal has it and another a slug."""
    best: dict[str, str] = {}
    printed: set[str] = set()
    for candidate in found:
        if candidate.origin == Origin.DOM:
            printed.update(candidate.value)
        for label in candidate.value:
            key = label_key(label)
            if key not in best or (best[key].islower() and not label.islower() and not label.isupper()):
                best[key] = label
    return {key: label if label in printed else readable(label) for key, label in best.items()}


def _labelled(found: list[Listed], field: str) -> Listed | None:
    """The line with a label of the list; several different ones stand in a list of other things."""
    lines = [candidate for candidate in found if candidate.signal == f"{field}.label" and candidate.value]
    return replace(lines[0], weight=LABELLED) if lines and len({candidate.value for candidate in lines}) <= MOST_LINES else None


def _section(found: list[Listed]) -> Listed | None:
    """The first of SECTIONS that says something."""
    for signal, confidence in SECTIONS.items():
        candidate = (
            _labelled(found, "section")
            if signal == "section.label"
            else next((one for one in found if one.signal == signal and one.value), None)
        )
        if candidate is not None:
            return replace(
                candidate, value=candidate.value[: MOST_CRUMBS if signal == "section.breadcrumb" else MOST_SECTIONS], weight=confidence
            )
    return None


def _tags(found: list[Listed], document: Document, title: str | None, *, is_site: Callable[[str], bool]) -> Listed | None:
    """The first of TAGS that is no spam; a lone label gives way to a signal with several."""
    said = cache(partial(said_by, document, title or "", links=True))
    own = cache(partial(said_by, document, title or "", links=False))
    sound = (
        replace(candidate, value=value, weight=confidence)
        for signal, confidence in TAGS.items()
        for candidate in found
        if candidate.signal == signal
        and (value := articles_own(candidate.value, is_site) if signal in META or signal == "tags.label" else candidate.value)
        and not is_headline_cut(candidate.value, title or "")
        and (signal != "tags.path" or is_spoken(candidate.value, own()))
        and (signal != "tags.list" or not is_menu(candidate.value, said))
        and (signal not in META or not is_spam(candidate.value, said, title=title or "", url=document.url))
    )
    first = next(sound, None)
    if first is None or len(first.value) > 1 or first.signal not in META:
        return first
    return next((candidate for candidate in sound if len(candidate.value) > 2 and candidate.signal != "tags.list"), first)


def candidates(document: Document, facts: Facts, title: str | None = None) -> list[Listed]:
    """Every signal's labels. A signal's name begins with the list that it speaks of."""
    around = spine(facts, title)
    found = [
        *profiled(document),
        *linked_data(facts),
        *microdata(facts),
        *metas(document),
        *printed(document, facts, around),
        *crumbs(document, facts, title),
        *outside(document),
    ]
    if not any(one.value and one.signal in SECTIONS for one in found):
        tags = {label_key(label) for one in found if one.signal in PRINTED for label in one.value}
        beside = [word for word in filed_beside(document, facts, title) if label_key(word) not in tags]
        beside = beside or filed_above(document, facts, title)
        for raw, signal in ((filed_menu(document), "section.menu"), (beside, "section.path")):
            if raw:
                found.append(_candidate(raw, Origin.DOM, signal))
    if not any(len(one.value) > 1 and one.signal in TAGS for one in found):
        found += (_candidate(raw, Origin.DOM, "tags.path") for raw in path_lists(document, around))
    return found


def profiled(document: Document) -> Iterator[Listed]:
    """The labels that the site's profile reads for each list."""
    for field in TAXONOMY_KEYS:
        told = list(document.guided(field))
        if told:
            yield _candidate([text for text, _ in told], told[0][1], f"{field}.profile")


def outside(document: Document) -> Iterator[Listed]:
    """The tags that a feed's entry or a sitemap bears."""
    for evidence in document.context.evidence:
        if evidence.tags:
            yield _candidate(list(evidence.tags), evidence.origin, "tags.feed")


def share_of(signal: str) -> float:
    """The share of a signal's labels that are right, 0 to 1; 0 for a signal that decides nothing."""
    if signal.endswith(".profile"):
        return PROFILED
    return TAGS.get(signal) or SECTIONS.get(signal) or (LABELLED if signal.endswith(".label") else 0.0)


def linked_data(facts: Facts) -> Iterator[Listed]:
    """keywords, articleSection, about and mentions of the article's node."""
    for key, signal in (
        ("keywords", "tags.jsonld.keywords"),
        ("about", "tags.jsonld.about"),
        ("mentions", "tags.jsonld.mentions"),
        ("articleSection", "section.jsonld"),
    ):
        raw = list(facts.texts(key))
        if raw:
            yield _candidate(raw, Origin.JSONLD, signal)


def microdata(facts: Facts) -> Iterator[Listed]:
    """keywords and articleSection of the article's microdata item."""
    item = (facts.item if facts.may_say("keywords", "articleSection") else None) or {}
    for key, signal in (("keywords", "tags.itemprop"), ("articleSection", "section.itemprop")):
        held = item.get(key)
        raw = [text for text in (held if isinstance(held, list) else [held]) if isinstance(text, str)]
        if raw:
            yield _candidate(raw, Origin.MICRODATA, signal)


def metas(document: Document) -> Iterator[Listed]:
    """article:tag, news_keywords, keywords and article:section and their kin, one candidate a name."""
    for field in ("tags", "section"):
        found: dict[tuple[str, str], list[str]] = {}
        for name, content, origin in read_metas(document, field):
            found.setdefault((name, origin), []).append(content)
        for (name, origin), raw in found.items():
            yield _candidate(raw, origin, f"{field}.{name}")


def printed(document: Document, facts: Facts, around: frozenset[Element]) -> Iterator[Listed]:
    """Links marked as tags or categories, tag lists, and lines with a label of the table."""
    for raw, signal in zip(tag_links(document, around), ("tags.rel", "section.rel"), strict=True):
        if raw:
            yield _candidate(raw, Origin.DOM, signal)
    for raw in tag_lists(document, around):
        yield _candidate(raw, Origin.DOM, "tags.list")
    for field, raw in labelled_lines(document, facts):
        yield _candidate(raw, Origin.TEXT, f"{field}.label")


def crumbs(document: Document, facts: Facts, title: str | None) -> Iterator[Listed]:
    """Breadcrumbs without the front page and the headline."""
    for origin, raw in breadcrumbs(document, facts):
        kept = [crumb for crumb in map(clean, raw[:8]) if not title or not _is_headline(letters(crumb), letters(title))]
        if kept:
            yield _candidate(kept, origin, "section.breadcrumb")


def _is_headline(crumb: str, title: str) -> bool:
    """Whether the letters of a crumb are the headline's, whole or cut short, or hold it; "World" in "World Cup opens" is a section."""
    return crumb == title or (len(crumb) >= CUT_SHORT and title.startswith(crumb[:MOST_COMPARED])) or title in crumb


def _candidate(raw: list[str], origin: str, signal: str) -> Listed:
    return Candidate(labels_of(raw), " | ".join(raw)[:1000], str(origin), signal, 1.0)
