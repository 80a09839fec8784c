"""What becomes of a page: an article, a failure, a repetition, or left out. Here alone an exception of extraction becomes a Failure."""

import hashlib
import math
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Protocol

from extractors.article import Article, Context, Options
from extractors.errors import ExtractionError, InvalidRules
from extractors.urls import document_id
from scraper.defects import defect
from scraper.errors import JobError
from scraper.process.interrupts import TookTooLong, bounded
from scraper.records import Failure, FailureKind, Outcome, OutcomeKind, Page, Truncation
from scraper.run.filters import Filters
from scraper.run.joining import whole
from scraper.run.repetition import Repetition
from scraper.state.documents import Document
from scraper.wishes import page_wishes

__all__ = ["Extract", "Verdict", "context_of", "extraction", "with_warnings"]

Extract = Callable[[Page, str], Article]  # a page, with those on which its article goes on, and the SHA-256 of its bytes


def extraction(options: Options, run_id: str | None) -> Extract:
    """`extractors.extract` with what the world knows of a page filled in."""
    from extractors import extract  # noqa: PLC0415 - loads models and rules, which a job that cannot start need not wait for

    def article_of(page: Page, digest: str) -> Article:
        wanted = replace(options, blocks=True) if page.pages else options  # of which one body is made

        def part(one: Page) -> Article:
            context = context_of(one, digest, run_id)
            return extract(one.data, url=one.url, content_type=one.content_type, context=context, options=wanted)

        article = whole(page, part)
        return article if options.blocks or not page.pages else replace(article, blocks=None)

    return article_of


def context_of(page: Page, digest: str, run_id: str | None) -> Context:
    """What the world knows of a page."""
    return Context(
        url_requested=page.url_requested,
        http_status=page.http_status,
        headers=page.headers,
        fetched_at=page.fetched_at,
        source=page.source,
        run_id=page.run_id or run_id,
        payload_sha256=digest,
        warc_record_id=page.warc_record_id,
        evidence=page.evidence,
    )


class Lines(Protocol):
    """The lines that a dataset holds."""

    def latest(self, document_id: str) -> Document | None: ...


class Verdict:
    """Judges one page after another. What came before in a run without a state is a repetition.

    `lines`: what the dataset holds already. The newest line of an article is not written again while its bytes or its content are the same.
    `run`: the present one, by its number. `allowed`: the seconds that an article may take now.
    """

    def __init__(
        self,
        extract: Extract,
        filters: Filters,
        *,
        lines: Lines | None = None,
        run: int = 0,
        allowed: Callable[[], float] = lambda: math.inf,
    ) -> None:
        self._extract, self._filters, self._lines, self._run, self._allowed = extract, filters, lines, run, allowed
        self._repetition = Repetition() if lines is None else None

    def __call__(self, page: Page) -> Outcome:
        """The outcome of `page`. Raises JobError for rules or profiles that cannot be used, and nothing else."""
        digest = hashlib.sha256(page.data).hexdigest()
        if self._lines is not None:
            line = self._lines.latest(document_id(page.url, page.data))
            if line is not None and line.payload_sha256 == digest and not page.pages:
                return self._known(page, line)
            return self._judge(page, digest)
        first = self._repetition.of_page(page, digest) if self._repetition is not None else None
        return self._judge(page, digest) if first is None else _repeated(page, first)

    def again(self, page: Page) -> Outcome:
        """The outcome of a page that was judged before, and has been filled in since."""
        return self._judge(page, page.payload_sha256 or hashlib.sha256(page.data).hexdigest())

    def _judge(self, page: Page, digest: str) -> Outcome:
        outcome = partial(Outcome, url=_name(page), asked=page.url_requested)
        article = self._extracted(page, digest)
        if isinstance(article, Failure):
            return outcome(kind=OutcomeKind.FAILED, failure=article)
        refusal = self._filters.refuses_article(article)
        if refusal:
            return outcome(kind=OutcomeKind.SKIPPED, reason=refusal)
        line = self._lines.latest(article.id) if self._lines is not None else None
        if line is not None and line.content_hash == article.content_hash:
            return self._known(page, line)
        first = self._repetition.of_article(article, page, digest) if self._repetition is not None else None
        if first is not None:
            return _repeated(page, first)
        return outcome(kind=OutcomeKind.WRITTEN, article=with_warnings(article, page), page=_without_bytes(page))

    def _known(self, page: Page, line: Document) -> Outcome:
        """A page whose article the dataset holds as it is: written by this run under another address, or by an earlier one."""
        outcome = partial(Outcome, url=_name(page), asked=page.url_requested, page=_without_bytes(page))
        if line.run == self._run:
            return outcome(
                kind=OutcomeKind.DUPLICATE, reason=f"{page.name or page.url_requested}: its article was written in this run already"
            )
        return outcome(kind=OutcomeKind.UNCHANGED, reason="the dataset holds it as it is")

    def _extracted(self, page: Page, digest: str) -> Article | Failure:
        """The article of a page, or why there is none. Raises JobError."""
        failure = partial(_failure, page, digest=digest)
        try:
            with bounded(self._allowed()):
                return self._extract(page, digest)
        except InvalidRules as error:
            raise JobError(str(error), remedy="correct that file, or leave it out of the job") from error
        except ExtractionError as error:
            hint = "; --browser may help" if error.kind == FailureKind.JAVASCRIPT_REQUIRED and "rendered" not in page.warnings else ""
            return failure(FailureKind(error.kind), detail=f"{error}{hint}")
        except TookTooLong as error:
            return failure(FailureKind.EXTRACT_TIMEOUT, detail=str(error))
        except MemoryError as error:
            return failure(FailureKind.EXTRACT_MEMORY, detail=defect(error))
        except Exception as error:  # noqa: BLE001 - a defect met in one document must not end the run; it is reported as such
            return failure(FailureKind.INTERNAL, detail=defect(error))


def _repeated(page: Page, first: str) -> Outcome:
    reason = f"{page.name or page.url_requested}: the same as {first}"
    return Outcome(kind=OutcomeKind.DUPLICATE, url=_name(page), asked=page.url_requested, reason=reason)


def _name(page: Page) -> str | None:
    return page.url or page.name


def _without_bytes(page: Page) -> Page:
    return replace(page, data=b"", pages=tuple(replace(later, data=b"") for later in page.pages))


def with_warnings(article: Article, page: Page) -> Article:
    """What the fetch found out is said with what extraction found out, each once."""
    cut = ("truncated",) if _is_cut(page) else ()
    warnings = tuple(dict.fromkeys((*article.warnings, *page.warnings, *page_wishes(page.data), *cut)))
    return article if warnings == article.warnings else replace(article, warnings=warnings)


def _is_cut(page: Page) -> bool:
    """Whether a body was cut: known from the exchange, or where that did not tell an end, by a page that opens what it does not close."""
    if page.truncation is Truncation.MAYBE:
        text = page.data.lower()
        return (b"<html" in text and b"</html" not in text) and (b"<body" in text and b"</body" not in text)
    return page.truncation in {Truncation.LENGTH, Truncation.DISCONNECT}


def _failure(page: Page, kind: FailureKind, *, detail: str, digest: str) -> Failure:
    return Failure(
        url=_name(page),
        kind=kind,
        detail=detail,
        http_status=page.http_status,
        attempts=page.attempts,
        fetched_at=page.fetched_at,
        payload_sha256=digest,
        warc_record_id=page.warc_record_id,
    )
