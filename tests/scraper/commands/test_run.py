"""`scraper run` for those who do not look on: its last line, its log, its metrics, its pings."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from scraper.__main__ import run_command
from scraper.errors import ExitCode
from scraper.process.lock import held
from scraper.records import Target
from scraper.run.frontier import Remembered
from tests.scraper.commands.jobs import SMALLEST
from tests.server import Server, answer

JOB = f"""{SMALLEST}contact = "test@example.org"
retries = 0
[log]
file = "logs/run.log"
[report]
metrics = "news.prom"
ping = "HOOK"
ping_timeout = 0.5
"""


def job(folder: Path, *, hook: str, urls: list[str]) -> Path:
    (folder / "urls.txt").write_text("\n".join(urls))
    path = folder / "news.toml"
    path.write_text(JOB.replace("HOOK", hook))
    return path


def hooked(server: Server) -> list[str]:
    return [path for path in server.paths() if path.startswith("/hook")]


def metric(path: Path, name: str) -> float:
    (family,) = [family for family in text_string_to_metric_families(path.read_text()) if family.name == name]
    return float(family.samples[0].value)


def last_line(text: str) -> dict[str, Any]:
    line: dict[str, Any] = json.loads(text.splitlines()[-1])
    return line


@pytest.fixture
def hook(server: Server) -> str:
    server.routes["/hook"] = lambda exchange: answer(exchange, b"OK")
    return server.url("/hook")


def test_a_good_run_is_quiet_and_yet_told(tmp_path: Path, server: Server, hook: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = job(tmp_path, hook=hook, urls=[server.url("/article/1"), server.url("/article/2")])
    assert run_command(["run", str(path), "-q"]) == 0
    assert capsys.readouterr() == ("", "")
    assert hooked(server) == ["/hook/start", "/hook"]
    assert metric(tmp_path / "news.prom", "scraper_run_exit_code") == 0
    assert json.loads((tmp_path / "logs" / "run.log").read_text().splitlines()[-1].partition(" ")[2])["written"] == 2


def test_the_last_line_adds_up(tmp_path: Path, server: Server, hook: str, capsys: pytest.CaptureFixture[str]) -> None:
    twice = server.url("/article/1")
    path = job(tmp_path, hook=hook, urls=[twice, twice, server.url("/status/404"), "no address"])
    assert run_command(["run", str(path)]) == 1
    line = last_line(capsys.readouterr().err)
    assert (line["event"], line["job"], line["exit_code"], line["ended_by"]) == ("run_finished", "news", 1, None)
    assert (line["targets"], line["written"], line["duplicates"], line["failures"]) == (4, 1, 1, 2)
    assert line["failures_by_kind"] == {"http_4xx": 1, "bad_input": 1}
    assert {host["host"]: host["targets"] for host in line["hosts"]} == {"127.0.0.1": 3, None: 1}
    assert hooked(server) == ["/hook/start", "/hook/fail"]
    assert metric(tmp_path / "news.prom", "scraper_run_exit_code") == 1


def test_a_run_that_cannot_begin_is_told_too(tmp_path: Path, server: Server, hook: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = job(tmp_path, hook=hook, urls=[])
    (tmp_path / "urls.txt").unlink()
    assert run_command(["run", str(path), "-q"]) == 2
    told = capsys.readouterr().err
    line = last_line(told)
    assert (line["exit_code"], line["targets"]) == (2, 0)
    assert "urls.txt" in line["ended_by"]
    assert len(told.splitlines()) == 2
    assert hooked(server) == ["/hook/fail"]
    assert "urls.txt" in (tmp_path / "logs" / "run.log").read_text()


def test_who_finds_it_locked_speaks_for_itself_alone(tmp_path: Path, server: Server, hook: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = job(tmp_path, hook=hook, urls=[server.url("/article/1")])
    with held(tmp_path / "out.jsonl"):
        assert run_command(["run", str(path), "-q"]) == 4
    assert last_line(capsys.readouterr().err)["exit_code"] == 4
    assert hooked(server) == []
    assert not (tmp_path / "news.prom").exists()


def test_a_ping_that_fails_and_metrics_that_have_no_place_are_warnings(
    tmp_path: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    path = job(tmp_path, hook=server.url("/nowhere/secret"), urls=[server.url("/article/1")])
    (tmp_path / "news.prom").mkdir()
    assert run_command(["run", str(path), "-q"]) == 0
    assert capsys.readouterr().err.splitlines() == [
        "warning: the ping at the run's start did not arrive: http_4xx (status 404)",
        f"warning: {tmp_path}/news.prom: cannot write the metrics: Is a directory",
        "warning: the ping at the run's success did not arrive: http_4xx (status 404)",
    ]


def test_the_smallest_job_works_as_it_is_written_again_and_again(
    tmp_path: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "urls.txt").write_text(f"{server.url('/article/1')}\n{server.url('/article/2')}\n")
    (tmp_path / "job.toml").write_text(SMALLEST)
    command = ["run", str(tmp_path / "job.toml")]
    assert run_command([*command, "--check"]) == 0
    assert "out.state.sqlite, which is new" in capsys.readouterr().out
    for _ in range(2):
        assert run_command(command) == 0
        assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 2
        assert run_command([*command, "--check"]) == 0
        told = capsys.readouterr().out
        assert "records: " in told
        assert "which is there already: gone on with" in told
        assert "out.state.sqlite, where 0 addresses wait" in told
    (tmp_path / "out.state.sqlite").unlink()
    assert run_command([*command, "--check"]) == 2
    assert "problem: " in capsys.readouterr().out
    assert run_command(command) == 2
    assert "make its state anew with `scraper repair JOB.toml`" in capsys.readouterr().err
    assert not (tmp_path / "out.state.sqlite").exists()
    assert run_command(["repair", command[1]]) == 0
    assert run_command(command) == 0
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 2


@pytest.mark.parametrize(
    "wrong", ["write.compression=gz", "filter.include=['(']", "source[0].path=none.txt", "extract.weights=none.json", "fetch.parallel=2"]
)
def test_what_is_asked_wrongly_leaves_no_state(tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: str) -> None:
    (tmp_path / "urls.csv").write_text("link\nhttps://example.org/\n")
    (tmp_path / "job.toml").write_text(SMALLEST.replace("urls.txt", "urls.csv"))
    assert run_command(["run", str(tmp_path / "job.toml"), "-q", "--set", wrong]) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["job.toml", "urls.csv"]
    capsys.readouterr()


def test_outputs_that_share_a_state_are_kept_apart(tmp_path: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "urls.txt").write_text(server.url("/article/1") + "\n")
    (tmp_path / "job.toml").write_text(SMALLEST)
    command = ["run", str(tmp_path / "job.toml"), "-q"]
    assert run_command(command) == 0
    for other in ("out/", "out.jsonl.gz"):
        for flags in (["--check"], [], ["--overwrite"]):
            assert run_command([*command, "--set", f"job.output={other}", *flags]) == 2
            assert f"the state {tmp_path}/out.state.sqlite is that of {tmp_path}/out.jsonl" in capsys.readouterr().err
        assert not (tmp_path / other).exists()
    assert run_command(command) == 0
    with held(tmp_path / "out.state.sqlite", what="state"):
        assert run_command([*command[:2], "--set", "job.output=more.jsonl", "--set", "job.state=out.state.sqlite"]) == 4
    assert "another run holds the state: process" in capsys.readouterr().err
    (tmp_path / "out.jsonl").rename(tmp_path / "more.jsonl")  # what is gone stands in nobody's way
    assert run_command([*command, "--set", "job.output=new.jsonl", "--set", "job.state=out.state.sqlite"]) == 0


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("report.metrics", "out.jsonl"),
        ("report.metrics", "out.state.sqlite"),
        ("report.metrics", "urls.txt"),
        ("report.metrics", "out.warc"),
        ("log.file", "link/out.jsonl"),
        ("log.file", "out.failures.jsonl"),
        ("log.file", "job.toml"),
        ("job.state", "out.jsonl"),
        ("archive.path", "urls.txt"),
    ],
)
def test_no_file_is_two_things_at_once(tmp_path: Path, server: Server, capsys: pytest.CaptureFixture[str], key: str, path: str) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / "urls.txt").write_text(server.url("/article/1") + "\n")
    (tmp_path / "job.toml").write_text(SMALLEST)
    assert run_command(["run", str(tmp_path / "job.toml"), "-q"]) == 0
    held_before = {one.name: one.read_bytes() for one in tmp_path.iterdir() if one.is_file()}
    for flag in ("--check", "-q"):
        assert run_command(["run", str(tmp_path / "job.toml"), flag, "--set", f"{key}={path}"]) == 2
        told = capsys.readouterr().err
        assert "used for something else in this job" in told
        assert key in told
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir() if one.is_file()} == held_before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "job.toml: the job has no source of articles; add a [[source]], such as"),
        ('[job]\noutput = "out.jsonl"\n', "job.toml: the job has no source of articles"),
        ('[job]\noutput = "out.jsonl"\n[[source]]\nkind = "urls"\n', "source[0]: a source of addresses needs a path or urls"),
    ],
)
def test_a_job_without_a_source_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, words: str) -> None:
    (tmp_path / "job.toml").write_text(text)
    for flag in ("--check", "-q"):
        assert run_command(["run", str(tmp_path / "job.toml"), flag]) == 2
        assert words in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["job.toml"]


def test_names_of_files_need_not_be_unicode(tmp_path: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    """Disks from before UTF-8, and any name that is not ASCII in a process whose locale is C."""
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("this file system takes UTF-8 alone")
    urls = folder / os.fsdecode(b"liste\xe9.txt")
    urls.write_text(f"{server.url('/article/1')}\n{server.url('/status/404')}\nno address\n")
    path = folder / os.fsdecode(b"job\xe9.toml")
    path.write_text(SMALLEST.replace('path = "urls.txt"', f'urls = ["{server.url("/article/2")}"]'))
    assert run_command(["run", str(path)]) == 0
    assert run_command(["run", str(path), "--check"]) == 0
    assert run_command(["status", str(path)]) == 0
    assert run_command(["repair", str(path), "--anew"]) == 0
    assert run_command(["run", str(path)]) == 0
    output = folder / os.fsdecode(b"x\xe9.jsonl")
    command = ["get", "-i", str(urls), "--allow-network", "127.0.0.0/24", "--delay", "0", "--state", f"{output}.state", "-o", str(output)]
    for _ in range(2):
        assert run_command(command) == 1
    (record,) = map(json.loads, output.read_text().splitlines())
    assert record["source"] is None
    failed = [json.loads(line)["detail"] for line in (folder / os.fsdecode(b"x\xe9.failures.jsonl")).read_text().splitlines()]
    assert f"{tmp_path}/caf\ufffd/liste\ufffd.txt line 3: no http or https address" in failed
    assert "internal" not in capsys.readouterr().err


def test_a_defect_ends_a_run_in_a_line_and_is_told(
    tmp_path: Path, server: Server, hook: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = job(tmp_path, hook=hook, urls=[server.url("/article/1"), server.url("/article/2")])
    take = Remembered.take

    def broken(self: Remembered, target: Target) -> None:
        if "2" in target.url.rpartition("/")[2]:
            raise ZeroDivisionError("boom")
        take(self, target)

    monkeypatch.setattr(Remembered, "take", broken)
    assert run_command(["run", str(path), "-q"]) == ExitCode.DEFECT
    told = capsys.readouterr().err
    assert told.startswith("error: a defect of this program: ZeroDivisionError: boom (test_run.py line ")
    assert "please report it" in told.splitlines()[0]
    assert "Traceback" not in told
    assert (last_line(told)["exit_code"], last_line(told)["targets"]) == (70, 1)
    assert hooked(server) == ["/hook/start", "/hook/fail"]
    monkeypatch.undo()
    assert run_command(["run", str(path), "-q"]) == 0
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 2


def test_a_defect_of_another_command_is_a_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr("scraper.schema.article_schema", broken)
    assert run_command(["schema"]) == ExitCode.DEFECT
    assert capsys.readouterr().err.startswith("scraper: error: a defect of this program: ZeroDivisionError: boom (test_run.py line ")
