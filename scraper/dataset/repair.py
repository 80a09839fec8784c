"""What a dataset and its failures say of the runs that wrote them: each line as far as a state has to know it."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import msgspec

from scraper.dataset.lines import Passes, open_dataset
from scraper.records import Failure, FailureKind
from scraper.wellformed import UNDECODABLE

__all__ = ["KnownArticle", "KnownFailure", "read_articles", "read_failures"]

Known = TypeVar("Known")

_FILLED_IN = "rendered"  # the warning of a page that a browser filled in: its bytes alone do not make its article


class KnownArticle(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a dataset."""

    id: str
    content_hash: str
    url: str | None = None
    url_requested: str | None = None
    source: str | None = None
    fetched_at: datetime | None = None
    payload_sha256: str | None = None
    date_published: str | None = None
    date_modified: str | None = None
    warnings: tuple[str, ...] = ()

    @property
    def asked(self) -> str | None:
        """The address that a source named."""
        return self.url_requested or self.url

    @property
    def payload(self) -> str | None:
        """The bytes that make this article, and no others."""
        return None if _FILLED_IN in self.warnings else self.payload_sha256


class KnownFailure(msgspec.Struct, frozen=True, kw_only=True):
    """A line of failures."""

    kind: FailureKind
    url: str | None = None
    detail: str = ""
    http_status: int | None = None
    fetched_at: datetime | None = None
    retry_after: float | None = None

    @property
    def failure(self) -> Failure:
        """The failure itself."""
        return Failure(
            url=self.url,
            kind=self.kind,
            detail=self.detail,
            http_status=self.http_status,
            fetched_at=self.fetched_at,
            retry_after=self.retry_after,
        )


def read_articles(path: Path) -> Iterator[KnownArticle | str]:
    """The lines of a dataset in their order; of a line that cannot be read, its place and what is wrong with it. Raises SourceError."""
    yield from _read(path, msgspec.json.Decoder(KnownArticle))


def read_failures(path: Path) -> Iterator[KnownFailure | str]:
    """The same for failures."""
    yield from _read(path, msgspec.json.Decoder(KnownFailure))


def _read(path: Path, decoder: msgspec.json.Decoder[Known]) -> Iterator[Known | str]:
    if path.is_dir() and not any(one.is_file() and not one.name.startswith(".") for one in path.iterdir()):
        return
    with open_dataset(path, Passes.ONE) as dataset:
        for line in dataset.lines():
            try:
                yield decoder.decode(line.data) if line.problem is None else f"{line.file}, line {line.number}: {line.problem}"
            except UNDECODABLE as error:
                yield f"{line.file}, line {line.number}: {error}"
