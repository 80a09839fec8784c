"""What a kill leaves: a file that is torn at any byte gives its whole exchanges, is cut behind them, and is written on."""

import hashlib
from pathlib import Path

import pytest

from scraper.archive import Archive, Settings
from scraper.records import Failure, FailureKind, Page
from scraper.warc.files import in_order
from scraper.warc.records import read_records
from tests.scraper.archive.parts import URL, archive_in, captured, check, failure, kinds, page


def bodies(count: int) -> list[bytes]:
    return [b"".join(hashlib.sha512(b"%d %d" % (number, piece)).digest() for piece in range(8)) for number in range(count)]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive's file with three exchanges: two pages and a failure."""
    folder = tmp_path_factory.mktemp("archive")
    archive = archive_in(folder)
    for number, body in enumerate(bodies(2)):
        archive.conclude(page(body, archive.append(captured(body, url=f"{URL}{number}")), url=f"{URL}{number}"))
    archive.conclude(failure(f"{URL}2"))
    archive.close()
    return in_order(folder)[0]


def recovered(folder: Path, position: str | None = None) -> tuple[Archive, list[str]]:
    archive = Archive(Settings(folder=folder, stem="news", rotate_bytes=10**9))
    return archive, [found.asked for found in archive.recover(position)]


def test_a_file_torn_at_any_byte(whole: Path, tmp_path: Path) -> None:
    data = whole.read_bytes()
    with whole.open("rb") as stream:
        found = list(read_records(stream))
    ends = [record.end for record in found]
    concluded = [record.end for record in found if record.kind == "metadata"]
    path = tmp_path / whole.name
    for cut in range(1, len(data) + 1):
        path.write_bytes(data[:cut])
        archive, asked = recovered(tmp_path)
        assert asked == [f"{URL}{number}" for number, end in enumerate(concluded) if end <= cut]
        assert path.stat().st_size == max((end for end in ends if end <= cut), default=0)
        archive.close()


@pytest.mark.parametrize("cut", [5, 700, -200, -1])
def test_a_torn_file_is_written_on(whole: Path, tmp_path: Path, cut: int, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / whole.name
    path.write_bytes(whole.read_bytes()[:cut])
    archive, _ = recovered(tmp_path)
    archive.conclude(failure("https://last.example.org/"))
    archive.close()
    assert in_order(tmp_path) == [path]
    assert kinds(tmp_path)[0] == "warcinfo"
    assert kinds(tmp_path)[-1] == "metadata"
    check([path], monkeypatch)


def test_bytes_that_a_power_cut_left(whole: Path, tmp_path: Path) -> None:
    """Zeros, a flipped bit in what is stored without a checksum of its own, and a member that says less than it holds."""
    data = whole.read_bytes()
    path = tmp_path / whole.name
    for spoiled in (data + bytes(500), data[:-10] + bytes(10), data[:400] + bytes([data[400] ^ 1]) + data[401:]):
        path.write_bytes(spoiled)
        archive, asked = recovered(tmp_path)
        assert set(asked) <= {f"{URL}0", f"{URL}1", f"{URL}2"}
        archive.close()
        with path.open("rb") as stream:
            assert list(read_records(stream))[-1].end == path.stat().st_size


def test_what_comes_again_is_the_page_as_it_was(whole: Path, tmp_path: Path) -> None:
    (tmp_path / whole.name).write_bytes(whole.read_bytes())
    archive = Archive(Settings(folder=tmp_path, stem="news", rotate_bytes=10**9))
    answers = [found.answer for found in archive.recover(None)]
    assert [answer.data for answer in answers if isinstance(answer, Page)] == bodies(2)
    assert isinstance(answers[0], Page)
    assert (answers[0].source, answers[0].run_id, answers[0].warc_record_id is None) == ("s", "run-1", False)
    assert isinstance(answers[2], Failure)
    assert answers[2] == failure(f"{URL}2")
    archive.close()


@pytest.mark.parametrize("position", ["gone.warc.gz:5", "nonsense", "", "{name}:99999999"])
def test_a_position_that_fits_nothing_reads_the_last_file(whole: Path, tmp_path: Path, position: str) -> None:
    (tmp_path / whole.name).write_bytes(whole.read_bytes())
    archive, asked = recovered(tmp_path, position.format(name=whole.name))
    assert len(asked) == 3
    archive.close()


def test_bytes_that_are_no_more_what_they_were(whole: Path, tmp_path: Path) -> None:
    """A conclusion whose response is gone, or holds something else, is a failure in words."""
    with whole.open("rb") as stream:
        found = list(read_records(stream))
    data = whole.read_bytes()
    first, second = found[1], found[4]
    without = data[: first.start] + data[first.end :]
    for spoiled, words in ((without, "is not in the archive any more"), (without[: second.start], "is not in the archive any more")):
        (tmp_path / whole.name).write_bytes(spoiled)
        archive = Archive(Settings(folder=tmp_path, stem="news", rotate_bytes=10**9))
        answer = next(iter(archive.recover(None))).answer
        assert isinstance(answer, Failure)
        assert (answer.kind, words in answer.detail) == (FailureKind.BAD_INPUT, True)
        archive.close()
