"""The check of quality floors: what is under its floor is named, and floors only rise."""

import json
import subprocess
import sys
from pathlib import Path

from tests.floors import FLOORS, MEASURES, compare, figures_of, lifted

__all__: list[str] = []

# A scorer that takes the options that the check gives and reports one figure.
FAKE = """
import argparse, json, pathlib
parser = argparse.ArgumentParser()
parser.add_argument("--json", type=pathlib.Path)
figure = float(pathlib.Path(__file__).with_name("figure").read_text())
parser.parse_args().json.write_text(json.dumps({"news": {"project": {"word": figure, "ms": 12.5, "errors": 0, "pages": {}}}}))
"""


def _check(folder: Path, figure: float, *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "score.py").write_text(FAKE)
    (folder / "figure").write_text(str(figure))
    command = [sys.executable, "-m", "tests.floors", str(folder), "--floors", str(folder / "floors.json"), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=FLOORS.parent.parent)


def test_a_figure_under_its_floor_fails_and_is_named(tmp_path: Path) -> None:
    (tmp_path / "floors.json").write_text('{"news": {"word": 0.9}}')
    done = _check(tmp_path, 0.85)
    assert done.returncode == 1
    assert "news: word is 0.85, its floor 0.9" in done.stderr


def test_a_figure_on_its_floor_holds(tmp_path: Path) -> None:
    (tmp_path / "floors.json").write_text('{"news": {"word": 0.9}}')
    assert _check(tmp_path, 0.9).returncode == 0


def test_a_floor_without_a_figure_fails(tmp_path: Path) -> None:
    (tmp_path / "floors.json").write_text('{"news": {"title": 0.9}}')
    done = _check(tmp_path, 0.99)
    assert done.returncode == 1
    assert "news: title is None" in done.stderr


def test_raising_lifts_and_never_lowers(tmp_path: Path) -> None:
    (tmp_path / "floors.json").write_text('{"news": {"word": 0.9}}')
    assert _check(tmp_path, 0.95, "--raise").returncode == 0
    assert json.loads((tmp_path / "floors.json").read_text()) == {"news": {"word": 0.947}}
    assert _check(tmp_path, 0.85, "--raise").returncode == 1
    assert json.loads((tmp_path / "floors.json").read_text()) == {"news": {"word": 0.947}}


def test_a_new_set_and_measure_are_added() -> None:
    assert lifted({"a": {"word": 0.5}}, {"b": {"date": 0.7}}) == {"a": {"word": 0.5}, "b": {"date": 0.697}}


def test_only_measures_count_as_figures() -> None:
    assert figures_of({"a": {"project": {"word": 0.5, "ms": 3.0, "x": 1.0, "errors": 2}}}) == {"a": {"word": 0.5}}


def test_the_packaged_floors_are_shares_of_known_measures() -> None:
    floors = json.loads(FLOORS.read_text("utf-8"))
    assert floors
    for finding in compare(floors, {}):
        assert finding.measure in MEASURES
        assert 0 < finding.floor <= 1
