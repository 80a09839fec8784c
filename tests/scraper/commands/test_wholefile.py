"""A small file that comes whole or not at all."""

import os
from pathlib import Path

import pytest

from scraper.commands.drafting import write_job
from scraper.commands.wholefile import write_whole
from scraper.errors import OutputError


def test_what_is_there_is_replaced_where_that_is_asked(tmp_path: Path) -> None:
    file, link = tmp_path / "a.json", tmp_path / "link.json"
    assert write_whole(file, b"old", replace=False)
    assert not write_whole(file, b"new", replace=False)
    assert file.read_bytes() == b"old"
    link.symlink_to(file)
    assert write_whole(link, b"new")
    assert (file.read_bytes(), link.is_symlink()) == (b"new", True)
    assert sorted(tmp_path.iterdir()) == [file, link]


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    ours, theirs = os.pipe()
    assert write_whole(Path(f"/dev/fd/{theirs}"), b"text")
    assert os.read(ours, 9) == b"text"
    os.close(ours)
    os.close(theirs)


@pytest.mark.parametrize("there", [True, False])
def test_a_disk_that_refuses_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool) -> None:
    def refuse(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    file = tmp_path / "job.toml"
    if there:
        file.write_text("old")
    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OutputError, match="No space left on device"):
        write_job(file, "new", overwrite=there)
    assert sorted(tmp_path.iterdir()) == before
    assert not there or file.read_text() == "old"
