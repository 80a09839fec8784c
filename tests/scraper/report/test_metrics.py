"""Metrics: what Prometheus' own parser reads of them, and that nobody sees half of a file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from scraper.records import Failure, FailureKind, Outcome, OutcomeKind
from scraper.report.closing import Closing
from scraper.report.metrics import exposition, write_metrics
from scraper.report.summary import Summary

STARTED = datetime(2026, 3, 5, 8, 30, tzinfo=UTC)


def closing(*, job: str = "news", code: int = 0, minutes: int = 0) -> Closing:
    summary = Summary()
    for url in ("https://a.example/1", "https://a.example/2", "https://b.example/1"):
        summary.take(url)
    summary.count(Outcome(kind=OutcomeKind.WRITTEN, url="https://a.example/1"))
    failure = Failure(url="https://b.example/1", kind=FailureKind.TIMEOUT, detail="")
    summary.count(Outcome(kind=OutcomeKind.FAILED, url="https://b.example/1", failure=failure))
    started = STARTED + timedelta(minutes=minutes)
    finished = started + timedelta(seconds=12.5)
    return Closing(job=job, run_id="r", started=started, finished=finished, exit_code=code, summary=summary)


def read(text: str) -> dict[str, Metric]:
    return {family.name: family for family in text_string_to_metric_families(text)}


def samples(family: Metric, label: str) -> dict[str, float]:
    return {sample.labels[label]: sample.value for sample in family.samples}


def test_the_figures_are_those_of_the_run() -> None:
    families = read(exposition(closing()))
    assert all(family.type == "gauge" and family.documentation for family in families.values())
    assert samples(families["scraper_run_targets"], "outcome") == {
        "written": 1, "unchanged": 0, "duplicates": 0, "failures": 1, "skipped": 0, "pending": 1,
    }  # fmt: skip
    assert samples(families["scraper_run_failures"], "kind") == {"timeout": 1}
    by_host = {(s.labels["host"], s.labels["outcome"]): s.value for s in families["scraper_run_host_targets"].samples if s.value}
    assert by_host == {("a.example", "written"): 1, ("a.example", "pending"): 1, ("b.example", "failures"): 1}
    assert samples(families["scraper_run_duration_seconds"], "job") == {"news": 12.5}
    assert samples(families["scraper_run_start_timestamp_seconds"], "job") == {"news": STARTED.timestamp()}


def test_a_name_cannot_break_out_of_its_label() -> None:
    name = 'a"} 1\nscraper_forged 2\\'
    families = read(exposition(closing(job=name)))
    assert "scraper_forged" not in families
    assert samples(families["scraper_run_exit_code"], "job") == {name: 0}


def test_the_last_success_outlives_later_failures(tmp_path: Path) -> None:
    path = tmp_path / "metrics" / "news.prom"

    def success() -> dict[str, float] | None:
        family = read(path.read_text()).get("scraper_run_success_timestamp_seconds")
        return samples(family, "job") if family else None

    write_metrics(path, closing(code=3))
    assert success() is None
    write_metrics(path, closing(code=0))
    ended = closing().finished.timestamp()
    for minutes in (60, 120):
        write_metrics(path, closing(code=1, minutes=minutes))
        assert success() == {"news": ended}
    assert list(path.parent.iterdir()) == [path]
    assert path.stat().st_mode & 0o777 == 0o644


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "news.prom"
    write_metrics(path, closing())
    before = path.read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("scraper.report.metrics.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_metrics(path, closing(code=1))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_moment_that_is_no_number_is_left_behind(tmp_path: Path) -> None:
    path = tmp_path / "news.prom"
    path.write_text('scraper_run_success_timestamp_seconds{job="news"} 12:00\n')
    write_metrics(path, closing(code=3))
    assert "scraper_run_success_timestamp_seconds" not in read(path.read_text())
