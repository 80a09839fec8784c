"""A run from sources to files, with a fetcher and an extractor that need no network and no model."""

import json
import logging
import time
from pathlib import Path
from typing import Any

import pytest

from scraper.errors import ExitCode, JobError, OutputExists, SourceError
from scraper.job.file import build_job
from scraper.job.keys import FilterSection
from scraper.job.places import failures_path
from scraper.records import OutcomeKind, Page
from scraper.run.filters import Filters
from scraper.run.pipeline import Run, extract_options, run_job
from scraper.run.verdict import Verdict
from tests.scraper.fakes import article, fake_extract, fake_fetch
from tests.server import Server, answer


def run(base: Path, raw: dict[str, Any]) -> Run:
    raw = {"job": {"output": "out.jsonl"}, **raw}
    return run_job(build_job(raw, base=base), fetch=fake_fetch, extract=fake_extract)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def totals(run_: Run) -> dict[str, int]:
    return {kind.value: run_.summary.total(kind) for kind in OutcomeKind if run_.summary.total(kind)}


def urls(*names: str) -> dict[str, Any]:
    return {"kind": "urls", "urls": [name if ":" in name else f"https://example.org/{name}" for name in names]}


def test_every_target_has_one_outcome(tmp_path: Path) -> None:
    source = urls("a", "b", "timeout", "a?utm_source=x", "https://other.example.net/a", "nonsense:1")
    done = run(tmp_path, {"source": [source], "filter": {"exclude": ["/b$"]}})
    assert done.summary.targets == 6
    assert totals(done) == {"written": 2, "duplicates": 1, "failures": 2, "skipped": 1}
    assert [record["url"] for record in lines(tmp_path / "out.jsonl")] == ["https://example.org/a", "https://other.example.net/a"]
    failures = lines(tmp_path / "out.failures.jsonl")
    assert [(failure["url"], failure["kind"]) for failure in failures] == [
        ("https://example.org/timeout", "timeout"),
        ("nonsense:1", "bad_input"),
    ]
    assert done.exit_code(None) == ExitCode.SOME_FAILED


def test_output_follows_the_order_of_the_sources(tmp_path: Path) -> None:
    names = [f"https://{host}.example.org/{number}" for number in range(10) for host in "abc"]
    run(tmp_path, {"source": [urls(*names)]})
    assert [record["url"] for record in lines(tmp_path / "out.jsonl")] == names


def test_two_addresses_that_end_at_one_are_one_article(tmp_path: Path) -> None:
    assert totals(run(tmp_path, {"source": [urls("moved/1", "moved/2")]})) == {"written": 1, "duplicates": 1}


def test_a_defect_in_one_document_ends_nothing(tmp_path: Path) -> None:
    for name, text in {"a.txt": "BOOM", "b.txt": "fine", "c.txt": "WALL", "d.txt": "EMPTY"}.items():
        (tmp_path / name).write_text(text)
    done = run(tmp_path, {"source": [{"kind": "files", "path": "."}]})
    assert totals(done) == {"written": 1, "failures": 3}
    failures = lines(tmp_path / "out.failures.jsonl")
    assert [failure["kind"] for failure in failures] == ["internal", "consent_wall", "empty_page"]
    assert failures[0]["detail"].startswith("ZeroDivisionError: boom (fakes.py line ")
    assert len(failures[0]["payload_sha256"]) == 64


def test_a_defect_of_the_fetcher_ends_nothing(tmp_path: Path) -> None:
    done = run(tmp_path, {"source": [urls("raise", "a")]})
    assert totals(done) == {"written": 1, "failures": 1}
    assert lines(tmp_path / "out.failures.jsonl")[0]["kind"] == "internal"


