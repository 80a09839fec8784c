"""What data/deploy/ gives to schedulers: each file checked by its scheduler's own tool, and its command carried out as there.

A tool that is missing skips its test; with DEPLOY_TESTS=required it fails instead. Airflow takes 300 MB and four minutes, so its
check runs where AIRFLOW_PYTHON names a Python that has it: there the file is imported by Airflow itself. Everywhere else its
syntax and its command line are checked, and no more.
"""

import ast
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from scraper.cli import cli
from tests.source import ROOT

DEPLOY = ROOT / "data" / "deploy"
SCRAPER, FOLDER = "/opt/article-scraper/bin/scraper", "/srv/articles"
BARE = {"PATH": "/usr/bin:/bin"}


def tool(name: str) -> str:
    """The path of a scheduler's tool."""
    found = shutil.which(name)
    if found is None and os.environ.get("DEPLOY_TESTS") == "required":
        raise AssertionError(f"{name} is missing")
    return found or pytest.skip(f"there is no {name} here")


def checked(*command: str | Path) -> str:
    """What a tool says that finds nothing wrong."""
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder with a `scraper` (its extractor needs no model) and the job news.toml of one page, which waits for SLOW."""
    (tmp_path / "scraper").write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m tests.scraper.fakes "$@"\n')
    (tmp_path / "scraper").chmod(0o755)
    (tmp_path / "page.txt").write_text("Title\n\nBody")
    (tmp_path / "news.toml").write_text(
        '[job]\noutput = "out/"\n[[source]]\nkind = "files"\npath = "page.txt"\n[write]\nif_exists = "append"\n'
    )
    return tmp_path


def carried_out(line: str, installed: Path) -> subprocess.CompletedProcess[str]:
    """A shell's command line in hardly any environment, with the paths of this machine."""
    line = line.replace(SCRAPER, str(installed / "scraper")).replace(FOLDER, str(installed))
    return subprocess.run(["/bin/sh", "-c", line], cwd="/", env=BARE, capture_output=True, text=True, timeout=60, check=False)


def cron_lines() -> list[str]:
    """The commands of the table, those in comments too."""
    found = re.findall(r"^(?:# )?(?:\S+ ){5}(/opt.*)$", (DEPLOY / "crontab").read_text(), re.MULTILINE)
    assert len(found) == 2
    return found


def test_cron_takes_the_table() -> None:
    crontab = tool("crontab")
    dry = "-n" if "-n" in subprocess.run([crontab, "-h"], capture_output=True, text=True, check=False).stderr else "-T"
    checked(crontab, dry, DEPLOY / "crontab")


@pytest.mark.parametrize("line", cron_lines())
def test_crons_command_is_quiet_when_all_is_well(line: str, installed: Path) -> None:
    done = carried_out(line, installed)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert len(list((installed / "out").iterdir())) == 1
    (installed / "page.txt").unlink()
    done = carried_out(line, installed)
    told = done.stderr or (installed / "news.err").read_text()
    assert done.returncode == (2 if done.stderr else 1)
    assert "page.txt" in told


def units(folder: Path, scraper: str) -> list[Path]:
    """The units, copied with the path of an executable that is there."""
    for unit in DEPLOY.glob("article-scraper@.*"):
        (folder / unit.name).write_text(unit.read_text().replace(SCRAPER, scraper))
    return sorted(folder.glob("article-scraper@.*"))


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    analyze = tool("systemd-analyze")
    service, timer = units(tmp_path, shutil.which("true") or "")
    assert checked(analyze, "verify", service, timer) == ""
    service.write_text(service.read_text().replace("Type=oneshot", "Type=oneshoot"))
    done = subprocess.run([analyze, "verify", service], capture_output=True, text=True, timeout=60, check=False)
    assert "oneshoot" in done.stderr  # it would have told
    (moment,) = re.findall(r"^OnCalendar=(.*)$", timer.read_text(), re.MULTILINE)
    assert "Next elapse" in checked(analyze, "calendar", moment)


def test_systemds_command(installed: Path) -> None:
    (line,) = re.findall(r"^ExecStart=(.*)$", (DEPLOY / "article-scraper@.service").read_text(), re.MULTILINE)
    done = carried_out(line.replace("%i", "news"), installed)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


_LOOK = """
import runpy
dag = runpy.run_path("airflow_dag.py")["dag"]
(task,) = dag.tasks
task.render_template(task.bash_command, {})
print(dag.dag_id, task.task_id, task.bash_command, sep="|")
"""


def test_airflow_imports_the_dag(tmp_path: Path) -> None:
    python = os.environ.get("AIRFLOW_PYTHON") or pytest.skip("AIRFLOW_PYTHON names no Python that has Airflow 3: its import is not checked")
    environment = {**os.environ, "AIRFLOW_HOME": str(tmp_path), "AIRFLOW__CORE__LOAD_EXAMPLES": "False"}
    command = [python, "-W", "error::DeprecationWarning:__main__", "-c", _LOOK]
    done = subprocess.run(command, cwd=DEPLOY, env=environment, capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == f"article_scraper|run|exec {SCRAPER} run {FOLDER}/news.toml"


def test_the_dags_syntax_and_command(installed: Path) -> None:
    tree = ast.parse((DEPLOY / "airflow_dag.py").read_text())
    strings = {node.targets[0].id: node.value.value for node in tree.body if isinstance(node, ast.Assign)}  # type: ignore[attr-defined]
    done = carried_out(f"exec {strings['SCRAPER']} run {strings['JOB']}", installed)
    assert done.returncode == 0
    assert "1 written" in done.stderr


SLURM = DEPLOY / "slurm.sh"


def test_bash_and_shellcheck_take_the_slurm_script() -> None:
    checked("bash", "-n", SLURM)
    checked(tool("shellcheck"), SLURM)


def test_slurm_takes_the_script() -> None:
    sbatch = shutil.which("sbatch")
    if sbatch is None or subprocess.run([sbatch, "--version"], capture_output=True, check=False).returncode:
        pytest.skip("no Slurm here: what its #SBATCH lines ask for is not checked")
    assert "using 2 processors" in checked(sbatch, "--test-only", SLURM, "news.toml")


def test_slurms_signal_reaches_the_run(installed: Path) -> None:
    (installed / "page.txt").write_text("SLOW")
    environment = {**BARE, "SCRAPER": str(installed / "scraper")}
    process = subprocess.Popen(["bash", SLURM, installed / "news.toml"], env=environment, stderr=subprocess.PIPE)
    end = time.monotonic() + 30
    while not list(installed.glob(".out.lock")):
        assert time.monotonic() < end
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 143
    assert b"interrupted; what was written is whole" in told
    done = subprocess.run(["bash", SLURM], env=BARE, capture_output=True, text=True, check=False)
    assert "name a job file" in done.stderr
    assert done.returncode != 0


@pytest.mark.parametrize("path", sorted(DEPLOY.iterdir()), ids=lambda path: path.name)
def test_what_they_say_of_the_command_line_is_so(path: Path) -> None:
    lines = re.findall(rf"{SCRAPER} (\w+ [^|#\n]*?)(?: 2>|$|\s+#)", path.read_text(), re.MULTILINE)
    for line in lines:
        name, *words = shlex.split(line)
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        command.make_parser(click.Context(command)).parse_args(words)
    assert lines or path.suffix in {".py", ".sh", ".timer"}
