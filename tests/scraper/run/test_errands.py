"""Articles of several pages, and copies of what is gone, through a whole run against the local server."""

import json
from pathlib import Path
from typing import Any

from scraper.job.file import build_job
from scraper.records import OutcomeKind
from scraper.run.pipeline import Run, run_job
from tests.faults import ROUTES, article_page, redirect_to
from tests.scraper.fakes import fake_extract
from tests.server import Exchange, Server, answer


def run(base: Path, server: Server, *paths: str, **fetch: Any) -> tuple[Run, list[dict[str, Any]]]:
    raw = {
        "job": {"output": "out.jsonl"},
        "source": [{"kind": "urls", "name": "list", "urls": [server.url(path) for path in paths]}],
        "fetch": {"allow_networks": ["127.0.0.0/8"], "delay": 0.0, "contact": "t@example.org", "retries": 0, **fetch},
        "write": {"if_exists": "overwrite"},
    }
    done = run_job(build_job(raw, base=base), extract=None if "archive_url" in fetch else fake_extract)
    return done, [json.loads(line) for line in (base / "out.jsonl").read_text().splitlines()]


def serve_story(server: Server, pages: int, *, broken: int = 0) -> None:
    """/story, /story/2 ... each naming the next; page `broken` answers 500."""

    def story(exchange: Exchange) -> None:
        number = int(exchange.request.path.removeprefix("/story").strip("/") or 1)
        link = f'<a rel="next" href="/story/{number + 1}"></a>' if number < pages else ""
        status = "500 No" if number == broken else "200 OK"
        answer(exchange, f"Standfirst\n\nParagraph {number} {link}".encode(), status=status)

    server.routes["/story"] = story


def test_an_article_of_three_pages_is_one_record(tmp_path: Path, server: Server) -> None:
    serve_story(server, 3)
    done, (record, other) = run(tmp_path, server, "/story", "/article/1")
    assert done.summary.total(OutcomeKind.WRITTEN) == 2
    assert [part.partition("<")[0].strip() for part in record["body"].split("\n\n")] == [
        "Standfirst",
        "Paragraph 1",
        "Paragraph 2",
        "Paragraph 3",
    ]
    assert other["url"] == server.url("/article/1")
    assert record["url"] == server.url("/story")
    assert record["warnings"] == ["pages_joined"]
    assert len(record["content_hash"]) == 64
    assert server.peak(f"127.0.0.1:{server.port}") == 1


def test_pages_are_capped_and_may_be_left_alone(tmp_path: Path, server: Server) -> None:
    serve_story(server, 1000)
    assert run(tmp_path, server, "/story")[1][0]["body"].count("Paragraph") == 10
    assert run(tmp_path, server, "/story", article_pages=1)[1][0]["body"].count("Paragraph") == 1


def test_a_page_that_is_missing_is_said(tmp_path: Path, server: Server) -> None:
    serve_story(server, 5, broken=3)
    (record,) = run(tmp_path, server, "/story")[1]
    assert record["body"].count("Paragraph") == 2
    assert set(record["warnings"]) == {"pages_joined", "page_missing"}


def serve_archive(server: Server) -> str:
    """A web archive that has one page; the template of its addresses."""

    def copy(exchange: Exchange) -> None:
        if "/gone/1" in exchange.request.path:
            answer(exchange, article_page("7"))
        else:
            answer(exchange, status="404 Not Found")

    server.routes["/web/"] = copy
    return server.url("/web/{time}id_/{url}")


def test_what_is_gone_is_read_from_a_web_archive_where_the_job_says_so(tmp_path: Path, server: Server) -> None:
    asked = {"archive_fallback": True, "archive_url": serve_archive(server)}
    done, (record,) = run(tmp_path, server, "/gone/1", "/gone/2", "/status/500", **asked)
    assert record["url"] == record["url_requested"] == server.url("/gone/1")
    assert record["source"].startswith(f"list via {server.url('/web/20')}")
    assert record["source"].endswith(server.url("/gone/1"))
    assert "from_web_archive" in record["warnings"]
    assert done.summary.failures == {"http_4xx": 1, "http_5xx": 1}
    failures = [json.loads(line) for line in (tmp_path / "out.failures.jsonl").read_text().splitlines()]
    assert failures[0]["url"] == server.url("/gone/2")
    assert failures[0]["detail"] == "status 404; no copy in the web archive (status 404)"
    assert sum(path.startswith("/web/") for path in server.paths()) == 2


def test_no_archive_is_asked_unless_told(tmp_path: Path, server: Server) -> None:
    run(tmp_path, server, "/gone/1", archive_url=serve_archive(server))
    assert not any(path.startswith("/web/") for path in server.paths())


SECRETS = {"headers": {"Authorization": "Bearer x", "X-Api-Key": "y"}, "cookies": {"session": "z"}}


def told(server: Server) -> dict[str, list[str]]:
    """Which secrets each path was asked with."""
    return {entry.path: sorted({"authorization", "x-api-key", "cookie"} & set(entry.headers)) for entry in server.log}


def test_a_web_archive_gets_no_secrets(tmp_path: Path, server: Server) -> None:
    with Server(routes=dict(ROUTES)) as other:
        _, (record,) = run(tmp_path, server, "/gone/1", archive_fallback=True, archive_url=serve_archive(other), **SECRETS)
    assert "from_web_archive" in record["warnings"]
    assert told(server)["/gone/1"] == ["authorization", "cookie", "x-api-key"]
    assert len(other.log) == 2
    assert set(map(tuple, told(other).values())) == {()}


def test_the_next_page_at_another_host_gets_no_secrets(tmp_path: Path, server: Server) -> None:
    with Server(routes=dict(ROUTES)) as other:
        serve_story(other, 2)
        _, (record,) = run(tmp_path, server, redirect_to(other.url("/story")), **SECRETS)
    assert record["warnings"] == ["pages_joined"]
    assert told(other) == {"/robots.txt": [], "/story": [], "/story/2": []}
