"""Jobs under a scheduler: three runs from cron's environment, signals in each phase, disks that are full, clocks that are set back."""

import json
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from scraper.errors import OutputError
from scraper.job.file import build_job
from scraper.job.outputs import Position
from scraper.records import OutcomeKind
from scraper.run import memory
from scraper.run.pipeline import Run, run_job
from scraper.state import State
from scraper.writers.file import FileSink
from tests.faults import article_page
from tests.scraper.commands.jobs import SMALLEST
from tests.scraper.fakes import fake_extract, fake_fetch
from tests.server import Exchange, Server, answer

ROOT = Path(__file__).resolve().parents[3]
JOB = f"""{SMALLEST}retries = 0
contact = "t@example.org"
"""


def write_job(folder: Path, urls: list[str], output: str = "out.jsonl") -> None:
    (folder / "job.toml").write_text(JOB.replace("out.jsonl", output))
    (folder / "urls.txt").write_text("\n".join(urls) + "\n")


def start(folder: Path, *flags: str, largest: int | None = None) -> "subprocess.Popen[bytes]":
    """The program with nothing in its environment, as cron starts it, but for the place of the code."""
    command = [sys.executable, "-m", "tests.scraper.fakes", "run", "job.toml", *flags]
    environment = {"PATH": "", "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    if largest is not None:
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (largest, largest))
    return process


def finished(folder: Path, *flags: str, largest: int | None = None) -> tuple[int, dict[str, Any], str]:
    """Exit code, the closing line as an object, and all that was said."""
    process = start(folder, *flags, largest=largest)
    _, told = process.communicate(timeout=60)
    text = told.decode()
    last = text.splitlines()[-1] if text else "{}"
    return process.returncode, json.loads(last) if last.startswith("{") else {}, text


def addresses(path: Path) -> list[str]:
    return [json.loads(line)["url"] for line in path.read_text().splitlines()]


def test_three_runs_of_cron(tmp_path: Path, server: Server) -> None:
    first = [server.url(f"/article/{number}") for number in range(5)]
    write_job(tmp_path, first)
    code, line, _ = finished(tmp_path)
    assert (code, line["targets"], line["written"]) == (0, 5, 5)
    write_job(tmp_path, [*first, server.url("/article/5"), server.url("/article/6")])
    code, line, _ = finished(tmp_path)
    assert (code, line["targets"], line["written"], line["unchanged"]) == (0, 7, 2, 5)
    assert sorted(addresses(tmp_path / "out.jsonl")) == [*first, server.url("/article/5"), server.url("/article/6")]
    server.close()
    code, line, _ = finished(tmp_path)
    assert (code, line["targets"], line["failures"], line["exit_code"]) == (3, 7, 7, 3)
    state = State(tmp_path / "out.state.sqlite")
    runs = state.runs.last(5)
    assert [(run.exit_code, run.complete) for run in runs] == [(3, True), (0, True), (0, True)]
    assert [run.totals["written"] for run in runs] == [0, 2, 5]
    known = state.targets.find(first[0])
    assert known is not None
    assert (known.outcome, known.failures) == (OutcomeKind.FAILED, 1)
    state.close()
    assert len(addresses(tmp_path / "out.jsonl")) == 7


def test_a_quiet_run_says_nothing_when_all_is_well(tmp_path: Path, server: Server) -> None:
    write_job(tmp_path, [server.url("/article/1")])
    assert finished(tmp_path, "-q")[2] == ""


def test_a_source_that_names_the_known_asks_only_for_what_is_due(tmp_path: Path, server: Server) -> None:
    def feed(*numbers: int, modified: str = "") -> bytes:
        items = "".join(
            f"<url><loc>{server.url(f'/article/{number}')}</loc>{f'<lastmod>{modified}</lastmod>' if modified else ''}</url>"
            for number in numbers
        )
        return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{items}</urlset>'.encode()

    def run(body: bytes) -> Run:
        server.routes["/map.xml"] = lambda exchange: answer(exchange, body, headers={"Content-Type": "application/xml"})
        raw = {
            "job": {"output": "out.jsonl", "state": "state.sqlite"},
            "source": [{"kind": "sitemap", "urls": [server.url("/map.xml")]}],
            "fetch": {"allow_networks": ["127.0.0.0/8"], "delay": 0.0, "contact": "t@example.org"},
        }
        server.log.clear()
        return run_job(build_job(raw, base=tmp_path), extract=fake_extract)

    assert run(feed(1, 2)).summary.total(OutcomeKind.WRITTEN) == 2
    again = run(feed(1, 2, 3))
    assert (again.summary.total(OutcomeKind.WRITTEN), again.summary.total(OutcomeKind.UNCHANGED)) == (1, 2)
    assert [path for path in server.paths() if path.startswith("/article")] == ["/article/3"]
    newer = run(feed(1, modified="2099-01-01T00:00:00Z"))  # the sitemap says that it has changed since
    assert newer.summary.total(OutcomeKind.UNCHANGED) == 1
    assert [path for path in server.paths() if path.startswith("/article")] == ["/article/1"]


