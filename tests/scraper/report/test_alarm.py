"""The drift alarm of whole runs: a publisher that changes its pages between two runs of a job."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from scraper.__main__ import run_command
from scraper.errors import ExitCode
from scraper.process.lock import held
from scraper.state import State
from tests.server import Exchange, Server, answer

JOB = """
[job]
output = "out.jsonl"
fail_under = 0.5
[[source]]
kind = "urls"
path = "urls.txt"
[fetch]
allow_networks = ["127.0.0.0/8"]
contact = "test@example.org"
delay = 0
retries = 0
[write]
if_exists = "append"
[archive]
enabled = false
[report]
metrics = "news.prom"
"""
PARAGRAPH = (
    "<p>The council of Orrin said on Tuesday that bridge number {0} stays closed, since pier {1} has moved by {0} inches in a year.</p>"
)
RUN = 30  # articles in a run, which is more than the alarm asks for


class Publisher:
    """Articles with a byline, until the site is made over: then bylines are gone, and texts are short."""

    made_over = False

    def __call__(self, exchange: Exchange) -> None:
        number = exchange.request.path.rpartition("/")[2]
        byline = "" if self.made_over else '<p class="byline">By <a rel="author" href="/ada">Ada Fielding</a></p>'
        text = "".join(PARAGRAPH.format(number, pier) for pier in range(3 if self.made_over else 12))
        title = f"Bridge {number} stays closed"
        page = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{byline}{text}"
        answer(exchange, f"{page}</article></body></html>".encode())


@pytest.fixture
def publisher(server: Server) -> Publisher:
    server.routes["/news/"] = publisher = Publisher()
    return publisher


@pytest.fixture
def job(tmp_path: Path) -> Path:
    (tmp_path / "news.toml").write_text(JOB)
    return tmp_path / "news.toml"


def run(job: Path, server: Server, number: int, *flags: str, articles: int = RUN) -> int:
    """A run over articles that no other run has asked for."""
    urls = [server.url(f"/news/{1000 * number + article}") for article in range(articles)]
    (job.parent / "urls.txt").write_text("\n".join(urls))
    return run_command(["run", str(job), "-q", *flags])


def last_line(told: str) -> dict[str, Any]:
    line: dict[str, Any] = json.loads(told.splitlines()[-1])
    return line


def test_a_publisher_that_changes_its_layout(job: Path, server: Server, publisher: Publisher, capsys: pytest.CaptureFixture[str]) -> None:
    for number in (1, 2):
        assert run(job, server, number, "--fail-on-drift") == ExitCode.OK
    assert capsys.readouterr().err == ""
    publisher.made_over = True
    assert run(job, server, 3, "--fail-on-drift") == ExitCode.DRIFT
    told = capsys.readouterr().err
    byline = [line for line in told.splitlines() if "have byline" in line or "have authors" in line]
    assert byline
    assert byline[0].startswith("warning: drift: 127.0.0.1: 0% of its 30 articles have ")
    assert "100% of 60 before (p = " in byline[0]
    assert "Fisher's exact test)" in byline[0]
    assert "drift: 127.0.0.1: the median of its 30 articles has" in told
    assert "rank-sum test)" in told
    line = last_line(told)
    assert line["exit_code"] == ExitCode.DRIFT
    assert {"authors", "byline", "length"} <= {one["measure"] for one in line["drift"]}
    assert 'scraper_run_drift{job="news",host="127.0.0.1",measure="authors"} 0' in (job.parent / "news.prom").read_text()
    with closing(State(job.parent / "out.state.sqlite")) as state:
        newest, *_ = state.runs.last(5)
        assert newest.exit_code == ExitCode.DRIFT
    assert run(job, server, 4, "--fail-on-drift") == ExitCode.DRIFT  # until somebody heeds it, or the site is as it was
    publisher.made_over = False
    capsys.readouterr()
    assert run(job, server, 5, "--fail-on-drift") == ExitCode.OK
    assert capsys.readouterr().err == ""


def test_an_alarm_that_was_seen_is_accepted(job: Path, server: Server, publisher: Publisher, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["status", str(job), "--accept-drift", "127.0.0.1"]) == ExitCode.USAGE
    run(job, server, 1)
    publisher.made_over = True
    assert run(job, server, 2, "--fail-on-drift") == ExitCode.DRIFT
    capsys.readouterr()
    assert run_command(["status", str(job)]) == ExitCode.OK
    assert "drift     127.0.0.1: " in capsys.readouterr().out
    with held(job.parent / "out.jsonl"):
        assert run_command(["status", str(job), "--accept-drift", "127.0.0.1"]) == ExitCode.LOCKED
    assert run_command(["status", str(job), "--accept-drift", "b.example"]) == ExitCode.USAGE
    assert "no run has found anything at b.example" in capsys.readouterr().err
    assert run_command(["status", str(job), "--accept-drift", "127.0.0.1"]) == ExitCode.OK
    assert "drift" not in capsys.readouterr().out
    assert run(job, server, 3, "--fail-on-drift") == ExitCode.OK
    server.routes["/news/"] = lambda exchange: answer(exchange, b"<html><body></body></html>")
    assert run(job, server, 4, "--fail-on-drift") == ExitCode.DRIFT  # measured against what was accepted


def test_without_the_flag_it_is_a_warning(job: Path, server: Server, publisher: Publisher, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(job, server, 1) == ExitCode.OK
    publisher.made_over = True
    assert run(job, server, 2) == ExitCode.OK
    told = capsys.readouterr().err
    assert all(line.startswith("warning: drift: 127.0.0.1: ") for line in told.splitlines())
    assert told


def test_few_pages_say_nothing_and_the_job_may_ask_for_the_code(job: Path, server: Server, publisher: Publisher) -> None:
    job.write_text(JOB.replace("fail_under", "fail_on_drift = true\nfail_under"))
    assert run(job, server, 1) == ExitCode.OK
    publisher.made_over = True
    assert run(job, server, 2, articles=10) == ExitCode.OK
    assert run(job, server, 3, articles=10) == ExitCode.DRIFT  # the two together are enough


def test_pages_that_are_refused_now(job: Path, server: Server, publisher: Publisher, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(job, server, 1) == ExitCode.OK
    server.routes["/news/"] = lambda exchange: answer(exchange, b"<html><body></body></html>")
    assert run(job, server, 2, "--fail-on-drift") == ExitCode.DRIFT
    assert "drift: 127.0.0.1: 0% of its 30 pages give an article, 100% of 30 before" in capsys.readouterr().err


def test_a_job_without_a_state_has_no_alarm(job: Path, server: Server, publisher: Publisher) -> None:
    assert run(job, server, 1, "--set", "job.output='-'") == ExitCode.OK
    assert not (job.parent / "out.state.sqlite").exists()
