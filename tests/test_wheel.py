"""The built wheel, in an environment of its own: it holds all packaged data, and extracts a sample without the checkout."""

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from extractors import VERSION, extract
from tests.source import PACKAGES, ROOT

__all__: list[str] = []

SAMPLE = ROOT / "data" / "samples" / "jsonld-news-en" / "page.html"
ADDRESS = "https://news.example.org/environment/2026/05/12/saltmarsh-returns-to-orrin-estuary-4471"


def _run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, env=clean, stdin=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built with what the environment has: nothing is downloaded."""
    folder = tmp_path_factory.mktemp("wheel")
    done = _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts' folder of an empty environment with the wheel in it; its dependencies are lent by this one."""
    folder = tmp_path_factory.mktemp("installed")
    made = _run(sys.executable, "-m", "venv", "--without-pip", folder / "env", cwd=folder)
    assert made.returncode == 0, made.stderr
    scripts = folder / "env" / "bin"
    pip = [sys.executable, "-m", "pip", "--python", scripts / "python", "install", "--no-deps", "--no-index", "--quiet", wheel]
    done = _run(*pip, cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    site = Path(sysconfig.get_path("purelib", vars={"base": str(folder / "env")}))
    (site / "lent.pth").write_text(f"{sysconfig.get_path('purelib')}\n{sysconfig.get_path('platlib')}\n")
    return scripts


def test_it_is_named_and_versioned(wheel: Path) -> None:
    assert wheel.name == f"article_scraper-{VERSION}-py3-none-any.whl"


def test_it_holds_all_modules_and_data_and_the_licence(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    expected = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert expected <= names
    assert {"extractors/py.typed", "scraper/py.typed", "extractors/body/weights.json"} <= names
    assert f"article_scraper-{VERSION}.dist-info/licenses/LICENSE" in names
    assert {name.partition("/")[0] for name in names} == {*PACKAGES, f"article_scraper-{VERSION}.dist-info"}


def test_it_runs_where_the_checkout_is_not(installed: Path, tmp_path: Path) -> None:
    done = _run(installed / "python", "-c", "import extractors, scraper; print(extractors.__file__, scraper.__file__)", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert all(Path(path).is_relative_to(installed.parent) for path in done.stdout.split())


def test_it_extracts_a_sample_as_the_checkout_does(installed: Path, tmp_path: Path) -> None:
    done = _run(installed / "scraper", "extract", SAMPLE, "--url", ADDRESS, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (record,) = (json.loads(line) for line in done.stdout.splitlines())
    expected = extract(SAMPLE.read_bytes(), url=ADDRESS).to_dict()
    same = [key for key in expected if key not in {"source", "run_id", "fetched_at", "url_requested", "http_status"}]
    assert {key: record[key] for key in same} == {key: expected[key] for key in same}


def test_it_tells_its_version(installed: Path, tmp_path: Path) -> None:
    done = _run(installed / "scraper", "--version", cwd=tmp_path)
    assert VERSION in done.stdout
