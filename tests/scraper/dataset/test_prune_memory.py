"""`scraper prune` in memory that does not grow with the dataset."""

import json
import subprocess
import sys
from pathlib import Path

from tests.scraper.dataset.datasets import host, write

ROOT = Path(__file__).resolve().parents[3]
# Peak resident memory of the whole process, SQLite's own included, in KiB (bytes on macOS).
PROGRAM = """
import resource, sys
from scraper.__main__ import run_command
code = run_command(["prune", sys.argv[1], "-o", sys.argv[2]])
unit = 1 if sys.platform == "linux" else 1024
print(code, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit)
"""


def peak(folder: Path, hosts: int) -> int:
    """KiB that a run over 500 articles of each host takes at its most."""
    source = write(folder / f"{hosts}.jsonl", (one for number in range(hosts) for one in host(f"h{number}.example", 500)))
    command = [sys.executable, "-c", PROGRAM, str(source), str(folder / f"{hosts}.new.jsonl")]
    done = subprocess.run(command, cwd=folder, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=100, check=True)
    code, used = done.stdout.splitlines()[-1].split()
    assert code == "0", done.stderr
    return int(used)


def test_ten_times_the_lines_take_no_more_memory(tmp_path: Path) -> None:
    small, large = peak(tmp_path, 4), peak(tmp_path, 40)
    assert (tmp_path / "40.jsonl").stat().st_size > 25 << 20
    assert large - small < 5 << 10, f"{small} KiB for 2,000 records, {large} KiB for 20,000"
    with (tmp_path / "40.new.jsonl").open(encoding="utf-8") as lines:
        assert sum(len(json.loads(line)["removed"]) for line in lines) == 30_000
