"""Targets in, pages or typed failures out: HTTP with guard, robots, pace and retries."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

    from scraper.captured import Keep
    from scraper.fetchers.http import Known
    from scraper.fetchers.polite import PoliteFetcher
    from scraper.fetchers.robots import RobotsStore
    from scraper.fetchers.settings import FetchSettings

__all__ = ["polite_fetcher"]


def polite_fetcher(
    settings: "FetchSettings",
    *,
    store: "RobotsStore | None" = None,
    validators: "Known | None" = None,
    keep: "Keep | None" = None,
    taken_down: "Container[str]" = (),
) -> "PoliteFetcher":
    """The fetcher that jobs use; `close` it in the end. `store` keeps robots.txt files between runs, `validators` tells a page's.

    `keep` is given every exchange, those for robots.txt, listings and parts of pages included; no redirect leads to `taken_down`.
    """
    from scraper.fetchers.http import HttpFetcher  # noqa: PLC0415  # requests is heavy, and of no use to a job that fetches nothing
    from scraper.fetchers.polite import PoliteFetcher  # noqa: PLC0415

    http = HttpFetcher(settings)
    http.validators, http.keep, http.taken_down = validators, keep, taken_down
    return PoliteFetcher(http, store=store)
