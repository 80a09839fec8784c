"""Saved pages: files, folders, standard input, and manifests that give address and time of each file."""

import os
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from scraper.errors import Place, SourceError
from scraper.records import Failure, Page
from scraper.sources.packed import is_packed, read_packed
from scraper.sources.reading import Reading
from scraper.sources.rows import list_format, read_rows
from scraper.sources.saved import NOTHING_KNOWN, Known, Origin, broken, is_moment, is_page, read_saved
from scraper.sources.warc import is_warc, read_warc

__all__ = ["Files", "Manifest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """Pages from a file, a folder (all pages in it, by name, links to folders not followed) or "-". A broken file is a Failure.

    ZIP, TAR and WARC files give the pages in them; what is known of a single page is not said of those.
    """

    path: Path
    known: Known = NOTHING_KNOWN
    source: str | None = None
    max_bytes: int

    def __iter__(self) -> Iterator[Page | Failure]:
        origin = Origin(source=self.source, max_bytes=self.max_bytes)
        for path in _walk(self.path):
            with Reading(str(path)) as reading:
                if is_warc(path.name):
                    yield from read_warc(path, origin)
                elif is_packed(path.name):
                    yield from read_packed(path, origin)
                else:
                    yield _read_page(path, self.known, origin)
            yield from reading.failures


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Pages that a CSV, TSV or JSONL file names: file, url, fetched_at, content_type, http_status; paths hold from its folder."""

    path: Path
    source: str | None = None
    max_bytes: int

    def __iter__(self) -> Iterator[Page | Failure]:
        origin = Origin(source=self.source, max_bytes=self.max_bytes)
        for row in read_rows(self.path, form=list_format(self.path), need="file"):
            place = f"{self.path} line {row.line}"
            file = row.values.get("file")
            if row.problem or not isinstance(file, str) or not file:
                yield broken(None, f"{place}: {row.problem or 'it names no file'}")
                continue
            try:
                known = _known(row.values)
            except ValueError as error:
                yield broken(file, f"{place}: {error}")
                continue
            with Reading(file) as reading:
                yield _read_page(self.path.parent / file, known, origin)
            yield from reading.failures


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
        elif is_page(entry.name) or is_packed(entry.name) or is_warc(entry.name):
            yield Path(entry.path)


def _read_page(path: Path, known: Known, origin: Origin) -> Page | Failure:
    """One saved page; a Failure where it cannot be read."""
    name = "standard input" if str(path) == "-" else str(path)
    try:
        with nullcontext(sys.stdin.buffer) if str(path) == "-" else path.open("rb") as stream:
            return read_saved(stream, name, known, origin=origin)
    except (OSError, ValueError, EOFError, zlib.error) as error:  # ValueError: a name that no file can have
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return broken(known.url or name, f"{name}: {reason}")


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
        if not is_moment(fetched_at):
            raise ValueError(f"fetched_at is no moment at which a page was fetched: {moment!r}")
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
