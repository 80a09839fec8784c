"""A line that is no record is told and left out by whoever reads a dataset, whatever is wrong with it."""

from pathlib import Path

import pytest

from scraper.__main__ import run_command
from scraper.dataset.repair import KnownArticle, read_articles
from scraper.dataset.strike import Struck, without
from scraper.errors import ExitCode
from scraper.writers.latest import find_superseded

DEEP = b'{"id": "1", "x": ' + b"[" * 100_000
SOUND = b'{"id": "2", "content_hash": "x", "url": "https://example.org/2"}'
BROKEN = pytest.mark.parametrize("line", [b'{"id": "\xff", "title": "\xff"}', b'{"id": ', DEEP], ids=["bytes", "cut", "deep"])


@BROKEN
@pytest.mark.parametrize("command", [["export"], ["report"], ["validate"], ["prune"]], ids=lambda command: command[0])
def test_it_is_named(command: list[str], line: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(line + b"\n")
    assert run_command([*command, str(path)]) == ExitCode.SOME_FAILED
    told = capsys.readouterr()
    assert f"{path}, line 1: no " in told.out + told.err


@BROKEN
def test_what_a_state_is_made_of_again_goes_on_behind_it(line: bytes, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(line + b"\n" + SOUND + b"\n")
    told, known = read_articles(path)
    assert isinstance(told, str)
    assert told.startswith(f"{path}, line 1: ")
    assert isinstance(known, KnownArticle)
    assert known.id == "2"


@BROKEN
def test_it_stays_where_others_are_struck(line: bytes) -> None:
    struck = Struck()
    assert list(without([line, SOUND], {"https://example.org/2"}, struck)) == [line]
    assert (struck.lines, struck.ids) == (1, {"2"})


@BROKEN
def test_it_stays_where_newer_lines_supersede_others(line: bytes, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(b"\n".join([SOUND, line, SOUND, b""]))
    with find_superseded([path]) as found:
        assert list(found.kept(0, [SOUND, line, SOUND])) == [line, SOUND]
