"""`scraper repair`: a state that is broken or lost is made of the dataset, its failures and the archive."""

import gzip
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from scraper.__main__ import run_command
from scraper.errors import ExitCode
from scraper.job.outputs import Position
from scraper.process.lock import held
from scraper.records import FailureKind, OutcomeKind
from scraper.state import State
from scraper.state.rescue import takedowns_in
from scraper.state.takedowns import Takedown
from scraper.warc.files import in_order
from tests.scraper.commands.jobs import lines, make_job
from tests.server import Server


def torn(state: Path) -> None:
    """Pages in the middle are overwritten, as by a disk that lies."""
    data = bytearray(state.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    state.write_bytes(data)


def no_database(state: Path) -> None:
    state.write_bytes(b"no database")


def empty(state: Path) -> None:
    state.write_bytes(b"")


def lost(state: Path) -> None:
    state.unlink()


@pytest.mark.parametrize("output", ["out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "out/"])
def test_the_state_is_what_the_run_had_made_of_it(tmp_path: Path, server: Server, output: str) -> None:
    job = make_job(tmp_path, server, output)
    run_command(["run", str(job)])
    path = tmp_path / "out.state.sqlite"
    torn(path)
    assert run_command(["repair", str(job)]) == ExitCode.OK
    with closing(State(path)) as state:
        for record in lines(tmp_path / output):
            found = state.documents.latest(record["id"])
            assert found is not None
            assert (found.content_hash, found.payload_sha256) == (record["content_hash"], record["payload_sha256"])
            known = state.targets.find(record["url_requested"])
            assert known is not None
            assert (known.outcome, known.pending, known.target.source) == (OutcomeKind.WRITTEN, False, record["source"])
        for failed, kind in (("/status/404", FailureKind.HTTP_4XX), ("/pdf-as-html", FailureKind.NOT_HTML)):
            known = state.targets.find(server.url(failed))
            assert known is not None
            assert (known.outcome, known.failure, known.pending) == (OutcomeKind.FAILED, kind, False)
        assert state.targets.pending() == 0
        records, failures, archive = (state.output.committed(role) for role in ("records", "failures", "archive"))
        assert records is not None
        assert failures is not None
        assert archive is not None
        assert records.path == tmp_path / output
        if not output.endswith("/"):
            assert Position.read(records.position) == Position((tmp_path / output).stat().st_size)
        assert Position.read(failures.position) == Position((tmp_path / "out.failures.jsonl").stat().st_size)
        (file,) = in_order(tmp_path / "out.warc")
        assert archive.position == f"{file.name}:{file.stat().st_size}"
        article = state.archived.newest(server.url("/article/1"))
        assert article is not None
        assert article.file == file.name
        (run,) = state.runs.last(5)
        assert (run.exit_code, run.ended_by) == (0, "made anew by scraper repair")
    (aside,) = tmp_path.glob("out.state.sqlite.broken-*")
    assert b"\xa5" * 100 in aside.read_bytes()
    assert not list(tmp_path.glob("*.new*"))


def articles_asked(server: Server) -> list[str]:
    return [path for path in server.paths() if path != "/robots.txt"]


@pytest.mark.parametrize("output", ["out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "out/"])
@pytest.mark.parametrize("harm", [torn, no_database, empty, lost])
def test_the_next_run_asks_for_nothing_that_was_committed(
    tmp_path: Path, server: Server, output: str, harm: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    job = make_job(tmp_path, server, output)
    run_command(["run", str(job)])
    before = lines(tmp_path / output)
    harm(tmp_path / "out.state.sqlite")
    if harm is not lost:
        assert run_command(["run", str(job)]) == ExitCode.STORAGE or harm is empty
        assert harm is empty or "scraper repair JOB" in capsys.readouterr().err
    before = lines(tmp_path / output)
    capsys.readouterr()
    assert run_command(["repair", str(job), *(["--anew"] if harm is empty else [])]) == ExitCode.OK
    assert "made anew: " in capsys.readouterr().out
    server.log.clear()
    run_command(["run", str(job)])
    assert articles_asked(server) == []
    assert lines(tmp_path / output) == before
    assert run_command(["repair", str(job)]) == ExitCode.OK
    assert "whole, and left as it is" in capsys.readouterr().out


def test_a_run_without_its_state_says_what_to_do(tmp_path: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    job = make_job(tmp_path, server)
    run_command(["run", str(job)])
    assert "repair" not in capsys.readouterr().err
    run_command(["run", str(job)])
    assert "repair" not in capsys.readouterr().err
    lost(tmp_path / "out.state.sqlite")
    run_command(["run", str(job)])
    assert (
        f"{tmp_path}/out.jsonl holds what the state knows nothing of; `scraper repair JOB` makes a state of it" in capsys.readouterr().err
    )


def test_a_torn_end_is_cut_and_what_was_lost_is_read_from_the_archive(
    tmp_path: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    job = make_job(tmp_path, server)
    run_command(["run", str(job)])
    output = tmp_path / "out.jsonl"
    first, second, *_ = output.read_bytes().splitlines(keepends=True)
    output.write_bytes(first + second[:100])
    (tmp_path / "out.failures.jsonl").unlink()
    no_database(tmp_path / "out.state.sqlite")
    assert run_command(["repair", str(job)]) == ExitCode.OK
    assert "made anew: 1 lines, 5 addresses, 4 of them waiting" in capsys.readouterr().out
    assert output.read_bytes() == first
    with closing(State(tmp_path / "out.state.sqlite")) as state:
        assert state.targets.pending() == 4
        committed = state.output.committed("archive")
        assert committed is not None
        (file,) = in_order(tmp_path / "out.warc")
        name, _, offset = committed.position.rpartition(":")
        assert name == file.name
        assert 0 < int(offset) < file.stat().st_size
        assert state.output.committed("failures") is None
    server.log.clear()
    run_command(["run", str(job)])
    assert articles_asked(server) == []
    assert [line["url"] for line in lines(output)] == [server.url(f"/article/{number}") for number in (1, 2, 3)]
    assert len(lines(tmp_path / "out.failures.jsonl")) == 2


def test_lines_that_tell_nothing_are_told_and_a_torn_archive_is_read_as_far_as_it_is_whole(
    tmp_path: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    job = make_job(tmp_path, server)
    run_command(["run", str(job)])
    with (tmp_path / "out.jsonl").open("a") as output:
        output.write('no json\n{"id": 5}\n')
    (file,) = in_order(tmp_path / "out.warc")
    with file.open("ab") as archive:
        archive.write(b"\x1f\x8b\x08torn")
    lost(tmp_path / "out.state.sqlite")
    capsys.readouterr()
    assert run_command(["repair", str(job)]) == ExitCode.OK
    told = capsys.readouterr()
    assert f"warning: {tmp_path}/out.jsonl, line 4: " in told.err
    assert f"{file}: nothing is read from byte" in told.err
    assert "3 lines, 2 failures, 2 lines that tell nothing" in told.out


def test_takedowns_stay(tmp_path: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    job = make_job(tmp_path, server)
    run_command(["run", str(job)])
    run_command(["forget", server.url("/article/1"), "--job", str(job), "--reason", "a letter"])
    path = tmp_path / "out.state.sqlite"
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("DROP TABLE documents")  # whole as a file, and yet of no use
        file.execute("PRAGMA user_version = 0")
    assert run_command(["repair", str(job), "--anew"]) == ExitCode.OK
    assert "1 takedowns" in capsys.readouterr().out
    with closing(State(path)) as state:
        (takedown,) = state.takedowns.all()
        assert (takedown.what, takedown.reason) == (server.url("/article/1"), "a letter")
        assert state.targets.find(server.url("/article/1")) is None


def test_a_takedown_that_cannot_be_read_takes_no_other_with_it(tmp_path: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    job = make_job(tmp_path, server)
    run_command(["run", str(job)])
    path = tmp_path / "out.state.sqlite"
    with closing(State(path)) as state, state.transaction():
        for number in range(4):
            state.takedowns.add(Takedown(what=f"{number}.example.org", moment=float(number), reason=None, removed={}))
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE takedowns SET removed = 'no json' WHERE what = '0.example.org'")
        file.execute("UPDATE takedowns SET what = x'' WHERE what = '1.example.org'")
        file.execute("UPDATE takedowns SET reason = CAST(x'ff' AS TEXT) WHERE what = '2.example.org'")
        file.execute("DROP TABLE documents")
        file.execute("PRAGMA user_version = 0")
    assert run_command(["repair", str(job), "--anew"]) == ExitCode.OK
    assert "3 takedowns are known from the old state: if there were more, repeat them" in capsys.readouterr().err
    with closing(State(path)) as state:
        assert [takedown.what for takedown in state.takedowns.all()] == ["0.example.org", "2.example.org", "3.example.org"]


def test_takedowns_on_both_sides_of_a_broken_page_are_read(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    with closing(State(path)) as state, state.transaction():
        for number in range(200):
            state.takedowns.add(Takedown(what=f"https://example.org/{number:03}", moment=1.0, reason="a letter " * 50, removed={}))
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA journal_mode = DELETE")
        ((size,),) = file.execute("PRAGMA page_size")
    data = bytearray(path.read_bytes())
    middle = data.index(b"https://example.org/100") // size * size
    data[middle : middle + size] = b"\xa5" * size
    path.write_bytes(data)
    rescued = takedowns_in(path)
    numbers = [int(takedown.what[-3:]) for takedown in rescued.takedowns]
    assert not rescued.whole
    assert (numbers[0], numbers[-1], numbers) == (0, 199, sorted(numbers))
    assert 180 < len(numbers) < 200


@pytest.mark.parametrize("digest", ["sha1:QRSTUVWXYZ234567QRSTUVWXYZ234567", "sha256:no base32", "md5"])
def test_a_digest_of_another_kind_in_the_archive_ends_nothing(tmp_path: Path, server: Server, digest: str) -> None:
    job = make_job(tmp_path, server)
    run_command(["run", str(job)])
    block = b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 5000
    named = {"Type": "response", "Record-ID": "<urn:1>", "Target-URI": "https://a.example/", "Payload-Digest": digest}
    head = "WARC/1.1\r\n" + "".join(f"WARC-{name}: {value}\r\n" for name, value in named.items())
    record = f"{head}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"
    with in_order(tmp_path / "out.warc")[-1].open("ab") as file:
        file.write(gzip.compress(record))
    assert run_command(["run", str(job)]) == ExitCode.SOME_FAILED
    assert run_command(["repair", str(job), "--anew"]) == ExitCode.OK


def test_what_cannot_be_repaired(tmp_path: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    job = make_job(tmp_path, server)
    assert run_command(["repair", str(job)]) == ExitCode.USAGE
    assert "neither a dataset nor an archive" in capsys.readouterr().err
    with held(tmp_path / "out.jsonl"):
        assert run_command(["repair", str(job)]) == ExitCode.LOCKED
    job.write_text(job.read_text().replace("out.jsonl", "-"))
    assert run_command(["repair", str(job)]) == ExitCode.USAGE
    assert [one.name for one in tmp_path.iterdir()] == ["job.toml"]


def test_a_state_that_knows_nothing_of_the_dataset_is_made_anew(tmp_path: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    """A run makes a state of an empty file before it finds the dataset and sends one to `scraper repair`."""
    job = make_job(tmp_path, server)
    job.write_text(job.read_text().replace('if_exists = "append"', ""))
    run_command(["run", str(job)])
    before = lines(tmp_path / "out.jsonl")
    empty(tmp_path / "out.state.sqlite")
    assert run_command(["run", str(job)]) == ExitCode.USAGE
    assert "make its state anew with `scraper repair JOB.toml`" in capsys.readouterr().err
    assert run_command(["repair", str(job)]) == ExitCode.OK
    assert f"it knows nothing of {tmp_path}/out.jsonl" in capsys.readouterr().out
    assert run_command(["run", str(job)]) == ExitCode.SOME_FAILED
    assert lines(tmp_path / "out.jsonl") == before


def test_a_state_that_has_lost_a_table_is_made_anew(tmp_path: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    job = make_job(tmp_path, server)
    run_command(["run", str(job)])
    before = lines(tmp_path / "out.jsonl")
    with closing(sqlite3.connect(tmp_path / "out.state.sqlite")) as file:
        file.execute("DROP TABLE targets")
    assert run_command(["run", str(job)]) == ExitCode.STORAGE
    assert "no such table: targets; `scraper repair JOB` makes a new one" in capsys.readouterr().err
    assert run_command(["repair", str(job)]) == ExitCode.OK
    assert "it lacks what it is made of: targets" in capsys.readouterr().out
    assert run_command(["run", str(job)]) == ExitCode.SOME_FAILED
    assert lines(tmp_path / "out.jsonl") == before


@pytest.mark.parametrize("output", ["out.jsonl", "out/"])
def test_what_is_missing_of_an_output_is_fetched_again(
    tmp_path: Path, server: Server, output: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message names repair: to begin anew would throw away what is left."""
    job = make_job(tmp_path, server, output)
    run_command(["run", str(job)])
    before = lines(tmp_path / output)
    file = next((tmp_path / output).iterdir()) if output == "out/" else tmp_path / output
    file.write_bytes(file.read_bytes()[:-100])
    run_command(["run", str(job)])
    if output == "out.jsonl":  # of a folder only the part that grows has a position
        assert (
            "bring the file back, make a job's state anew of what is there with `scraper repair JOB.toml --anew`" in capsys.readouterr().err
        )
    run_command(["repair", str(job), "--anew"])
    run_command(["run", str(job)])
    assert sorted(record["id"] for record in lines(tmp_path / output)) == sorted(record["id"] for record in before)
