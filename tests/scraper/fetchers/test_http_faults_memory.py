"""Faults 18 to 21, 39, 40 and 43 by what the operating system says: a process that meets them all, at the default caps, stays small."""

import subprocess
import sys
import tracemalloc

from scraper.captured import Captured
from scraper.fetchers.http import FetchSettings, HttpFetcher
from scraper.records import Page, Target
from tests.scraper.fetchers.conftest import LOOPBACK
from tests.server import Server, answer
from tests.source import ROOT

MOST = 200 * 1024  # kB, the interpreter and all libraries included

_FETCH = """
import sys
from scraper.fetchers.http import FetchSettings, HttpFetcher
from scraper.records import Failure, Target
from tests.memory import most_memory

fetch = HttpFetcher(FetchSettings(allow_networks=("127.0.0.0/8",), timeout=20))
for url in sys.argv[1:]:
    answer = fetch(Target(url=url))
    print(answer.kind if isinstance(answer, Failure) else f"page of {len(answer.data)}")
fetch.close()
print(most_memory())
"""


def test_18_to_21_the_process_stays_under_200_mb(server: Server) -> None:
    bombs = [f"/bomb/{encoding}{query}" for encoding in ("gzip", "br", "zstd") for query in ("", "?redirect")]
    paths = [*bombs, "/endless", "/long-header", "/big-headers", "/cookie-flood", "/continue-flood"]
    command = [sys.executable, "-c", _FETCH, *map(server.url, paths)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=120)
    *answers, memory = done.stdout.splitlines()
    assert answers[:6:2] == ["too_large"] * 3
    assert all(answer.startswith("page of") for answer in answers[1:6:2])
    assert answers[6:9] == ["too_large", "protocol", "protocol"]
    print(f"most memory: {int(memory) / 1024:.0f} MB")
    assert int(memory) < MOST


def test_what_went_over_the_wire_is_held_no_longer_than_the_exchange(server: Server) -> None:
    server.routes["/large"] = lambda exchange: answer(exchange, b"x" * 1_000_000)
    sizes: list[int] = []

    def keep(captured: Captured) -> str:
        sizes.append(len(captured.response))
        return ""

    fetcher = HttpFetcher(FetchSettings(allow_networks=LOOPBACK, timeout=60))
    fetcher.keep = keep
    tracemalloc.start()
    try:
        assert all(isinstance(fetcher(Target(url=server.url(f"/large/{number}"))), Page) for number in range(10))
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        fetcher.close()
    assert min(sizes) > 1_000_000
    assert held < 4_000_000
