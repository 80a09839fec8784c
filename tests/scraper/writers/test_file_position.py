"""One file: what lies beyond the committed position goes, packed or not, and old revisions go at a clean end."""

from pathlib import Path

import pytest

from scraper.compression.packing import pack
from scraper.errors import OutputError
from scraper.job.outputs import Compression, Position, Revisions
from scraper.records import IfExists
from scraper.writers.file import FileSink
from tests.scraper.writers.places import commit, line, numbers

KINDS = [None, Compression.GZIP, Compression.ZSTD]


def opened(path: Path, compression: Compression | None = None, revisions: Revisions = Revisions.APPEND) -> FileSink:
    return FileSink(path, IfExists.APPEND, compression=compression, revisions=revisions)


def begun(path: Path, compression: Compression | None) -> Position:
    """A file of lines 0 to 4, committed, and then two that were not, the last of them torn."""
    sink = opened(path, compression)
    assert sink.restore(Position()) == Position()
    for number in range(3):
        sink.put(line(number))
    sink.sync()
    sink.put(line(3))
    sink.put(line(4))
    position = sink.sync()
    sink.put(line(5))
    sink.close()
    with path.open("ab") as stream:
        stream.write(pack(line(6), compression)[:-3])
    return position


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_not_committed_is_cut(tmp_path: Path, kind: Compression | None) -> None:
    path = tmp_path / "out"
    position = begun(path, kind)
    sink = opened(path, kind)
    assert sink.restore(position) == position
    assert path.stat().st_size == position.length
    sink.put(line(7))
    sink.settle(sink.finish())
    sink.close()
    assert numbers(path) == [0, 1, 2, 3, 4, 7]


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_output_is_emptied_of_what_a_killed_run_left(tmp_path: Path, kind: Compression | None) -> None:
    begun(tmp_path / "out", kind)
    opened(tmp_path / "out", kind).restore(Position())
    assert (tmp_path / "out").read_bytes() == b""


@pytest.mark.parametrize("kind", KINDS)
def test_a_torn_end_of_an_unknown_file_is_refused(tmp_path: Path, kind: Compression | None) -> None:
    begun(tmp_path / "out", kind)
    with pytest.raises(OutputError, match="torn"):
        opened(tmp_path / "out", kind).restore(None)


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_unknown_file_is_added_to(tmp_path: Path, kind: Compression | None) -> None:
    path = tmp_path / "out"
    path.write_bytes(pack(line(1), kind))
    sink = opened(path, kind)
    assert sink.restore(None) == Position(path.stat().st_size)
    sink.put(line(2))
    sink.close()
    assert numbers(path) == [1, 2]


def test_a_file_that_has_lost_committed_bytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    position = begun(path, None)
    path.write_bytes(line(0))
    with pytest.raises(OutputError, match=r"out\.jsonl: \d+ bytes are missing that were committed; bring"):
        opened(path).restore(position)
    assert path.read_bytes() == line(0)


@pytest.mark.parametrize("kind", KINDS[1:])
def test_memory_is_bounded_between_syncs(tmp_path: Path, kind: Compression) -> None:
    sink = opened(tmp_path / "out", kind)
    sink.restore(None)
    sink.put(line(1, "x" * 2**20))
    assert sink.size > 0
    sink.close()


def revised(path: Path, kind: Compression | None) -> tuple[FileSink, Position]:
    """A file that has line 1 twice and is being finished."""
    sink = opened(path, kind, Revisions.LATEST)
    sink.restore(Position())
    for number in (1, 2, 1, 3):
        sink.put(line(number))
    return sink, sink.finish()


@pytest.mark.parametrize("kind", KINDS)
def test_a_clean_end_leaves_the_latest_line_of_each_id(tmp_path: Path, kind: Compression | None) -> None:
    path = tmp_path / "out"
    sink, position = revised(path, kind)
    assert position.ready
    assert numbers(path) == [1, 2, 1, 3]
    sink.settle(position)
    assert numbers(path) == [2, 1, 3]
    assert position.length == path.stat().st_size
    sink.put(line(4))
    assert commit(sink, sink.finish) == Position(path.stat().st_size)
    sink.close()
    assert numbers(path) == [2, 1, 3, 4]
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("committed", [True, False])
def test_a_kill_before_the_new_file_came_in_place(tmp_path: Path, committed: bool) -> None:
    path = tmp_path / "out"
    sink, position = revised(path, None)
    sink.close()
    sink = opened(path, None, Revisions.LATEST)
    sink.restore(position if committed else Position(len(line(1))))
    sink.put(line(9))
    sink.close()
    assert numbers(path) == ([2, 1, 3, 9] if committed else [1, 9])
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


def test_a_file_without_old_revisions_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "out"
    sink, position = revised(path, None)
    sink.settle(position)
    sink.put(b"no record\n")
    before = path.stat().st_ino
    assert commit(sink, sink.finish) == Position(path.stat().st_size)
    sink.close()
    assert path.stat().st_ino == before
