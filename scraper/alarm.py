"""What a run found at its hosts, kept in the state beside what earlier ones found, and the alarms that follow."""

import logging
from contextlib import closing as closed
from dataclasses import replace

from scraper.closing import Closing
from scraper.drift import Alarm, Findings, alarms_of
from scraper.errors import ExitCode, StateError
from scraper.job import Job
from scraper.state import State

__all__ = ["with_drift"]

_log = logging.getLogger(__name__)


def with_drift(job: Job, closing: Closing, findings: Findings) -> Closing:
    """The end of a run with the collapses that it shows, noted in the state; with the exit code for them where the job asks for it.

    A state that takes nothing is a warning: the run itself is over.
    """
    if job.job.state is None or not job.job.state.exists():
        return closing
    try:
        with closed(State(job.job.state)) as state:
            number = _number(state, closing)
            with state.transaction():
                state.runs.add_findings(number, findings.drain())
                drift = alarms_of(state.runs.histories(number))
                state.runs.mark(number, drift)
                closing = _with(closing, drift, fails=job.job.fail_on_drift)
                state.runs.end(number, closing.finished.timestamp(), exit_code=closing.exit_code, ended_by=closing.ended_by)
    except StateError as error:
        _log.warning("what the run found at its hosts is not kept: %s", error)
    return closing


def _number(state: State, closing: Closing) -> int:
    """The run's number, under which it was noted while it went on, or is now."""
    for run in state.runs.last(10):
        if run.run_id == closing.run_id:
            return run.number
    number = state.runs.begin(closing.run_id, closing.started.timestamp())
    state.runs.note(number, closing.summary.figures(), closing.finished.timestamp())
    return number


def _with(closing: Closing, drift: list[Alarm], *, fails: bool) -> Closing:
    code = max(closing.exit_code, int(ExitCode.DRIFT)) if drift and fails else closing.exit_code
    return replace(closing, drift=tuple(drift), exit_code=code)
