"""When addresses are asked for again, over many runs."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from scraper.job.file import build_job
from scraper.records import OutcomeKind
from scraper.run.pipeline import Run, run_job
from scraper.run.schedule import MOST_FAILURES
from tests.scraper.fakes import fake_extract
from tests.server import Exchange, Server, answer

PAGES = 40
A_DAY = 3  # pages that the host gives in a day


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Wait"])
def test_what_was_never_asked_for_is_not_given_up(tmp_path: Path, server: Server, status: str) -> None:
    """A host that gives some pages and then wants rest, day after day: every page comes in the end."""
    locations = "".join(f"<url><loc>{server.url(f'/page/{number}')}</loc></url>" for number in range(PAGES))
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{locations}</urlset>'.encode()
    answered: list[str] = []

    def page(exchange: Exchange) -> None:
        answered.append(exchange.request.path)
        if len(answered) > A_DAY:
            answer(exchange, status=status, headers={"Retry-After": "3600"})
        else:
            answer(exchange, f"<p>{exchange.request.path}".encode())

    server.routes |= {"/page/": page, "/map.xml": lambda exchange: answer(exchange, sitemap, headers={"Content-Type": "application/xml"})}
    raw = {
        "job": {"output": "out.jsonl", "state": "state.sqlite"},
        "source": [{"kind": "sitemap", "urls": [server.url("/map.xml")]}],
        "fetch": {"allow_networks": ["127.0.0.0/8"], "delay": 0.0, "contact": "t@example.org", "retries": 0, "robots": "ignore"},
    }

    def run() -> Run:
        answered.clear()
        done = run_job(build_job(raw, base=tmp_path), extract=fake_extract)
        with closing(sqlite3.connect(tmp_path / "state.sqlite")) as file, file:  # a day goes by
            file.execute("UPDATE targets SET due = due - 86400, fetched = fetched - 86400 WHERE failure IS NOT NULL")
            file.execute("UPDATE hosts SET parked_until = parked_until - 86400")
        return done

    written = [run().summary.total(OutcomeKind.WRITTEN) for _ in range(PAGES)]
    assert PAGES > A_DAY * MOST_FAILURES
    assert sum(written) == PAGES, written
