"""Feeds, sitemaps, sections and crawls as sources of a job, with what they say of an article carried along."""

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from extractors.article import Evidence, Origin
from scraper.errors import JobError
from scraper.job.file import build_job
from scraper.records import Answer, Failure, FailureKind, OutcomeKind, Page, Target
from scraper.run.fetching import NoFetch
from scraper.run.inlets import open_sources
from scraper.run.pipeline import Run, run_job
from scraper.sources.abreast import Abreast
from scraper.sources.urls import UrlList
from tests.faults import ROUTES
from tests.scraper.fakes import fake_extract
from tests.server import Server, answer

SITE = "https://news.example.org"
STORY = "/2026/03/05/the-bridge-stays-closed-until-{0}"
FEED = f"""<rss version="2.0"><channel><title>News</title>
<item><title>First</title><link>{SITE}{STORY.format(1)}</link><pubDate>Thu, 05 Mar 2026 23:30:00 -0500</pubDate>
<category>Bridges</category></item>
<item><title>Old</title><link>{SITE}{STORY.format(2)}</link><pubDate>Wed, 04 Mar 2020 10:00:00 GMT</pubDate></item>
</channel></rss>"""
SITEMAP = f"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>{SITE}{STORY.format(3)}</loc><lastmod>2026-03-05</lastmod></url><url><loc>{SITE}{STORY.format(4)}</loc></url></urlset>"""
LINKS = f'<html><a href="{STORY.format(5)}">The bridge over the Elm stays closed until May</a><a href="/city">City</a></html>'


class Site:
    """A site of five articles; remembers what it was asked for."""

    def __init__(self) -> None:
        self.documents = {"/feed": FEED, "/sitemap.xml": SITEMAP, "/": LINKS, "/city": LINKS.replace("until-5", "until-6")}
        self.asked: list[str] = []
        self.evidence: dict[str, tuple[Evidence, ...]] = {}

    def __call__(self, target: Target) -> Answer:
        path = target.url.removeprefix(SITE)
        self.asked.append(path)
        self.evidence[path] = target.evidence
        text = self.documents.get(path, f"Page {path}" if "/2026/" in path else None)
        if text is None:
            return Failure(url=target.url, kind=FailureKind.HTTP_4XX, detail="status 404")
        kind = "application/rss+xml" if path == "/feed" else "text/html"
        return Page(data=text.encode(), url=target.url, url_requested=target.url, content_type=kind, evidence=target.evidence)


def run(base: Path, source: dict[str, Any], **sections: Any) -> tuple[Run, Site, list[str]]:
    site = Site()
    raw = {"job": {"output": "out.jsonl"}, "source": [{"urls": [SITE + "/"], **source}], **sections}
    done = run_job(build_job(raw, base=base), fetch=site, extract=fake_extract)
    urls = [json.loads(line)["url"].removeprefix(SITE) for line in (base / "out.jsonl").read_text().splitlines()]
    return done, site, urls


def test_a_feed_with_its_evidence(tmp_path: Path) -> None:
    _, site, urls = run(tmp_path, {"kind": "feed", "urls": [SITE + "/feed"]})
    assert urls == [STORY.format(1), STORY.format(2)]
    (said,) = site.evidence[STORY.format(1)]
    assert (said.origin, said.title, said.tags) == (Origin.FEED, "First", ("Bridges",))


def test_a_sitemap_in_its_usual_place(tmp_path: Path) -> None:
    done, site, urls = run(tmp_path, {"kind": "sitemap"})
    assert urls == [STORY.format(3), STORY.format(4)]
    assert site.asked[0] == "/sitemap.xml"
    assert done.summary.targets == 2


def test_a_section_and_a_crawl(tmp_path: Path) -> None:
    assert run(tmp_path, {"kind": "section"})[2] == [STORY.format(5)]
    (tmp_path / "out.jsonl").unlink()
    (tmp_path / "out.failures.jsonl").unlink()
    assert run(tmp_path, {"kind": "crawl", "depth": 1})[2] == [STORY.format(5), STORY.format(6)]


def test_what_a_feed_dates_too_old_is_never_fetched(tmp_path: Path) -> None:
    done, site, _ = run(tmp_path, {"kind": "feed", "urls": [SITE + "/feed"]}, filter={"since": "2026-03-01"})
    assert STORY.format(2) not in site.asked
    assert STORY.format(1) in site.asked
    assert done.summary.skipped["too old"] == 1


