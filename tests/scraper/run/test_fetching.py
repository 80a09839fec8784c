"""[fetch] as the fetcher's settings, and what of it is told to be wrong before anything is fetched."""

from pathlib import Path
from typing import Any

import pytest

from scraper.errors import JobError
from scraper.fetchers.settings import FetchSettings, RobotsMode
from scraper.job.file import build_job
from scraper.run.fetching import fetch_settings
from scraper.run.pipeline import run_job
from tests.server import Server

CERTIFICATES = Path(__file__).parents[2] / "certificates"


def settings(base: Path, **keys: Any) -> FetchSettings:
    return fetch_settings(build_job({"fetch": {"contact": "t@example.org", **keys}}, base=base).fetch)


def test_what_the_job_does_not_say_is_the_fetchers_own(tmp_path: Path) -> None:
    assert settings(tmp_path) == FetchSettings(contact="t@example.org")


def test_every_key_reaches_the_fetcher(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_bytes((CERTIFICATES / "authority.pem").read_bytes())
    for name in ("cert.pem", "key.pem"):  # its key lies beside the certificate, in one file
        (tmp_path / name).write_bytes((CERTIFICATES / "server.pem").read_bytes())
    plain: dict[str, Any] = {"delay": 2.5, "timeout": 9.0, "retries": 0, "max_bytes": 10, "max_decoded_bytes": 20, "max_redirects": 1}
    texts: dict[str, Any] = {"headers": {"A": "b"}, "cookies": {"c": "d"}, "proxies": {"http": "http://p"}, "user_agent": "u"}
    made = settings(tmp_path, **plain, **texts, robots="ignore", ca_bundle="ca.pem", client_cert="cert.pem", client_key="key.pem")
    for name, value in (plain | texts).items():
        assert getattr(made, name) == value
    assert made.robots is RobotsMode.IGNORE
    assert made.ca_bundle == str(tmp_path / "ca.pem")
    assert made.client_cert == (str(tmp_path / "cert.pem"), str(tmp_path / "key.pem"))
    assert settings(tmp_path, client_cert="cert.pem").client_cert == str(tmp_path / "cert.pem")


@pytest.mark.parametrize(
    "keys",
    [
        {"ca_bundle": "none.pem"},
        {"client_key": "none.pem"},
        {"allow_networks": ["10.0.0.1/8"]},
        {"ca_bundle": "empty.pem"},
        {"client_cert": "empty.pem"},
        {"client_cert": str(CERTIFICATES / "authority.pem")},  # without a key
    ],
)
def test_what_is_wrong_is_told_by_its_key(tmp_path: Path, keys: dict[str, Any]) -> None:
    (tmp_path / "empty.pem").write_text("")
    with pytest.raises(JobError, match=f"fetch.{next(iter(keys))}"):
        settings(tmp_path, **keys)


@pytest.mark.parametrize("proxies", [{"HTTPS": "http://p:1"}, {"ftp": "http://p:1"}, {"https": "socks5://p:1"}])
def test_a_proxy_that_would_be_passed_over_is_refused(tmp_path: Path, proxies: dict[str, str]) -> None:
    with pytest.raises(JobError, match=f"fetch.proxies.{next(iter(proxies))}"):
        settings(tmp_path, proxies=proxies)


def test_cookies_and_headers_are_sent(tmp_path: Path, server: Server) -> None:
    raw = {
        "job": {"output": "out.jsonl"},
        "source": [{"kind": "urls", "urls": [server.url("/article/1")]}],
        "fetch": {"allow_networks": ["127.0.0.0/8"], "contact": "t@example.org", "cookies": {"a": "1"}, "headers": {"X-B": "2"}},
    }
    run_job(build_job(raw, base=tmp_path))
    sent = next(entry.headers for entry in server.log if entry.path == "/article/1")
    assert (sent["cookie"], sent["x-b"]) == ("a=1", "2")


def test_weights_that_are_not_there(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(JobError, match=r"extract\.weights"):
        run_job(build_job({"source": [{"kind": "files", "path": "a.txt"}], "extract": {"weights": "none.json"}}, base=tmp_path))


@pytest.mark.parametrize(
    "proxy", ["http://127.0.0.1:8080", "http://me:s%2F3@proxy.example", "proxy.example:8080", "localhost", "[::1]:3128"]
)
def test_addresses_of_proxies(tmp_path: Path, proxy: str) -> None:
    assert settings(tmp_path, proxies={"https": proxy}, headers={"X-A": "", "x-b": "a b\tc: é"}).proxies == {"https": proxy}
