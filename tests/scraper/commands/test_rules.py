"""`scraper rules test`: profiles on their own pages and on saved ones; the exit code says whether they still match."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractors.profiles import read_profile
from scraper.cli import cli
from scraper.sitecheck import own_page_faults, sites_of

__all__: list[str] = []

PROFILE = """
hosts = ["example.org"]
[[layout]]
page = "example.org.html"
title = "h2.real"
[layout.expect]
title = "The headline that counts"
has = ["The ferry left pier 3"]
"""
LINES = "".join(f"<p>The ferry left pier {number} at nine, as on every working day since the bridge was closed.</p>" for number in range(9))
PAGE = f'<html><body><h1>Another</h1><h2 class="real">The headline that counts</h2>{LINES}</body></html>'


@pytest.mark.parametrize("site", sites_of(), ids=lambda site: site.name)
def test_packaged_profiles_read_their_own_pages(site: object) -> None:
    assert list(own_page_faults(site)) == []  # type: ignore[arg-type] - pytest hands over objects


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "example.org.toml").write_text(PROFILE, "utf-8")
    (folder / "example.org.html").write_text(PAGE, "utf-8")
    return folder


def _saved(folder: Path, pages: dict[str, str]) -> Path:
    folder.mkdir()
    rows = []
    for name, page in pages.items():
        (folder / name).write_text(page, "utf-8")
        rows.append(json.dumps({"file": name, "url": f"https://www.example.org/{name}"}))
    (folder / "manifest.jsonl").write_text("\n".join(rows), "utf-8")
    return folder


def _run(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["rules", "test", *map(str, arguments)], standalone_mode=False)
    return (done.return_value if done.exception is None else -1), done.output + str(done.exception or "")


def test_a_profile_that_matches(mine: Path, tmp_path: Path) -> None:
    saved = _saved(tmp_path / "saved", {"1.html": PAGE, "2.html": PAGE, "3.html": PAGE.replace("real", "new")})
    code, told = _run("example.org", "--profiles", mine, "--on", saved)
    assert code == 0, told
    assert "reads its own page" in told
    assert "example.org: matches: 2 of 3 saved pages" in told
    assert "does not match: https://www.example.org/3.html" in told


def test_a_profile_that_no_longer_matches(mine: Path, tmp_path: Path) -> None:
    saved = _saved(tmp_path / "saved", {"1.html": PAGE, "2.html": PAGE.replace("real", "new")})
    code, told = _run("example.org", "--profiles", mine, "--on", saved)
    assert code == 1
    assert "NO LONGER MATCHES: 1 of 2" in told


def test_a_profile_that_fails_its_own_page(mine: Path) -> None:
    (mine / "example.org.html").write_text(PAGE.replace("that counts", "that does not"), "utf-8")
    code, told = _run("example.org", "--profiles", mine)
    assert code == 1
    assert "title is 'The headline that does not', and should be 'The headline that counts'" in told
    site = read_profile(mine / "example.org.toml")
    (mine / "example.org.html").unlink()
    assert [fault for fault in own_page_faults(site) if "No such file" in fault]


def test_nothing_to_test(mine: Path, tmp_path: Path) -> None:
    assert _run("example.net")[0] == 3
    saved = _saved(tmp_path / "saved", {})
    (saved / "x.html").write_text(PAGE, "utf-8")
    (saved / "manifest.jsonl").write_text('{"file": "x.html", "url": "https://elsewhere.example/"}', "utf-8")
    assert _run("example.org", "--profiles", mine, "--on", saved)[0] == 3


def test_a_wrong_profile_is_named(mine: Path) -> None:
    (mine / "other.toml").write_text("hosts = 3\n", "utf-8")
    _, told = _run("--profiles", mine)
    assert "other.toml: line 1: hosts must be" in told


def test_the_flags_and_the_key_reach_extraction(mine: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, "utf-8")
    titles = []
    for flags in ([], ["--profiles", str(mine)]):
        done = CliRunner().invoke(cli, ["extract", str(page), "--url", "https://example.org/1", "-q", *flags], standalone_mode=False)
        titles.append(json.loads(done.stdout)["title"])
    assert titles == ["Another", "The headline that counts"]
    job = tmp_path / "job.toml"
    job.write_text(
        '[job]\noutput = "out.jsonl"\n[extract]\nprofiles = ["mine"]\n[[source]]\nkind = "files"\npath = "page.html"\n'
        'url = "https://example.org/1"\n',
        "utf-8",
    )
    for flags, title in (([], "The headline that counts"), (["--no-profiles", "--overwrite"], "Another")):
        CliRunner().invoke(cli, ["run", str(job), "-q", *flags], standalone_mode=False)
        assert json.loads((tmp_path / "out.jsonl").read_text("utf-8"))["title"] == title
