"""A takedown: out of the dataset, its failures, the archive and the state, and not fetched again."""

import gzip
import json
from pathlib import Path

import pytest

from scraper.__main__ import run_command
from scraper.errors import ExitCode
from scraper.process.lock import held
from scraper.records import Target
from scraper.state import State
from scraper.warc.files import in_order
from scraper.warc.records import read_records
from tests.faults import redirect_to
from tests.scraper.archive.parts import check
from tests.scraper.commands.jobs import lines, make_job
from tests.server import Server, answer


def archived(folder: Path) -> list[str]:
    found = []
    for path in in_order(folder):
        with path.open("rb") as stream:
            found += [str(record.url) for record in read_records(stream) if record.url]
    return found


@pytest.mark.parametrize("output", ["out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "out/"])
def test_an_address_goes_everywhere(
    tmp_path: Path, server: Server, output: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_job(tmp_path, server, output)
    if output.endswith("/"):
        (tmp_path / "out").mkdir()
    run_command(["run", str(path)])
    before = archived(tmp_path / "out.warc")
    capsys.readouterr()
    url = server.url("/article/1#top")
    assert run_command(["forget", f"{url}?utm_source=x", "--job", str(path), "--dry-run"]) == ExitCode.OK
    assert "1 records, 0 failures, 3 records of the archive would go" in capsys.readouterr().out
    assert run_command(["forget", url, "--job", str(path), "--reason", "a letter"]) == ExitCode.OK
    assert "1 records, 0 failures, 3 records of the archive" in capsys.readouterr().out
    left = [record["url"] for record in lines(tmp_path / output)]
    assert left == [server.url("/article/2"), server.url("/article/3")]
    after = archived(tmp_path / "out.warc")
    assert set(before) - set(after) == {server.url("/article/1")}
    assert len(after) == len(before) - 3
    check(in_order(tmp_path / "out.warc"), monkeypatch)
    state = State(tmp_path / "out.state.sqlite")
    assert state.targets.find(server.url("/article/1")) is None
    assert state.archived.newest(server.url("/article/1")) is None
    (takedown,) = state.takedowns.all()
    assert (takedown.what, takedown.reason, takedown.removed["records"]) == (server.url("/article/1"), "a letter", 1)
    state.close()
    assert [one.name for one in tmp_path.iterdir() if one.name.endswith((".ready", ".new", ".lock"))] == []


def test_later_runs_leave_it_out(tmp_path: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    path = make_job(tmp_path, server)
    run_command(["run", str(path)])
    run_command(["forget", server.url("/article/1"), "--job", str(path)])
    run_command(["forget", server.url("/article/3"), "--job", str(path)])
    server.log.clear()
    capsys.readouterr()
    run_command(["run", str(path)])
    assert "taken down" in capsys.readouterr().err
    assert "/article/1" not in server.paths()
    kept = {record["url"] for record in lines(tmp_path / "out.jsonl")}
    assert kept == {server.url("/article/2")}
    assert "/redirect" in server.paths()
    assert "/article/3" not in server.paths()
    (refused,) = [one for one in lines(tmp_path / "out.failures.jsonl") if one["kind"] == "redirect_refused"]
    assert "taken down" in refused["detail"]
    assert "/article/3" not in refused["detail"]
    assert server.url("/article/3") not in archived(tmp_path / "out.warc")


def test_what_redirects_led_to_goes_with_what_was_asked_for(tmp_path: Path, server: Server) -> None:
    path = make_job(tmp_path, server)
    run_command(["run", str(path)])
    run_command(["forget", server.url(redirect_to("/article/3")), "--job", str(path)])
    assert [record["url"] for record in lines(tmp_path / "out.jsonl")] == [server.url("/article/1"), server.url("/article/2")]
    assert not [url for url in archived(tmp_path / "out.warc") if "article/3" in url or "redirect" in url]


def test_a_failure_goes_with_its_bytes(tmp_path: Path, server: Server) -> None:
    path = make_job(tmp_path, server)
    run_command(["run", str(path)])
    run_command(["forget", server.url("/pdf-as-html"), "--job", str(path)])
    assert [record["url"] for record in lines(tmp_path / "out.failures.jsonl")] == [server.url("/status/404")]
    assert server.url("/pdf-as-html") not in archived(tmp_path / "out.warc")


def test_a_host_goes(tmp_path: Path, server: Server) -> None:
    path = make_job(tmp_path, server)
    run_command(["run", str(path)])
    assert run_command(["forget", "example.org", "--job", str(path)]) == ExitCode.OK
    assert len(lines(tmp_path / "out.jsonl")) == 3
    assert run_command(["forget", "127.0.0.1", "--job", str(path)]) == ExitCode.OK
    assert lines(tmp_path / "out.jsonl") == lines(tmp_path / "out.failures.jsonl") == archived(tmp_path / "out.warc") == []
    server.log.clear()
    assert run_command(["run", str(path)]) == ExitCode.OK
    assert server.log == []


def test_the_sources_at_a_host_that_went_are_left_out(tmp_path: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    rss = f"<rss version='2.0'><channel><title>t</title><item><link>{server.url('/article/1')}</link></item></channel></rss>".encode()
    server.routes["/feed"] = lambda exchange: answer(exchange, rss)
    path = make_job(tmp_path, server)
    addresses = {kind: server.url(place) for kind, place in (("feed", "/feed"), ("sitemap", "/"), ("section", "/s"), ("crawl", "/c"))}
    tables = "".join(f'[[source]]\nkind = "{kind}"\nurls = ["{url}"]\n' for kind, url in addresses.items())
    path.write_text(path.read_text().partition("[[source]]")[0] + tables + "[write]" + path.read_text().partition("[write]")[2])
    run_command(["run", str(path)])
    assert server.url("/feed") in archived(tmp_path / "out.warc")
    run_command(["forget", "127.0.0.1", "--job", str(path)])
    server.log.clear()
    capsys.readouterr()
    assert run_command(["run", str(path)]) == ExitCode.OK
    assert "4 targets = 0 written + 0 unchanged + 0 duplicates + 0 failures + 4 skipped + 0 pending" in (told := capsys.readouterr().err)
    assert "skipped: taken down 4" in told
    assert (server.log, archived(tmp_path / "out.warc")) == ([], [])


def test_a_running_job_is_not_touched(tmp_path: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    path = make_job(tmp_path, server)
    with held(tmp_path / "out.jsonl"):
        assert run_command(["forget", "example.org", "--job", str(path)]) == ExitCode.LOCKED
    assert "another run holds the output" in capsys.readouterr().err


@pytest.mark.parametrize("what", ["example", "mailto:a@example.org", "ftp://example.org/", "/a", "", "exa mple.org"])
def test_what_is_neither(tmp_path: Path, server: Server, what: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["forget", what, "--job", str(make_job(tmp_path, server))]) == ExitCode.USAGE
    assert "scraper: error: " in capsys.readouterr().err


def test_before_the_first_run(tmp_path: Path, server: Server) -> None:
    path = make_job(tmp_path, server)
    assert run_command(["forget", server.url("/article/1"), "--job", str(path)]) == ExitCode.OK
    run_command(["run", str(path)])
    assert server.url("/article/1") not in {record["url"] for record in lines(tmp_path / "out.jsonl")}


def test_lines_that_cannot_be_read_stay(tmp_path: Path, server: Server) -> None:
    path = make_job(tmp_path, server, "out.jsonl.gz")
    data = b'no json\n{"id": 5}\n{"url": "https://example.org/a"}\n'
    (tmp_path / "out.jsonl.gz").write_bytes(gzip.compress(data))
    run_command(["forget", "example.org", "--job", str(path)])
    assert gzip.decompress((tmp_path / "out.jsonl.gz").read_bytes()) == b'no json\n{"id": 5}\n'


def test_lines_with_ids_of_another_make_go(tmp_path: Path, server: Server) -> None:
    path = make_job(tmp_path, server)
    (tmp_path / "out.jsonl").write_text('{"id": "no hex", "url": "https://example.org/a"}\n{"id": "f", "url": "https://example.org/b"}\n')
    assert run_command(["forget", "example.org", "--job", str(path)]) == ExitCode.OK
    assert (tmp_path / "out.jsonl").read_text() == ""


def test_a_folder_among_the_parts_is_none(tmp_path: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    path = make_job(tmp_path, server, "out/")
    (tmp_path / "out").mkdir()
    run_command(["run", str(path)])
    (tmp_path / "out" / "notes").mkdir()
    (tmp_path / "out" / ".hidden").write_text(f'{{"url": "{server.url("/article/1")}"}}')
    for flags, words in ((["--dry-run"], "1 records, 0 failures, 3 records of the archive would go"), ([], "1 records, 0 failures")):
        capsys.readouterr()
        assert run_command(["forget", server.url("/article/1"), "--job", str(path), *flags]) == ExitCode.OK
        assert words in capsys.readouterr().out


def test_a_host_goes_in_each_of_its_spellings(tmp_path: Path, server: Server) -> None:
    path = make_job(tmp_path, server)
    spellings = ["https://xn--mller-kva.de/1", "https://müller.de/2", "https://www.M%C3%BCller.de./3", "https://muller.de/4"]
    (tmp_path / "out.jsonl").write_text("".join(json.dumps({"url": url}) + "\n" for url in spellings))
    state = State(tmp_path / "out.state.sqlite")
    with state.transaction():
        for url in spellings:
            state.targets.add(Target(url=url), run=1, said=None, due=1.0)
    state.close()
    assert run_command(["forget", "müller.de", "--job", str(path)]) == ExitCode.OK
    assert [line["url"] for line in lines(tmp_path / "out.jsonl")] == ["https://muller.de/4"]
    state = State(tmp_path / "out.state.sqlite")
    assert [url for url in spellings if state.targets.find(url)] == ["https://muller.de/4"]
    state.close()
