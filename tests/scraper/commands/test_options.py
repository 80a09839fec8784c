"""Options and the job keys that they set."""

from datetime import date, datetime
from pathlib import Path

import click
import pytest

from extractors.article import BodyEngine
from scraper.commands import get
from scraper.commands.execute import finished_job
from scraper.commands.options import job_settings
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
    assert job_settings({"since": datetime(2026, 1, 1)}) == {"filter.since": date(2026, 1, 1)}


def test_the_choices_are_those_of_the_records() -> None:
    choices = {option.name: list(option.type.choices) for option in get.command.params if isinstance(option.type, click.Choice)}
    assert choices == {"form": [form.value for form in Format], "body_engine": [engine.value for engine in BodyEngine]}
