"""Open files: as many as the system allows are asked for, and idle connections leave room for what is at work."""

import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper.fetchers.http import FetchSettings, HttpFetcher
from scraper.records import Page, Target
from tests.faults import ROUTES
from tests.scraper.fetchers.conftest import LOOPBACK
from tests.server import Server

ROOT = Path(__file__).resolve().parents[3]
TOLD = "import resource; from scraper.process.openfiles import allow_open_files as allow; allow(); print(resource.getrlimit(7)[0])"


@pytest.mark.skipif(resource.RLIMIT_NOFILE != 7, reason="the number of the limit is another one here")
@pytest.mark.parametrize(("soft", "hard", "given"), [(64, 500, 500), (64, 9000, 8192), (9000, 9000, 9000)])
def test_a_process_asks_for_what_it_may_have(soft: int, hard: int, given: int) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

    done = subprocess.run([sys.executable, "-c", TOLD], cwd=ROOT, preexec_fn=limit, capture_output=True, text=True, check=True)
    assert int(done.stdout) == given


@pytest.fixture
def few_files() -> Iterator[int]:
    """400 more than are open now."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    few = len(list(Path("/dev/fd").iterdir())) + 400
    resource.setrlimit(resource.RLIMIT_NOFILE, (few, hard))
    yield few
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_connections_that_are_kept_leave_room(few_files: int) -> None:
    hosts = few_files * 3 // 4  # each connection has both its ends in this process
    with Server(routes=dict(ROUTES), address="0.0.0.0") as server:
        fetcher = HttpFetcher(FetchSettings(allow_networks=LOOPBACK, timeout=5.0))
        answers = [
            fetcher(Target(url=f"http://127.1.{number // 250}.{number % 250 + 1}:{server.port}/article/1")) for number in range(hosts)
        ]
        fetcher.close()
    assert [answer for answer in answers if not isinstance(answer, Page)] == []