def test_rules_that_cannot_be_used_end_the_run(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("RULES")
    with pytest.raises(JobError, match=r"rules\.toml line 3"):
        run(tmp_path, {"source": [{"kind": "files", "path": "a.txt"}]})


def test_the_same_file_twice_is_a_duplicate_and_a_revision_is_not(tmp_path: Path) -> None:
    for name, text in {"1.txt": "old", "2.txt": "new", "3.txt": "old"}.items():
        (tmp_path / name).write_text(text)
    manifest = "".join(json.dumps({"file": f"{number}.txt", "url": "https://example.org/a"}) + "\n" for number in (1, 2, 3))
    (tmp_path / "m.jsonl").write_text(manifest)
    done = run(tmp_path, {"source": [{"kind": "files", "manifest": "m.jsonl"}]})
    assert totals(done) == {"written": 2, "duplicates": 1}


def test_saved_copies_with_the_same_content_are_one_article(tmp_path: Path) -> None:
    pages = [Page(data=data, url="https://example.org/a", name=name) for name, data in (("1", b"old<1>"), ("2", b"old<2>"), ("3", b"new"))]
    verdict = Verdict(lambda page, _: article(page.data.decode().partition("<")[0], url=page.url), Filters(FilterSection()))
    assert [verdict(page).kind for page in pages] == [OutcomeKind.WRITTEN, OutcomeKind.DUPLICATE, OutcomeKind.WRITTEN]


def test_the_limit_counts_pages_and_not_what_was_left_out(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    done = run(tmp_path, {"job": {"output": "out.jsonl", "limit": 2}, "source": [urls("a", "a", "b", "c")]})
    assert totals(done) == {"written": 2, "duplicates": 1}
    assert "stopped at the limit of 2" in caplog.text


def test_a_limit_that_is_not_reached_is_not_spoken_of(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    run(tmp_path, {"job": {"output": "out.jsonl", "limit": 2}, "source": [urls("a", "b")]})
    assert "limit" not in caplog.text


def test_nothing_is_done_where_the_output_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out.failures.jsonl").write_text("")
    fetched = []
    job = build_job({"job": {"output": "out.jsonl"}, "source": [urls("a")]}, base=tmp_path)
    with pytest.raises(OutputExists):
        run_job(job, fetch=lambda target: fetched.append(target) or fake_fetch(target), extract=fake_extract)  # type: ignore[func-returns-value]
    assert not fetched
    assert not (tmp_path / "out.jsonl").exists()


def test_a_source_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("id\n1\n")
    done = run(tmp_path, {"source": [urls("a"), {"kind": "urls", "path": "bad.csv"}]})
    assert isinstance(done.ended_by, SourceError)
    assert "no such column" in str(done.ended_by)
    assert (totals(done), done.exit_code(None)) == ({"written": 1}, ExitCode.USAGE)
    assert len(lines(tmp_path / "out.jsonl")) == 1


def test_a_run_that_cannot_begin_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("id\n1\n")
    with pytest.raises(SourceError, match="no such column"):
        run(tmp_path, {"source": [{"kind": "urls", "path": "bad.csv"}]})
    assert [path.name for path in tmp_path.iterdir()] == ["bad.csv"]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ({"kind": "urls", "path": "none.txt"}, r"source\[0\].path: there is no .*none.txt"),
        ({"kind": "files", "manifest": "none.csv"}, r"source\[0\].manifest: there is no .*none.csv"),
        ({"kind": "files"}, "needs a path or a manifest"),
    ],
)
def test_a_source_that_is_missing_is_said_at_once(tmp_path: Path, source: dict[str, Any], words: str) -> None:
    with pytest.raises(JobError, match=words):
        run(tmp_path, {"source": [source]})
    assert not (tmp_path / "out.jsonl").exists()


def test_filters_on_articles_are_skips_with_reasons(tmp_path: Path) -> None:
    done = run(tmp_path, {"source": [urls("a", "b")], "filter": {"language": ["en"]}})
    assert totals(done) == {"skipped": 2}
    assert done.summary.skipped == {"language unknown": 2}
    assert done.exit_code(None) == ExitCode.OK


def test_markdown_needs_a_markdown_body(tmp_path: Path) -> None:
    job = build_job({"write": {"format": "md"}}, base=tmp_path)
    assert extract_options(job).markdown


def test_where_failures_go(tmp_path: Path) -> None:
    def path(**section: str) -> Path | None:
        return failures_path(build_job({"job": section}, base=tmp_path))

    assert path(output="x.jsonl") == tmp_path / "x.failures.jsonl"
    assert path(output="x.jsonl", failures="y.jsonl") == tmp_path / "y.jsonl"
    assert path() is None
    assert path(failures="y.jsonl") == tmp_path / "y.jsonl"


@pytest.mark.parametrize("head", [{"output": "urls.txt"}, {"output": "x.jsonl", "failures": "x.jsonl"}, {"failures": "urls.txt"}])
def test_an_output_is_never_written_over_an_input(tmp_path: Path, head: dict[str, str]) -> None:
    (tmp_path / "urls.txt").write_text("https://example.org/a\n")
    with pytest.raises(JobError, match="used for something else"):
        run(tmp_path, {"job": head, "source": [{"kind": "urls", "path": "urls.txt"}], "write": {"if_exists": "overwrite"}})
    assert (tmp_path / "urls.txt").read_text() == "https://example.org/a\n"


FEED = """<rss version="2.0"><channel><item><link>/article/1</link><pubDate>Mon, 01 Jan 99999999999999 00:00:00 GMT</pubDate></item>
<item><link>/article/2</link></item></channel></rss>"""
SITEMAP = "<urlset><url><loc>/article/3</loc><lastmod>9999-12-31</lastmod></url><url><loc>/article/4</loc></url></urlset>"


def test_hostile_dates_end_nothing(tmp_path: Path, server: Server) -> None:
    kinds = {"/feed": "application/rss+xml; charset=undefined", "/map.xml": "text/xml"}
    server.routes |= {
        "/feed": lambda exchange: answer(exchange, FEED.encode(), headers={"Content-Type": kinds["/feed"]}),
        "/map.xml": lambda exchange: answer(exchange, SITEMAP.encode(), headers={"Content-Type": kinds["/map.xml"]}),
    }
    sources = [{"kind": "feed", "urls": [server.url("/feed")]}, {"kind": "sitemap", "urls": [server.url("/map.xml")]}]
    fetch = {"allow_networks": ["127.0.0.0/8"], "delay": 0, "contact": "t@example.org"}
    raw = {"job": {"output": "out.jsonl"}, "source": sources, "fetch": fetch, "filter": {"since": "2022-01-01"}}
    done = run_job(build_job(raw, base=tmp_path), extract=fake_extract)
    assert done.ended_by is None
    assert totals(done) == {"skipped": 4}  # read through; these pages print no date


def test_a_page_that_takes_for_ever_is_one_failure(tmp_path: Path) -> None:
    for name, text in {"a.txt": "fine", "b.txt": "ENDLESS", "c.txt": "MEMORY", "d.txt": "fine too"}.items():
        (tmp_path / name).write_text(text)
    done = run(tmp_path, {"source": [{"kind": "files", "path": "."}], "extract": {"timeout": 0.3}})
    assert totals(done) == {"written": 2, "failures": 2}
    late, large = lines(tmp_path / "out.failures.jsonl")
    assert (late["kind"], late["detail"]) == ("extract_timeout", "it took longer than 0.3 s")
    assert large["kind"] == "extract_memory"


def test_a_deadline_ends_extraction_too(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number:02}.txt").write_text(f"{'ENDLESS' if number else 'fine'} {number}")
    began = time.monotonic()
    done = run(tmp_path, {"job": {"output": "out.jsonl", "deadline": 1, "grace": 0.5}, "source": [{"kind": "files", "path": "."}]})
    assert time.monotonic() - began < 4
    assert totals(done)["written"] == 1
    assert 1 <= totals(done)["failures"] < 3
    assert done.exit_code(None) == ExitCode.SOME_FAILED
    assert sum(totals(done).values()) == done.summary.targets
