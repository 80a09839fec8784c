"""What a job's values must be beyond their types: headers in one line, addresses, codes of languages, days in order."""

import re
from collections.abc import Iterator

from extractors.urls import host_of
from scraper.errors import JobError, Place
from scraper.job.environment import SECRETS, is_reference
from scraper.job.keys import FetchSection, Job

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


def _unfit_to_send(fetch: FetchSection) -> Iterator[Unfit]:
    for name in ("contact", "user_agent"):
        text = getattr(fetch, name) or ""
        if _CONTROL.search(text):
            yield f"fetch.{name}", "it is sent as a header, and holds a control character", "write it in one line"
        if is_reference(text):
            yield f"fetch.{name}", f"variables are read for secrets alone ({', '.join(SECRETS)})", "write it out"
    if fetch.user_agent is not None and (not fetch.user_agent or fetch.user_agent != fetch.user_agent.strip()):
        yield "fetch.user_agent", "it is empty, or begins or ends with a space", "write it like my-crawler/1.0, or leave the key out"
    if "{url}" not in fetch.archive_url or host_of(fetch.archive_url) is None:
        remedy = "write it like https://web.archive.org/web/{time}id_/{url}"
        yield "fetch.archive_url", "no http or https address with {url} in it, in whose place the address goes", remedy
    for name in ("browser_hosts", "browser_allow"):
        for host in getattr(fetch, name):
            if "/" in host or not host_of(f"https://{host}/"):
                yield f"fetch.{name}", f"{host!r} is no host", "write it like app.example.org"


def _unfit(job: Job) -> Iterator[Unfit]:
    if "/" in (job.job.name or "") or _CONTROL.search(job.job.name or ""):
        yield "job.name", "a slash or control character in a name, which is a part of the names of files", "leave it out"
    yield from _unfit_to_send(job.fetch)
    if job.report.ping is not None and host_of(job.report.ping) is None and not is_reference(job.report.ping):
        yield "report.ping", "no http or https address", "write it like https://hc.example.org/some-id"
    for language in job.filter.language:
        if not _LANGUAGE.fullmatch(language):
            yield "filter.language", f"{language!r} is no code of a language", "write it like en, pt-BR or zh-Hant"
    since, until = job.filter.since, job.filter.until
    if since and until and since > until:
        yield "filter.since", f"{since} is after {until}, which filter.until says, so that no article is wanted", "exchange the two"
