"""When an address is asked for again: a function of what is known of it, what its source says now, and the moment."""

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from extractors.article import Article, Evidence
from scraper.records import Failure, FailureKind, Outcome, OutcomeKind, Target
from scraper.state.targets import KnownTarget

__all__ = ["due_after", "is_due", "said_of"]

# An article is looked at again after a tenth of its age: hourly on its first day, daily after ten, monthly in the end. News sites make most
# of their corrections within hours of publication.
SHARE = 0.1
SOONEST, LATEST = 3600.0, 30 * 86400.0

# After a failure that tells of the moment: a quarter of an hour, then an hour, four, sixteen, a day; left for good after so many in a row.
FIRST_RETRY, RETRY_GROWTH, LAST_RETRY = 900.0, 4, 86400.0
MOST_FAILURES = 8
PASSING = frozenset(
    {
        FailureKind.DNS,
        FailureKind.CONNECT,
        FailureKind.TLS,
        FailureKind.TIMEOUT,
        FailureKind.TRUNCATED,
        FailureKind.PROTOCOL,
        FailureKind.HTTP_5XX,
        FailureKind.RATE_LIMITED,
        FailureKind.ROBOTS_UNAVAILABLE,
        FailureKind.BOT_CHALLENGE,
        FailureKind.EXTRACT_TIMEOUT,  # of a machine that was busy, or of the end of a run
    }
)


def is_due(known: KnownTarget, target: Target, *, round_start: int, now: float) -> bool:
    """Whether a target that was asked for before, and is named again, is asked for again.

    One that its user named is, once in each round; the others when the feed or sitemap says something newer of them, or their time has
    come. `round_start`: the first run of the present round; `now`: seconds since 1970. What was fetched after `now` was fetched before
    the clock was set back, and tells nothing.
    """
    fresh = known.settled_in is not None and known.settled_in >= round_start
    if target.insist and not fresh:
        return True
    said = said_of(target.evidence)
    if said is not None and said > (known.said or known.fetched or said):
        return True
    if known.fetched is not None and known.fetched > now:
        return not fresh
    return known.due is not None and known.due <= now


def due_after(outcome: Outcome, known: KnownTarget, *, now: float) -> float | None:
    """From when a target with that outcome may be asked for again, seconds since 1970; None: only where its user or source wants it."""
    if outcome.failure is not None:
        return _after_failure(outcome.failure, known.failures + (not outcome.failure.put_off), now)
    if outcome.kind is OutcomeKind.UNCHANGED and known.due is not None and known.fetched is not None:
        return now + _bounded(2 * (known.due - known.fetched))
    published = _published(outcome.article) or known.said or known.fetched or now
    return now + _bounded(SHARE * (now - published))


def said_of(evidence: Sequence[Evidence]) -> float | None:
    """The newest moment that a feed or sitemap tells of an article, seconds since 1970; a day counts from its beginning, UTC."""
    moments = [moment for said in evidence for text in (said.published, said.modified) if (moment := _moment(text)) is not None]
    return max(moments, default=None)


def _after_failure(failure: Failure, failures: int, now: float) -> float | None:
    if failure.kind not in PASSING or failures >= MOST_FAILURES:
        return None
    wait = min(FIRST_RETRY * float(RETRY_GROWTH ** max(failures - 1, 0)), LAST_RETRY)
    return now + max(wait, failure.retry_after or 0.0)


def _bounded(seconds: float) -> float:
    return min(max(seconds, SOONEST), LATEST)


def _published(article: Article | None) -> float | None:
    return _moment(article.date_modified or article.date_published) if article is not None else None


def _moment(text: str | None) -> float | None:
    """The moment of an ISO 8601 or RFC 5322 date; UTC where it names no zone, None for what is neither."""
    text = (text or "").strip()
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment: datetime = read(text)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
        except (ValueError, OverflowError):
            continue
    return None
