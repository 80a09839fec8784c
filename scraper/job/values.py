"""What a job's values must be beyond their types: headers in one line, addresses, codes of languages, days in order."""

import re
from collections.abc import Iterator

from extractors.urls import host_of
from scraper.errors import JobError, Place
from scraper.job.environment import is_reference
from scraper.job.keys import Job

__all__ = ["refuse_unfit"]

_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")  # RFC 9110, 5.5; a tab is allowed
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")  # BCP 47; longer first parts are names, not codes

Unfit = tuple[str, str, str]  # the key, what is wrong with its value, what to do


def refuse_unfit(job: Job) -> None:
    """Raises JobError, its place being a key, for the first value that cannot be used. Values that may be secret are not repeated.

    What the fetcher is given is looked at where its settings are made.
    """
    for key, problem, remedy in _unfit(job):
        raise JobError(problem, remedy=remedy, place=Place(key=key))


def _unfit(job: Job) -> Iterator[Unfit]:
    for name in ("contact", "user_agent"):
        if _CONTROL.search(getattr(job.fetch, name) or ""):
            yield f"fetch.{name}", "it is sent as a header, and holds a control character", "write it in one line"
    if job.report.ping is not None and host_of(job.report.ping) is None and not is_reference(job.report.ping):
        yield "report.ping", "no http or https address", "write it like https://hc.example.org/some-id"
    for language in job.filter.language:
        if not _LANGUAGE.fullmatch(language):
            yield "filter.language", f"{language!r} is no code of a language", "write it like en, pt-BR or zh-Hant"
    since, until = job.filter.since, job.filter.until
    if since and until and since > until:
        yield "filter.since", f"{since} is after {until}, which filter.until says, so that no article is wanted", "exchange the two"
