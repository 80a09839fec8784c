"""`make bench`, the state: a frontier of a million targets put, opened, asked for its next, committed; a run's memory by its pages."""

import subprocess
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from extractors.article import Evidence, Origin
from scraper.job.file import build_job
from scraper.records import Outcome, OutcomeKind, Page, Target
from scraper.run.pipeline import run_job
from scraper.run.schedule import due_after
from scraper.state import State
from scraper.state.targets import Settlement
from tests.scraper.fakes import fake_extract
from tests.source import ROOT

__all__ = ["main"]

TARGETS, HOSTS, BATCH = 1_000_000, 2_000, 200
PAGES = (2_000, 20_000)

_SAID = (Evidence(origin=Origin.SITEMAP, modified="2026-03-05"),)


def _target(number: int) -> Target:
    url = f"https://news{number % HOSTS}.example.org/2026/03/05/story-{number}"
    return Target(url=url, source="sitemap", evidence=_SAID)


def _timed(title: str, work: Callable[[], object], per: int = 1) -> None:
    began = time.perf_counter()
    work()
    taken = time.perf_counter() - began
    print(f"  {title:<46} {taken:>9.3f} s" + (f", {taken / per * 1e6:,.0f} µs each" if per > 1 else ""), flush=True)


def _put(path: Path) -> None:
    state = State(path)
    state.begin()
    for number in range(TARGETS):
        state.targets.add(_target(number), run=1, said=None, due=0.0)
        if number % 10_000 == 0:
            state.commit()
    state.commit()
    state.close()


def _settle(state: State, numbers: range) -> None:
    """What a run does for a batch: each target is looked up and has its outcome; one commit."""
    for number in numbers:
        known = state.targets.find(_target(number).url)
        assert known is not None
        outcome = Outcome(kind=OutcomeKind.UNCHANGED, url=known.target.url, asked=known.target.url)
        due = due_after(outcome, known, now=1.8e9)
        state.targets.settle(known.number, Settlement(run=2, outcome=outcome.kind, failure=None, fetched=1.8e9, due=due))
    state.commit()


def _frontier(folder: Path) -> None:
    path = folder / "state.sqlite"
    print(f"a frontier of {TARGETS:,} targets at {HOSTS:,} hosts")
    _timed("put", lambda: _put(path), TARGETS)
    print(f"  {'on disk':<46} {path.stat().st_size / 2**20:>9.0f} MB")
    _timed("open, and the first target (at most 2 s)", lambda: _first(path))
    state = State(path)
    state.begin()
    waiting = state.targets.waiting(2)
    _timed("next, of each host in turn", lambda: list(islice(waiting, 3 * HOSTS)), 3 * HOSTS)
    _timed(f"settle and commit {BATCH}", lambda: _settle(state, range(BATCH)), BATCH)
    state.close()


def _first(path: Path) -> None:
    state = State(path)
    state.begin()
    state.targets.queue_due_failures(1.8e9)
    assert next(state.targets.waiting(2)) is not None
    state.close()


def _run_of(pages: int, folder: Path) -> None:
    """A whole run of so many pages with a state; fetcher and extractor cost next to nothing and keep nothing, so growth is seen bare."""
    (folder / "urls.txt").write_text("".join(f"https://news{number % 40}.example.org/story-{number}\n" for number in range(pages)))
    raw = {
        "job": {"output": str(folder / "out.jsonl"), "state": str(folder / "state.sqlite")},
        "source": [{"kind": "urls", "path": str(folder / "urls.txt")}],
    }
    filler = b"words " * 2000

    def fetch(target: Target) -> Page:
        return Page(data=b"Page of " + target.url.encode() + filler, url=target.url, url_requested=target.url, http_status=200)

    run = run_job(build_job(raw, base=folder), fetch=fetch, extract=fake_extract)
    assert run.summary.total(OutcomeKind.WRITTEN) == run.summary.targets == pages


def _most_memory(pages: int) -> int:
    """The most memory, in kB, that such a run holds in a process of its own."""
    command = [sys.executable, "-m", "tests.bench_state", str(pages)]
    return int(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()[-1])


def main() -> None:
    """Prints the figures; with a number, that of a run of so many pages alone."""
    with TemporaryDirectory() as folder:
        if len(sys.argv) > 1:
            _run_of(int(sys.argv[1]), Path(folder))
            status = Path("/proc/self/status").read_text()
            print(next(line for line in status.splitlines() if line.startswith("VmHWM:")).split()[1])
            return
        _frontier(Path(folder))
    few, many = (_most_memory(pages) for pages in PAGES)
    print(f"the most memory of a run of {PAGES[0]:,} pages: {few / 1024:.1f} MB, of {PAGES[1]:,}: {many / 1024:.1f} MB")


if __name__ == "__main__":
    main()
