"""Fetchers with short deadlines, and what a test measures of a call."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from scraper.captured import Captured
from scraper.fetchers.http import FetchSettings, HttpFetcher
from scraper.fetchers.transport import MAX_HEAD
from scraper.records import Failure, FailureKind, Page, Target

DEADLINE = 0.6
LOOPBACK = ("127.0.0.0/8",)


@dataclass(frozen=True, slots=True)
class Result:
    """What a call gave and how many seconds it took."""

    outcome: Page | Failure
    seconds: float

    @property
    def page(self) -> Page:
        """The page; the test fails with the failure's detail where there is none."""
        assert isinstance(self.outcome, Page), self.outcome
        return self.outcome

    def failure(self, kind: FailureKind) -> Failure:
        """The failure, which must be of this kind."""
        assert isinstance(self.outcome, Failure), self.outcome
        assert self.outcome.kind is kind, self.outcome
        assert self.outcome.detail
        assert self.outcome.fetched_at is not None
        assert self.outcome.fetched_at.tzinfo is not None
        return self.outcome


Get = Callable[..., Result]


@pytest.fixture
def get() -> Iterator[Get]:
    """Fetch an address: `get(url)`, with settings and injected parts by name.

    No call outlasts its deadline by more than half a second; of no answer are more bytes read, or kept, than its caps allow.
    """
    fetchers: list[HttpFetcher] = []

    def call(url: str, *, resolve: Callable[[str, int], list[str]] | None = None, **settings: object) -> Result:
        chosen = FetchSettings(**{"allow_networks": LOOPBACK, "timeout": DEADLINE, **settings})  # type: ignore[arg-type]
        fetcher = HttpFetcher(chosen, resolve=resolve) if resolve else HttpFetcher(chosen)
        fetchers.append(fetcher)
        read: list[int] = []

        def count(captured: Captured) -> str:
            read.append(len(captured.response))
            return ""

        fetcher.keep = count
        started = time.monotonic()
        outcome = fetcher(Target(url=url, source="test"))
        seconds = time.monotonic() - started
        assert seconds < chosen.timeout + 0.5
        assert max(read, default=0) <= chosen.max_bytes + MAX_HEAD
        assert len(read) <= chosen.max_redirects + 1
        assert not isinstance(outcome, Page) or len(outcome.data) <= chosen.max_decoded_bytes
        return Result(outcome, seconds)

    yield call
    for fetcher in fetchers:
        fetcher.close()
