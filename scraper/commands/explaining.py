"""From an address or a file to the trace of its page."""

import hashlib
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from extractors.errors import ExtractionError, InvalidRules
from extractors.trace import Trace, trace
from scraper.commands.execute import finished_job
from scraper.errors import JobError
from scraper.job.keys import Job
from scraper.records import Failure, Page, Target
from scraper.report.logs import visible
from scraper.run.fetching import NoFetch, open_fetching
from scraper.run.inlets import open_source
from scraper.run.pipeline import extract_options
from scraper.run.verdict import context_of, with_warnings
from scraper.sources.urls import address_problem

__all__ = ["Refused", "read_page", "traced"]


class Refused(Exception):
    """There is nothing to explain: no page, or no article in it. The message is one line with the kind of failure."""


def read_page(place: str, known: Mapping[str, Any], params: Mapping[str, Any]) -> tuple[Page, Job]:
    """The page at an address, in a file or on standard input, and the job that the flags describe. Raises Refused where there is none."""
    if "://" in place:
        problem = address_problem(place)
        if problem or known:
            raise click.UsageError(f"{place!r}: {problem or 'what is known of a saved page cannot be said of an address'}.")
        job = finished_job({"source": [{"kind": "urls", "urls": [place]}]}, params)
        with ExitStack() as stack:
            found: Page | Failure | Target | None = open_fetching(job, None, stack).listing(Target(url=place))
    else:
        if place != "-" and not Path(place).exists():
            raise click.UsageError(f"there is no file {place}; an address begins with https:// or http://.")
        path = place if place == "-" else str(Path(place).absolute())
        job = finished_job({"source": [{"kind": "files", "path": path, **known}]}, params)
        found = next(iter(open_source(job.source[0], 0, fetching=NoFetch(), since=None)), None)
    if isinstance(found, Page):
        return found, job
    raise Refused(f"{found.kind}: {visible(found.detail)}" if isinstance(found, Failure) else f"no page in {place}")


def traced(page: Page, job: Job) -> Trace:
    """The trace of a page; its article is that of `scraper get` and `scraper extract`. Raises Refused where it holds none."""
    digest = hashlib.sha256(page.data).hexdigest()
    context = context_of(page, digest, job.job.run_id)
    try:
        told = trace(page.data, url=page.url, content_type=page.content_type, context=context, options=extract_options(job))
    except InvalidRules as error:
        raise JobError(str(error), remedy="correct that file, or leave it out") from error
    except ExtractionError as error:
        raise Refused(f"{error.kind}: {visible(str(error))}") from error
    return replace(told, article=with_warnings(told.article, page))
