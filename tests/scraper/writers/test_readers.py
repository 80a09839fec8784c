"""DuckDB, pandas, polars and jq read a folder of parts while a process writes it, and after that process was killed.

Where READER_TESTS=required, as on the build machine, a missing reader is a failure and not a skip.
"""

import importlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Reader = Callable[[Path], list[str]]


def _module(name: str) -> Any:
    if os.environ.get("READER_TESTS") == "required":
        return importlib.import_module(name)
    return pytest.importorskip(name, reason=f"{name} is not installed: pip install {name}")


def duckdb(folder: Path) -> list[str]:
    """In SQL."""
    return [row[0] for row in _module("duckdb").sql(f"SELECT id FROM read_json('{folder}/*')").fetchall()]


def polars(folder: Path) -> list[str]:
    """The folder itself, whatever it holds."""
    return list(_module("polars").scan_ndjson(folder).collect()["id"])


def pandas(folder: Path) -> list[str]:
    """Part for part."""
    library = _module("pandas")
    return [name for path in sorted(folder.iterdir()) for name in library.read_json(path, lines=True, dtype=False)["id"]]


def jq(folder: Path) -> list[str]:
    """Through zcat and zstdcat, as in a shell."""
    unpacked = b""
    _need("jq")
    for path in sorted(folder.iterdir()):
        tool = {".gz": ["gzip", "-dc"], ".zst": ["zstd", "-dcq"]}.get(path.suffix, ["cat"])
        _need(tool[0])
        unpacked += subprocess.run([*tool, path], check=True, capture_output=True).stdout
    return subprocess.run(["jq", "-r", ".id"], input=unpacked, check=True, capture_output=True).stdout.decode().split()


def _need(tool: str) -> None:
    if shutil.which(tool) is None and os.environ.get("READER_TESTS") != "required":
        pytest.skip(f"{tool} is not installed: apt-get install {tool}")


READERS = (duckdb, polars, pandas, jq)


@pytest.fixture(params=["", "gz", "zst"])
def writing(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Path, "subprocess.Popen[bytes]"]]:
    folder = tmp_path / "out"
    command = [sys.executable, "-m", "tests.scraper.writers.growing", str(folder), *filter(None, [request.param])]
    with subprocess.Popen(command) as process:
        try:
            yield folder, process
        finally:
            process.kill()


@pytest.mark.parametrize("read", READERS)
def test_whole_lines_at_any_moment(writing: tuple[Path, "subprocess.Popen[bytes]"], read: Reader) -> None:
    folder, process = writing
    while not folder.exists() or not any(folder.iterdir()):
        assert process.poll() is None
        time.sleep(0.01)
    counts = [_whole(read(folder)) for _ in range(3)]
    assert counts == sorted(counts)
    process.kill()
    process.wait()
    assert _whole(read(folder)) >= counts[-1]


def _whole(ids: list[str]) -> int:
    """How many lines were read: each number once, and in order."""
    assert [int(one, 16) for one in ids] == list(range(len(ids)))
    return len(ids)
