"""The command as a process: streams, exit codes, signals, and what a user may do wrong."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

import pytest

from scraper.process.lock import held

ROOT = Path(__file__).resolve().parents[3]
FAKE = [sys.executable, "-m", "tests.scraper.fakes"]
ENVIRONMENT = {"PYTHONPATH": str(ROOT), "PATH": "", "NO_COLOR": "1"}


def scraper(*arguments: str | Path, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [*FAKE, *map(str, arguments)]
    done = subprocess.run(command, cwd=cwd, env=ENVIRONMENT, input=stdin, capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in done.stderr
    return done


def start(
    *arguments: str, cwd: Path, stdin: int = subprocess.DEVNULL, stdout: int | IO[bytes] = subprocess.PIPE
) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*FAKE, *arguments], cwd=cwd, env=ENVIRONMENT, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE)


def page(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_records_on_stdout_and_messages_on_stderr(tmp_path: Path) -> None:
    page(tmp_path, "a.txt", "Hello\n\nworld")
    done = scraper("extract", "a.txt", "--url", "https://example.org/a", cwd=tmp_path)
    assert done.returncode == 0
    record = json.loads(done.stdout)
    assert (record["title"], record["url"]) == ("Hello", "https://example.org/a")
    assert done.stderr == "1 targets = 1 written + 0 unchanged + 0 duplicates + 0 failures + 0 skipped + 0 pending\n"


def test_a_page_from_stdin(tmp_path: Path) -> None:
    done = scraper("extract", "-", "--format", "txt", "-q", cwd=tmp_path, stdin="Hello\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Hello\n")


def test_failures_are_log_lines_where_records_go_to_stdout(tmp_path: Path) -> None:
    page(tmp_path, "p/a.txt", "fine")
    page(tmp_path, "p/b.txt", "WALL")
    done = scraper("extract", "p", cwd=tmp_path)
    assert done.returncode == 1
    assert f"warning: {tmp_path}/p/b.txt: consent_wall: a consent wall\n" in done.stderr
    assert not list(tmp_path.glob("*.jsonl"))


def test_failures_lie_beside_the_output(tmp_path: Path) -> None:
    page(tmp_path, "p/a.txt", "fine")
    page(tmp_path, "p/b.txt", "WALL")
    done = scraper("extract", "p", "-o", "out.jsonl", "-q", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert json.loads((tmp_path / "out.jsonl").read_text())["title"] == "fine"
    assert json.loads((tmp_path / "out.failures.jsonl").read_text())["kind"] == "consent_wall"
    assert "1 written" in done.stderr  # quiet, and yet not all is well


def test_quiet_says_nothing_when_all_is_well(tmp_path: Path) -> None:
    page(tmp_path, "a.txt", "fine")
    done = scraper("extract", "a.txt", "-o", "out.jsonl", "-q", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_everything_failed(tmp_path: Path) -> None:
    page(tmp_path, "a.txt", "EMPTY")
    assert scraper("extract", "a.txt", cwd=tmp_path).returncode == 3


def test_a_defect_is_shown_whole_with_verbose(tmp_path: Path) -> None:
    page(tmp_path, "a.txt", "BOOM")
    command = [*FAKE, "extract", "a.txt", "-v"]
    done = subprocess.run(command, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 3
    assert "Traceback (most recent call last):\n" in done.stderr
    assert "a.txt: internal: ZeroDivisionError: boom (fakes.py line" in done.stderr


def test_a_wrong_argument_ends_the_process_with_2(tmp_path: Path) -> None:
    done = scraper("get", "example.org/a", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "write https://example.org/a" in done.stderr


def test_an_output_that_is_there(tmp_path: Path) -> None:
    page(tmp_path, "a.txt", "fine")
    page(tmp_path, "out.jsonl", '{"old": 1}\n')
    refused = scraper("extract", "a.txt", "-o", "out.jsonl", cwd=tmp_path)
    assert refused.returncode == 2
    assert "out.jsonl: the output is there already; add to it with --append" in refused.stderr
    assert scraper("extract", "a.txt", "-o", "out.jsonl", "--append", cwd=tmp_path).returncode == 0
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 2
    assert scraper("extract", "a.txt", "-o", "out.jsonl", "--overwrite", cwd=tmp_path).returncode == 0
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk(tmp_path: Path) -> None:
    page(tmp_path, "a.txt", "fine")
    page(tmp_path, "0.txt", "WALL")
    done = scraper("extract", "0.txt", "a.txt", "-o", "/dev/full", "--failures", "f.jsonl", cwd=tmp_path)
    assert done.returncode == 6
    assert "1 failures + 0 skipped + 1 pending" in done.stderr
    assert json.loads((tmp_path / "f.jsonl").read_text())["kind"] == "consent_wall"
    assert "/dev/full: cannot write: No space left on device" in done.stderr
    with Path("/dev/full").open("wb") as full:
        process = start("extract", "a.txt", cwd=tmp_path, stdout=full)
        _, stderr = process.communicate()
    assert process.returncode == 6
    assert b"standard output: No space left on device" in stderr


def test_beside_a_device_nothing_is_put(tmp_path: Path) -> None:
    page(tmp_path, "a.txt", "WALL")
    before = set(Path("/dev").iterdir())
    done = scraper("extract", "a.txt", "-o", "/dev/null", cwd=tmp_path)
    assert done.returncode == 3
    assert "a.txt: consent_wall: a consent wall" in done.stderr
    path = job(tmp_path, '[job]\noutput = "/dev/null"\n[[source]]\nkind = "urls"\nurls = ["http://127.0.0.1:1/"]\n')
    assert scraper("run", str(path), cwd=tmp_path).returncode == 3
    assert {one for one in set(Path("/dev").iterdir()) - before if one.name.startswith("null")} == set()


def test_a_reader_that_leaves_early_is_left_in_peace(tmp_path: Path) -> None:
    for number in range(300):
        page(tmp_path, f"p/{number:03}.txt", f"{number}\n" + "words " * 200)
    with start("extract", "p", cwd=tmp_path) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["title"] == "0"
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 1  # not everything was written


def test_help_into_a_closed_pipe(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed:
        _, stderr = start("schema", cwd=tmp_path, stdout=closed).communicate(timeout=30)
    assert stderr == b""


@pytest.mark.parametrize(
    ("signals", "code", "titles"),
    [
        ([signal.SIGINT], 130, ["first", "SLOW", "third"]),  # what was read is finished
        ([signal.SIGTERM], 143, ["first", "SLOW", "third"]),
        ([signal.SIGINT, signal.SIGINT], 130, ["first"]),
        ([signal.SIGINT, signal.SIGTERM], 143, ["first"]),
    ],
)
def test_interrupted(tmp_path: Path, signals: list[signal.Signals], code: int, titles: list[str]) -> None:
    page(tmp_path, "p/1.txt", "first")
    page(tmp_path, "p/2.txt", "SLOW")
    page(tmp_path, "p/3.txt", "third")
    began = time.monotonic()
    process = start("extract", "p", "-o", "out.jsonl", cwd=tmp_path)
    while not (tmp_path / "out.jsonl").exists() or not (tmp_path / "out.jsonl").stat().st_size:
        assert time.monotonic() < began + 30
        time.sleep(0.02)
    signalled = time.monotonic()
    for number in signals:
        process.send_signal(number)
        time.sleep(0.3)
    _, stderr = process.communicate(timeout=30)
    assert process.returncode == code
    assert len(signals) == 1 or time.monotonic() - signalled < 3  # it did not wait for the slow page
    assert [json.loads(line)["title"] for line in (tmp_path / "out.jsonl").read_text().splitlines()] == titles
    assert b"stopping: what is in flight has 10 s to end" in stderr
    assert b"interrupted; what was written is whole" in stderr
    assert f"{len(titles)} written".encode() in stderr
    assert b"Traceback" not in stderr


def test_interrupted_while_waiting_for_stdin(tmp_path: Path) -> None:
    process = start("get", "-i", "-", "-v", cwd=tmp_path, stdin=subprocess.PIPE)
    assert process.stderr is not None
    assert b"no contact given" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 130
    process.communicate()


def job(folder: Path, text: str) -> Path:
    (folder / "job.toml").write_text(text)
    return folder / "job.toml"


def test_run_writes_where_the_job_says_from_wherever_it_is_started(tmp_path: Path) -> None:
    page(tmp_path, "jobs/p/a.txt", "fine")
    job(tmp_path / "jobs", '[job]\noutput = "../data/out.jsonl"\n[[source]]\nkind = "files"\npath = "p"\n')
    done = scraper("run", "jobs/job.toml", cwd=tmp_path)
    assert done.returncode == 0
    assert f"records: {tmp_path}/data/out.jsonl" in done.stderr
    assert (tmp_path / "data" / "out.jsonl").exists()


def test_fail_under_decides(tmp_path: Path) -> None:
    for name, text in {"a": "1", "b": "2", "c": "3", "d": "WALL"}.items():
        page(tmp_path, f"p/{name}.txt", text)
    path = job(tmp_path, '[[source]]\nkind = "files"\npath = "p"\n')
    assert scraper("run", path, cwd=tmp_path).returncode == 1
    assert scraper("run", path, "--set", "job.fail_under=0.75", cwd=tmp_path).returncode == 0
    assert scraper("run", path, "--set", "job.fail_under=0.8", cwd=tmp_path).returncode == 1


def test_check_shows_and_does_nothing(tmp_path: Path) -> None:
    page(tmp_path, "p/a.txt", "fine")
    path = job(tmp_path, '[job]\noutput = "out.jsonl"\n[[source]]\nkind = "files"\npath = "p"\n')
    done = scraper("run", path, "--check", "--limit", "3", cwd=tmp_path)
    assert done.returncode == 0
    assert f"records: {tmp_path}/out.jsonl\nfailures: {tmp_path}/out.failures.jsonl\n" in done.stdout
    assert not (tmp_path / "out.jsonl").exists()
    page(tmp_path, "out.jsonl", "")
    assert scraper("run", path, "--check", cwd=tmp_path).returncode == 2
    assert "problem: " in scraper("run", path, "--check", "--append", "--set", 'job.output="out.jsonl/"', cwd=tmp_path).stdout
    assert scraper("run", path, "--check", "--append", "--set", "write.rotate='day'", cwd=tmp_path).returncode == 2
    assert scraper("run", path, "--check", "--append", cwd=tmp_path).returncode == 0
    assert scraper("run", path, "--check", "--set", "fetch.delai=1", cwd=tmp_path).returncode == 2
    assert scraper("run", path, "--check", "--set", "source[0].path='q'", cwd=tmp_path).returncode == 2


def test_help_of_each_command_has_examples(tmp_path: Path) -> None:
    for name in ("get", "extract", "run", "schema"):
        done = scraper(name, "--help", cwd=tmp_path)
        assert done.returncode == 0
        assert f"Examples:\n    scraper {name} " in done.stdout


def test_no_targets_is_said(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    done = scraper("extract", "p", cwd=tmp_path)
    assert done.returncode == 0
    assert "warning: the sources named no target at all" in done.stderr


def test_two_runs_at_once(tmp_path: Path) -> None:
    page(tmp_path, "a.txt", "fine")
    path = job(tmp_path, '[job]\noutput = "out.jsonl"\n[[source]]\nkind = "files"\npath = "a.txt"\n')
    with held(tmp_path / "out.jsonl"):
        done = scraper("run", str(path), "-q", cwd=tmp_path)
    assert done.returncode == 4
    assert f"another run holds the output: process {os.getpid()} on" in done.stderr
    assert not (tmp_path / "out.jsonl").exists()
