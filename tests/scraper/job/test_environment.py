"""Secrets of a job come from the environment, and are never shown."""

import gzip
from pathlib import Path

import pytest

from scraper.__main__ import run_command
from scraper.errors import JobError
from scraper.job.environment import with_secrets
from tests.server import Server

VARIABLES = {"TOKEN": "s3cret", "USER": "me"}


def test_secrets_alone_are_replaced() -> None:
    raw = {
        "job": {"name": "${TOKEN}"},
        "fetch": {
            "headers": {"Authorization": "Bearer ${TOKEN}", "X": "$${TOKEN} $TOKEN"},
            "proxies": {"https": "http://${USER}:${TOKEN}@p"},
        },
        "report": {"ping": "https://hc.example.org/${TOKEN}"},
    }
    assert with_secrets(raw, VARIABLES) == {
        "job": {"name": "${TOKEN}"},
        "fetch": {"headers": {"Authorization": "Bearer s3cret", "X": "${TOKEN} $TOKEN"}, "proxies": {"https": "http://me:s3cret@p"}},
        "report": {"ping": "https://hc.example.org/s3cret"},
    }
    assert raw["job"] == {"name": "${TOKEN}"}
    assert "${TOKEN}" in raw["fetch"]["headers"]["Authorization"]
    assert with_secrets({"fetch": 3, "report": {"ping": 4}}, {}) == {"fetch": 3, "report": {"ping": 4}}  # the types are judged later


def test_a_variable_that_is_not_set() -> None:
    with pytest.raises(JobError, match=r"fetch\.headers\.A: the environment has no variable NONE; set it, or write \$\$\{NONE\}"):
        with_secrets({"fetch": {"headers": {"A": "${NONE}"}}}, VARIABLES)


JOB = """
[job]
output = "out.jsonl"
[[source]]
kind = "urls"
urls = ["URL"]
[fetch]
allow_networks = ["127.0.0.0/8"]
delay = 0
contact = "t@example.org"
headers = {Authorization = "Bearer ${SCRAPER_TEST_TOKEN}", X-Api-Key = "${SCRAPER_TEST_TOKEN}"}
cookies = {session = "${SCRAPER_TEST_TOKEN}"}
[log]
file = "run.log"
level = "debug"
[report]
ping = "PING/${SCRAPER_TEST_TOKEN}"
"""


def test_the_value_is_sent_and_written_nowhere(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "job.toml"
    path.write_text(JOB.replace("URL", server.url("/article/1")).replace("PING", server.url("/ping")))
    assert run_command(["run", str(path), "--check"]) == 2
    assert f"{path}, line 11, fetch.headers.Authorization: the environment has no variable SCRAPER_TEST_TOKEN" in capsys.readouterr().err
    monkeypatch.setenv("SCRAPER_TEST_TOKEN", "s3cret")
    assert run_command(["run", str(path), "--check"]) == 0
    shown = capsys.readouterr().out
    assert "headers = {Authorization: ***, X-Api-Key: ***}, cookies = {session: ***}" in shown
    assert "ping = ***" in shown
    assert run_command(["run", str(path), "-v"]) == 0
    told = capsys.readouterr()
    asked = [request for request in server.log if request.path == "/article/1"]
    assert [request.headers["authorization"] for request in asked] == ["Bearer s3cret"]
    assert "/ping/s3cret" in server.paths()
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert {"run.log", "out.jsonl", "out.state.sqlite"} <= {file.name for file in files}
    assert not [file for file in files if b"s3cret" in unpacked(file)]
    assert "s3cret" not in shown + told.out + told.err


def test_a_proxy_that_is_not_there_is_told_without_its_password(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SCRAPER_TEST_TOKEN", "s3cret")
    path = tmp_path / "job.toml"
    proxies = 'proxies = {http = "http://me:${SCRAPER_TEST_TOKEN}@127.0.0.1:1"}\nretries = 0\nrobots = "ignore"\n[log]'
    text = JOB.replace("URL", server.url("/article/1")).replace("[log]", proxies).partition("[report]")[0]
    path.write_text(text)
    assert run_command(["run", str(path), "-vv"]) == 3
    told = capsys.readouterr()
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert "out.failures.jsonl" in {file.name for file in files}
    assert not [file for file in files if b"s3cret" in unpacked(file)]
    assert "s3cret" not in told.out + told.err


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("headers.X-Api-Key", "s3cret\n"),
        ("headers.X-Api-Key", " s3cret"),
        ("headers.X-Api-Key", "s3cret\N{EURO SIGN}"),
        ("cookies.session", "s3cret\r\nX: y"),
        ("proxies.http", "http://me:s3cret/1@127.0.0.1:1"),
        ("proxies.http", "http://me:1/s3cret@127.0.0.1:1"),
        ("proxies.http", "http://me:s3cret#1@127.0.0.1:1"),
    ],
)
def test_what_cannot_be_sent_ends_the_run_before_an_error_of_the_network_shows_it(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], key: str, value: str
) -> None:
    monkeypatch.setenv("SCRAPER_TEST_TOKEN", value)
    path = tmp_path / "job.toml"
    table, _, name = key.partition(".")
    given = f'{table} = {{{name} = "${{SCRAPER_TEST_TOKEN}}"}}\nrobots = "ignore"\nretries = 0\n[log]'
    text = "\n".join(line for line in JOB.splitlines() if not line.startswith(("headers", "cookies")))
    path.write_text(text.replace("URL", server.url("/article/1")).replace("[log]", given).partition("[report]")[0])
    assert run_command(["run", str(path)]) == 2
    told = capsys.readouterr()
    assert f"fetch.{key}: the value " in told.err
    assert "s3cret" not in told.out + told.err
    assert server.log == []
    assert not [file for file in tmp_path.rglob("*") if file.is_file() and b"s3cret" in unpacked(file)]


def unpacked(file: Path) -> bytes:
    return gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()


def test_a_variable_where_none_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "job.toml"
    path.write_text('[job]\noutput = "${HOME}/out.jsonl"\n')
    assert run_command(["run", str(path), "--check"]) == 2
    assert "job.toml, line 2, job.output: Expected a path without variables" in capsys.readouterr().err
