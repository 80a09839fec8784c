"""`scraper get` with everything real: fetcher, extractor, files, against the server that misbehaves."""

import json
import subprocess
import sys
from pathlib import Path

from tests.server import Server

ROOT = Path(__file__).resolve().parents[3]

# Ten ways to be broken, and what each is called.
BROKEN = {
    "/gone": "http_4xx",
    "/redirect-loop": "redirect_loop",
    "/gzip-bomb": "too_large",
    "/image-as-html": "not_html",
    "/pdf-as-html": "not_html",
    "/empty": "empty_page",
    "/six-encodings": "protocol",
    "/challenge": "bot_challenge",
    "/short-body": "truncated",
}


def get(*arguments: str, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scraper", "get", *arguments, "--allow-network", "127.0.0.0/8", "--delay", "0"]
    return subprocess.run(
        command, cwd=cwd, env={"PYTHONPATH": str(ROOT)}, input=stdin, capture_output=True, text=True, timeout=110, check=False
    )


def test_fifty_targets_ten_of_them_broken(tmp_path: Path, server: Server) -> None:
    good = [server.url(f"/article/{number}") for number in range(40)]
    bad = [server.url(path) for path in BROKEN]
    mixed = [*good[:20], *bad[:5], *good[20:30], "no address at all", *bad[5:], *good[30:]]
    (tmp_path / "urls.txt").write_text("\n".join(mixed))
    done = get("-i", "urls.txt", "-o", "out.jsonl", "--contact", "tests@example.org", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "50 targets = 40 written + 0 unchanged + 0 duplicates + 10 failures + 0 skipped + 0 pending\n" in done.stderr
    records = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [record["url_requested"] for record in records] == good
    assert {record["http_status"] for record in records} == {200}
    assert all(record["fetched_at"] and record["date_published"] == "2026-03-05T08:30:00+01:00" for record in records)
    failures = [json.loads(line) for line in (tmp_path / "out.failures.jsonl").read_text("utf-8").splitlines()]
    found = {failure["url"].replace(server.url(""), ""): failure["kind"] for failure in failures}
    assert found == {**BROKEN, "no address at all": "bad_input"}
    assert server.peak(f"127.0.0.1:{server.port}") == 1


def test_addresses_from_stdin_come_out_while_stdin_is_open(tmp_path: Path, server: Server) -> None:
    command = [sys.executable, "-m", "scraper", "get", "-i", "-", "-q", "--allow-network", "127.0.0.0/8", "--contact", "t@example.org"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(server.url("/article/1") + "\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["url"] == server.url("/article/1")
        process.stdin.close()
        assert process.wait(30) == 0


def test_the_same_address_twice_is_asked_for_once(tmp_path: Path, server: Server) -> None:
    url = server.url("/article/1")
    done = get(url, f"{url}?utm_source=feed", f"{url}#comments", "-v", cwd=tmp_path)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1
    assert [path for path in server.paths() if path != "/robots.txt"] == ["/article/1"]
    assert "1 written + 0 unchanged + 2 duplicates" in done.stderr
    assert f"{url}#comments: duplicates (the same address as {url})" in done.stderr


def test_a_missing_contact_is_warned_of(tmp_path: Path, server: Server) -> None:
    assert "warning: no contact given" in get(server.url("/article/1"), cwd=tmp_path).stderr
    done = get(server.url("/article/1"), "--contact", "t@example.org", cwd=tmp_path)
    assert "contact" not in done.stderr
    assert server.log[-1].headers["user-agent"].endswith("(+t@example.org)")


def test_without_leave_no_private_network_is_asked(tmp_path: Path, server: Server) -> None:
    command = [sys.executable, "-m", "scraper", "get", server.url("/article/1")]
    done = subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 3
    assert "address_refused" in done.stderr
    assert server.paths() == []


def test_the_smallest_job(tmp_path: Path, server: Server) -> None:
    (tmp_path / "urls.txt").write_text(server.url("/article/1") + "\n")
    (tmp_path / "job.toml").write_text(
        '[job]\noutput = "out.jsonl"\n[[source]]\nkind = "urls"\npath = "urls.txt"\n[fetch]\nallow_networks = ["127.0.0.0/24"]\ndelay = 0\n'
    )
    command = [sys.executable, "-m", "scraper", "run", "job.toml"]
    done = subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    record = json.loads((tmp_path / "out.jsonl").read_text("utf-8"))
    assert record["source"] == "urls.txt"
    assert record["run_id"].startswith("job-")
