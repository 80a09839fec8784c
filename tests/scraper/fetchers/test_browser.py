"""A page whose article exists only after its scripts ran, and what the browser is kept from. Needs Playwright and Chromium.

Where BROWSER_TESTS=required, as on the build machine, their absence is a failure and not a skip.
"""

import importlib.util
import json
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scraper.errors import UsageError
from scraper.fetchers.browser import Browser, chromium_path
from scraper.job.file import build_job
from scraper.records import Failure, FailureKind, OutcomeKind, Page, Target
from scraper.run.pipeline import Run, run_job
from tests.server import Exchange, Server, answer

THERE = importlib.util.find_spec("playwright") is not None and chromium_path() is not None
needs_browser = pytest.mark.skipif(
    not THERE and os.environ.get("BROWSER_TESTS") != "required", reason="Playwright or Chromium is not installed"
)

TEXT = " ".join(f"Sentence {number} tells what the council said of the bridge over the Elm this week." for number in range(12))
SHELL = (
    '<!doctype html><html lang="en"><head><title>The bridge stays closed</title></head><body><div id="root"></div>'
    "<noscript>You need to enable JavaScript to run this app.</noscript>{0}<script src=/app.js></script></body></html>"
)
SCRIPT = """fetch("/text.json").then(answer => answer.json()).then(story => {
  document.getElementById("root").innerHTML =
    "<article><h1>The bridge stays closed</h1><p>" + story.text + "</p><p>" + story.text + "</p></article>";
});"""


@pytest.fixture
def site(server: Server) -> Server:
    """/app is a shell, its article comes by a script and a request of that script."""
    bodies = {
        "/app": (SHELL.format(""), "text/html"),
        "/app.js": (SCRIPT, "text/javascript"),
        "/text.json": (json.dumps({"text": TEXT}), "application/json"),
    }

    def serve(exchange: Exchange) -> None:
        body, kind = bodies[exchange.request.path]
        answer(exchange, body.encode(), headers={"Content-Type": kind})

    for path in bodies:
        server.routes[path] = serve
    return server


def run(base: Path, url: str, **fetch: Any) -> tuple[Run, list[dict[str, Any]]]:
    raw = {
        "job": {"output": "out.jsonl"},
        "source": [{"kind": "urls", "urls": [url]}],
        "fetch": {"allow_networks": ["127.0.0.0/8"], "delay": 0.0, "contact": "t@example.org", "timeout": 20.0, **fetch},
        "write": {"if_exists": "overwrite"},
    }
    done = run_job(build_job(raw, base=base))
    return done, [json.loads(line) for line in (base / "out.jsonl").read_text().splitlines()]


def test_without_a_browser_the_hint_is_given(tmp_path: Path, site: Server) -> None:
    done, _ = run(tmp_path, site.url("/app"))
    assert dict(done.summary.failures) == {"javascript_required": 1}
    assert "--browser may help" in (tmp_path / "out.failures.jsonl").read_text()


@needs_browser
@pytest.mark.parametrize("how", [{"browser": "needed"}, {"browser": "always"}, {"browser_hosts": ["127.0.0.1"]}])
def test_an_article_that_exists_only_after_scripts_ran(tmp_path: Path, site: Server, how: dict[str, Any]) -> None:
    done, records = run(tmp_path, site.url("/app"), **how)
    assert done.summary.total(OutcomeKind.WRITTEN) == 1, done.summary.lines()
    assert TEXT in records[0]["body"]
    assert "rendered" in records[0]["warnings"]
    assert site.paths() == ["/robots.txt", "/app", "/app.js", "/text.json"]  # the page itself is fetched once
    assert all(entry.headers["user-agent"].startswith("article-scraper/") for entry in site.log)


@needs_browser
def test_robots_hold_for_what_scripts_ask(tmp_path: Path, site: Server) -> None:
    site.robots[""] = b"User-agent: *\nDisallow: /text.json\n"
    done, _ = run(tmp_path, site.url("/app"), browser="needed")
    assert dict(done.summary.failures) == {"javascript_required": 1}
    assert "/text.json" not in site.paths()


