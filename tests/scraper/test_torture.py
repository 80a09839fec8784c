"""A job that is killed at random moments has each address once in the end, and an archive that verifies."""

from pathlib import Path

import pytest

from tests.torture import GROWTH, torture

KILLS = 30  # for each; `make torture` does a thousand


@pytest.mark.parametrize("output", ["out.jsonl", "out/"])
def test_killed_again_and_again(tmp_path: Path, output: str) -> None:
    counts = torture(tmp_path, KILLS, output=output)
    assert (counts.lines, counts.addresses) == (KILLS * GROWTH, KILLS * GROWTH), counts
    assert (counts.repeated, counts.missing, counts.torn) == (0, 0, 0), counts
    assert counts.refetched <= counts.allowed, counts
    assert counts.warc_files > 0
