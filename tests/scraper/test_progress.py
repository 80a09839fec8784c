"""What a run shows while it lasts."""

import io
import logging
import sys

import pytest

from scraper.progress import Bar, PlainLines, Silence, choose_watch
from scraper.records import Outcome, OutcomeKind
from scraper.summary import Summary


def redirect(_show: object) -> None:
    """Where log lines go is not looked at here."""


class Stream(io.StringIO):
    """A stream that says whether it is a terminal."""

    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize(
    ("stderr", "stdout", "records_on_stdout", "verbosity", "kind"),
    [
        (True, True, False, 0, Bar),
        (True, False, True, 0, Bar),
        (True, True, True, 0, PlainLines),
        (False, True, False, 0, PlainLines),
        (True, True, False, -1, Silence),
    ],
)
def test_the_bar_is_for_terminals_without_records(
    monkeypatch: pytest.MonkeyPatch, stderr: bool, stdout: bool, records_on_stdout: bool, verbosity: int, kind: type
) -> None:
    monkeypatch.setattr(sys, "stderr", Stream(terminal=stderr))
    monkeypatch.setattr(sys, "stdout", Stream(terminal=stdout))
    assert type(choose_watch(redirect, verbosity=verbosity, records_on_stdout=records_on_stdout)) is kind


def one_written() -> Summary:
    summary = Summary()
    summary.take(None)
    summary.take(None)
    summary.count(Outcome(kind=OutcomeKind.WRITTEN, url=None))
    return summary


def test_plain_lines_come_now_and_then(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with PlainLines(seconds=3600) as watch:
        watch.look(one_written())
    assert caplog.messages == []
    with PlainLines(seconds=0) as watch:
        watch.look(one_written())
    assert caplog.messages == ["1 of 2 targets so far: 1 written, 0 failures"]


def test_the_bar_shows_totals_and_gives_the_log_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Stream(terminal=True))
    monkeypatch.setenv("TERM", "xterm")
    shown: list[object] = []
    with Bar(shown.append) as watch:
        watch.look(one_written())
    assert "1 of 2 targets so far" in sys.stderr.getvalue()  # type: ignore[attr-defined]
    assert callable(shown[0])
    assert shown[-1] is None
