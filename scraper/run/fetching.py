"""How a job fetches: [fetch] as settings, and the fetcher with what it remembers between runs."""

import logging
import ssl
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from http import HTTPStatus
from ipaddress import ip_network

from extractors.urls import host_of
from scraper.errors import JobError, Place
from scraper.fetchers import polite_fetcher
from scraper.fetchers.browser import Browser
from scraper.fetchers.settings import FetchSettings, RobotsMode, unsendable
from scraper.job.keys import FetchSection, Job
from scraper.records import (
    Answer,
    BrowserMode,
    Failure,
    FailureKind,
    Fetch,
    NotYet,
    Page,
    Target,
    Truncation,
    Unchanged,
)
from scraper.run.archiving import Archiving
from scraper.run.errands import Errands
from scraper.run.takedown import TakenDown
from scraper.sources.continued import next_of_article
from scraper.state import State
from scraper.waits import HostWait

__all__ = ["Fetching", "NoFetch", "fetch_settings", "open_fetching"]

_log = logging.getLogger(__name__)

# Keys of [fetch] that are no settings of the fetcher under the same name.
_OTHER_KEYS = frozenset({"parallel", "robots", "ca_bundle", "client_cert", "client_key"})
_OTHER_KEYS |= {"article_pages", "archive_fallback", "archive_url", "browser", "browser_hosts", "browser_allow", "browser_path"}


class NoFetch:
    """For a job without addresses."""

    def ask(self, errand: NotYet) -> Answer | NotYet:
        """One try of a target, or how long to wait before the next."""
        return Failure(url=errand.target.url, kind=FailureKind.INTERNAL, detail="a target in a job without a fetcher")

    def listing(self, target: Target) -> Page | Failure:
        """A document that names targets."""
        answer = self.ask(NotYet(target=target))
        return answer if isinstance(answer, Page | Failure) else Failure(url=target.url, kind=FailureKind.INTERNAL, detail="no listing")

    def sitemaps(self, url: str) -> tuple[str, ...]:  # noqa: ARG002
        """The sitemaps that a site's robots.txt names."""
        return ()

    def left_alone(self) -> tuple[str, ...]:
        """Hosts that failed again and again."""
        return ()

    def waits(self) -> tuple[HostWait, ...]:
        """Hosts of which nothing is asked for now, longest first."""
        return ()

    def render(self, page: Page, refused: FailureKind | None) -> Page | Failure | None:  # noqa: ARG002
        """The page filled in by a browser, where the job wants that; `refused`: what it is without one, once that is known."""
        return None


class GivenFetch(NoFetch):
    """A fetcher that the caller made; it waits by itself and remembers what it likes."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch

    def ask(self, errand: NotYet) -> Answer | NotYet:
        """One target, with all its tries."""
        return self._fetch(errand.target)


class JobFetch(NoFetch):
    """The fetcher that [fetch] describes, with what the job remembers and where it archives. Closed with `stack`."""

    def __init__(self, job: Job, stack: ExitStack, *, state: State | None, archiving: Archiving | None) -> None:
        settings = fetch_settings(job.fetch)
        self._state, self._archiving = state, archiving
        self._taken_down = TakenDown(one.what for one in state.takedowns.all()) if state else TakenDown(())
        self._fetcher = polite_fetcher(
            settings,
            store=state.robots if state else None,
            validators=state.pages.validators if state else None,
            keep=archiving.append if archiving else None,
            taken_down=self._taken_down,
        )
        stack.callback(self._fetcher.close)
        if state is not None:
            self._fetcher.know_listings(state.pages.listing_validators)
            self._fetcher.know_hosts(state.hosts)
        section = job.fetch
        archive = section.archive_url if section.archive_fallback else None
        self._browser: Browser | None = None
        if section.browser is not BrowserMode.NEVER or section.browser_hosts:
            self._browser = Browser(
                get=self._fetcher.part,
                timeout=settings.timeout,
                max_bytes=settings.max_decoded_bytes,
                allow=section.browser_allow,
                path=str(section.browser_path) if section.browser_path else None,
            )
            stack.callback(self._browser.close)
        self._section = section
        self._errands = Errands(attempt=self._fetcher.attempt, follows=next_of_article, pages=section.article_pages, archive=archive)

    def ask(self, errand: NotYet) -> Answer | NotYet:
        """One try of a target, of the next page of its article, or of an archive's copy; or how long to wait before it."""
        answer = self._errands(errand)
        if self._archiving is not None and not isinstance(answer, NotYet):
            self._archiving.conclude(answer)
        return answer

    def listing(self, target: Target) -> Page | Failure:
        """A feed, sitemap or section page, when its host's turn has come; as it was kept, where it has not changed since.

        What was taken down is not asked for: a Failure that the intake leaves out.
        """
        if target.url in self._taken_down:
            return Failure(url=target.url, kind=FailureKind.ADDRESS_REFUSED, detail="it was taken down", attempts=0)
        answer = self._fetcher.listing(target)
        if isinstance(answer, Page) and answer.truncation is Truncation.NO and self._state is not None:
            self._state.pages.keep_listing(answer)
        if not isinstance(answer, Unchanged):
            return answer
        kept = self._state.pages.listing(answer.url) if self._state is not None else None
        assert kept is not None  # its validators were asked with, and they lie beside it
        return Page(
            data=kept[1],
            url=answer.url,
            url_requested=answer.url_requested,
            source=answer.source,
            http_status=HTTPStatus.NOT_MODIFIED,
            content_type=kept[0],
            fetched_at=answer.fetched_at,
            attempts=answer.attempts,
        )

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that the robots.txt of an address's origin names."""
        return () if url in self._taken_down else self._fetcher.sitemaps(url)

    def render(self, page: Page, refused: FailureKind | None) -> Page | Failure | None:
        """The page filled in by a browser: always, for a host that the job names, or where its text needs scripts."""
        if self._browser is None or page.url is None:
            return None
        always = self._section.browser is BrowserMode.ALWAYS or host_of(page.url) in self._section.browser_hosts
        needed = self._section.browser is BrowserMode.NEEDED and refused is FailureKind.JAVASCRIPT_REQUIRED
        return self._browser(page) if (always and refused is None) or (needed and not always) else None

    def left_alone(self) -> tuple[str, ...]:
        """Hosts that failed again and again, by name."""
        return self._fetcher.broken_hosts()

    def waits(self) -> tuple[HostWait, ...]:
        """Hosts of which nothing is asked for now, longest first, and why."""
        return self._fetcher.waits()


