"""Options and the job keys that they set."""

from datetime import date, datetime
from pathlib import Path

import click
import pytest

from extractors.article import BodyEngine
from scraper.__main__ import run_command
from scraper.commands import get
from scraper.commands.execute import finished_job
from scraper.commands.options import job_settings
from scraper.job.file import build_job
from scraper.records import Format, IfExists


def parsed(*arguments: str) -> dict[str, object]:
    with get.command.make_context("get", list(arguments)) as context:
        return dict(context.params)


def test_what_is_not_given_sets_nothing() -> None:
    assert job_settings(parsed("https://example.org/")) == {}


def test_every_option_reaches_its_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p").mkdir()
    words = """https://example.org/ -o out.jsonl --append --failures f.jsonl --format md --parallel 2 --delay 0 --timeout 5 --contact me
    --allow-network 10.0.0.0/8 --body-engine trafilatura --blocks --markdown --captions --rules p --include a --include b
    --exclude c --since 2026-01-01 --until 2026-02-01 --language en --limit 3"""
    job = finished_job({}, parsed(*words.split()))
    assert (job.job.output, job.job.failures, job.job.limit) == (tmp_path / "out.jsonl", tmp_path / "f.jsonl", 3)
    assert (job.write.format, job.write.if_exists) == (Format.MARKDOWN, IfExists.APPEND)
    assert (job.fetch.parallel, job.fetch.delay, job.fetch.timeout, job.fetch.contact) == (2, 0, 5, "me")
    assert job.fetch.allow_networks == ("10.0.0.0/8",)
    assert (job.extract.body_engine, job.extract.rules) == (BodyEngine.TRAFILATURA, (tmp_path / "p",))
    assert job.extract.blocks
    assert job.extract.markdown
    assert job.extract.captions
    assert (job.filter.include, job.filter.exclude, job.filter.language) == (("a", "b"), ("c",), ("en",))
    assert (job.filter.since, job.filter.until) == (date(2026, 1, 1), date(2026, 2, 1))


def test_days_are_days() -> None:
    assert job_settings({"since": datetime(2026, 1, 1)}) == {"filter.since": ("--since", date(2026, 1, 1))}


def test_the_choices_are_those_of_the_records() -> None:
    choices = {option.name: list(option.type.choices) for option in get.command.params if isinstance(option.type, click.Choice)}
    assert choices == {"form": [form.value for form in Format], "body_engine": [engine.value for engine in BodyEngine]}


@pytest.mark.parametrize(("given", "seconds"), [("90", 90), ("1.5", 1.5), ("90s", 90), ("50m", 3000), ("2h", 7200), ("1d", 86400)])
def test_a_deadline_is_seconds_or_has_a_unit(tmp_path: Path, given: str, seconds: float) -> None:
    (tmp_path / "job.toml").write_text(f'[job]\ndeadline = "{given}"\n')
    assert finished_job({}, {"deadline": given}).job.deadline_seconds == seconds
    assert build_job({"job": {"deadline": given}}, base=tmp_path).job.deadline_seconds == seconds
    assert build_job({"job": {"deadline": seconds}}, base=tmp_path).job.deadline_seconds == seconds


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--deadline", "5x"], "error: --deadline: Expected seconds, or a time like 90s, 50m, 2h or 1d"),
        (["--retry-failed", "banana"], "error: --retry-failed: Expected all, or a kind of failure: dns, connect,"),
        (["--set", "fetch.delay=x"], "error: --set fetch.delay: Expected `float | null`, got `str`"),
        (["--set", "fetch.dely=2"], 'error: --set fetch.dely: unknown key; did you mean "delay"?'),
        (["--set", "source[0].urls=[1]"], "error: --set source[0].urls: Expected `str`, got `int`"),
        (["--delay", "3"], "job.toml, line 3, job.deadline: Expected seconds, or a time like"),
    ],
)
def test_a_complaint_names_the_flag_that_gave_the_value(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], flags: list[str], words: str
) -> None:
    deadline = "soon" if flags[0] == "--delay" else "5m"
    source = '[[source]]\nkind = "urls"\nurls = ["https://example.org/"]\n'
    (tmp_path / "job.toml").write_text(f'[job]\noutput = "o.jsonl"\ndeadline = "{deadline}"\n{source}[fetch]\ndelay = 1\n')
    assert run_command(["run", str(tmp_path / "job.toml"), "--check", *flags]) == 2
    assert words in capsys.readouterr().err