def test_a_changed_page_is_a_new_line_with_the_same_id(tmp_path: Path, server: Server) -> None:
    versions = iter(["one", "two", "two"])
    server.routes["/story"] = lambda exchange: answer(exchange, article_page(next(versions)))
    write_job(tmp_path, [server.url("/story")])
    assert [finished(tmp_path)[1][kind] for kind in ("written", "written", "unchanged")] == [1, 1, 1]
    records = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert len({record["id"] for record in records}) == 1
    assert len({record["content_hash"] for record in records}) == 2


def test_a_torn_line_of_another_program_is_cut(tmp_path: Path, server: Server) -> None:
    write_job(tmp_path, [server.url("/article/1")])
    assert finished(tmp_path)[0] == 0
    with (tmp_path / "out.jsonl").open("ab") as stream:
        stream.write(b'{"half": ')
    write_job(tmp_path, [server.url("/article/1"), server.url("/article/2")])
    assert finished(tmp_path)[0] == 0
    assert addresses(tmp_path / "out.jsonl") == [server.url("/article/1"), server.url("/article/2")]


def test_a_deadline_leaves_the_rest_to_the_next_run(tmp_path: Path, server: Server) -> None:
    def slow(exchange: Exchange) -> None:
        time.sleep(0.3)
        answer(exchange, article_page(exchange.request.path))

    server.routes["/slow/"] = slow
    urls = [server.url(f"/slow/{number}") for number in range(12)]
    write_job(tmp_path, urls)
    code, line, _ = finished(tmp_path, "--deadline", "1s")
    assert code == 1
    assert 0 < line["written"] < 12
    assert line["written"] + line["pending"] == line["targets"] == 12
    code, line, _ = finished(tmp_path)
    assert code == 0
    assert sorted(addresses(tmp_path / "out.jsonl")) == sorted(urls)
    assert len([path for path in server.paths() if path.startswith("/slow")]) == 12  # nothing was asked for twice


def test_a_deadline_before_a_feed_has_answered_is_not_well(tmp_path: Path, server: Server) -> None:
    write_job(tmp_path, [])
    (tmp_path / "job.toml").write_text(
        (tmp_path / "job.toml")
        .read_text()
        .replace(
            "[fetch]",
            f"""[[source]]
kind = "feed"
urls = ["{server.url("/hang")}"]
[fetch]""",
        )
    )
    code, line, told = finished(tmp_path, "-q", "--deadline", "0.5s", "--set", "job.grace=0.2")
    assert (code, line["targets"]) == (1, 0)
    assert "the sources were not read to their end" in told


def test_what_failed_is_asked_for_again_when_that_is_wanted(tmp_path: Path, server: Server) -> None:
    state = {"status": "503 Wait"}
    server.routes["/shaky"] = lambda exchange: answer(exchange, article_page("1"), status=state["status"])
    server.routes["/feed"] = lambda exchange: answer(
        exchange,
        f"<rss version='2.0'><channel><title>t</title><item><link>{server.url('/shaky')}</link></item></channel></rss>".encode(),
    )
    (tmp_path / "job.toml").write_text(JOB.replace('kind = "urls"\npath = "urls.txt"', f'kind = "feed"\nurls = ["{server.url("/feed")}"]'))
    assert finished(tmp_path)[1]["failures"] == 1
    state["status"] = "200 OK"
    assert finished(tmp_path)[1]["skipped"] == 1  # not due: a quarter of an hour has not passed
    assert finished(tmp_path, "--retry-failed", "timeout")[1]["skipped"] == 1  # it did not fail so
    assert finished(tmp_path, "--retry-failed", "http_5xx")[1]["written"] == 1


def test_what_failed_for_good_is_asked_for_again_though_no_source_names_it(tmp_path: Path, server: Server) -> None:
    state = {"status": "404 Not Found"}
    server.routes["/gone"] = lambda exchange: answer(exchange, article_page("1"), status=state["status"])
    write_job(tmp_path, [server.url("/gone")])
    assert finished(tmp_path)[1]["failures"] == 1
    write_job(tmp_path, [server.url("/article/1")])
    state["status"] = "200 OK"
    assert finished(tmp_path)[1]["written"] == 1
    line = finished(tmp_path, "--retry-failed", "http_4xx")[1]
    assert (line["written"], line["pending"]) == (1, 0)
    assert sorted(addresses(tmp_path / "out.jsonl")) == [server.url("/article/1"), server.url("/gone")]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("after", [0.0, 0.25, 0.6])
def test_a_signal_in_each_phase(tmp_path: Path, server: Server, number: signal.Signals, after: float) -> None:
    def slow(exchange: Exchange) -> None:
        time.sleep(0.1)
        answer(exchange, article_page(exchange.request.path))

    server.routes["/slow/"] = slow
    urls = [server.url(f"/slow/{count}") for count in range(8)]
    write_job(tmp_path, urls)
    process = start(tmp_path)
    end = time.monotonic() + 20
    while not server.log and time.monotonic() < end:
        time.sleep(0.005)
    time.sleep(after)
    process.send_signal(number)
    _, told = process.communicate(timeout=20)
    assert process.returncode == 128 + number, told.decode()
    assert b"Traceback" not in told
    before = addresses(tmp_path / "out.jsonl")
    assert finished(tmp_path)[0] == 0
    assert addresses(tmp_path / "out.jsonl")[: len(before)] == before
    assert sorted(addresses(tmp_path / "out.jsonl")) == sorted(urls)
    assert len([path for path in server.paths() if path.startswith("/slow")]) == 8  # what was in flight was finished