@pytest.mark.parametrize(
    ("bounds", "refusal"),
    [({"since": "2026-03-06"}, False), ({"since": "2026-03-07"}, True), ({"until": "2026-03-04"}, False), ({"until": "2026-03-03"}, True)],
)
def test_a_feed_s_day_rules_out_only_what_is_more_than_a_day_off(tmp_path: Path, bounds: dict[str, str], refusal: bool) -> None:
    _, site, _ = run(tmp_path, {"kind": "feed", "urls": [SITE + "/feed"]}, filter=bounds)
    assert (STORY.format(1) not in site.asked) is refusal


def test_budgets_of_hosts_and_sites(tmp_path: Path) -> None:
    names = [f"https://{host}.example.{suffix}/{number}" for suffix in ("org", "net") for host in "ab" for number in range(3)]
    source = [{"kind": "urls", "urls": names}]

    def written(**budgets: int) -> list[str]:
        raw = {"job": {"output": "out.jsonl"}, "source": source, "filter": budgets, "write": {"if_exists": "overwrite"}}

        def fetch(target: Target) -> Answer:
            return Page(data=target.url.encode(), url=target.url, url_requested=target.url)

        done = run_job(build_job(raw, base=tmp_path), fetch=fetch, extract=fake_extract)
        lines = [json.loads(line)["url"] for line in (tmp_path / "out.jsonl").read_text().splitlines()]
        assert done.summary.total(OutcomeKind.SKIPPED) == 12 - len(lines)
        return lines

    assert written(per_host=2) == [name for name in names if not name.endswith("/2")]
    assert written(per_site=4) == [*names[:4], *names[6:10]]
    assert written(per_host=2, per_site=3) == [*names[:2], names[3], *names[6:8], names[9]]


def test_a_document_that_fails_is_one_failure(tmp_path: Path) -> None:
    done, _, urls = run(tmp_path, {"kind": "feed", "urls": [SITE + "/none"]})
    assert (urls, dict(done.summary.failures)) == ([], {"http_4xx": 1})


@pytest.mark.parametrize("urls", [[], ["example.org"], ["file:///etc/passwd"]])
def test_a_source_without_an_address(tmp_path: Path, urls: list[str]) -> None:
    with pytest.raises(JobError, match=r"source\[0\]\.urls"):
        run(tmp_path, {"kind": "feed", "urls": urls})


def test_sources_that_are_fetched_are_read_one_walk_a_host_and_others_in_their_place(tmp_path: Path) -> None:
    (tmp_path / "urls.txt").write_text("https://list.example/1\n")
    feed = {"kind": "feed", "urls": ["https://a.example/1", "https://b.example/1", "https://a.example/2"]}
    raw = {"source": [{"kind": "urls", "path": "urls.txt"}, feed, {"kind": "sitemap", "urls": ["https://b.example/map.xml"]}]}
    listed, fetched = open_sources(build_job(raw, base=tmp_path), fetching=NoFetch())
    assert isinstance(listed, UrlList)
    assert isinstance(fetched, Abreast)
    assert fetched.most == 8
    asked = [
        [getattr(getattr(source, "source", None), "urls", None) for source in walk.sources]
        for walk in fetched.sources
        if isinstance(walk, Abreast)
    ]
    assert asked == [[("https://a.example/1", "https://a.example/2")], [("https://b.example/1",), ("https://b.example/map.xml",)]]


def test_a_site_that_only_a_feed_names_gets_no_secrets(tmp_path: Path, server: Server) -> None:
    """In the run that reads the feed, and in a later one that finds the target waiting."""
    with Server(routes=dict(ROUTES), address="127.0.0.2") as other:
        items = "".join(f"<item><link>{one.url('/article/1')}</link></item>" for one in (server, other))
        links = "".join(f"<item><link>{other.url(path)}</link></item>" for path in ("/status/503", "/article/2"))
        server.routes["/feed"] = lambda exchange: answer(exchange, f"<rss><channel>{items}{links}</channel></rss>".encode())
        raw = {
            "job": {"output": "out.jsonl", "state": "out.state.sqlite", "limit": 2},
            "source": [{"kind": "feed", "urls": [server.url("/feed")]}],
            "fetch": {"allow_networks": ["127.0.0.0/8"], "delay": 0.0, "contact": "t@example.org", "retries": 0, "headers": {"X-Key": "s"}},
        }
        job = build_job(raw, base=tmp_path)
        run_job(job, extract=fake_extract)
        run_job(replace(job, job=replace(job.job, limit=None, retry_failed="all")), extract=fake_extract)
    assert {entry.headers.get("x-key") for entry in server.log} == {"s"}
    assert {entry.path for entry in server.log} == {"/robots.txt", "/feed", "/article/1"}
    assert {entry.headers.get("x-key") for entry in other.log} == {None}
    assert {entry.path for entry in other.log} == {"/robots.txt", "/article/1", "/status/503", "/article/2"}
