"""A saved page from a stream: decompressed, capped, with its type told by its name."""

import gzip
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast

from scraper.records import Failure, FailureKind, Page

__all__ = ["NOTHING_KNOWN", "Known", "Origin", "broken", "is_moment", "is_page", "read_saved"]

_TYPES = {
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


NOTHING_KNOWN = Known()


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Which source of the job a saved page comes from, and how many bytes, decompressed, it may have."""

    source: str | None
    max_bytes: int


def is_moment(moment: datetime) -> bool:
    """Whether a page may have been fetched then. The calendar's first and last year stand for "unknown", and leave it with another zone."""
    return datetime.min.year < moment.year < datetime.max.year


def is_page(name: str) -> bool:
    """Whether a file's name is that of a page, compressed or not."""
    return _suffix(name) in _TYPES


def read_saved(stream: BinaryIO, name: str, known: Known, *, origin: Origin) -> Page | Failure:
    """The page in `stream`, decompressed where `name` ends in .gz; a Failure where it is too large. Raises what reading raises."""
    if name.lower().endswith(".gz"):
        with gzip.GzipFile(fileobj=stream) as unpacked:
            data = cast("BinaryIO", unpacked).read(origin.max_bytes + 1)
    else:
        data = stream.read(origin.max_bytes + 1)
    if len(data) > origin.max_bytes:
        return broken(known.url or name, f"{name}: more than {origin.max_bytes} bytes", FailureKind.TOO_LARGE)
    return Page(
        data=data,
        url=known.url,
        source=origin.source,
        http_status=known.http_status,
        content_type=known.content_type or _TYPES.get(_suffix(name)),
        fetched_at=known.fetched_at,
        name=name,
        attempts=0,
    )


def broken(url: str | None, detail: str, kind: FailureKind = FailureKind.BAD_INPUT) -> Failure:
    """A saved page that cannot be used; nothing was requested for it."""
    return Failure(url=url, kind=kind, detail=detail, attempts=0)


def _suffix(name: str) -> str:
    return Path(name.lower().removesuffix(".gz")).suffix
