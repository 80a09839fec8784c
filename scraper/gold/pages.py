"""Gold pages on disk: FOLDER/gold.jsonl and FOLDER/html/<id>.html.gz, or a folder of such sets."""

import gzip
import hashlib
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from extractors.urls import host_of
from scraper.errors import Place, SourceError
from scraper.sites import site_of
from scraper.wellformed import UNDECODABLE

__all__ = ["GoldPage", "fold_of", "labelled", "read_gold"]

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A saved page and what is known of it. `gold` may hold title, authors, published, body (paragraphs), topics, with, without; and
    runs, the keys of the runs of text that a reader took for the body (scraper.gold.labels.run_keys).
    """

    set_name: str
    id: str
    url: str | None
    path: Path
    gold: dict[str, Any]

    @property
    def html(self) -> bytes:
        """The page's bytes, unpacked. Raises SourceError."""
        try:
            return gzip.decompress(self.path.read_bytes())
        except (OSError, EOFError, zlib.error) as error:
            raise SourceError(f"no page that can be read: {error}", place=Place(file=str(self.path))) from error

    @property
    def site(self) -> str:
        """The registered domain: pages of one site never stand on both sides of a split."""
        host = host_of(self.url)
        return site_of(host) if host else f"{self.set_name}/{self.id}"


def fold_of(site: str, folds: int, salt: str = "") -> int:
    """Which of `folds` parts a site belongs to: by hash, so that it depends on the site alone."""
    return int.from_bytes(hashlib.blake2b(f"{salt}{site}".encode(), digest_size=8).digest()) % folds


def read_gold(folders: tuple[Path, ...]) -> Iterator[GoldPage]:
    """The pages of every set under `folders`, in the order of their rows. Raises SourceError for what is no gold folder."""
    for folder in folders:
        files = sorted([*folder.glob("gold.jsonl"), *folder.glob("*/gold.jsonl"), *folder.glob("data/*/gold.jsonl")])
        if not files:
            raise SourceError(
                "no gold.jsonl in it or in its subfolders",
                remedy="a gold set is FOLDER/gold.jsonl and FOLDER/html/<id>.html.gz",
                place=Place(file=str(folder)),
            )
        for file in files:
            yield from _rows(file)


def labelled(pages: Iterable[GoldPage], file: Path) -> Iterator[GoldPage]:
    """The pages, those without a gold body with the runs that a file of labels (rows of set, id, runs) names. Raises SourceError."""
    known = {(row.set, row.id): row.runs for _, row in _decoded(file, _Labels, noun="row of labels")}
    for page in pages:
        runs = known.get((page.set_name, page.id))
        yield page if runs is None or page.gold.get("body") is not None else replace(page, gold={**page.gold, "runs": runs})


class _Labels(msgspec.Struct):
    set: str
    id: str
    runs: list[str]


def _rows(file: Path) -> Iterator[GoldPage]:
    for number, row in _decoded(file, dict[str, Any], noun="gold row"):
        if "id" not in row:
            raise SourceError("no gold row: 'id'", place=Place(file=str(file), line=number))
        page = GoldPage(file.parent.name, str(row["id"]), row.get("url") or None, file.parent / "html" / f"{row['id']}.html.gz", row)
        if not page.path.exists():
            raise SourceError(f"its page is missing: {page.path}", place=Place(file=str(file), line=number))
        yield page


def _decoded(file: Path, kind: type[_Row], *, noun: str) -> Iterator[tuple[int, _Row]]:
    """(number, what it holds) of each line of a file. Raises SourceError for a line that is no `noun`."""
    decoder = msgspec.json.Decoder(kind)
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = decoder.decode(line)
            except UNDECODABLE as error:
                raise SourceError(f"no {noun}: {error}", place=Place(file=str(file), line=number)) from error
            yield number, row
