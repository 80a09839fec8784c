"""Who is told of a run besides its user: the service that waits for its ping, the collector of its metrics. Neither can end it."""

import logging

from scraper.fetchers.ping import Event, ping
from scraper.fetchers.settings import FetchSettings
from scraper.job.keys import Job
from scraper.report.closing import Closing
from scraper.report.metrics import write_metrics

__all__ = ["announce", "report"]

_log = logging.getLogger(__name__)


def announce(job: Job) -> None:
    """That the run begins."""
    _ping(job, Event.START)


def report(job: Job, closing: Closing) -> None:
    """How the run ended. What cannot be told is a warning."""
    if job.report.metrics is not None:
        try:
            write_metrics(job.report.metrics, closing)
        except OSError as error:
            _log.warning("%s: cannot write the metrics: %s", job.report.metrics, error.strerror or error)
    _ping(job, Event.SUCCESS if closing.well else Event.FAILURE)


def _ping(job: Job, event: Event) -> None:
    if job.report.ping is None:
        return
    settings = FetchSettings(
        contact=job.fetch.contact,
        timeout=job.report.ping_timeout,
        allow_networks=job.fetch.allow_networks,
        proxies=job.fetch.proxies or {},
        ca_bundle=str(job.fetch.ca_bundle) if job.fetch.ca_bundle else None,
    )
    problem = ping(job.report.ping, event, settings=settings)
    if problem is not None:
        _log.warning("the ping at the run's %s did not arrive: %s", event.name.lower(), problem)
