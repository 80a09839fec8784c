"""The command's help is there at once: nothing heavy is imported for it."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

__all__: list[str] = []

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 9
FACTOR = 2.5


def seconds(*arguments: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, check=True, timeout=60)
    return time.perf_counter() - began


def test_help_takes_little_longer_than_click_itself() -> None:
    seconds("-m", "scraper", "--help")  # compiled files are written once
    pairs = [(seconds("-c", "import click"), seconds("-m", "scraper", "--help")) for _ in range(ROUNDS)]
    click, help_ = (statistics.median(column) for column in zip(*pairs, strict=True))
    assert help_ <= FACTOR * click, f"help {help_:.3f} s, click alone {click:.3f} s"


@pytest.mark.parametrize("arguments", [["--help"], ["get", "--help"], ["run", "--help"], ["extract", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    heavy = ["lxml", "requests", "numpy", "msgspec", "extractors", "rich", "trafilatura", "bs4"]
    code = f"import sys; from scraper.__main__ import run_command; run_command({arguments}); print(sorted(set({heavy}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "[]"
