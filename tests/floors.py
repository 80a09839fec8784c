"""Quality floors: `python -m tests.floors GOLD_DIR` runs the scorer and fails where a figure is under its floor.

`--raise` lifts each floor to the figure seen less a margin; a floor never falls. The floors guard against regressions and prove
nothing else: parts of the program were fitted on these pages.
"""

import argparse
import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["FLOORS", "Finding", "Table", "compare", "figures_of", "lifted", "main"]

FLOORS = Path(__file__).resolve().parent.parent / "data" / "floors.json"

MEASURES = ("shingle", "word", "para", "snippet", "title", "authors", "date", "topics")

# How far under the figure seen a floor stands: answers are exact on one machine, but a dependency's release may move a page of a set.
MARGIN = 0.003

Table = Mapping[str, Mapping[str, float]]  # set -> measure -> figure


@dataclass(frozen=True, slots=True)
class Finding:
    """One floor, and the figure that stands over or under it; None where the scorer gave none."""

    set: str
    measure: str
    floor: float
    figure: float | None

    @property
    def holds(self) -> bool:
        return self.figure is not None and self.figure >= self.floor


def compare(floors: Table, figures: Table) -> list[Finding]:
    """Each floor against its figure, in the order of the floors."""
    return [
        Finding(name, measure, floor, figures.get(name, {}).get(measure))
        for name, measures in floors.items()
        for measure, floor in measures.items()
    ]


def lifted(floors: Table, figures: Table) -> dict[str, dict[str, float]]:
    """The floors raised to the figures less MARGIN, three decimals, rounded down; none is lowered or dropped."""
    raised = {name: dict(measures) for name, measures in floors.items()}
    for name, measures in figures.items():
        floors_here = raised.setdefault(name, {})
        for measure, figure in measures.items():
            floors_here[measure] = max(math.floor((figure - MARGIN) * 1000) / 1000, floors_here.get(measure, 0.0))
    return {name: {measure: raised[name][measure] for measure in MEASURES if measure in raised[name]} for name in sorted(raised)}


def figures_of(report: Mapping[str, Mapping[str, Mapping[str, object]]]) -> dict[str, dict[str, float]]:
    """The project's figures in the scorer's report."""
    figures: dict[str, dict[str, float]] = {}
    for name, extractors in report.items():
        own = extractors["project"]
        figures[name] = {measure: value for measure in MEASURES if isinstance(value := own.get(measure), float)}
    return figures


def _score(gold: Path) -> dict[str, dict[str, float]]:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        subprocess.run([sys.executable, gold / "score.py", "--json", report], check=True, stdin=subprocess.DEVNULL)
        return figures_of(json.loads(report.read_text("utf-8")))


def _print(findings: list[Finding]) -> None:
    print(f"\n{'set':<12} {'measure':<8} {'floor':>7} {'figure':>7}")
    for finding in findings:
        figure = "-" if finding.figure is None else f"{finding.figure:.4f}"
        print(f"{finding.set:<12} {finding.measure:<8} {finding.floor:>7.3f} {figure:>7}{'' if finding.holds else '  UNDER ITS FLOOR'}")


def main() -> int:
    """The exit code: 0 where every floor holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, metavar="GOLD_DIR", help="folder with score.py and its pages")
    parser.add_argument("--raise", dest="lift", action="store_true", help="raise the floors to the figures seen, never lower one")
    parser.add_argument("--floors", type=Path, default=FLOORS, help="the file of floors (default: data/floors.json)")
    arguments = parser.parse_args()
    floors: Table = json.loads(arguments.floors.read_text("utf-8")) if arguments.floors.exists() else {}
    figures = _score(arguments.gold)
    findings = compare(floors, figures)
    _print(findings)
    if arguments.lift:
        raised = lifted(floors, figures)
        arguments.floors.write_text(json.dumps(raised, indent=2) + "\n", "utf-8")
        print(f"raised floors written to {arguments.floors}")
    failed = [finding for finding in findings if not finding.holds]
    for finding in failed:
        print(f"{finding.set}: {finding.measure} is {finding.figure}, its floor {finding.floor}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
