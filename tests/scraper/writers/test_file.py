"""Files that end with a whole line, whatever the disk does."""

import errno
import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scraper.compression.packing import unpacked
from scraper.errors import ExitCode, OutputError, OutputExists
from scraper.job.outputs import Compression
from scraper.records import IfExists
from scraper.writers.file import FileSink


@contextmanager
def _small_files() -> Iterator[None]:
    """A limit of 100 bytes on any file, which stands in for a full disk. Kept short: it holds for the test runner's own output too."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def test_makes_folders_and_writes(tmp_path: Path) -> None:
    sink = FileSink(tmp_path / "a" / "b.jsonl", IfExists.REFUSE)
    sink.put(b"one\n")
    sink.put(b"two\n")
    sink.close()
    sink.close()
    assert (tmp_path / "a" / "b.jsonl").read_bytes() == b"one\ntwo\n"


def test_each_piece_is_there_at_once(tmp_path: Path) -> None:
    sink = FileSink(tmp_path / "b.jsonl", IfExists.REFUSE)
    sink.put(b"one\n")
    assert (tmp_path / "b.jsonl").read_bytes() == b"one\n"
    sink.close()


def test_a_file_that_is_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "b.jsonl"
    path.write_bytes(b"old\n")
    with pytest.raises(OutputExists, match="--append") as caught:
        FileSink(path, IfExists.REFUSE)
    assert caught.value.exit_code is ExitCode.USAGE
    assert path.read_bytes() == b"old\n"


@pytest.mark.parametrize(("if_exists", "content"), [(IfExists.APPEND, b"old\nnew\n"), (IfExists.OVERWRITE, b"new\n")])
def test_append_and_overwrite(tmp_path: Path, if_exists: IfExists, content: bytes) -> None:
    path = tmp_path / "b.jsonl"
    path.write_bytes(b"old\n")
    sink = FileSink(path, if_exists)
    sink.put(b"new\n")
    sink.close()
    assert path.read_bytes() == content


def test_a_torn_last_line_is_not_added_to(tmp_path: Path) -> None:
    path = tmp_path / "b.jsonl"
    path.write_bytes(b'{"a": 1}\n{"a"')
    with pytest.raises(OutputError, match="torn"):
        FileSink(path, IfExists.APPEND).restore(None)


def test_a_full_disk_leaves_whole_lines(tmp_path: Path) -> None:
    path = tmp_path / "b.jsonl"
    sink = FileSink(path, IfExists.REFUSE)
    sink.put(b"x" * 79 + b"\n")
    with _small_files(), pytest.raises(OutputError, match="cannot write") as caught:
        sink.put(b"y" * 79 + b"\n")
    sink.close()
    assert caught.value.exit_code is ExitCode.STORAGE
    assert path.read_bytes() == b"x" * 79 + b"\n"


def test_no_space_is_said_plainly() -> None:
    sink = FileSink(Path("/dev/full"), IfExists.OVERWRITE)
    with pytest.raises(OutputError, match="/dev/full: cannot write: No space left on device; free space"):
        sink.put(b"x\n")
    sink.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_said_before_anything_is_done(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="Permission denied"):
        FileSink(tmp_path / "b.jsonl", IfExists.REFUSE)


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="Is a directory"):
        FileSink(tmp_path, IfExists.OVERWRITE)


def test_a_file_in_place_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"")
    with pytest.raises(OutputError, match="cannot write") as caught:
        FileSink(tmp_path / "out" / "b.jsonl", IfExists.REFUSE)
    assert caught.value.exit_code is ExitCode.STORAGE


@pytest.mark.parametrize("kind", list(Compression))
def test_what_a_full_disk_refused_is_not_taken_for_written(tmp_path: Path, kind: Compression) -> None:
    """A packed file has taken pieces that are not on the disk yet; what is committed after the disk had no room holds them."""
    path = tmp_path / "out"
    sink = FileSink(path, IfExists.REFUSE, compression=kind)
    sink.put(os.urandom(300).hex().encode() + b"\n")
    with _small_files(), pytest.raises(OutputError, match="File too large"):
        sink.sync()
    end = sink.sync()
    sink.close()
    assert end.length == path.stat().st_size
    with path.open("rb") as stream:
        assert len(unpacked(stream, kind).read()) == 601


def test_a_piece_that_a_full_disk_refused_is_not_written_later(tmp_path: Path) -> None:
    path = tmp_path / "out"
    sink = FileSink(path, IfExists.REFUSE, compression=Compression.GZIP)
    sink.put(b"taken\n")
    with _small_files(), pytest.raises(OutputError, match="File too large"):
        sink.put(os.urandom(2**20).hex().encode() + b"\n")
    sink.close()
    with path.open("rb") as stream:
        assert unpacked(stream, Compression.GZIP).read() == b"taken\n"


def test_nothing_is_committed_once_the_disk_has_lost_something(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real failure of fsync needs a broken disk; what follows it is real."""

    def broken(fd: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    sink = FileSink(tmp_path / "out", IfExists.REFUSE)
    sink.put(b"one\n")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", broken)
        with pytest.raises(OutputError, match="Input/output error"):
            sink.sync()
    with pytest.raises(OutputError, match="failed to keep"):
        sink.sync()
    sink.close()
