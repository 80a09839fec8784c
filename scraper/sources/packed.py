"""Saved pages in ZIP and TAR files, compressed or not: each page a member, read one after another, nothing unpacked to disk."""

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from scraper.records import Failure, Page
from scraper.sources.saved import NOTHING_KNOWN, Origin, broken, is_page, read_saved

__all__ = ["is_packed", "read_packed"]

_ZIP = (".zip",)
_TAR = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")

# What a member that is broken, encrypted or packed in an unknown way raises. EOFError: a file that ends early.
_MEMBER_ERRORS = (OSError, EOFError, RuntimeError, NotImplementedError, zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError)


def is_packed(name: str) -> bool:
    """Whether a file's name is that of a ZIP or TAR file."""
    return name.lower().endswith(_ZIP + _TAR)


def read_packed(path: Path, origin: Origin) -> Iterator[Page | Failure]:
    """The pages in a ZIP or TAR file, in its order. A broken member is a Failure; so is a file that cannot be read further."""
    try:
        yield from _zip(path, origin) if path.name.lower().endswith(_ZIP) else _tar(path, origin)
    except _MEMBER_ERRORS as error:
        yield broken(str(path), f"{path}: {_words(error)}")


def _zip(path: Path, origin: Origin) -> Iterator[Page | Failure]:
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if not member.is_dir() and _wanted(member.filename):
                name = f"{path}/{member.filename}"
                try:
                    with archive.open(member) as stream:
                        yield read_saved(cast("BinaryIO", stream), name, NOTHING_KNOWN, origin=origin)
                except _MEMBER_ERRORS as error:
                    yield broken(name, f"{name}: {_words(error)}")


def _tar(path: Path, origin: Origin) -> Iterator[Page | Failure]:
    """Streamed, since the members of a compressed TAR file are found by reading all that is before them; links are not followed."""
    with tarfile.open(path, "r|*") as archive:
        for member in archive:
            archive.members.clear()  # type: ignore[attr-defined]  # it keeps all that it met, and its stubs do not say where
            stream = archive.extractfile(member) if member.isfile() and _wanted(member.name) else None
            if stream is not None:
                name = f"{path}/{member.name}"
                try:
                    yield read_saved(cast("BinaryIO", stream), name, NOTHING_KNOWN, origin=origin)
                except _MEMBER_ERRORS as error:
                    yield broken(name, f"{name}: {_words(error)}")


def _wanted(name: str) -> bool:
    """Whether a member is a page, and not hidden as the sidecars of macOS are."""
    return is_page(name) and not any(part.startswith((".", "__MACOSX")) for part in Path(name).parts)


def _words(error: BaseException) -> str:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return reason or type(error).__name__
