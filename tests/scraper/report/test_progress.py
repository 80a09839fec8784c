"""What a run shows while it lasts."""

import io
import json
import logging
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scraper.records import FailureKind, Outcome, OutcomeKind
from scraper.report.progress import Bar, Pace, PlainLines, Silence, choose_watch, lines_of
from scraper.report.summary import Summary
from scraper.waits import HostWait
from tests.scraper.terminal import on_terminal
from tests.server import Server
from tests.source import ROOT


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
    assert type(choose_watch(redirect, verbosity=verbosity, records_on_stdout=records_on_stdout, seconds=10)) is kind


class Clock:
    """A clock that is set by hand."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def counted(targets: int, **outcomes: int) -> Summary:
    summary = Summary()
    for _ in range(targets):
        summary.take(None)
    for name, count in outcomes.items():
        for _ in range(count):
            summary.count(Outcome(kind=OutcomeKind[name], url=None))
    return summary


def test_plain_lines_come_now_and_then(caplog: pytest.LogCaptureFixture, clock: Clock) -> None:
    caplog.set_level(logging.INFO)
    with PlainLines(10, clock) as watch:
        for second in range(1, 31):
            clock.now = 100.0 + second
            watch.look(counted(100, WRITTEN=second))
    assert caplog.messages == [
        f"{done} of 100 targets so far: {done} written, 0 unchanged, 0 failures; 1.0 a second, {left} left for what is known"
        for done, left in ((10, "1 min"), (20, "1 min"), (30, "1 min"))
    ]
    caplog.clear()
    with PlainLines(0, clock) as watch:
        clock.now += 1000
        watch.look(counted(1, WRITTEN=1))
    assert caplog.messages == []


def test_rate_and_time_left_are_those_of_now(clock: Clock) -> None:
    pace = Pace(clock)
    assert pace.rate(0) is None
    for second in range(1, 601):  # one a second, and of late three in ten
        clock.now = 100.0 + second
        pace.look(min(second, 500) + max(second - 500, 0) * 3 // 10)
    assert pace.rate(530) == pytest.approx(0.3, abs=0.02)
    assert re.fullmatch(r"1[89] a minute, 6 h \d\d min left for what is known", lines_of(counted(8000, WRITTEN=530), pace)[1])


def test_a_run_that_stands_still_has_no_time_left_to_tell(clock: Clock) -> None:
    pace = Pace(clock)
    clock.now += 30
    summary = counted(10, UNCHANGED=2, FAILED=1, SKIPPED=3)
    pace.look(6)
    clock.now += 300
    pace.look(6)
    pace.look(6)
    assert lines_of(summary, pace)[0] == "6 of 10 targets so far: 0 written, 2 unchanged, 1 failures, 3 skipped"
    clock.now += 61
    pace.look(6)
    assert lines_of(summary, pace)[1] == "0 a minute"


def test_hosts_that_are_waited_for_are_named_with_the_reason(clock: Clock) -> None:
    summary = counted(1)
    kinds = [FailureKind.RATE_LIMITED, FailureKind.CONNECT, FailureKind.HTTP_5XX, FailureKind.DNS, FailureKind.DNS]
    summary.waits = lambda: [
        HostWait(host=f"{letter}.example", seconds=95.2, kind=kind) for letter, kind in zip("abcde", kinds, strict=True)
    ]
    assert lines_of(summary, Pace(clock))[1] == (
        "waiting for a.example for 1 min: it asks to be left alone, b.example for 1 min: it cannot be reached, "
        "c.example for 1 min: its server fails, and 2 more hosts"
    )


def test_a_host_that_the_run_does_not_wait_for_is_said_to_be_left_alone(clock: Clock) -> None:
    summary = counted(1)
    away = HostWait(host="a.example", seconds=21540, kind=FailureKind.RATE_LIMITED, waited=False)
    summary.waits = lambda: [away, HostWait(host="b.example", seconds=5, kind=FailureKind.HTTP_5XX)]
    assert lines_of(summary, Pace(clock))[1:] == [
        "waiting for b.example for 5 s: its server fails",
        "nothing is asked of a.example for 5 h 59 min: it asks to be left alone",
    ]


def test_the_bar_shows_totals_and_gives_the_log_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Stream(terminal=True))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    shown: list[object] = []
    with Bar(shown.append) as watch:
        watch.look(counted(2, WRITTEN=1))
    assert "1 of 2 targets so far: 1 written, 0 unchanged, 0 failures" in sys.stderr.getvalue()  # type: ignore[attr-defined]
    assert callable(shown[0])
    assert shown[-1] is None


JOB = """
[job]
output = "out.jsonl"
[[source]]
kind = "urls"
urls = [URLS]
[fetch]
allow_networks = ["127.0.0.0/8"]
delay = 0.3
retries = 0
[log]
progress = 0.5
"""


@pytest.fixture
def job(tmp_path: Path, server: Server) -> Path:
    urls = [server.url(path) for path in ("/article/1", "/status/404", "/article/2", "/article/3", "/article/4", "/article/5")]
    (tmp_path / "job.toml").write_text(JOB.replace("URLS", ", ".join(f'"{url}"' for url in urls)))
    return tmp_path / "job.toml"


def test_on_a_terminal(job: Path) -> None:
    code, screen = on_terminal([sys.executable, "-m", "tests.scraper.fakes", "run", str(job)], ROOT)
    assert code == 1
    assert re.search(r"[1-5] of 6 targets so far: \d written, 0 unchanged, \d failures", screen)
    assert re.search(r"a (minute|second), \d+ s left for what is known", screen)
    assert "warning: no contact given" in screen
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", screen)
    assert plain.rstrip().splitlines()[-1].startswith("failures: ")  # nothing of the bar is left, and no line for programs
    assert "6 targets = 5 written + 0 unchanged + 0 duplicates + 1 failures + 0 skipped + 0 pending" in plain


def test_without_a_terminal_and_quiet(job: Path) -> None:
    command = [sys.executable, "-m", "tests.scraper.fakes", "run", str(job), "--set", "fetch.contact='t@example.org'"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    lines = done.stderr.splitlines()
    assert 1 <= sum("targets so far" in line for line in lines) <= 5
    assert "\x1b" not in done.stderr
    assert json.loads(lines[-1])["written"] == 5
    quiet = subprocess.run(
        [*command, "--overwrite", "-q", "--set", "job.fail_under=0.5"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")


def test_a_host_that_asks_to_be_left_alone_is_named_meanwhile(job: Path, server: Server) -> None:
    urls = [server.url("/article/1"), server.url("/status/503?retry-after=2")]
    text = JOB.replace("URLS", ", ".join(f'"{url}"' for url in urls)).replace("retries = 0", "retries = 1\ncontact = 't@example.org'")
    job.write_text(text)
    command = [sys.executable, "-m", "tests.scraper.fakes", "run", str(job)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert re.search(r"1 of 2 targets so far: 1 written.*; waiting for 127\.0\.0\.1 for [12] s: it asks to be left alone", done.stderr)
    code, screen = on_terminal([*command, "--overwrite"], ROOT)
    assert code == 1
    assert re.search(r"waiting for 127\.0\.0\.1 for [12] s: it asks to be left alone", screen)
