"""The page of `scraper explain` in headless Chromium: nothing of an attack page runs or is asked for, and keys, filter and search work.

Where BROWSER_TESTS=required, as on the build machine, a missing browser is a failure and not a skip.
"""

import importlib.util
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractors.trace import trace
from scraper.explain import as_page
from tests.attack_page import MARK, attack_page
from tests.server import Exchange, Server, answer
from tests.source import ROOT

__all__: list[str] = []

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
THERE = CHROMIUM is not None and importlib.util.find_spec("playwright") is not None
pytestmark = pytest.mark.skipif(
    not THERE and os.environ.get("BROWSER_TESTS") != "required", reason="Playwright or Chromium is not installed: apt-get install chromium"
)

SAMPLE = ROOT / "data" / "samples" / "jsonld-news-en" / "page.html"
FLAGS = ["--disable-background-networking", "--no-first-run", "--disable-component-update", "--disable-sync"]
FLAGS += ["--blink-settings=primaryHoverType=2,availableHoverTypes=2"]  # a pointer that can hover, as headless has none


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - an extra

    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=False, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def beacon(server: Server) -> Server:
    def serve(exchange: Exchange) -> None:
        answer(exchange, b"", headers={"Content-Type": "text/plain"})

    server.routes["/beacon"] = serve
    return server


def _open(browser: Any, path: Path, text: str, **options: Any) -> tuple[Any, list[str]]:
    """The page in a tab of its own, and the addresses that it asked for."""
    path.write_text(text, "utf-8")
    page = browser.new_context(**options).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    page.wait_for_timeout(300)
    return page, asked


def test_an_attack_would_be_seen(browser: Any, beacon: Server, tmp_path: Path) -> None:
    raw = f"<title>x</title><img src='{beacon.url('/beacon/img')}' onerror=\"document.title='{MARK}'\">"
    page, asked = _open(browser, tmp_path / "raw.html", raw)
    assert page.title() == MARK
    assert beacon.url("/beacon/img") in asked
    assert "/beacon/img" in beacon.paths()


def test_nothing_of_an_attack_page_runs_or_is_asked_for(browser: Any, beacon: Server, tmp_path: Path) -> None:
    told = trace(attack_page(beacon.url("/beacon")), url="https://ledger.example.org/a/bridge", content_type="text/html")
    page, asked = _open(browser, tmp_path / "why.html", as_page(told))
    dialogs: list[Any] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog))  # noqa: PLW0108 - playwright takes no builtin
    for _ in range(40):
        page.keyboard.press("Tab")
    page.wait_for_timeout(200)
    assert asked == [(tmp_path / "why.html").as_uri()]
    assert beacon.paths() == []
    assert dialogs == []
    assert page.title().endswith("explained")
    assert page.evaluate(f"typeof {MARK}") == "undefined"
    assert page.locator("script").count() == 1
    assert page.locator("img, iframe, object, embed, form, link, base, svg").count() == 0
    assert page.locator(".block").count() == len(told.pieces)


def _sample() -> str:
    return as_page(trace(SAMPLE.read_bytes(), url="https://news.example.org/a/saltmarsh-4471", content_type="text/html"))


def test_focus_and_pointer_show_the_reason(browser: Any, tmp_path: Path) -> None:
    page, _ = _open(browser, tmp_path / "why.html", _sample())
    block = page.locator(".block").nth(3)
    page.mouse.move(0, 0)
    assert page.locator(".why:visible").count() == 0
    page.locator(".block").nth(6).hover()
    assert page.locator(".block").nth(6).locator(".why").is_visible()
    page.mouse.move(0, 0)
    block.focus()
    assert page.locator(".why:visible").count() == 1
    assert block.locator(".why").is_visible()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.getAttribute('aria-describedby')") == "why5"
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.getAttribute('aria-describedby')") == "why4"


def test_search_and_filter_leave_what_was_asked_for(browser: Any, tmp_path: Path) -> None:
    page, _ = _open(browser, tmp_path / "why.html", _sample())
    every = page.locator(".block").count()
    page.keyboard.press("/")
    page.keyboard.type("tideline")
    assert page.locator(".block:visible").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".block:visible").count() == every
    page.get_by_label("kept").uncheck()
    assert page.locator(".block.is-kept:visible").count() == 0
    assert page.locator(".block.is-removed:visible").count() > 0


def test_every_reason_is_shown_at_once_where_asked(browser: Any, tmp_path: Path) -> None:
    page, _ = _open(browser, tmp_path / "why.html", _sample(), java_script_enabled=False)
    page.get_by_label("every reason").check()
    assert page.locator(".why:visible").count() == page.locator(".block").count()


def test_a_small_screen_scrolls_down_alone(browser: Any, tmp_path: Path) -> None:
    page, _ = _open(browser, tmp_path / "why.html", _sample(), viewport={"width": 360, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert (
        page.evaluate("[...document.querySelectorAll('.wide, fieldset')].filter(one => one.scrollWidth > one.clientWidth + 1).length") == 0
    )
    assert page.locator("td").first.evaluate("one => getComputedStyle(one).display") == "block"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_reads_without_javascript_in_light_and_dark(browser: Any, tmp_path: Path, scheme: str) -> None:
    page, _ = _open(browser, tmp_path / "why.html", _sample(), java_script_enabled=False, color_scheme=scheme)
    assert not page.locator("#searching").is_visible()
    assert page.locator(".block:visible").count() > 20
    page.get_by_label("kept").uncheck()
    assert page.locator(".block.is-kept:visible").count() == 0
    picture = tmp_path / f"{scheme}.png"
    page.screenshot(path=picture)
    assert picture.stat().st_size > 10_000