@needs_browser
def test_a_page_that_needs_no_scripts_meets_no_browser(tmp_path: Path, server: Server) -> None:
    _, records = run(tmp_path, server.url("/article/1"), browser="needed", browser_path="/nonexistent/chromium")
    assert "rendered" not in records[0]["warnings"]


@pytest.fixture
def browser() -> Iterator[Browser]:
    """A browser whose requests all come to nothing."""
    made = Browser(get=lambda target: Failure(url=target.url, kind=FailureKind.HTTP_4XX, detail="no"), timeout=15.0, max_bytes=100_000)
    yield made
    made.close()


def page(text: str) -> Page:
    return Page(data=text.encode(), url="https://example.org/a", content_type="text/html; charset=utf-8")


@needs_browser
def test_nothing_reaches_the_network_but_by_the_fetcher(browser: Browser, server: Server) -> None:
    """Images, styles, frames, sockets, beacons, other sites: the server sees none of them, whatever is asked."""
    asked: list[str] = []

    def get(target: Target) -> Page | Failure:
        asked.append(target.url)
        return Failure(url=target.url, kind=FailureKind.HTTP_4XX, detail="no")

    browser.get = get
    url = server.url("/canary")
    socket = url.replace("http:", "ws:")
    result = browser(
        page(
            f'<link rel=stylesheet href="{url}"><link rel=preconnect href="{url}"><img src="{url}"><iframe src="{url}"></iframe>'
            f'<script src="{url}"></script><script>fetch("{url}").catch(() => 0); new WebSocket("{socket}"); navigator.sendBeacon("{url}");'
            f'new EventSource("{url}"); window.open("{url}"); fetch("/own").catch(() => 0);'
            'document.body.append("still here")</script>'
        )
    )
    assert isinstance(result, Page), result
    assert b"still here" in result.data
    assert asked == ["https://example.org/own"]
    assert server.connections == 0


@needs_browser
def test_what_scripts_ask_of_other_hosts_is_asked_for_the_sake_of_the_page(browser: Browser) -> None:
    asked: list[Target] = []

    def get(target: Target) -> Page | Failure:
        asked.append(target)
        return Failure(url=target.url, kind=FailureKind.HTTP_4XX, detail="no")

    browser.get = get
    script = '<script>fetch("/own").catch(() => 0); fetch("https://api.example.org/x").catch(() => 0);</script>'
    browser(replace(page(script), url_requested="https://example.org/short"))
    assert sorted(target.url for target in asked) == ["https://api.example.org/x", "https://example.org/own"]
    assert {target.behalf for target in asked} == {"https://example.org/short"}


@needs_browser
def test_scripts_without_end_are_ended(browser: Browser) -> None:
    browser(page("<p>it has started</p>"))
    browser.timeout = 2.0
    started = time.monotonic()
    result = browser(page("<p>x</p><script>setTimeout(() => { for (;;) {} }, 0)</script>"))
    assert isinstance(result, Failure)
    assert result.kind is FailureKind.TIMEOUT
    assert time.monotonic() - started < 15
    browser.timeout = 15.0
    assert isinstance(browser(page("<p>the next page is well")), Page)


@needs_browser
def test_a_page_that_grows_without_end_is_capped(browser: Browser) -> None:
    result = browser(page('<script>document.title = "x".repeat(200000)</script>'))
    assert isinstance(result, Failure)
    assert result.kind is FailureKind.TOO_LARGE


def test_no_chromium_is_told(monkeypatch: pytest.MonkeyPatch, browser: Browser) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match=r"Playwright|Chromium"):
        browser(page("x"))


@needs_browser
def test_a_browser_that_does_not_start_is_told_and_leaves_nothing_behind(browser: Browser) -> None:
    browser.path = shutil.which("false")
    with pytest.raises(UsageError, match="/false does not start"):
        browser(page("x"))
    browser.path = None
    assert isinstance(browser(page("<p>a driver that still ran would let no other one start</p>")), Page)


@needs_browser
def test_a_browser_that_has_died_starts_anew(browser: Browser) -> None:
    assert isinstance(browser(page("<p>x</p>")), Page)
    browser._chromium.close()
    assert isinstance(browser(page("<p>x</p>")), Failure)
    assert isinstance(browser(page("<p>x</p>")), Page)
