"""Pages whose text appears only after scripts have run, filled in by a Chromium that itself reaches no network."""

import hashlib
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from scraper.errors import UsageError
from scraper.records import Failure, FailureKind, Page, Target
from scraper.sites import same_site

__all__ = ["Browser", "chromium_path"]

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# What a text may need; images, fonts, styles, media, sockets and the rest are refused.
_NEEDED = frozenset({"document", "script", "xhr", "fetch"})

# Every request is answered by the program's own fetcher. What should slip past that finds no name and no proxy to go to.
_ARGUMENTS = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
)

MOST_PARTS = 40  # requests of one page; each is admitted by its host's pace
_QUIET = 3.0  # seconds that a page may go on working after it has asked for nothing more

Get = Callable[[Target], Page | Failure]


def chromium_path() -> str | None:
    """The Chromium that the system has installed; None without one."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


@dataclass(slots=True)
class Browser:
    """Fills in pages, one after another, in the thread that made it. It starts with the first page; `close` ends it.

    `get` fetches what a page's scripts ask for: guard, robots, pace and caps hold for that too. Other sites than the page's own and
    `allow` (hosts) are not asked. No cookies are kept from page to page; no downloads, permissions or service workers.
    """

    get: Get
    timeout: float
    max_bytes: int
    allow: tuple[str, ...] = ()
    path: str | None = None
    _driver: Any = None
    _chromium: Any = None
    asked: list[str] = field(default_factory=list)  # the addresses that the last page asked for, and got

    def __call__(self, page: Page) -> Page | Failure:
        """`page` as it is once its scripts have run; a Failure where that takes too long or gives too much."""
        self._start()
        self.asked.clear()
        ends = time.monotonic() + self.timeout
        try:
            with self._chromium.new_context(accept_downloads=False, service_workers="block", permissions=[]) as context:
                text = self._filled(context, page, ends)
        except self._driver_errors() as error:
            if not self._chromium.is_connected():
                self.close()  # it has died, and starts anew with the next page
            return _failure(page, FailureKind.TIMEOUT, f"the browser did not come to an end: {_first_line(error)}")
        data = text.encode("utf-8", "replace")
        if len(data) > self.max_bytes:
            return _failure(page, FailureKind.TOO_LARGE, f"more than {self.max_bytes} bytes after scripts have run")
        fetched = hashlib.sha256(page.data).hexdigest()
        warnings = (*page.warnings, "rendered")
        return replace(page, data=data, content_type="text/html; charset=utf-8", warnings=warnings, payload_sha256=fetched)

    def close(self) -> None:
        """End the browser, if one was started."""
        chromium, driver = self._chromium, self._driver
        self._chromium = self._driver = None
        try:
            if chromium is not None:
                chromium.close()
        finally:
            if driver is not None:
                driver.stop()

    def _filled(self, context: Any, page: Page, ends: float) -> str:
        """The document's markup after its scripts."""
        context.set_default_timeout(self.timeout * 1000)
        context.route("**/*", lambda route: self._answer(route, page, ends))
        tab = context.new_page()
        tab.goto(page.url, wait_until="domcontentloaded")
        left = min(max(ends - time.monotonic(), 0.1), _QUIET)
        try:
            tab.wait_for_load_state("networkidle", timeout=left * 1000)
        except self._driver_errors():
            if time.monotonic() >= ends:
                raise
        return str(tab.content())

    def _answer(self, route: Any, page: Page, ends: float) -> None:
        """The answer to one request of the page: the page itself as it was fetched, or what the program's own fetcher brings."""
        request = route.request
        if request.is_navigation_request() and not self.asked:
            self.asked.append(request.url)
            route.fulfill(status=200, headers={"content-type": page.content_type or "text/html"}, body=page.data)
            return
        wanted = request.method == "GET" and request.resource_type in _NEEDED and not request.is_navigation_request()
        if not wanted or not self._allowed(request.url, page) or len(self.asked) >= MOST_PARTS or time.monotonic() >= ends:
            route.abort("blockedbyclient")
            return
        self.asked.append(request.url)
        part = self.get(Target(url=request.url, source=page.source, behalf=page.behalf or page.url_requested or page.url))
        if isinstance(part, Page):
            route.fulfill(status=part.http_status or 200, headers={"content-type": part.content_type or "text/plain"}, body=part.data)
        else:
            route.abort("failed")

    def _allowed(self, url: str, page: Page) -> bool:
        return same_site(url, page.url or "") or any(same_site(url, f"https://{host}/") for host in self.allow)

    def _start(self) -> None:
        """Start the browser. Raises UsageError where there is none, and where it does not start."""
        if self._chromium is not None:
            return
        try:
            from playwright.sync_api import sync_playwright  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise UsageError("a browser needs Playwright", remedy="pip install 'article-scraper[browser]'") from error
        path = self.path or chromium_path()
        if path is None:
            raise UsageError("there is no Chromium on this machine", remedy="install it, or name it with [fetch] browser_path")
        self._driver = sync_playwright().start()
        sandbox = os.geteuid() != 0  # Chromium refuses its sandbox to root
        try:
            self._chromium = self._driver.chromium.launch(executable_path=path, args=list(_ARGUMENTS), chromium_sandbox=sandbox)
        except self._driver_errors() as error:
            self.close()
            remedy = "start it by hand to see why, or name another one with [fetch] browser_path"
            raise UsageError(f"{path} does not start ({_first_line(error)})", remedy=remedy) from error

    @staticmethod
    def _driver_errors() -> type[Exception]:
        from playwright.sync_api import Error  # noqa: PLC0415 - an extra

        errors: type[Exception] = Error
        return errors


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:200]


def _failure(page: Page, kind: FailureKind, detail: str) -> Failure:
    return Failure(url=page.url, kind=kind, detail=detail, http_status=page.http_status, attempts=page.attempts, fetched_at=page.fetched_at)
