"""Standard streams that are full, closed, or know few letters: one line and exit code 6, or escapes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "data" / "samples" / "centre-ar" / "page.html"
COMMANDS = [["explain", str(PAGE)], ["explain", str(PAGE), "--json"], ["schema"], ["extract", str(PAGE)], ["run", "j.toml", "--check"]]
JOB = '[job]\noutput = "o.jsonl"\n[[source]]\nkind = "urls"\nurls = ["https://example.org/"]\n'


def told(folder: Path, arguments: list[str], stdout: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    """The command with its standard output as a shell redirects it."""
    (folder / "j.toml").write_text(JOB)
    command = f'exec "$@" {stdout}'
    variables = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    program = ["sh", "-c", command, "sh", sys.executable, "-m", "scraper", *arguments]
    return subprocess.run(program, cwd=folder, env=variables, capture_output=True, timeout=60, check=False)


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(
    ("stdout", "words"), [(">/dev/full", b"No space left on device"), (">&-", b"Bad file descriptor")], ids=["full", "closed"]
)
def test_an_output_that_takes_nothing_is_said(tmp_path: Path, arguments: list[str], stdout: str, words: bytes) -> None:
    if stdout == ">/dev/full" and not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    done = told(tmp_path, arguments, stdout)
    assert done.returncode == 6
    assert b"error: cannot write to standard output: " + words in done.stderr
    assert b"Traceback" not in done.stderr


def test_what_needs_no_output_runs_without_one(tmp_path: Path) -> None:
    assert told(tmp_path, ["extract", str(PAGE), "-o", "o.jsonl", "-q"], "<&- >&- 2>&-").returncode == 0
    assert len((tmp_path / "o.jsonl").read_text().splitlines()) == 1


def test_letters_that_the_terminal_has_not_are_escaped(tmp_path: Path) -> None:
    done = told(tmp_path, ["explain", str(PAGE)], "", PYTHONIOENCODING="latin-1")
    assert done.returncode == 0
    assert rb"\u0627\u0644" in done.stdout
    done = told(tmp_path, ["explain", str(PAGE), "--json"], "", PYTHONIOENCODING="latin-1")
    assert json.loads(done.stdout)["record"]["language"] == "ar"
