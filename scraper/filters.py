"""Which targets and articles a job wants, and why one was left out."""

import re
from collections.abc import Sequence

from extractors.article import Article
from scraper.errors import JobError, Place
from scraper.job import FilterSection

__all__ = ["Filters"]


class Filters:
    """The filters of a job, compiled. Raises JobError for a pattern that is no regular expression."""

    def __init__(self, section: FilterSection) -> None:
        self._include = _compiled(section.include, "filter.include")
        self._exclude = _compiled(section.exclude, "filter.exclude")
        self._since = section.since.isoformat() if section.since else None
        self._until = section.until.isoformat() if section.until else None
        self._languages = tuple(language.lower() for language in section.language)

    def refuses_address(self, address: str) -> str | None:
        """Why this address is not wanted; None if it is."""
        if self._include and not any(pattern.search(address) for pattern in self._include):
            return "not included"
        return "excluded" if any(pattern.search(address) for pattern in self._exclude) else None

    def refuses_article(self, article: Article) -> str | None:
        """Why this article is not wanted; None if it is. Where it does not tell its day or language, a filter on that refuses it."""
        day = (article.date_published or "")[:10]
        if (self._since or self._until) and not day:
            return "date unknown"
        if self._since and day < self._since:
            return "too old"
        if self._until and day > self._until:
            return "too new"
        if not self._languages:
            return None
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