def test_two_runs_at_once(tmp_path: Path, server: Server) -> None:
    server.routes["/slow/"] = lambda exchange: (time.sleep(4), answer(exchange, article_page("1")))[0]
    write_job(tmp_path, [server.url("/slow/1")])
    first = start(tmp_path)
    while not server.log:
        time.sleep(0.01)
    code, line, told = finished(tmp_path)
    assert (code, line["exit_code"]) == (4, 4)
    assert f"process {first.pid}" in told
    first.communicate(timeout=20)
    assert first.returncode == 0
    assert len(addresses(tmp_path / "out.jsonl")) == 1


@pytest.mark.parametrize("size", [20_000, 60_000, 120_000])
def test_a_full_disk(tmp_path: Path, server: Server, size: int) -> None:
    """Files can grow to `size` bytes: dataset, archive and state meet the limit at different moments."""
    urls = [server.url(f"/article/{number}") for number in range(300)]
    write_job(tmp_path, urls)
    code, _, told = finished(tmp_path, largest=size)
    assert code == 6, told
    assert "Traceback" not in told
    assert "cannot" in told
    before = addresses(tmp_path / "out.jsonl") if (tmp_path / "out.jsonl").exists() else []
    code, line, told = finished(tmp_path)
    assert code == 0, told
    assert line["targets"] >= 300
    after = addresses(tmp_path / "out.jsonl")
    assert set(before) <= set(after)
    assert sorted(after) == sorted(urls)


def test_what_the_disk_did_not_take_is_not_settled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Records that were written, and could not be synced, are not known as written."""
    urls = [f"https://news{number % 3}.example.org/{number}" for number in range(30)]
    job = {"job": {"output": "out.jsonl", "state": "state.sqlite"}, "source": [{"kind": "urls", "urls": urls}]}

    def refused(sink: FileSink) -> Position:
        raise OutputError("cannot write: no space is left")

    with monkeypatch.context() as patch:
        patch.setattr(FileSink, "sync", refused)
        run = run_job(build_job(job, base=tmp_path), fetch=fake_fetch, extract=fake_extract)
    assert run.exit_code(None) == 6
    again = run_job(build_job(job, base=tmp_path), fetch=fake_fetch, extract=fake_extract)
    assert again.summary.total(OutcomeKind.WRITTEN) == 30
    assert sorted(addresses(tmp_path / "out.jsonl")) == sorted(urls)


def test_a_clock_that_is_set_back(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*numbers: int) -> Run:
        raw = {
            "job": {"output": "out.jsonl", "state": "state.sqlite"},
            "source": [{"kind": "urls", "urls": [server.url(f"/article/{number}") for number in numbers]}],
            "fetch": {"allow_networks": ["127.0.0.0/8"], "delay": 0.0, "contact": "t@example.org"},
        }
        return run_job(build_job(raw, base=tmp_path), extract=fake_extract)

    assert run(1, 2).summary.total(OutcomeKind.WRITTEN) == 2
    now = time.time
    monkeypatch.setattr(memory.time, "time", lambda: now() - 400 * 86400)
    done = run(1, 2, 3)
    assert (done.summary.total(OutcomeKind.WRITTEN), done.summary.total(OutcomeKind.UNCHANGED)) == (1, 2)
    monkeypatch.undo()
    assert run(1, 2, 3).summary.total(OutcomeKind.UNCHANGED) == 3
    assert len(addresses(tmp_path / "out.jsonl")) == 3


@pytest.mark.parametrize("damage", [b"garbage, no database at all" * 200, b"SQLite format 3\x00" + bytes(5000)])
def test_a_state_that_is_broken(tmp_path: Path, server: Server, damage: bytes) -> None:
    write_job(tmp_path, [server.url("/article/1")])
    assert finished(tmp_path)[0] == 0
    for path in tmp_path.glob("out.state.sqlite*"):
        path.unlink()
    (tmp_path / "out.state.sqlite").write_bytes(damage)
    code, _, told = finished(tmp_path)
    assert code == 6
    assert "out.state.sqlite" in told
    assert "scraper repair" in told
    assert "Traceback" not in told
    assert len(addresses(tmp_path / "out.jsonl")) == 1


def test_a_folder_that_cannot_be_written_is_told_before_anything_is_fetched(tmp_path: Path, server: Server) -> None:
    (tmp_path / "file").write_text("")
    write_job(tmp_path, [server.url("/article/1")], output="file/out.jsonl")
    code, _, told = finished(tmp_path)
    assert code == 6
    assert "Traceback" not in told
    assert not server.log
