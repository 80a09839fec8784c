"""What there is to tell of a finished run: one object, of which the closing line, the metrics and the state's memory of runs are made."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scraper.errors import ExitCode
from scraper.report.drift import Alarm
from scraper.report.summary import Summary

__all__ = ["Closing", "summary_line"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A run that is over. `started` and `finished` carry a zone; `ended_by` is what ended it early, in words; `drift`: the alarms."""

    job: str | None
    run_id: str | None
    started: datetime
    finished: datetime
    exit_code: int
    summary: Summary
    ended_by: str | None = None
    drift: tuple[Alarm, ...] = ()

    @property
    def seconds(self) -> float:
        """How long it took; never less than nothing, though the clock be set back meanwhile."""
        return max((self.finished - self.started).total_seconds(), 0.0)

    @property
    def well(self) -> bool:
        """Whether the exit code says so."""
        return self.exit_code == ExitCode.OK

    def figures(self) -> dict[str, Any]:
        """All of it for programs, keys in this order."""
        return {
            "event": "run_finished",
            "job": self.job,
            "run_id": self.run_id,
            "started": self.started.isoformat(timespec="seconds"),
            "seconds": round(self.seconds, 1),
            "exit_code": self.exit_code,
            "ended_by": self.ended_by,
            **self.summary.figures(),
            "drift": [_told(alarm) for alarm in self.drift],
        }


def _told(alarm: Alarm) -> dict[str, Any]:
    return {"host": alarm.host, "measure": alarm.measure, "before": alarm.before, "now": alarm.now, "chance": alarm.chance}


def summary_line(closing: Closing) -> str:
    """The one line of JSON with which a run ends, ASCII throughout."""
    return json.dumps(closing.figures())
