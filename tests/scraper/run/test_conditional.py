"""The second run: what has not changed is asked for on condition, and moves no body (304 is an outcome, not a failure)."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from scraper.errors import ExitCode
from scraper.job.file import build_job
from scraper.records import OutcomeKind
from scraper.run.pipeline import Run, run_job
from tests.faults import article_page, redirect_to
from tests.scraper.fakes import fake_extract
from tests.server import Behaviour, Exchange, Server, answer

PAGES = 20


def conditional(version: str = "1") -> Behaviour:
    """Articles that give an ETag and a date, and answer 304 to either."""

    def behave(exchange: Exchange) -> None:
        body = article_page(exchange.request.path + version)
        tag, moment = f'"{hashlib.md5(body).hexdigest()}"', "Thu, 05 Mar 2026 07:30:00 GMT"
        asked = exchange.request.headers
        if asked.get("if-none-match") == tag:
            assert asked["if-modified-since"] == moment
            answer(exchange, status="304 Not Modified", headers={"ETag": tag})
        else:
            answer(exchange, body, headers={"ETag": tag, "Last-Modified": moment})

    return behave


def run(base: Path, server: Server, paths: list[str], **write: Any) -> Run:
    server.sent.clear()
    raw = {
        "job": {"output": "out.jsonl", "state": "state.sqlite"},
        "source": [{"kind": "urls", "urls": [server.url(path) for path in paths]}],
        "fetch": {"allow_networks": ["127.0.0.0/8"], "delay": 0.0, "contact": "t@example.org"},
        "write": {"if_exists": "append", **write},
    }
    return run_job(build_job(raw, base=base), extract=fake_extract)


def body_bytes(server: Server, prefix: str) -> int:
    """Bytes sent under a path, without the heads, which are all of one length but for two headers and a digit."""
    heads = {"/tagged/": len(_head(True)), "/article/": len(_head(False))}
    return sum(max(size - heads[prefix], 0) for path, size in server.sent.items() if path.startswith(prefix))


def _head(tagged: bool) -> str:
    """The head of an answer; a 304's lacks the date, and is no longer."""
    extra = f'ETag: "{"0" * 32}"\r\n' if tagged else ""
    return f"HTTP/1.1 304 Not Modified\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 0\r\n{extra}\r\n"


def test_a_second_run_moves_almost_no_bytes_where_the_server_gives_validators(tmp_path: Path, server: Server) -> None:
    server.routes["/tagged/"] = conditional()
    paths = [f"/{kind}/{number}" for number in range(PAGES) for kind in ("tagged", "article")]
    first = run(tmp_path, server, paths)
    assert first.summary.total(OutcomeKind.WRITTEN) == 2 * PAGES
    tagged, plain = body_bytes(server, "/tagged/"), body_bytes(server, "/article/")
    second = run(tmp_path, server, paths)
    assert second.exit_code(None) == ExitCode.OK
    assert second.summary.total(OutcomeKind.UNCHANGED) == 2 * PAGES
    assert body_bytes(server, "/tagged/") < 0.05 * tagged  # at least 95 % fewer
    assert body_bytes(server, "/article/") == plain  # these give no validators: nothing can be saved
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 2 * PAGES
    assert "/robots.txt" not in server.sent  # it was kept too


def test_a_feed_that_has_not_changed_is_not_moved_and_still_names_its_articles(tmp_path: Path, server: Server) -> None:
    rss = f"<rss version='2.0'><channel><title>t</title><item><link>{server.url('/tagged/1')}</link></item></channel></rss>".encode()

    def feed(exchange: Exchange) -> None:
        known = exchange.request.headers.get("if-none-match") == '"f"'
        answer(exchange, b"" if known else rss, status="304 Not Modified" if known else "200 OK", headers={"ETag": '"f"'})

    server.routes |= {"/tagged/": conditional(), "/feed": feed}
    raw = {
        "job": {"output": "out.jsonl", "state": "state.sqlite"},
        "source": [{"kind": "feed", "urls": [server.url("/feed")]}],
        "fetch": {"allow_networks": ["127.0.0.0/8"], "delay": 0.0, "contact": "t@example.org"},
        "write": {"if_exists": "append"},
    }
    for kind in (OutcomeKind.WRITTEN, OutcomeKind.UNCHANGED, OutcomeKind.UNCHANGED):
        server.sent.clear()
        done = run_job(build_job(raw, base=tmp_path), extract=fake_extract)
        assert done.summary.total(kind) == done.summary.targets == 1
    assert server.sent["/feed"] < 150


def test_a_page_that_has_changed_comes_whole(tmp_path: Path, server: Server) -> None:
    server.routes["/tagged/"] = conditional()
    run(tmp_path, server, ["/tagged/1"])
    server.routes["/tagged/"] = conditional("2")
    for kind in (OutcomeKind.WRITTEN, OutcomeKind.UNCHANGED):
        assert run(tmp_path, server, ["/tagged/1"]).summary.total(kind) == 1


def test_a_dataset_that_begins_anew_is_fetched_whole(tmp_path: Path, server: Server) -> None:
    server.routes["/tagged/"] = conditional()
    run(tmp_path, server, ["/tagged/1", "/tagged/2"])
    assert run(tmp_path, server, ["/tagged/1"], if_exists="overwrite").summary.total(OutcomeKind.WRITTEN) == 1
    assert run(tmp_path, server, ["/tagged/1"]).summary.total(OutcomeKind.UNCHANGED) == 1
    assert run(tmp_path, server, ["/tagged/2"]).summary.total(OutcomeKind.WRITTEN) == 1  # the first dataset's validators are gone
    (tmp_path / "out.jsonl").unlink()
    assert run(tmp_path, server, ["/tagged/1"]).summary.total(OutcomeKind.WRITTEN) == 1


def test_validators_belong_to_the_address_after_redirects(tmp_path: Path, server: Server) -> None:
    server.routes["/tagged/"] = conditional()
    path = redirect_to("/tagged/1")
    run(tmp_path, server, [path])
    assert run(tmp_path, server, [path]).summary.total(OutcomeKind.UNCHANGED) == 1


def test_what_was_not_written_is_asked_for_in_full_again(tmp_path: Path, server: Server) -> None:
    server.routes["/wall"] = lambda exchange: answer(exchange, b"WALL", headers={"ETag": '"1"'})
    for _ in range(2):
        assert run(tmp_path, server, ["/article/1", "/wall"]).summary.failures == {"consent_wall": 1}
    assert not any("if-none-match" in entry.headers for entry in server.log)


def test_a_304_that_was_not_asked_for_is_no_answer(tmp_path: Path, server: Server) -> None:
    server.routes["/odd"] = lambda exchange: answer(exchange, status="304 Not Modified")
    assert run(tmp_path, server, ["/odd"]).summary.failures == {"protocol": 1}


def test_what_is_kept_of_a_run_is_beside_the_dataset(tmp_path: Path, server: Server) -> None:
    server.routes["/tagged/"] = conditional()
    run(tmp_path, server, ["/tagged/1"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.failures.jsonl", "out.jsonl", "state.sqlite"]
    record = json.loads((tmp_path / "out.jsonl").read_text())
    assert re.search(r"/tagged/1$", record["url"])
