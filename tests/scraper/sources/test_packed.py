"""Pages in ZIP and TAR files, and what is broken about them."""

import gzip
import io
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from scraper.records import Failure, FailureKind, Page
from scraper.sources.files import Files

MEMBERS = {
    "pages/b.html": b"<p>b",
    "pages/a.html.gz": gzip.compress(b"<p>a"),
    "note.json": b"{}",
    "__MACOSX/._b.html": b"x",
    ".hidden.html": b"x",
    "text.md": b"# c",
}


def packed(path: Path, members: dict[str, bytes]) -> Path:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        return path
    with tarfile.open(path, f"w:{path.suffix[1:].replace('tgz', 'gz').replace('tar', '')}") as tar:
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    return path


def read(path: Path) -> list[Page | Failure]:
    return list(Files(path=path, source="s", max_bytes=1000))


@pytest.mark.parametrize("name", ["p.zip", "p.tar", "p.tar.gz", "p.tgz", "p.tar.xz", "p.tar.bz2"])
def test_pages_in_the_order_of_the_archive(tmp_path: Path, name: str) -> None:
    path = packed(tmp_path / name, MEMBERS)
    pages = [entry for entry in read(path) if isinstance(entry, Page)]
    assert [(page.data, page.name, page.content_type) for page in pages] == [
        (b"<p>b", f"{path}/pages/b.html", "text/html"),
        (b"<p>a", f"{path}/pages/a.html.gz", "text/html"),
        (b"# c", f"{path}/text.md", "text/markdown"),
    ]
    assert len(read(tmp_path)) == 3  # in a folder too


@pytest.mark.parametrize("name", ["p.zip", "p.tar.gz"])
def test_a_bomb_is_one_failure(tmp_path: Path, name: str) -> None:
    first, second = read(packed(tmp_path / name, {"bomb.html": bytes(50_000_000), "b.html": b"<p>b"}))
    assert isinstance(first, Failure)
    assert (first.kind, first.url) == (FailureKind.TOO_LARGE, f"{tmp_path / name}/bomb.html")
    assert isinstance(second, Page)


def test_a_broken_member_ends_nothing(tmp_path: Path) -> None:
    path = packed(tmp_path / "p.zip", {"a.html": b"<p>first page", "b.html": b"<p>b", "c.html.gz": b"no gzip"})
    data = path.read_bytes()
    spot = data.index(b"a.html") + len(b"a.html") + 2
    path.write_bytes(data[:spot] + b"\xff\xff" + data[spot + 2 :])
    kinds = [entry.kind if isinstance(entry, Failure) else entry.data for entry in read(path)]
    assert kinds == [FailureKind.BAD_INPUT, b"<p>b", FailureKind.BAD_INPUT]


@pytest.mark.parametrize("name", ["p.zip", "p.tar", "p.tar.gz"])
def test_a_file_that_is_none(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"<p>just a page, whatever its name")
    (failure,) = read(tmp_path / name)
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.BAD_INPUT
    assert name in failure.detail


def test_a_torn_tar_gives_what_is_before_the_tear(tmp_path: Path) -> None:
    path = packed(tmp_path / "p.tar", {f"{number}.html": b"<p>x" * 100 for number in range(3)})
    path.write_bytes(path.read_bytes()[:1600])
    first, *others = read(path)
    assert isinstance(first, Page)
    assert others
    assert all(isinstance(entry, Failure) for entry in others)


def test_what_was_read_of_a_tar_file_is_not_kept(tmp_path: Path) -> None:
    path = packed(tmp_path / "p.tar", {f"{number}.txt": b"x" for number in range(10_000)})
    tracemalloc.start()
    count = sum(isinstance(entry, Page) for entry in Files(path=path, source="s", max_bytes=1000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 10_000
    assert peak < 5 * 2**20  # kept members took six; the table of interned names may grow by two
