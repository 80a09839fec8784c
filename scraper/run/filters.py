"""Which targets and articles a job wants, and why one was left out."""

import re
from collections import Counter
from collections.abc import Container, Sequence
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime

from extractors.article import Article, Evidence
from extractors.urls import host_of
from scraper.errors import JobError, Place
from scraper.job.keys import FilterSection
from scraper.sites import site_of

__all__ = ["Filters", "day_of"]

_DAY = timedelta(days=1)


class Filters:
    """The filters of a job, compiled; `taken_down`: addresses that nobody is to ask for any more.

    Raises JobError for a pattern that is no regular expression.
    """

    def __init__(self, section: FilterSection, *, taken_down: Container[str] = ()) -> None:
        self.taken_down = taken_down
        self._include = _compiled(section.include, "filter.include")
        self._exclude = _compiled(section.exclude, "filter.exclude")
        self._since = section.since.isoformat() if section.since else None
        self._until = section.until.isoformat() if section.until else None
        self._budgets = tuple(
            (limit, key, reason)
            for limit, key, reason in (
                (section.per_host, str, "host budget spent"),
                (section.per_site, site_of, "site budget spent"),
            )
            if limit is not None
        )
        self._taken: Counter[tuple[str, str]] = Counter()
        self._languages = tuple(language.lower() for language in section.language)

    def refuses_address(self, address: str) -> str | None:
        """Why this address is not wanted; None if it is."""
        if address in self.taken_down:
            return "taken down"
        if self._include and not any(pattern.search(address) for pattern in self._include):
            return "not included"
        return "excluded" if any(pattern.search(address) for pattern in self._exclude) else None

    def refuses_evidence(self, evidence: Sequence[Evidence]) -> str | None:
        """Why what a feed or sitemap says of an article rules it out; None if it does not, or says nothing.

        A day more is granted at both ends, since the page may print its date in another zone; its own date decides then.
        """
        for said in evidence:
            first, last = day_of(said.published), day_of(said.modified)
            newest = max((day for day in (first, last) if day), default=None)
            if self._since and newest and date.fromisoformat(self._since) - newest > _DAY:
                return "too old"
            if self._until and first and first - date.fromisoformat(self._until) > _DAY:
                return "too new"
        return None

    def over_budget(self, address: str) -> str | None:
        """Which budget the address would exceed; None if none, and then it counts against each."""
        host = host_of(address) or ""
        keys = [(reason, key(host)) for _, key, reason in self._budgets]
        for (limit, _, reason), key in zip(self._budgets, keys, strict=True):
            if self._taken[key] >= limit:
                return reason
        self._taken.update(keys)
        return None

    def refuses_article(self, article: Article) -> str | None:
        """Why this article is not wanted; None if it is. Where it does not tell its day or language, a filter on that refuses it."""
        if any(url in self.taken_down for url in (article.url, article.url_requested, article.url_canonical) if url):
            return "taken down"
        day = (article.date_published or "")[:10]
        if (self._since or self._until) and not day:
            return "date unknown"
        if self._since and day < self._since:
            return "too old"
        if self._until and day > self._until:
            return "too new"
        return self._refuses_language(article) if self._languages else None

    def _refuses_language(self, article: Article) -> str | None:
        if not article.language:
            return "language unknown"
        language = article.language.lower()
        wanted = any(language == want or language.startswith(f"{want}-") for want in self._languages)
        return None if wanted else "other language"


def _compiled(patterns: Sequence[str], key: str) -> list[re.Pattern[str]]:
    compiled = []
    for pattern in patterns:
        try:
            compiled.append(re.compile(pattern))
        except re.error as error:
            raise JobError(f"no regular expression: {pattern!r} ({error})", place=Place(key=key)) from error
    return compiled


def day_of(text: str | None) -> date | None:
    """The day that a feed's or sitemap's date names, in ISO 8601 or as in RFC 5322; None for what is neither."""
    text = (text or "").strip()
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        pass  # not ISO 8601
    try:
        moment: datetime = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # the latter for a year of more digits than a date has
        return None
    return moment.date()
