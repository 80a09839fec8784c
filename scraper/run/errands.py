"""What is fetched for a target beyond its own page: the pages that its article goes on over, and a web archive's copy of what is gone."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http import HTTPStatus

from scraper.records import Answer, Failure, FailureKind, NotYet, Page, Target

__all__ = ["FROM_ARCHIVE", "Errands"]

FROM_ARCHIVE = "from_web_archive"  # the warning of a record that was read from a copy

Follows = Callable[[bytes, str | None, int], str | None]
"""A page's bytes, its address and its number (from 1) in its article; where the article goes on, or None where it ends."""

Attempt = Callable[[NotYet], Answer | NotYet]

_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Errands:
    """Tries of targets, each telling what is to be tried next. An article has at most `pages` pages.

    `archive`: a template with {time} and {url}, whose answer is the closest copy that a web archive has; None where none is asked.
    """

    attempt: Attempt
    follows: Follows
    pages: int = 1
    archive: str | None = None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def __call__(self, errand: NotYet) -> Answer | NotYet:
        """One try of what is next; NotYet with what there is so far, where more is to come."""
        answer = self.attempt(errand)
        if isinstance(answer, NotYet):
            return answer
        if errand.failed is not None:
            return _copy_of(errand.failed, errand.target, answer)
        if errand.pages:
            return self._gone_on(errand.target, errand.pages, answer)
        if isinstance(answer, Page):
            return self._gone_on(errand.target, (), answer)
        if isinstance(answer, Failure) and self.archive and (answer.http_status in _GONE or answer.kind is FailureKind.DNS):
            return self._ask_archive(errand.target, answer, self.archive)
        return answer

    def _gone_on(self, target: Target, before: tuple[Page, ...], answer: Answer) -> Page | NotYet:
        """The article of the pages so far, unless it goes on."""
        pages = (*before, answer) if isinstance(answer, Page) else before
        missing = () if isinstance(answer, Page) else ("page_missing",)
        follows = self.follows(pages[-1].data, pages[-1].url, len(pages)) if len(pages) < self.pages and not missing else None
        if follows is not None:
            return NotYet(target=Target(url=follows, source=pages[0].source, behalf=target.behalf or target.url), seconds=0, pages=pages)
        first = pages[0]
        return replace(first, pages=pages[1:], warnings=(*first.warnings, *missing)) if before else first

    def _ask_archive(self, target: Target, failure: Failure, template: str) -> NotYet:
        """The errand to a web archive, for the copy closest to today: the address then held what it was listed for."""
        url = template.replace("{time}", self.now().strftime("%Y%m%d%H%M%S")).replace("{url}", target.url)
        return NotYet(target=replace(target, url=url, behalf=target.behalf or target.url), seconds=0, failed=failure)


def _copy_of(failed: Failure, target: Target, answer: Answer) -> Page | Failure:
    """The archive's copy, as the page at its own address; the first failure where there is none."""
    if not isinstance(answer, Page) or failed.url is None:
        said = answer.detail if isinstance(answer, Failure) else "no page"
        return replace(failed, detail=f"{failed.detail}; no copy in the web archive ({said})")
    source = f"{target.source} via {answer.url}" if target.source else f"via {answer.url}"
    return replace(answer, url=failed.url, url_requested=failed.url, source=source, warnings=(*answer.warnings, FROM_ARCHIVE))
