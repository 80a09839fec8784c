"""Log lines: nothing from outside acts on a terminal, forges a line, or is lost."""

import logging

import pytest

from scraper.logs import start_logging, visible

pytestmark = pytest.mark.usefixtures("logging_as_it_was")


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
    logging.getLogger("other").info("not ours")
    assert capsys.readouterr().err == expected


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
