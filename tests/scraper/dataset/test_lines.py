"""Lines of files, packed or not, and of folders of parts."""

import gzip
from pathlib import Path

import pytest
import zstandard

from scraper.dataset.lines import Passes, open_dataset
from scraper.errors import SourceError
from tests.scraper.dataset.conftest import Scraper


def read(path: Path) -> list[tuple[str, int, bytes, str | None]]:
    """All lines, twice: they must be the same."""
    with open_dataset(path, Passes.TWO) as dataset:
        lines = [(Path(line.file).name, line.number, line.data, line.problem) for line in dataset.lines()]
        assert len(list(dataset.lines())) == len(lines)
        return lines


def zstd(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


def test_the_parts_of_a_folder_in_order(tmp_path: Path) -> None:
    (tmp_path / "part-000010-20260305.jsonl.zst").write_bytes(zstd(b"5\n") + zstd(b"6\n"))
    (tmp_path / "part-000002-20260306.jsonl.gz").write_bytes(gzip.compress(b"2\n") + gzip.compress(b"3\n4\n"))
    (tmp_path / "part-000001-20260307.jsonl").write_bytes(b"\xef\xbb\xbf1\n")
    (tmp_path / ".part-000011-20260307.jsonl").write_bytes(b"hidden\n")
    (tmp_path / "notes.txt").write_bytes(b"no part\n")
    lines = read(tmp_path)
    assert [data for _, _, data, _ in lines] == [b"1", b"2", b"3", b"4", b"5", b"6"]
    assert [(name[5:11], number) for name, number, _, _ in lines[1:5]] == [("000002", 1), ("000002", 2), ("000002", 3), ("000010", 1)]


@pytest.mark.parametrize("pack", [gzip.compress, zstd])
@pytest.mark.parametrize("lost", [1, 5])
def test_what_breaks_off_is_told_after_what_is_whole(tmp_path: Path, pack: type[bytes], lost: int) -> None:
    (tmp_path / "out").write_bytes(pack(b"1\n2\n") + pack(b"3\n")[:-lost])
    *whole, last = read(tmp_path / "out")
    assert [data for _, _, data, _ in whole][:2] == [b"1", b"2"]
    assert last[3] is not None
    assert "the packed stream is broken here" in last[3]


@pytest.mark.parametrize("pack", [gzip.compress, zstd])
def test_junk_behind_a_packed_file_is_told(tmp_path: Path, pack: type[bytes]) -> None:
    (tmp_path / "out").write_bytes(pack(b"1\n") + b"half a line of an other program")
    problems = [problem for _, _, _, problem in read(tmp_path / "out")]
    assert problems[0] is None
    assert "broken here" in str(problems[-1])


def test_a_folder_without_parts(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"holds no parts; they end with one of \.jsonl, "), open_dataset(tmp_path, Passes.ONE):
        pass


def test_a_fault_names_its_part(
    scraper: Scraper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out").mkdir()
    for number in (1, 2):
        (tmp_path / "out" / f"part-00000{number}-20260305.jsonl").write_bytes(b"{}\n{\n")
    assert scraper("validate", "out") == 1
    assert "out/part-000002-20260305.jsonl, line 2: no JSON" in capsys.readouterr().out
    assert scraper("prune", "out", "-o", "new.jsonl") == 1
    assert "out/part-000002-20260305.jsonl, line 2: no record" in capsys.readouterr().err
    assert scraper("prune", "out", "-o", "out/new.jsonl") == 2
    assert "the output is the dataset itself" in capsys.readouterr().err
