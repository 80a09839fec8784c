"""README.md's comparison: `python -m tests.figures GOLD_DIR` scores this project beside its peers, in one run, and writes the table."""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.floors import MEASURES
from tests.readme import README

__all__ = ["PEERS", "main", "table"]

PEERS = ("trafilatura", "newspaper4k")  # each must be installed
NAMES = {"project": "article-scraper"}

BEGIN, END = "<!-- figures: python -m tests.figures GOLD_DIR -->\n", "<!-- end -->"


def table(report: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> str:
    """The scorer's report as a Markdown table: a line for each set and extractor, the best of each measure in bold."""
    measures = [name for name in MEASURES if any(name in figures for extractors in report.values() for figures in extractors.values())]
    lines = [f"| set | extractor | {' | '.join(measures)} |", f"|---|---|{'---|' * len(measures)}"]
    for name, extractors in report.items():
        best = {measure: max(figures.get(measure, 0.0) for figures in extractors.values()) for measure in measures}
        for extractor, figures in extractors.items():
            cells = [_cell(figures.get(measure), best[measure]) for measure in measures]
            lines.append(f"| {name} | {NAMES.get(extractor, extractor)} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _cell(figure: float | None, best: float) -> str:
    if figure is None:
        return ""
    return f"**{figure:.3f}**" if round(figure, 3) == round(best, 3) else f"{figure:.3f}"


def main() -> None:
    """Runs the scorer over every set and writes README.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, metavar="GOLD_DIR", help="folder with score.py and its pages")
    parser.add_argument("--report", type=Path, help="a report of the scorer's --json, in place of a run")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report = arguments.report or Path(folder) / "report.json"
        if arguments.report is None:
            names = ",".join(("project", *PEERS))
            command = [sys.executable, arguments.gold / "score.py", "-x", names, "--json", report]
            subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
        written = table(json.loads(report.read_text("utf-8")))
    text = README.read_text("utf-8")
    start = text.index(BEGIN) + len(BEGIN)
    README.write_text(text[:start] + written + text[text.index(END, start) :], "utf-8")


if __name__ == "__main__":
    main()
