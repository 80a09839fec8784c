"""What a user may ask wrongly: one message that names it and says what to do, and nothing done."""

from pathlib import Path

import pytest

from scraper.__main__ import run_command


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["get"], "Usage: scraper get"),
        (["get", "example.org/a"], "no scheme; write https://example.org/a"),
        (["get", "-i", "none.txt"], "'none.txt' does not exist"),
        (["get", "https://example.org/", "--delay", "-1"], "--delay"),
        (["get", "https://example.org/", "--since", "yesterday"], "--since"),
        (["get", "https://example.org/", "--include", "("], "--include: no regular expression"),
        (["get", "https://example.org/", "--allow-network", "10.0.0.0/99"], "--allow-network: '10.0.0.0/99'"),
        (["extract", "none.html"], "'none.html' does not exist"),
        (["extract", ".", "--url", "https://example.org/"], "--url holds for a single file"),
        (["extract", "-", "--url", "example.org/x"], "no scheme"),
        (["extract", "-", "--fetched-at", "today"], "error: fetched_at: Invalid RFC3339"),
        (["extract", "-", "-q", "-v"], "--quiet and --verbose contradict"),
        (["extract", "-", "-o", "o.jsonl", "--append", "--overwrite"], "--append and --overwrite contradict each other"),
        (["prune", "-", "-o", "o.jsonl", "--overwrite", "--append"], "--append and --overwrite contradict each other"),
        (["explain", "example.org/a"], "there is no file example.org/a; an address begins with https:// or http://"),
        (["run", "none.toml"], "'none.toml' does not exist"),
        (["frobnicate"], "No such command 'frobnicate'"),
        (["--frobnicate"], "No such option"),
    ],
)
def test_what_is_asked_wrongly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("scraper.process.interrupts.handle_signals", lambda: None)
    assert run_command(arguments) == 2
    shown = capsys.readouterr()
    assert words in shown.err
    assert shown.out == ""
    assert list(tmp_path.iterdir()) == []


def test_what_explain_does_not_replace_it_says_in_its_own_flags(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "why.html").write_text("mine")
    page = Path(__file__).parents[3] / "data" / "samples" / "jsonld-news-en" / "page.html"
    assert run_command(["explain", str(page), "--html", str(tmp_path / "why.html")]) == 2
    assert "replace it with --overwrite, or name another with --html" in (told := capsys.readouterr().err)
    assert "--append" not in told
    assert (tmp_path / "why.html").read_text() == "mine"
