"""A line that is no record is told and left out by whoever reads a dataset, whatever is wrong with it."""

from pathlib import Path

import pytest

from scraper.__main__ import run_command
from scraper.errors import ExitCode

DEEP = b'{"id": "1", "x": ' + b"[" * 100_000


@pytest.mark.parametrize("line", [b'{"id": "1", "title": "\xff"}', b'{"id": ', DEEP], ids=["bytes", "cut", "deep"])
@pytest.mark.parametrize("command", [["export"], ["report"], ["validate"], ["prune"]], ids=lambda command: command[0])
def test_it_is_named(command: list[str], line: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(line + b"\n")
    assert run_command([*command, str(path)]) == ExitCode.SOME_FAILED
    told = capsys.readouterr()
    assert f"{path}, line 1: no " in told.out + told.err
