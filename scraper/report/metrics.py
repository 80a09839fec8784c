"""A finished run as a text file for Prometheus, read by the node exporter's textfile collector."""

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scraper.records import OutcomeKind
from scraper.report.closing import Closing

__all__ = ["exposition", "write_metrics"]

_SUCCESS = "scraper_run_success_timestamp_seconds"
_LAST_SUCCESS = re.compile(rf"^{_SUCCESS}\{{[^}}]*\}} (\S+)$", re.MULTILINE)
_MODE = 0o644  # the exporter is another user

Sample = tuple[dict[str, str], float]


def write_metrics(path: Path, closing: Closing) -> None:
    """Puts the run's figures at `path` by rename, so that a reader never sees half of them. Raises OSError.

    The moment of the last success is carried over from the file that is replaced.
    """
    earlier = _last_success(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # no *.prom, so that the exporter leaves it alone
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(exposition(closing, last_success=earlier))
            file.flush()
            os.fchmod(descriptor, _MODE)
            os.fsync(descriptor)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _last_success(path: Path) -> float | None:
    """The moment that the file at `path` tells; None where there is no file, or no number in that place."""
    try:
        earlier = _LAST_SUCCESS.search(path.read_text("utf-8", "replace"))
        return float(earlier[1]) if earlier else None
    except (FileNotFoundError, ValueError):
        return None


def exposition(closing: Closing, *, last_success: float | None = None) -> str:
    """The figures in Prometheus' text format, version 0.0.4. `last_success`: of earlier runs, in seconds since 1970."""
    lines: list[str] = []
    success = closing.finished.timestamp() if closing.well else last_success
    for name, meaning, samples in _families(closing, success):
        lines += [f"# HELP {name} {meaning}", f"# TYPE {name} gauge"]
        lines += [f"{name}{{{_labels({'job': closing.job or ''} | labels)}}} {value:.17g}" for labels, value in samples]
    return "\n".join(lines) + "\n"


def _families(closing: Closing, success: float | None) -> Iterator[tuple[str, str, list[Sample]]]:
    """Name, meaning and samples of each metric; those of no sample are left out."""
    figures = closing.summary.figures()
    yield "scraper_run_targets", "Targets of the last run by outcome.", [({"outcome": kind}, figures[kind]) for kind in OutcomeKind]
    hosts = [(host["host"] or "", host) for host in figures["hosts"]]
    hosts += [("(other)", figures["other_hosts"])] if figures["other_hosts"] else []
    samples = [({"host": name, "outcome": kind}, counts[kind]) for name, counts in hosts for kind in OutcomeKind]
    if samples:
        yield "scraper_run_host_targets", "Targets of the last run by host and outcome; small hosts in sum.", samples
    failures: dict[str, int] = figures["failures_by_kind"]
    if failures:
        yield "scraper_run_failures", "Failures of the last run by kind.", [({"kind": kind}, n) for kind, n in failures.items()]
    drift = [({"host": alarm.host, "measure": alarm.measure}, alarm.now) for alarm in closing.drift]
    if drift:
        yield "scraper_run_drift", "Measures of hosts that have collapsed, as they are now: shares, and words.", drift
    yield "scraper_run_exit_code", "Exit code of the last run.", [({}, closing.exit_code)]
    yield "scraper_run_duration_seconds", "Time that the last run took.", [({}, closing.seconds)]
    yield "scraper_run_start_timestamp_seconds", "When the last run began.", [({}, closing.started.timestamp())]
    yield "scraper_run_end_timestamp_seconds", "When the last run ended.", [({}, closing.finished.timestamp())]
    if success is not None:
        yield _SUCCESS, "When a run last ended with exit code 0.", [({}, success)]


def _labels(labels: dict[str, Any]) -> str:
    """Label values with backslash, quote and line end escaped, as the format asks."""
    return ",".join(f'{name}="{_escaped(str(value))}"' for name, value in labels.items())


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
