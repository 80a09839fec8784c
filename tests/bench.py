"""`make bench`: how long the command takes to start, and a page to extract. Compare figures of one machine and one run only."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from extractors import ExtractionError, extract
from tests.source import ROOT

__all__ = ["main"]

ROUNDS = 15


def _milliseconds(run: Callable[[], object]) -> list[float]:
    """Each of ROUNDS calls, in milliseconds, after one to warm up."""
    run()
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        run()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def _process(*arguments: str) -> Callable[[], object]:
    command = [sys.executable, *arguments]
    return lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)


def _tried(page: bytes) -> None:
    try:
        extract(page, url="https://news.example.org/a")
    except ExtractionError:
        return  # a failure takes time as well


def _row(name: str, taken: list[float]) -> None:
    print(f"{name:<44} {statistics.median(taken):>8.1f} {min(taken):>8.1f} {max(taken):>8.1f}")


def main() -> None:
    """Prints the table."""
    print(f"{'milliseconds, of ' + str(ROUNDS):<44} {'median':>8} {'least':>8} {'most':>8}")
    bare = _milliseconds(_process("-c", "import click"))
    started = _milliseconds(_process("-m", "scraper", "--help"))
    _row("python -c 'import click'", bare)
    _row("scraper --help", started)
    print(f"{'scraper --help over import click (at most 2.5)':<44} {statistics.median(started) / statistics.median(bare):>8.2f}")
    every = []
    for path in sorted(Path(ROOT / "data" / "samples").glob("*/page.*")):
        page = path.read_bytes()
        taken = _milliseconds(partial(_tried, page))
        every += taken
        _row(f"{path.parent.name} ({len(page) // 1024} KB)", taken)
    _row("all samples", every)


if __name__ == "__main__":
    main()
