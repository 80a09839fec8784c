"""What a job file says, as the commands that read it use it: where a mistake stands, and who needs its secrets."""

import json
from pathlib import Path

import pytest

from scraper.__main__ import run_command
from tests.scraper.commands.jobs import SMALLEST
from tests.server import Server


@pytest.mark.parametrize(
    ("key", "value", "named"),
    [
        ("filter.include", "(", "line 9, filter.include: no regular expression"),
        ("fetch.allow_networks", "10.0.0.0/99", "line 9, fetch.allow_networks: "),
        ("extract.weights", "nix.json", "line 9, extract.weights: there is no "),
        ("extract.profiles", "nix/", "line 9, extract.profiles: there is no folder "),
        ("extract.rules", "nix/", "line 9, extract.rules: there is no folder "),
    ],
)
def test_what_only_the_run_finds_wrong_is_told_with_file_and_line(
    tmp_path: Path, key: str, value: str, named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    table, _, name = key.partition(".")
    path = tmp_path / "job.toml"
    head = '[job]\noutput = "out.jsonl"\n[[source]]\nkind = "urls"\nurls = ["http://127.0.0.1:1/a"]\n\n'
    path.write_text(f"{head}[{table}]\n\n{name} = {json.dumps(value if name == 'weights' else [value])}\n")
    for arguments in (["--check"], ["-q"]):
        assert run_command(["run", str(path), *arguments]) == 2
        assert f"error: {path}, {named}" in capsys.readouterr().err
    assert run_command(["get", "http://127.0.0.1:1/a", "--include", "("]) == 2
    assert "error: --include: no regular expression: '('" in capsys.readouterr().err


def test_a_source_of_files_that_names_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "job.toml"
    path.write_text('[job]\noutput = "out.jsonl"\n[[source]]\nkind = "files"\n')
    for arguments in (["--check"], ["-q"]):
        assert run_command(["run", str(path), *arguments]) == 2
        assert f"error: {path}, line 3, source[0]: a source of files needs a path or a manifest" in capsys.readouterr().err


def test_who_looks_after_a_job_needs_none_of_its_secrets(
    tmp_path: Path, server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "urls.txt").write_text(server.url("/article/1"))
    path = tmp_path / "job.toml"
    path.write_text(SMALLEST + '[fetch.headers]\nX-Key = "${JOB_KEY}"\n[report]\nping = "${JOB_PING}"\n')
    monkeypatch.setenv("JOB_KEY", "secret")
    monkeypatch.setenv("JOB_PING", server.url("/status/200"))
    assert run_command(["run", str(path)]) == 0
    monkeypatch.undo()
    for arguments in (["status", str(path)], ["repair", str(path)], ["forget", "example.org", "--job", str(path), "--dry-run"]):
        assert run_command(arguments) == 0
    capsys.readouterr()
    for arguments in (["run", str(path)], ["run", str(path), "--check"]):
        assert run_command(arguments) == 2
        assert "line 11, fetch.headers.X-Key: the environment has no variable JOB_KEY" in capsys.readouterr().err
