"""How a job stands: its runs, its queue, its files and who holds them, as an object and as lines for a reader."""

import json
import time
from collections.abc import Iterator
from contextlib import closing as closed
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scraper.errors import UsageError
from scraper.job.keys import STDIO, Job
from scraper.job.outputs import Revisions
from scraper.job.places import failures_path
from scraper.process.lock import held, holder
from scraper.records import OutcomeKind
from scraper.run.archiving import archive_folder
from scraper.state import State
from scraper.state.runs import PastRun
from scraper.state.standing import Standing
from scraper.waits import reason_of

__all__ = ["accept", "as_json", "as_lines", "standing"]

_HOSTS_SHOWN = 10


def standing(job: Job, *, runs: int) -> dict[str, Any]:
    """Everything that there is to say of a job; `runs`: of how many of its runs. Raises UsageError for a job without a state."""
    if job.job.state is None:
        raise UsageError("the job writes to standard output, and remembers nothing of its runs")
    if not job.fetches:
        raise UsageError("the job reads saved pages, and remembers nothing of its runs")
    who = holder(job.job.output) if job.job.output != STDIO else None
    paths = {"output": job.job.output, "failures": failures_path(job), "archive": archive_folder(job), "state": job.job.state}
    told: dict[str, Any] = {
        "job": job.job.name,
        "held_by": asdict(who) if who else None,
        "files": {name: _sizes(path) for name, path in paths.items() if path is not None and path != STDIO},
    }
    if not job.job.state.exists():
        return told | {"articles": None, "lines": None, "queue": None, "waiting": [], "parked": [], "drift": {}, "runs": []}
    with closed(Standing(job.job.state)) as state:
        articles, lines = state.articles()
        newest = state.runs(1)
        if job.write.revisions is Revisions.LATEST and newest and newest[0].ended is not None:
            lines = articles  # the others went at its end
        return told | {
            "articles": articles,
            "lines": lines,
            "queue": asdict(state.queue()),
            "waiting": [asdict(one) | {"due": _moment(one.due)} for one in state.waiting(_HOSTS_SHOWN)],
            "parked": [asdict(one) | {"parked_until": _moment(one.parked_until)} for one in state.parked(time.time())],
            "drift": state.alarms(),
            "runs": [_told(run, lasts=who is not None and index == 0) for index, run in enumerate(state.runs(runs))],
        }


def accept(job: Job, host: str) -> None:
    """What was found at a host in its last run is as it should be: it is measured against nothing earlier any more.

    Raises UsageError for a host of which nothing is known, Locked while a run lasts, StateError.
    """
    if job.job.state is None or not job.job.state.exists():
        raise UsageError("the job has had no runs yet")
    with held(job.job.output), held(job.job.state, what="state"), closed(State(job.job.state)) as state:
        if not state.runs.accept(host):
            raise UsageError(f"no run has found anything at {host}", remedy="name a host as the alarm names it")


def _sizes(path: Path) -> dict[str, Any]:
    """Path, number of files and bytes of a file or a folder; those that are hidden in it are not counted."""
    if not path.exists():
        return {"path": str(path), "files": 0, "bytes": 0}
    files = [one for one in path.iterdir() if one.is_file() and not one.name.startswith(".")] if path.is_dir() else [path]
    return {"path": str(path), "files": len(files), "bytes": sum(one.stat().st_size for one in files)}


def _told(run: PastRun, *, lasts: bool) -> dict[str, Any]:
    """A run. `how`: "ended", "lasts", or "killed" where it has said nothing of its end and nobody holds the output."""
    how = "ended" if run.ended is not None else "lasts" if lasts else "killed"
    moments = {"started": _moment(run.started), "seen": _moment(run.seen), "ended": _moment(run.ended)}
    seconds = round(max((run.ended if run.ended is not None else run.seen) - run.started, 0.0), 1)
    return asdict(run) | moments | {"seconds": seconds, "how": how}


def _moment(seconds: float | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def as_json(told: dict[str, Any]) -> str:
    """One object."""
    return json.dumps(told, indent=2)


def as_lines(told: dict[str, Any]) -> Iterator[str]:
    """Lines for a reader. Moments are UTC."""
    yield f"job       {told['job']}"
    for name, one in told["files"].items():
        what = f"{one['files']:,} file{'' if one['files'] == 1 else 's'}, {_size(one['bytes'])}" if one["files"] else "not there"
        yield f"{name:<9} {one['path']}: {what}"
    who = told["held_by"]
    yield "held      " + (f"by process {who['pid']} on {who['host']} since {who['since']}" if who else "by nobody")
    if told["queue"] is None:
        yield "runs      none yet"
        return
    yield f"articles  {told['articles']:,} in {told['lines']:,} lines"
    yield from _queue_lines(told)
    for host, measures in told["drift"].items():
        yield f"drift     {host}: {', '.join(measures)}"
    yield from _run_lines(told["runs"])


def _queue_lines(told: dict[str, Any]) -> Iterator[str]:
    queue = told["queue"]
    outcomes = "".join(f", {queue['outcomes'][kind]:,} {kind}" for kind in OutcomeKind if queue["outcomes"].get(kind))
    yield f"addresses {queue['known']:,} known: {queue['waiting']:,} waiting{outcomes}"
    if queue["failures"]:
        yield "failures  " + ", ".join(f"{kind} {count:,}" for kind, count in queue["failures"].items())
    for one in told["waiting"]:
        yield f"waiting   {one['targets']:,} at {one['host'] or 'no host'}" + (f", the first due {one['due']}" if one["due"] else "")
    for one in told["parked"]:
        yield f"parked    {one['host']} until {one['parked_until']}: {reason_of(one['reason'] or 'no reason told')}"


_COLUMNS = ("run", "started", "seconds", "exit", "targets", *(kind.value for kind in OutcomeKind), "")


def _run_lines(runs: list[dict[str, Any]]) -> Iterator[str]:
    """A table, the columns as wide as what is in them."""
    rows = [_COLUMNS, *(_row(run) for run in runs)]
    widths = [max(len(row[index]) for row in rows) for index in range(len(_COLUMNS))]
    yield ""
    for row in rows:
        yield "  ".join(
            cell.ljust(width) if index < 2 else cell.rjust(width) for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        )


def _row(run: dict[str, Any]) -> tuple[str, ...]:
    totals = run["totals"]
    counts = (f"{totals[name]:,}" if name in totals else "-" for name in ("targets", *(kind.value for kind in OutcomeKind)))
    code = str(run["exit_code"]) if run["exit_code"] is not None else run["how"]
    return (str(run["number"]), run["started"], f"{run['seconds']:.0f}", code, *counts, run["ended_by"] or "")


def _size(count: float) -> str:
    for unit in ("bytes", "kB", "MB", "GB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if unit == "bytes" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} TB"
