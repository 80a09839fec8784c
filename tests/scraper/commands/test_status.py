"""`scraper status`: what a state holds is told as it is, and nothing is changed."""

import json
import re
import sqlite3
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scraper.__main__ import run_command
from scraper.errors import ExitCode
from scraper.process.lock import held
from scraper.records import Failure, FailureKind, OutcomeKind, Target
from scraper.state import State
from scraper.state.documents import Document
from scraper.state.hosts import Host
from scraper.state.targets import Settlement
from tests.faults import article_page
from tests.scraper.commands.jobs import lines, make_job
from tests.server import Server, answer

JOB = '[job]\noutput = "out/"\n[[source]]\nkind = "urls"\nurls = ["https://a.example/1"]\n'
START = 1_790_000_000.0  # 2026-09-21T14:13:20Z


@pytest.fixture
def job(tmp_path: Path) -> Path:
    (tmp_path / "news.toml").write_text(JOB)
    return tmp_path / "news.toml"


@pytest.fixture
def past(job: Path) -> Iterator[State]:
    """The state after a run that ended and one that did not."""
    (job.parent / "out").mkdir()
    (job.parent / "out" / "part-1.jsonl").write_text("x" * 1500)
    (job.parent / "out" / ".hidden").write_text("x")
    state = State(job.parent / "out.state.sqlite")
    first = state.runs.begin("a", START)
    for number, kind in enumerate((None, None, FailureKind.TIMEOUT, FailureKind.HTTP_4XX, FailureKind.HTTP_4XX), 1):
        url = f"https://a.example/{number}"
        state.targets.add(Target(url=url), run=first, said=None, due=START)
        known = state.targets.find(url)
        assert known is not None
        failure = Failure(url=url, kind=kind, detail="") if kind else None
        outcome = OutcomeKind.FAILED if failure else OutcomeKind.WRITTEN
        state.targets.settle(known.number, Settlement(run=first, outcome=outcome, failure=failure, fetched=START, due=None))
    for host, count in (("b", 1), ("c", 3)):
        for number in range(count):
            state.targets.add(Target(url=f"https://{host}.example/{number}"), run=first, said=None, due=START + number)
    for letter in "012":
        line = Document(id=("1" if letter == "2" else letter) * 32, content_hash=letter, payload_sha256=None, run=first)
        state.documents.add(line)
    state.hosts.keep([Host(host="c.example", parked_until=time.time() + 600, reason="it failed 10 times in a row", failures=10)])
    totals = {"targets": 9, "written": 2, "unchanged": 0, "duplicates": 0, "failures": 3, "skipped": 0, "pending": 4}
    state.runs.note(first, totals, START + 60)
    state.runs.end(first, START + 61, exit_code=1, ended_by="a signal", complete=False)
    second = state.runs.begin("b", START + 3600)
    state.runs.note(second, totals, START + 3605)
    yield state
    state.close()


def status(job: Path, capsys: pytest.CaptureFixture[str], *flags: str) -> str:
    assert run_command(["status", str(job), *flags]) == ExitCode.OK
    return capsys.readouterr().out


def test_as_an_object(job: Path, past: State, capsys: pytest.CaptureFixture[str]) -> None:
    told: dict[str, Any] = json.loads(status(job, capsys, "--json"))
    assert (told["job"], told["held_by"], told["articles"], told["lines"]) == ("news", None, 2, 3)
    assert told["files"]["output"] == {"path": str(job.parent / "out"), "files": 1, "bytes": 1500}
    assert told["files"]["archive"] == {"path": str(job.parent / "out.warc"), "files": 0, "bytes": 0}
    assert told["queue"] == {
        "known": 9,
        "waiting": 4,
        "outcomes": {"failures": 3, "written": 2},
        "failures": {"http_4xx": 2, "timeout": 1},
    }
    assert [(one["host"], one["targets"], one["due"]) for one in told["waiting"]] == [
        ("c.example", 3, "2026-09-21T14:13:20+00:00"),
        ("b.example", 1, "2026-09-21T14:13:20+00:00"),
    ]
    assert [(one["host"], one["reason"]) for one in told["parked"]] == [("c.example", "it failed 10 times in a row")]
    assert [(run["number"], run["how"], run["exit_code"], run["seconds"]) for run in told["runs"]] == [
        (2, "killed", None, 5.0),
        (1, "ended", 1, 61.0),
    ]
    assert len(json.loads(status(job, capsys, "--json", "--runs", "1"))["runs"]) == 1


