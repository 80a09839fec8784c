"""Saved pages: files, folders, standard input, and manifests that give address and time of each file."""

import gzip
import os
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

from scraper.errors import Place, SourceError
from scraper.records import Failure, FailureKind, Page
from scraper.sources.rows import list_format, read_rows

__all__ = ["Files", "Known", "Manifest"]

CONTENT_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".txt": "text/plain",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a saved page apart from its bytes. `fetched_at` carries a zone."""

    url: str | None = None
    fetched_at: datetime | None = None
    content_type: str | None = None
    http_status: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """Pages from a file, a folder (all pages in it, by name, links to folders not followed) or "-". A broken file is a Failure."""

    path: Path
    known: Known = Known()
    source: str | None = None
    max_bytes: int

    def __iter__(self) -> Iterator[Page | Failure]:
        for path in _walk(self.path):
            yield read_page(path, self.known, source=self.source, max_bytes=self.max_bytes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Pages that a CSV, TSV or JSONL file names: file, url, fetched_at, content_type, http_status; paths hold from its folder."""

    path: Path
    source: str | None = None
    max_bytes: int

    def __iter__(self) -> Iterator[Page | Failure]:
        for row in read_rows(self.path, form=list_format(self.path), need="file"):
            place = f"{self.path} line {row.line}"
            file = row.values.get("file")
            if row.problem or not isinstance(file, str) or not file:
                yield _bad(None, FailureKind.BAD_INPUT, f"{place}: {row.problem or 'it names no file'}")
                continue
            try:
                known = _known(row.values)
            except ValueError as error:
                yield _bad(file, FailureKind.BAD_INPUT, f"{place}: {error}")
                continue
            yield read_page(self.path.parent / file, known, source=self.source, max_bytes=self.max_bytes)


def _walk(path: Path) -> Iterable[Path]:
    """The file itself, or the pages under a folder in the order of their names, read one folder at a time."""
    if str(path) == "-" or not path.is_dir():
        yield path
        return
    try:
        entries = sorted(os.scandir(path), key=lambda entry: entry.name)
    except OSError as error:
        raise SourceError(f"cannot read the folder: {error.strerror}", place=Place(file=str(path))) from error
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path))
        elif _suffix(entry.name) in CONTENT_TYPES:
            yield Path(entry.path)


def _suffix(name: str) -> str:
    return Path(name.lower().removesuffix(".gz")).suffix


def read_page(path: Path, known: Known, *, source: str | None, max_bytes: int) -> Page | Failure:
    """One saved page, decompressed where its name ends in .gz; a Failure where it cannot be read or is larger than `max_bytes`."""
    name = "standard input" if str(path) == "-" else str(path)
    try:
        data = _read(path, max_bytes + 1)
    except (OSError, EOFError, zlib.error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return _bad(known.url or name, FailureKind.BAD_INPUT, f"{name}: {reason}")
    if len(data) > max_bytes:
        return _bad(known.url or name, FailureKind.TOO_LARGE, f"{name}: more than {max_bytes} bytes")
    return Page(
        data=data,
        url=known.url,
        source=source,
        http_status=known.http_status,
        content_type=known.content_type or CONTENT_TYPES.get(_suffix(path.name)),
        fetched_at=known.fetched_at,
        name=name,
        attempts=0,
    )


def _read(path: Path, size: int) -> bytes:
    if str(path) == "-":
        return sys.stdin.buffer.read(size)
    with path.open("rb") as stream:
        if not path.name.lower().endswith(".gz"):
            return stream.read(size)
        with gzip.GzipFile(fileobj=stream) as unpacked:
            return cast("BinaryIO", unpacked).read(size)


def _known(values: Mapping[str, Any]) -> Known:
    """What a manifest's row tells; unknown columns are left alone. Raises ValueError, in words, for a value that cannot be read."""
    status = values.get("http_status") or None
    moment = values.get("fetched_at") or None
    fetched_at = None
    if moment is not None:
        try:
            fetched_at = datetime.fromisoformat(moment)
        except (TypeError, ValueError):
            raise ValueError(f"fetched_at is no RFC 3339 time: {moment!r}") from None
        if fetched_at.tzinfo is None:
            raise ValueError(f"fetched_at has no zone: {moment!r}; write it like 2022-02-11T08:30:00Z")
    try:
        http_status = int(status) if status is not None else None
    except (TypeError, ValueError):
        raise ValueError(f"http_status is no number: {status!r}") from None
    return Known(url=_text(values, "url"), fetched_at=fetched_at, content_type=_text(values, "content_type"), http_status=http_status)


def _text(values: Mapping[str, Any], key: str) -> str | None:
    value = values.get(key) or None
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{key} is no text: {value!r}")
    return value


def _bad(url: str | None, kind: FailureKind, detail: str) -> Failure:
    return Failure(url=url, kind=kind, detail=detail, attempts=0)
