"""A job's archive, from the wire to the same records again without the network."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from extractors.urls import path_of
from scraper.job.file import build_job
from scraper.run.pipeline import Run, run_job
from scraper.warc.files import in_order
from tests.faults import article_page, redirect_to
from tests.scraper.archive.parts import check, read_all
from tests.scraper.fakes import fake_extract
from tests.server import Exchange, Server, answer

ODD = [
    "/article/1",
    "/article/2",
    "/gzip",
    "/br",
    "/zstd",
    "/deflate-bare",
    "/gzip-junk",
    "/unframed",
    "/length-and-chunks",
    "/early-hints",
]
ODD += ["/leftover", "/hops/3", redirect_to("/article/7"), "/length-too-short", "/no-charset"]
WRONG = ["/no-last-chunk", "/short-body", "/status/404", "/status/503", "/challenge", "/empty", "/two-lengths", "/garbage", "/rst-body"]
WRONG += ["/gzip-lie", "/unknown-encoding", "/redirect-loop", "/close"]


def run(base: Path, server: Server, paths: list[str], **sections: Any) -> Run:
    raw: dict[str, Any] = {
        "job": {"name": "news", "output": "out.jsonl", "state": "state.sqlite", "run_id": "run-1"},
        "source": [{"kind": "urls", "name": "list", "urls": [server.url(path) for path in paths]}],
        "fetch": {"allow_networks": ["127.0.0.0/8"], "delay": 0.0, "contact": "t@example.org", "retries": 0, "timeout": 5.0},
        "archive": {"path": "out.warc"},
        "write": {"if_exists": "append"},
    }
    for name, section in sections.items():
        raw[name] = {**raw.get(name, {}), **section}
    return run_job(build_job(raw, base=base))


def again(base: Path, archive: Path) -> None:
    """The archive extracted into again.jsonl."""
    raw = {"job": {"output": "again.jsonl"}, "source": [{"kind": "files", "path": str(archive)}]}
    run_job(build_job(raw, base=base))


def lines(path: Path) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in path.read_text().splitlines()]
    return sorted(found, key=lambda record: (record["id"], record["fetched_at"] or ""))


def test_the_same_records_without_the_network(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    run(tmp_path, server, ODD + WRONG, archive={"rotate_bytes": 8000})
    server.close()
    again(tmp_path, tmp_path / "out.warc")
    first, failures = lines(tmp_path / "out.jsonl"), lines(tmp_path / "out.failures.jsonl")
    assert len(first) >= 12
    assert len(failures) >= len(WRONG)
    assert first == lines(tmp_path / "again.jsonl")
    assert failures == lines(tmp_path / "again.failures.jsonl")
    assert len(in_order(tmp_path / "out.warc")) > 2
    check(in_order(tmp_path / "out.warc"), monkeypatch)


def test_an_archive_gives_each_revision_as_the_runs_wrote_them(tmp_path: Path, server: Server) -> None:
    now = ["1"]
    server.routes["/news"] = lambda exchange: answer(exchange, article_page(now[0]))
    server.routes["/same"] = lambda exchange: answer(exchange, article_page("9") + f"<!-- {now[0]} -->".encode())
    for now[0] in ("1", "2", "2", "1"):  # what changed back is written again
        run(tmp_path, server, ["/news", "/same"])
    again(tmp_path, tmp_path / "out.warc")
    first = lines(tmp_path / "out.jsonl")
    assert [record["title"][-1] for record in first if record["url"].endswith("/news")] == ["1", "2", "1"]
    assert len(first) == 4
    assert first == lines(tmp_path / "again.jsonl")
    raw = {"job": {"output": "latest.jsonl"}, "source": [{"kind": "files", "path": "out.warc"}], "write": {"revisions": "latest"}}
    run_job(build_job(raw, base=tmp_path))
    assert sorted(record["title"][-1] for record in lines(tmp_path / "latest.jsonl")) == ["1", "9"]


def test_each_record_points_to_the_response_that_holds_its_payload(tmp_path: Path, server: Server) -> None:
    run(tmp_path, server, ["/article/1", "/gzip", "/unframed", redirect_to("/article/7"), "/length-and-chunks"])
    payloads = {}
    for path in in_order(tmp_path / "out.warc"):
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream):
                if record.rec_type == "response":
                    content = record.content_stream().read()
                    payloads[record.rec_headers.get_header("WARC-Record-ID")] = hashlib.sha256(content).hexdigest()
    written = lines(tmp_path / "out.jsonl")
    assert len(written) == 5
    for record in written:
        assert payloads[record["warc_record_id"]] == record["payload_sha256"]


def test_bytes_as_they_were_sent(tmp_path: Path, server: Server) -> None:
    page = article_page("1")
    sent = b"HTTP/1.1 200 Fine\r\ncontent-TYPE:text/html\r\nTransfer-Encoding: chunked\r\nX-Odd:  two  spaces\r\n\r\n"
    sent += b"5;x=y\r\n" + page[:5] + b"\r\n" + b"%X\r\n%s\r\n0\r\n\r\n" % (len(page) - 5, page[5:])

    def raw(exchange: Exchange) -> None:
        exchange.send(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + sent)

    server.routes["/raw"] = raw
    run(tmp_path, server, ["/raw"])
    response, request = (
        record for record in read_all(tmp_path / "out.warc") if str(record.url).endswith("/raw") and record.kind != "metadata"
    )
    assert response.block == sent
    assert request.block.startswith(b"GET /raw HTTP/1.1\r\nHost: ")
    assert b"\r\nUser-Agent: article-scraper/" in request.block
    assert request.block.endswith(b"\r\n\r\n")
    assert response.headers["warc-ip-address"] == "127.0.0.1"


def test_every_response_is_there(tmp_path: Path, server: Server) -> None:
    """Redirect hops, errors, robots.txt, feeds, and pages that were read in part."""
    rss = f"<rss version='2.0'><channel><title>t</title><item><link>{server.url('/hops/2')}</link></item></channel></rss>".encode()
    server.routes["/feed"] = lambda exchange: answer(exchange, rss)
    run(tmp_path, server, ["/status/404", "/short-body", "/slow-body"], fetch={"timeout": 0.5})
    raw = {"source": [{"kind": "feed", "urls": [server.url("/feed")]}], "archive": {"path": "more.warc"}}
    raw |= {"fetch": {"allow_networks": ["127.0.0.0/8"], "delay": 0.0, "contact": "t@example.org"}, "job": {"output": "more.jsonl"}}
    run_job(build_job(raw, base=tmp_path), extract=fake_extract)
    kept = {
        str(record.url).rpartition(str(server.port))[2]: record for record in read_all(tmp_path / "out.warc") if record.kind == "response"
    }
    assert list(kept) == ["/robots.txt", "/status/404", "/short-body", "/slow-body"]
    assert kept["/status/404"].block.endswith(b"<p>no</p>")
    assert [record.headers.get("warc-truncated") for record in kept.values()] == [None, None, "disconnect", "time"]
    more = [path_of(record.url or "") for record in read_all(tmp_path / "more.warc") if record.kind == "response"]
    assert sorted(more) == ["/article/1", "/feed", "/hops/1", "/hops/2", "/robots.txt"]


def test_an_article_of_several_pages_comes_again_whole(tmp_path: Path, server: Server) -> None:
    def part(exchange: Exchange) -> None:
        number = int(exchange.request.query.get("page", "1"))
        following = f'<link rel="next" href="/story?page={number + 1}">' if number < 3 else ""
        answer(exchange, article_page(str(number)).replace(b"</head>", following.encode() + b"</head>"))

    server.routes["/story"] = part
    run(tmp_path, server, ["/story"])
    again(tmp_path, tmp_path / "out.warc")
    (first,) = lines(tmp_path / "out.jsonl")
    assert "pages_joined" in first["warnings"]
    assert [first] == lines(tmp_path / "again.jsonl")


def test_pages_stay_though_nothing_could_be_extracted(tmp_path: Path, server: Server) -> None:
    run(tmp_path, server, ["/pdf-as-html"])
    (failure,) = lines(tmp_path / "out.failures.jsonl")
    (kept,) = [record for record in read_all(tmp_path / "out.warc") if record.id == failure["warc_record_id"]]
    assert kept.block.endswith(b"%PDF-1.7\n" + bytes(500))


def test_a_second_run_goes_on_with_the_file_and_revisits(tmp_path: Path, server: Server) -> None:
    def tagged(exchange: Exchange) -> None:
        same = exchange.request.headers.get("if-none-match") == '"1"'
        answer(exchange, b"" if same else article_page("5"), status="304 Not Modified" if same else "200 OK", headers={"ETag": '"1"'})

    server.routes["/tagged"] = tagged
    for _ in range(2):
        run(tmp_path, server, ["/article/1", "/tagged"])
    kept = read_all(tmp_path / "out.warc")
    assert len(in_order(tmp_path / "out.warc")) == 1
    revisits = {str(record.url).rpartition("/")[2]: record for record in kept if record.kind == "revisit"}
    assert revisits["tagged"].headers["warc-profile"].endswith("server-not-modified")
    assert revisits["1"].headers["warc-profile"].endswith("identical-payload-digest")
    by_id = {record.id: record for record in kept}
    for record in revisits.values():
        assert by_id[record.headers["warc-refers-to"]].url == record.url


def test_archiving_can_be_off(tmp_path: Path, server: Server) -> None:
    run(tmp_path, server, ["/article/1"], archive={"enabled": False})
    assert not (tmp_path / "out.warc").exists()
    assert lines(tmp_path / "out.jsonl")[0]["warc_record_id"] is None


def test_a_torn_file_is_said_and_the_rest_comes(tmp_path: Path, server: Server) -> None:
    run(tmp_path, server, ["/article/1", "/article/2"])
    (path,) = in_order(tmp_path / "out.warc")
    path.write_bytes(path.read_bytes()[:-40])
    again(tmp_path, path)
    assert len(lines(tmp_path / "again.jsonl")) == 1
    (failure,) = lines(tmp_path / "again.failures.jsonl")
    assert failure["kind"] == "truncated"
    assert "torn at byte" in failure["detail"]
