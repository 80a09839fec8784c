"""`make bench`, fetching: overhead over a bare requests loop, a feed of 200,000 items and a sitemap of 50,000 addresses."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import local

import requests

from scraper.engines.local import Later, run_in_lanes
from scraper.fetchers import polite_fetcher
from scraper.fetchers.settings import FetchSettings
from scraper.records import Answer, NotYet, Page, Target
from scraper.sources.feeds import Feeds
from scraper.sources.sitemaps import Sitemaps
from tests.memory import most_memory
from tests.source import ROOT

__all__ = ["main"]

PAGES, THREADS, ROUNDS = 2000, 8, 5
ITEMS, ADDRESSES = 200_000, 50_000

# The server in a process of its own, so that it shares no interpreter lock with what is measured.
_SERVER = """
import sys, time
from tests.faults import ROUTES
from tests.server import Server
with Server(routes=dict(ROUTES), address="0.0.0.0") as server:
    print(server.port, flush=True)
    sys.stdin.read()
"""


def _bare(urls: list[str]) -> None:
    """A session for each thread and nothing else."""
    own = local()

    def fetch(url: str) -> int:
        if not hasattr(own, "session"):
            own.session = requests.Session()
            own.session.trust_env = False
        return len(own.session.get(url, timeout=30).content)

    with ThreadPoolExecutor(THREADS) as pool:
        assert all(size > 1000 for size in pool.map(fetch, urls))


def _polite(urls: list[str]) -> None:
    """The job's own way: lanes of hosts, robots.txt, guard, deadline, caps."""
    fetch = polite_fetcher(FetchSettings(contact="bench@example.org", delay=0.0, allow_networks=("127.0.0.0/8",)))

    def work(errand: NotYet) -> Answer | Later[NotYet]:
        answer = fetch.attempt(errand)
        return Later(answer, answer.seconds) if isinstance(answer, NotYet) else answer

    items = (NotYet(target=Target(url=url)) for url in urls)
    results: Iterator[object] = run_in_lanes(items, work, lane_of=lambda errand: errand.target.url.split("/")[2], parallel=THREADS)
    try:
        assert all(isinstance(done.result, Page) for done in results)  # type: ignore[attr-defined]
    finally:
        fetch.close()


def _seconds(run: Callable[[list[str]], None], urls: list[str]) -> float:
    began = time.perf_counter()
    run(urls)
    return time.perf_counter() - began


def _overhead() -> None:
    """Both loops in turns, so that a busy moment of the machine meets both."""
    with subprocess.Popen([sys.executable, "-c", _SERVER], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        urls = [f"http://127.2.0.{number % THREADS + 1}:{port}/article/{number}" for number in range(PAGES)]
        pairs = [(_seconds(_bare, urls), _seconds(_polite, urls)) for _ in range(ROUNDS)]
        assert server.stdin is not None
        server.stdin.close()
    bare, polite = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"{PAGES} small pages, {THREADS} threads, median of {ROUNDS} rounds in turns")
    print(f"  bare requests.Session            {bare:>8.2f} s")
    print(f"  this fetcher, robots and guard   {polite:>8.2f} s")
    ratios = [second / first for first, second in pairs]
    print(f"  ratio (at most 1.5)              {statistics.median(ratios):>8.2f}, from {min(ratios):.2f} to {max(ratios):.2f}")


def _feed() -> bytes:
    items = (
        f"<item><title>Story {number} of the day</title><link>https://news.example.org/2026/03/05/story-{number}</link>"
        f"<pubDate>Thu, 05 Mar 2026 07:30:00 GMT</pubDate><category>City</category></item>"
        for number in range(ITEMS)
    )
    return f'<rss version="2.0"><channel><title>t</title>{"".join(items)}</channel></rss>'.encode()


def _sitemap() -> bytes:
    rows = (f"<url><loc>https://news.example.org/story-{number}</loc><lastmod>2026-03-05</lastmod></url>" for number in range(ADDRESSES))
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(rows)}</urlset>'.encode()


def _listing(kind: str, file: Path) -> None:
    """Reads one document in this process and prints time and growth of memory."""
    page = Page(data=file.read_bytes(), url="https://news.example.org/listing")
    source = (Feeds if kind == "feed" else Sitemaps)(urls=("https://news.example.org/listing",), get=lambda target: page)
    before, began = most_memory(), time.perf_counter()
    count = sum(1 for _ in source)
    grown = most_memory() - before
    megabytes, taken = len(page.data) / 2**20, time.perf_counter() - began
    print(f"{kind} of {count} entries, {megabytes:.0f} MB: {taken:.2f} s, memory grown by {grown / 1024:.0f} MB")


def main() -> None:
    """Prints the figures; each listing is read in a process of its own, so that its memory is its own."""
    if len(sys.argv) > 1:
        _listing(sys.argv[1], Path(sys.argv[2]))
        return
    _overhead()
    for kind, data in (("feed", _feed()), ("sitemap", _sitemap())):
        with NamedTemporaryFile() as file:
            file.write(data)
            file.flush()
            subprocess.run([sys.executable, "-m", "tests.bench_fetch", kind, file.name], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
