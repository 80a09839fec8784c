"""Log lines: nothing from outside acts on a terminal, forges a line, or is lost."""

import json
import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.job.keys import LogFormat, LogSection
from scraper.report.logs import keep_log, start_logging, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\r\tc", "a\\nb\\r\\tc"),
        ("\x1b[2J", "\\x1b[2J"),
        ("\x9b2J\x7f", "\\x9b2J\\x7f"),
        ("a\u202eb\u2066c", "a\\u202eb\\u2066c"),
        ("a\u2028b", "a\\u2028b"),
        ("a\ud800", "a\\ud800"),
        ("東京 مرحبا é", "東京 مرحبا é"),
    ],
)
def test_controls_are_shown_as_escapes(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("verbosity", "expected"),
    [(-1, "warning: w\n"), (0, "i\nwarning: w\n"), (1, "debug: d\ni\nwarning: w\n")],
    ids=["quiet", "plain", "verbose"],
)
def test_verbosity(capsys: pytest.CaptureFixture[str], verbosity: int, expected: str) -> None:
    start_logging(verbosity)
    log = logging.getLogger("scraper.test")
    log.debug("d")
    log.info("i")
    log.warning("w")
    logging.getLogger("other").error("not ours")
    assert capsys.readouterr().err == expected


def test_libraries_speak_where_they_are_asked_to(capsys: pytest.CaptureFixture[str]) -> None:
    start_logging(2)
    logging.getLogger("other").debug("not ours")
    assert capsys.readouterr().err == "debug: not ours\n"


def test_a_forged_line_stays_on_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    start_logging(0)
    logging.getLogger("scraper.test").warning("%s", "https://example.org/\nerror: all lost")
    assert capsys.readouterr().err == "warning: https://example.org/\\nerror: all lost\n"


def test_lines_can_be_sent_elsewhere_and_back(capsys: pytest.CaptureFixture[str]) -> None:
    redirect = start_logging(0)
    seen: list[str] = []
    redirect(seen.append)
    logging.getLogger("scraper.test").info("there")
    redirect(None)
    logging.getLogger("scraper.test").info("here")
    assert (seen, capsys.readouterr().err) == (["there"], "here\n")


def test_a_file_gets_the_lines_with_their_moment(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start_logging(-1)
    keep_log(LogSection(file=tmp_path / "logs" / "run.log"), run_id="r1")
    log = logging.getLogger("scraper.test")
    log.debug("each document")
    log.info("as it goes\nerror: feigned")
    log.warning("w")
    first, second = (tmp_path / "logs" / "run.log").read_text().splitlines()
    moment, _, words = first.partition(" ")
    assert abs((datetime.now(UTC) - datetime.fromisoformat(moment)).total_seconds()) < 60
    assert words == "as it goes\\nerror: feigned"
    assert second.endswith(" warning: w")
    assert capsys.readouterr().err == "warning: w\n"


def test_lines_as_objects(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start_logging(0)
    keep_log(LogSection(file=tmp_path / "run.log", format=LogFormat.JSON, level="debug"), run_id="r1")
    log = logging.getLogger("scraper.test")
    try:
        raise ValueError("no\u2028thing")
    except ValueError:
        log.debug("a defect", exc_info=True)
    log.info("%s", "a line for people", extra={"figures": {"event": "run_finished", "targets": 3}})
    entries = [json.loads(line) for line in (tmp_path / "run.log").read_text().splitlines()]
    assert [(entry["level"], entry["logger"]) for entry in entries] == [("debug", "scraper.test"), ("info", "scraper.test")]
    assert (entries[0]["message"], entries[0]["run_id"]) == ("a defect", "r1")
    assert entries[0]["traceback"].endswith("ValueError: no\u2028thing")
    assert entries[1]["targets"] == 3
    assert "message" not in entries[1]
    assert [json.loads(line) for line in capsys.readouterr().err.splitlines()] == entries[1:]  # stderr keeps its own level


def test_a_file_is_turned_over_and_the_oldest_goes(tmp_path: Path) -> None:
    start_logging(-1)
    keep_log(LogSection(file=tmp_path / "run.log", rotate=130, keep=2), run_id=None)
    for number in range(8):
        logging.getLogger("scraper.test").info("%s", f"line {number} {'x' * 20}")  # two of them to a file
    names = ["run.log.2", "run.log.1", "run.log"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)
    text = "".join((tmp_path / name).read_text() for name in names)
    assert [line.split()[2] for line in text.splitlines()] == ["2", "3", "4", "5", "6", "7"]
    assert all((tmp_path / name).stat().st_size <= 130 for name in names)


def test_a_log_that_cannot_be_written_is_spoken_of_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "run.log").mkdir()
    start_logging(-1)
    keep_log(LogSection(file=tmp_path / "run.log"), run_id=None)
    for _ in range(3):
        logging.getLogger("scraper.test").info("lost")
    told = capsys.readouterr().err
    assert told == f"warning: {tmp_path}/run.log: cannot write the log: Is a directory; the run goes on without it\n"
