"""Extraction has no clock: every sample page gives the same record whatever day it is, inside dependencies too."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

__all__: list[str] = []

ROOT = Path(__file__).resolve().parent.parent

# Runs in a process of its own: the clock is replaced before anything that might keep a reference to it is loaded.
PROGRAM = """
import json, sys
from tests.clock import set_clock
set_clock(float(sys.argv[1]))
import datetime, time, dateparser
from pathlib import Path
from extractors import BodyEngine, ExtractionError, Options, extract

records = {}
for page in sorted(Path("data/samples").glob("*/page.*")):
    for engine in BodyEngine:
        try:
            article = extract(page.read_bytes(), url="https://news.example.org/a", options=Options(body_engine=engine))
            records[f"{page.parent.name} {engine}"] = article.to_dict()
        except ExtractionError as error:
            records[f"{page.parent.name} {engine}"] = f"{type(error).__name__}: {error}"
clocks = [time.time(), str(datetime.datetime.now(datetime.UTC)), str(datetime.date.today()), str(dateparser.parse("yesterday").date())]
print(json.dumps({"clocks": clocks, "records": records}))
"""

DAYS = {"2001-09-09": 1_000_000_000.0, "2033-05-18": 2_000_000_000.0}


@cache
def _on(day: str) -> dict[str, Any]:
    command = [sys.executable, "-c", PROGRAM, str(DAYS[day])]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize(("day", "before"), [("2001-09-09", "2001-09-08"), ("2033-05-18", "2033-05-17")])
def test_the_clock_is_replaced_in_dependencies_too(day: str, before: str) -> None:
    clocks = _on(day)["clocks"]
    assert int(clocks[0]) == int(DAYS[day])
    assert clocks[1].startswith(day)
    assert clocks[2] == day
    assert clocks[3] == before


def test_two_todays_give_the_same_records() -> None:
    first, second = (_on(day)["records"] for day in DAYS)
    assert len(first) >= 14 * 2
    differing = {
        page: [key for key in first[page] if first[page][key] != second[page][key]] if isinstance(first[page], dict) else first[page]
        for page in first
        if first[page] != second[page]
    }
    assert differing == {}
