"""A job that is killed again and again while it grows: what it has in the end, counted.

By hand: `python -m tests.torture [KILLS] [SEED]`; `make torture` does 1,000.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

from scraper.warc.files import in_order
from tests.faults import article_page
from tests.scraper.archive.parts import check
from tests.server import Exchange, Server, answer

__all__ = ["Counts", "torture"]

HOSTS = 4
GROWTH = 6  # addresses that are added before each start
PAUSE = 0.004  # seconds that the server takes for a page, so that kills meet requests in flight
LATEST = 0.6  # seconds from the first request to the kill, at most, for the other kills
JOB = """[job]
output = "{output}"
[[source]]
kind = "feed"
urls = ["{feed}"]
[fetch]
allow_networks = ["127.0.0.0/8"]
delay = 0
contact = "t@example.org"
"""
EARLIEST = 0.7  # seconds from the start, within which half of the kills come
ROOT = Path(__file__).parent.parent


@dataclass(slots=True)
class Counts:
    """What is there when all is over. `refetched`: requests beyond the first for a page; `allowed`: one a host and kill."""

    kills: int = 0
    addresses: int = 0
    lines: int = 0
    repeated: int = 0
    missing: int = 0
    torn: int = 0
    refetched: int = 0
    allowed: int = 0
    warc_files: int = 0


def torture(folder: Path, kills: int, *, output: str = "out.jsonl", seed: int = 0) -> Counts:
    """Kills a job at `kills` random moments, lets it end, and counts. Raises AssertionError where the archive does not verify."""
    dice = random.Random(seed)
    with Server(routes={"/article/": _slow}, address="0.0.0.0") as server:
        urls: list[str] = []
        parts = "[write]\npart_bytes = 20000\nvisible_interval = 0.2\n" if output.endswith("/") else ""
        (folder / "job.toml").write_text(JOB.format(output=output, feed=server.url("/feed", "127.0.0.1")) + parts)
        server.routes["/feed"] = lambda exchange: answer(exchange, _feed(urls))
        for _ in range(kills):
            urls += [server.url(f"/article/{len(urls) + more}", f"127.0.0.{more % HOSTS + 1}") for more in range(GROWTH)]
            _kill(_start(folder), server, dice)
        process = _start(folder)
        _, told = process.communicate(timeout=300)
        assert process.returncode == 0, told.decode()
        asked = Counter((entry.host, entry.path) for entry in server.log if entry.path.startswith("/article/"))
    counts = _counted(folder / output.rstrip("/"), urls)
    counts.kills, counts.allowed = kills, kills * HOSTS
    counts.refetched = asked.total() - len(asked)
    files = in_order(folder / "out.warc")
    counts.warc_files = len(files)
    with pytest.MonkeyPatch.context() as patch:
        check(files, patch)
    return counts


def _feed(urls: list[str]) -> bytes:
    items = "".join(f"<item><link>{url}</link></item>" for url in urls)
    return f"<rss version='2.0'><channel><title>all</title>{items}</channel></rss>".encode()


def _slow(exchange: Exchange) -> None:
    time.sleep(PAUSE)
    answer(exchange, article_page(exchange.request.path))


def _start(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.scraper.fakes", "run", "job.toml", "-q"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def _kill(process: "subprocess.Popen[bytes]", server: Server, dice: random.Random) -> None:
    """Ends the process at a random moment: while it starts, or once it asks for pages."""
    before = len(server.log)
    early = dice.random() < 0.5
    end = time.monotonic() + (dice.uniform(0, EARLIEST) if early else 20)
    while process.poll() is None and time.monotonic() < end and len(server.log) == before:
        time.sleep(0.002)
    if not early:
        time.sleep(dice.uniform(0, LATEST) ** 2 / LATEST)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def _counted(output: Path, urls: list[str]) -> Counts:
    files = sorted(output.iterdir()) if output.is_dir() else [output]
    counts, seen = Counts(addresses=len(urls)), Counter[str]()
    for path in files:
        for line in path.read_bytes().splitlines(keepends=True):
            counts.lines += 1
            try:
                seen[json.loads(line)["url"]] += 1
            except (ValueError, KeyError):
                counts.torn += 1
    counts.repeated = seen.total() - len(seen)
    counts.missing = len(set(urls) - set(seen))
    return counts


def main() -> None:
    """Print the counts of a run on one file and of one on a folder of parts, half of the kills each."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    wrong = False
    for output in ("out.jsonl", "out/"):
        with tempfile.TemporaryDirectory() as folder:
            counts = torture(Path(folder), kills // 2, output=output, seed=seed)
        print(f"{output}: " + ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in asdict(counts).items()), flush=True)
        wrong |= bool(counts.repeated or counts.missing or counts.torn or counts.refetched > counts.allowed)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
