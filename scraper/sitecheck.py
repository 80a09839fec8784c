"""Profiles put to the test: each on its own small page, and on saved pages, where a layout that no longer matches shows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from extractors import Article, Context, ExtractionError, Options, extract
from extractors.article import TAXONOMY_KEYS
from extractors.profiles import PACKAGED, Site, find, read_profile
from extractors.profiles.load import Layout, hosts_of
from extractors.urls import host_of
from scraper.records import Page

__all__ = ["Tally", "own_page_faults", "sites_of", "tally"]

STALE = "profile_stale"
_TEXTS = ("has", "lacks")  # strings that the body must hold, and must not


@dataclass(slots=True)
class Tally:
    """How many saved pages of a site a profile was asked for, how many of them no layout fitted, and the first such pages."""

    pages: int = 0
    stale: int = 0
    refused: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def no_longer_matches(self) -> bool:
        """Whether half of the pages or more are of a look that the profile does not know."""
        return self.pages > 0 and self.stale * 2 >= self.pages


def sites_of(folders: Iterable[Path] = ()) -> list[Site]:
    """The profiles of a user's folders, and the packaged ones. Raises InvalidRules for one that cannot be used."""
    paths = dict.fromkeys(path for folder in (*folders, PACKAGED) for path in hosts_of(folder).values())
    return [read_profile(path) for path in paths]


def own_page_faults(site: Site) -> Iterator[str]:
    """What a profile reads otherwise off its own small pages than it expects, each in a sentence."""
    for place, layout in enumerate(site.layouts, 1):
        where = f"{site.path}: layout {place}"
        if layout.page is None:
            yield f'{where}: it has no page of its own; name one beside it with page = "{site.name}.html"'
            continue
        page = site.path.parent / layout.page
        try:
            data = page.read_bytes()
        except OSError as error:
            yield f"{where}: {page.name}: {error.strerror}"
            continue
        try:
            article = _extracted(site, layout, data)
        except ExtractionError as error:
            yield f"{where}: {page.name}: {error.kind}: {error}"
            continue
        yield from (f"{where}: {page.name}: {fault}" for fault in _faults(article, layout.expect))


def _extracted(site: Site, layout: Layout, data: bytes) -> Article:
    """The article of a profile's page, as if it had been fetched while the layout was served."""
    day = layout.until or layout.since
    context = Context(fetched_at=datetime.combine(day, time(12), UTC)) if day else Context()
    url = f"https://{site.hosts[0]}/{layout.page}"
    return extract(data, url=url, content_type="text/html; charset=utf-8", context=context, options=Options(profiles=(site.path.parent,)))


def _faults(article: Article, expected: Mapping[str, Any]) -> Iterator[str]:
    if not expected:
        yield "nothing is expected of it: add [layout.expect]"
    if STALE in article.warnings:
        yield "the layout does not match it"
    for key, wanted in expected.items():
        if key in _TEXTS:
            wrong = [text for text in wanted if (text in article.body) != (key == "has")]
            yield from (f"the body {'lacks' if key == 'has' else 'holds'} {text!r}" for text in wrong)
            continue
        given = article.to_dict()["taxonomy"][key] if key in TAXONOMY_KEYS else article.to_dict().get(key)
        if given != wanted:
            yield f"{key} is {given!r}, and should be {wanted!r}"


def tally(pages: Iterable[Page], folders: tuple[Path, ...], host: str | None = None) -> dict[str, Tally]:
    """By profile, how its pages among the saved ones fare. Pages without an address or a profile are passed over."""
    found: dict[str, Tally] = {}
    options = Options(profiles=folders or None)
    for page in pages:
        site = find(host_of(page.url), options.profiles)
        if site is None or (host is not None and site.name != host):
            continue
        count = found.setdefault(site.name, Tally())
        try:
            context = Context(fetched_at=page.fetched_at)
            article = extract(page.data, url=page.url, content_type=page.content_type, context=context, options=options)
        except ExtractionError:
            count.refused += 1
            continue
        count.pages += 1
        if STALE in article.warnings:
            count.stale += 1
            if len(count.examples) < 3:
                count.examples.append(page.url or page.name or "")
    return found
