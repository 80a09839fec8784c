"""`scraper discover` against a site of the local server, and what it prints as the start of a job."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from scraper.job.file import build_job
from tests.server import Exchange, Server, answer

ROOT = Path(__file__).resolve().parents[3]
STORY = "/2026/03/05/the-bridge-stays-closed-until-{0}"


@pytest.fixture
def site(server: Server) -> Server:
    """A home page that names a feed, robots.txt that names a sitemap, one section, one page that is none."""
    links = "".join(f'<a href="{STORY.format(number)}">The bridge stays closed until May</a>' for number in range(3))
    pages = {
        "/": f'<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head><nav><a href="/city">City</a>'
        f'<a href="/about">About</a></nav>{links}</html>',
        "/city": f"<html>{links}</html>",
        "/about": "<html>About</html>",
        "/feed": '<rss version="2.0"><channel><title>t</title><item><title>a</title><link>/a</link>'
        "<pubDate>Thu, 05 Mar 2026 07:30:00 GMT</pubDate></item></channel></rss>",
        "/map.xml": "<urlset>"
        + "".join(f"<url><loc>{server.url(f'/{n}')}</loc><lastmod>2026-03-0{n}</lastmod></url>" for n in (1, 2))
        + "</urlset>",
    }

    def serve(exchange: Exchange) -> None:
        text = pages.get(exchange.request.path)
        answer(exchange, (text or "").encode(), status="200 OK" if text else "404 Not Found")

    server.routes["/"] = serve
    server.robots[""] = f"Sitemap: {server.url('/map.xml')}\n".encode()
    return server


def _entry(url: str, day: int) -> str:
    return f"<url><loc>{url}</loc><lastmod>2026-03-0{day}</lastmod></url>"


def discover(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "scraper",
        "discover",
        *arguments,
        "--allow-network",
        "127.0.0.0/8",
        "--delay",
        "0",
        "--contact",
        "t@x.org",
    ]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def test_a_table(site: Server) -> None:
    done = discover(site.url("/"))
    assert done.returncode == 0, done.stderr
    assert [line.split() for line in done.stdout.splitlines()] == [
        ["kind", "articles", "newest", "address"],
        ["feed", "1", "2026-03-05", site.url("/feed")],
        ["sitemap", "2", "2026-03-02", site.url("/map.xml")],
        ["section", "3", "-", site.url("/")],
        ["section", "3", "-", site.url("/city")],
    ]


def test_json_and_toml_are_the_sources_of_a_job(site: Server, tmp_path: Path) -> None:
    wanted = [{"kind": "feed", "urls": [site.url("/feed")]}, {"kind": "sitemap", "urls": [site.url("/map.xml")]}]
    found = json.loads(discover(site.url("/"), "--format", "json").stdout)
    assert found["source"] == wanted
    assert [one["count"] for one in found["found"]] == [1, 2, 3, 3]
    raw = tomllib.loads(discover(site.url("/"), "--format", "toml").stdout)
    assert raw["source"] == wanted
    assert len(build_job(raw, base=tmp_path).source) == 2


def test_a_site_that_offers_nothing(server: Server) -> None:
    done = discover(server.url("/none"))
    assert done.returncode == 3
    assert "http_4xx: status 404" in done.stdout
    assert discover("file:///etc").returncode == 2
