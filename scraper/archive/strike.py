"""An archive without the exchanges of certain addresses: each file that holds any is written anew beside itself, and renamed."""

import os
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from scraper.archive.volume import refused
from scraper.durable import sync_folder
from scraper.warc.conclusion import Conclusion, KeptPage
from scraper.warc.files import in_order
from scraper.warc.records import Record, Torn, read_records
from scraper.warc.replay import conclusion_in

__all__ = ["Strike", "strike"]

_LOCATION = re.compile(rb"(?im)^location:[ \t]*([^\r\n]*)")
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Strike:
    """What was found in an archive. `spans`: the bytes of each file that go; `ids`: the responses that they hold; `records`: how many."""

    folder: Path
    spans: dict[str, list[tuple[int, int]]]
    ids: frozenset[str]
    records: int

    def position(self, before: str) -> str:
        """A position in the archive as it was, as one in the archive as it will be."""
        name, _, offset = before.rpartition(":")
        if not offset.isdecimal():
            return before
        gone = sum(end - start for start, end in self.spans.get(name, ()) if end <= int(offset))
        return f"{name}:{int(offset) - gone}"

    def carry_out(self) -> None:
        """Write the files anew, one after another. Raises OutputError; each file is as it was, or without what goes."""
        for name, spans in self.spans.items():
            path = self.folder / name
            try:
                _rewrite(path, spans)
            except OSError as error:
                raise refused(path, error) from error


def strike(folder: Path, which: Container[str]) -> Strike:
    """Finds all exchanges with the addresses `which`, the redirects that led there, and what was concluded of them.

    What another address has in common with them goes too: its revisits refer to records that are no more. Raises OutputError.
    """
    spans: dict[str, list[tuple[int, int]]] = {}
    records = 0
    try:
        ids = {one for path in in_order(folder) for record in _whole(path) for one in _answers(record, which)}
        for path in in_order(folder):
            for record in _whole(path):
                if record.id in ids or record.headers.get("warc-concurrent-to") in ids or _concerns(record, which):
                    spans.setdefault(path.name, []).append((record.start, record.end))
                    records += 1
                    if record.kind in {"response", "revisit"}:
                        ids.add(record.id)
    except OSError as error:
        raise refused(folder, error) from error
    return Strike(folder=folder, spans=spans, ids=frozenset(ids), records=records)


def _whole(path: Path) -> Iterator[Record]:
    with path.open("rb") as stream:
        try:
            yield from read_records(stream)
        except Torn:
            return  # the next run cuts that


def _concerns(record: Record, which: Container[str]) -> bool:
    if record.url in which:
        return True
    if record.kind in {"response", "revisit"}:
        head = record.block.partition(b"\r\n\r\n")[0]
        found = _LOCATION.search(head)
        return found is not None and record.url is not None and _joined(record.url, found[1].decode("latin-1").strip()) in which
    conclusion = conclusion_in(record)
    return conclusion is not None and any(url in which for url in _addresses(conclusion))


def _answers(record: Record, which: Container[str]) -> list[str]:
    """The responses that a conclusion rests on, where it concerns what goes: redirects may have led to another address."""
    conclusion = conclusion_in(record)
    if conclusion is None or not any(url in which for url in _addresses(conclusion)):
        return []
    return [page.payload.record for page in _pages(conclusion)]


def _pages(conclusion: Conclusion) -> tuple[KeptPage, ...]:
    return (conclusion.page, *conclusion.page.pages) if conclusion.page else ()


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        return location


def _addresses(conclusion: Conclusion) -> Iterator[str]:
    yield conclusion.asked
    for page in _pages(conclusion):
        yield from (url for url in (page.url, page.url_requested, *page.redirects) if url)


def _rewrite(path: Path, spans: list[tuple[int, int]]) -> None:
    """The file without those bytes, with the same times, so that it is kept no longer than before."""
    new = path.with_name(f".{path.name}.new")
    times = path.stat()
    try:
        with path.open("rb") as old, new.open("wb") as out:
            at = 0
            for start, end in (*spans, (times.st_size, times.st_size)):
                old.seek(at)
                left = start - at
                while left and (piece := old.read(min(left, _PIECE))):
                    out.write(piece)
                    left -= len(piece)
                at = end
            out.flush()
            os.fsync(out.fileno())
        os.utime(new, ns=(times.st_atime_ns, times.st_mtime_ns))
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