def test_where_the_latest_lines_alone_stay_an_article_is_one(tmp_path: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    now = ["1"]
    server.routes["/news"] = lambda exchange: answer(exchange, article_page(now[0]))
    job = make_job(tmp_path, server, "out/")
    job.write_text(job.read_text().replace("[write]", '[write]\nrevisions = "latest"').replace("/status/404", "/news"))
    for now[0] in ("1", "2"):
        run_command(["run", str(job), "-q"])
    capsys.readouterr()
    assert len(lines(tmp_path / "out")) == 4
    assert "articles  4 in 4 lines\n" in status(job, capsys)


def test_for_a_reader(job: Path, past: State, capsys: pytest.CaptureFixture[str]) -> None:
    told = status(job, capsys)
    assert f"output    {job.parent}/out: 1 file, 1.5 kB\n" in told
    assert "held      by nobody\narticles  2 in 3 lines\naddresses 9 known: 4 waiting, 2 written, 3 failures\n" in told
    assert "failures  http_4xx 2, timeout 1\nwaiting   3 at c.example, the first due 2026-09-21T14:13:20+00:00\n" in told
    assert "parked    c.example until 20" in told
    assert told.splitlines()[-3].split()[:6] == ["run", "started", "seconds", "exit", "targets", "written"]
    assert told.splitlines()[-2].split() == "2 2026-09-21T15:13:20+00:00 5 killed 9 2 0 0 3 0 4".split()
    assert told.splitlines()[-1].split() == "1 2026-09-21T14:13:20+00:00 61 1 9 2 0 0 3 0 4 a signal".split()


def test_while_a_run_lasts(job: Path, past: State, capsys: pytest.CaptureFixture[str]) -> None:
    with held(job.parent / "out"), past.transaction():
        past.targets.forget()  # not committed yet
        told = status(job, capsys)
    assert "held      by process" in told
    assert "addresses 9 known" in told
    assert " lasts " in told.splitlines()[-2]


def test_nothing_is_changed(job: Path, past: State, capsys: pytest.CaptureFixture[str]) -> None:
    past.close()
    state = job.parent / "out.state.sqlite"
    before = state.read_bytes()
    state.chmod(stat.S_IRUSR)
    status(job, capsys)
    assert state.read_bytes() == before


def test_after_a_run(job: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    urls = json.dumps([server.url(path) for path in ("/article/1", "/status/404", "/status/503?retry-after=900", "/article/2")])
    fetch = '[fetch]\nallow_networks = ["127.0.0.0/8"]\ndelay = 0\nretries = 0\ncontact = "t@example.org"\n'
    job.write_text(JOB.replace('["https://a.example/1"]', urls) + fetch)
    assert run_command(["run", str(job), "-q"]) == ExitCode.SOME_FAILED
    capsys.readouterr()
    told: dict[str, Any] = json.loads(status(job, capsys, "--json"))
    assert (told["articles"], told["lines"]) == (1, 1)
    assert told["queue"] == {
        "known": 4,
        "waiting": 0,
        "outcomes": {"failures": 3, "written": 1},
        "failures": {"rate_limited": 2, "http_4xx": 1},
    }
    (parked,) = told["parked"]
    assert (parked["host"], parked["reason"]) == ("127.0.0.1", "rate_limited")
    assert re.search(r"parked    127\.0\.0\.1 until \S+: it asks to be left alone", status(job, capsys))
    (run,) = told["runs"]
    assert (run["how"], run["exit_code"], run["totals"]["written"]) == ("ended", 1, 1)
    assert {name: one["files"] for name, one in told["files"].items()} == {"output": 1, "failures": 1, "archive": 1, "state": 1}


def test_before_the_first_run(job: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "runs      none yet" in status(job, capsys)
    assert json.loads(status(job, capsys, "--json"))["runs"] == []
    assert [one.name for one in job.parent.iterdir()] == ["news.toml"]


@pytest.mark.parametrize("command", ["status", "repair"])
def test_a_job_of_saved_pages_has_no_state(tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "saved.toml").write_text('[job]\noutput = "out.jsonl"\n[[source]]\nkind = "files"\npath = "pages"\n')
    assert run_command([command, str(tmp_path / "saved.toml")]) == ExitCode.USAGE
    assert "the job reads saved pages" in capsys.readouterr().err


def test_what_cannot_be_read(job: Path, past: State, capsys: pytest.CaptureFixture[str]) -> None:
    past.close()
    state = job.parent / "out.state.sqlite"
    with sqlite3.connect(state) as file:
        file.execute("PRAGMA user_version = 99")
    file.close()
    assert run_command(["status", str(job)]) == ExitCode.STORAGE
    assert "newer version" in capsys.readouterr().err
    state.write_bytes(b"no database" * 1000)
    assert run_command(["status", str(job)]) == ExitCode.STORAGE
    told = capsys.readouterr().err
    assert f"{state}: the state cannot be read" in told
    assert "scraper repair JOB" in told
    job.write_text(JOB.replace("out/", "-"))
    assert run_command(["status", str(job)]) == ExitCode.USAGE