Fetching = NoFetch | GivenFetch | JobFetch


def open_fetching(
    job: Job, fetch: Fetch | None, stack: ExitStack, *, state: State | None = None, archiving: Archiving | None = None
) -> Fetching:
    """What `job` fetches with: `fetch` where one is given, nothing for saved pages, else what [fetch] says, closed with `stack`."""
    if fetch is not None:
        return GivenFetch(fetch)
    return JobFetch(job, stack, state=state, archiving=archiving) if job.fetches else NoFetch()


def fetch_settings(section: FetchSection) -> FetchSettings:
    """The settings of the fetcher: its own defaults where the job says nothing. Raises JobError for what cannot be."""
    if section.contact is None and section.user_agent is None:
        _log.warning("no contact given: publishers cannot tell who asks; give an address or page with --contact or [fetch] contact")
    for network in section.allow_networks:
        try:
            ip_network(network)
        except ValueError as error:
            raise JobError(str(error), remedy="write a block like 10.0.0.0/8", place=Place(key="fetch.allow_networks")) from error
    for key in ("ca_bundle", "client_cert", "client_key"):
        path = getattr(section, key)
        if path is not None and not path.is_file():
            raise JobError(f"there is no {path}", place=Place(key=f"fetch.{key}"))
    given = {name: getattr(section, name) for name in section.__struct_fields__ if name not in _OTHER_KEYS}
    settings = FetchSettings(**{name: value for name, value in given.items() if value is not None})
    for key, problem in unsendable(settings):
        raise JobError(problem, remedy="mend it, or the variable that it comes from", place=Place(key=f"fetch.{key}"))
    certificate = tuple(str(path) for path in (section.client_cert, section.client_key) if path)
    _refuse_unreadable(section, certificate)
    return replace(
        settings,
        robots=RobotsMode(section.robots) if section.robots else settings.robots,
        ca_bundle=str(section.ca_bundle) if section.ca_bundle else None,
        client_cert=(certificate[0], certificate[1]) if len(certificate) > 1 else next(iter(certificate), None),
    )


def _refuse_unreadable(section: FetchSection, certificate: Sequence[str]) -> None:
    """Raises JobError for certificates that are none: with them each https address would fail."""
    context = ssl.create_default_context()
    try:
        if section.ca_bundle is not None:
            context.load_verify_locations(section.ca_bundle)
    except OSError as error:
        raise JobError(f"no certificates in {section.ca_bundle}", place=Place(key="fetch.ca_bundle")) from error
    try:
        if certificate:
            context.load_cert_chain(certificate[0], next(iter(certificate[1:]), None), password="")
    except (OSError, ValueError) as error:
        problem = f"no certificate, or not with its key, in {' and '.join(certificate)}"
        raise JobError(problem, remedy="give PEM files, the key without a password", place=Place(key="fetch.client_cert")) from error
