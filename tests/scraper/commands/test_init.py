"""`scraper init`: what it writes can be run, what it is not told it asks for or refuses."""

import re
import sys
from pathlib import Path

import pytest

from scraper.__main__ import run_command
from scraper.job.file import JobText, build_job, read_job_file
from scraper.job.keys import FeedSource, Job, SitemapSource, UrlsSource
from scraper.job.outputs import Layout
from scraper.records import IfExists
from tests.scraper.terminal import on_terminal
from tests.server import Server, answer

CONTACT = ["--contact", "you@example.org"]
INIT = [sys.executable, "-m", "scraper", "init"]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read(path: Path) -> Job:
    raw, text = read_job_file(path)
    return build_job(raw, base=path.absolute().parent, where=JobText(str(path), text, {}))


@pytest.mark.parametrize(
    "flags",
    [
        ["--site", "https://example.org/"],
        ["--feed", "https://example.org/a", "--feed", "https://example.org/b", "--sitemap", "example.org/map.xml"],
        ["--urls", "urls.txt", "--output", "data/out.jsonl.zst"],
        ["--urls", 'list "of" \x7fpages.csv', "--allow-network", "10.0.0.0/8", "--output", "elsewhere/"],
    ],
)
def test_what_it_writes_passes_the_check(here: Path, flags: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("urls.txt", 'list "of" \x7fpages.csv'):
        (here / name).write_text("url\nhttps://example.org/1\n")
    assert run_command(["init", "jobs/news.toml", *flags, *CONTACT]) == 0
    assert "scraper run jobs/news.toml --check" in capsys.readouterr().err
    assert run_command(["run", "jobs/news.toml", "--check"]) == 0
    assert "problem" not in capsys.readouterr().out
    assert not list(here.glob("**/.*"))


def test_the_keys_come_from_the_flags(here: Path) -> None:
    (here / "urls.txt").write_text("https://example.org/1\n")
    flags = ["--site", "example.org", "--urls", "urls.txt", "--output", "far/out/", "--allow-network", "10.0.0.0/8"]
    assert run_command(["init", "jobs/news.toml", *flags, *CONTACT]) == 0
    job = read(here / "jobs" / "news.toml")
    site = ("https://example.org",)
    assert job.source == (FeedSource(urls=site), SitemapSource(urls=site), UrlsSource(path=here / "urls.txt"))
    assert (job.job.output, job.write.layout, job.write.if_exists) == (here / "far" / "out", Layout.FOLDER, IfExists.APPEND)
    assert (job.fetch.contact, job.fetch.allow_networks) == ("you@example.org", ("10.0.0.0/8",))


def test_a_folder_is_proposed_and_every_key_that_waits_in_a_comment_is_one(here: Path) -> None:
    assert run_command(["init", "--feed", "https://example.org/feed", *CONTACT]) == 0
    text = (here / "job.toml").read_text()
    assert 'output = "out/"' in text
    path = here / "all.toml"
    path.write_text(re.sub(r"^# (?=\w+ = )", "", text, flags=re.MULTILINE))
    job = read(path)
    assert (job.job.fail_under, job.filter.per_host, job.archive.enabled, job.report.ping) == (
        0.9,
        500,
        False,
        "https://hc.example.org/your-uuid",
    )


def test_a_job_that_is_there_stays_as_it_is(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "job.toml").write_text("mine")
    assert run_command(["init", "--site", "https://example.org/", *CONTACT]) == 2
    assert "job.toml is there already; replace it with --overwrite" in capsys.readouterr().err
    assert (here / "job.toml").read_text() == "mine"
    assert run_command(["init", "--site", "https://example.org/", *CONTACT, "--overwrite"]) == 0
    assert read(here / "job.toml").fetch.contact == "you@example.org"


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ([], "a source (--site, --feed, --sitemap or --urls) and --contact"),
        (["--site", "https://example.org/"], "no terminal to ask on: --contact"),
        (CONTACT, "no terminal to ask on: a source"),
        (["--site", "file:///etc", *CONTACT], "'file:///etc': no http or https address"),
        (["--urls", "none.txt", *CONTACT], "there is no file none.txt"),
        (["--feed", "https://example.org/", *CONTACT, "--output", "-"], "not to standard output"),
        (["--feed", "https://example.org/", *CONTACT, "--allow-network", "10.0.0.0/99"], "fetch.allow_networks: '10.0.0.0/99'"),
    ],
)
def test_what_cannot_be_written_is_refused(here: Path, flags: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["init", *flags]) == 2
    assert words in capsys.readouterr().err
    assert list(here.iterdir()) == []


def test_a_folder_that_takes_no_file_is_a_matter_of_the_disk(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: path != here)  # for root every folder can be written to
    assert run_command(["init", "--site", "https://example.org/", *CONTACT]) == 6
    assert f"{here}/job.toml: cannot write: Permission denied" in capsys.readouterr().err
    assert list(here.iterdir()) == []


def test_on_a_terminal_it_asks(here: Path) -> None:
    (here / "urls.txt").write_text("https://example.org/1\n")
    answers = [("come from?", "urls"), ("file of addresses", "none.txt"), ("there is no file none.txt", "urls.txt")]
    answers += [("mail address", "you@example.org"), ("out/]", "")]
    code, screen = on_terminal([*INIT, "mine.toml"], here, answers=answers)
    assert code == 0, screen
    job = read(here / "mine.toml")
    assert job.source == (UrlsSource(path=here / "urls.txt"),)
    assert (job.job.output, job.write.layout, job.fetch.contact) == (here / "out", Layout.FOLDER, "you@example.org")


def test_on_a_terminal_it_asks_for_no_more_than_is_missing(here: Path) -> None:
    code, screen = on_terminal([*INIT, "--site", "example.org"], here, answers=[("mail address", "me@example.org"), ("out/]", "all.jsonl")])
    assert code == 0, screen
    assert read(here / "job.toml").job.output == here / "all.jsonl"
    code, screen = on_terminal([*INIT, "b.toml", "--site", "example.org", *CONTACT], here)
    assert code == 0, screen
    assert "?" not in screen


def test_it_can_look_at_the_site(here: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    home = b'<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head><body>t</body></html>'
    feed = b'<rss version="2.0"><channel><title>t</title><item><title>a</title><link>/a</link></item></channel></rss>'
    pages = {"/home": home, "/feed": feed}
    for path, body in pages.items():
        server.routes[path] = lambda exchange, body=body: answer(exchange, body)  # type: ignore[misc]
    flags = ["--allow-network", "127.0.0.0/8", "--discover", *CONTACT]
    assert run_command(["init", "--site", server.url("/home"), *flags]) == 0
    assert read(here / "job.toml").source == (FeedSource(urls=(server.url("/feed"),)),)
    assert "# 1 articles" in (here / "job.toml").read_text()
    assert run_command(["init", "none.toml", "--site", server.url("/status/404"), *flags]) == 2
    assert f"{server.url('/status/404')}: http_4xx" in capsys.readouterr().err
    assert not (here / "none.toml").exists()
