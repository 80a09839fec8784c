"""An archive read again: each conclusion with the pages that it tells of, their bytes looked up where they lie."""

import contextlib
import hashlib
import zlib
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from scraper.records import Answer, Failure, FailureKind, Page
from scraper.warc.conclusion import CONTENT_TYPE, Conclusion, KeptPage, Place, page_of, read_conclusion
from scraper.warc.payload import Unreadable, body_of
from scraper.warc.records import Record, Torn, read_record, read_records
from scraper.wellformed import UNDECODABLE

__all__ = ["SOFTWARE", "Payloads", "Replayed", "answer_of", "conclusion_in", "is_own", "replay"]

SOFTWARE = "article-scraper"
_OWN = f"software: {SOFTWARE}/".encode()

# Answers held since they were read a moment ago: their conclusion follows once the target is done with, mostly at once.
_HELD_BYTES = 32 * 2**20
_LOOK = 64 * 1024  # bytes that hold the first record of an own file
_FILES = 4  # whose records are found by their ids, where a file was rewritten or a conclusion names no byte


@dataclass(frozen=True, slots=True)
class Replayed:
    """What was concluded of the target `asked`, and the byte at which that record starts."""

    asked: str
    answer: Answer
    start: int


def is_own(path: Path) -> bool:
    """Whether a file is one of an archive that this program wrote. Raises OSError."""
    if not path.name.endswith(".warc.gz"):
        return False
    with path.open("rb") as stream:
        if _OWN not in _first_bytes(stream):
            return False
        first = read_record(stream, 0)
    return first is not None and first.kind == "warcinfo" and _OWN in first.block


def _first_bytes(stream: BinaryIO) -> bytes:
    """What a compressed file begins with: others may have written all of it as one member, which is not to be unpacked for a look."""
    try:
        return zlib.decompressobj(31).decompress(stream.read(_LOOK), _LOOK)
    except zlib.error:
        return b""


def replay(path: Path, *, largest: int) -> Iterator[Replayed]:
    """What was concluded of each target, in a file's order; its folder's files are asked for what lies there.

    A page of more than `largest` bytes is a failure. Raises Torn at the first record that is not whole, and OSError.
    """
    payloads = Payloads(path.parent, largest=largest)
    with path.open("rb") as stream:
        for record in read_records(stream):
            payloads.remember(record)
            conclusion = conclusion_in(record)
            if conclusion is not None:
                yield Replayed(conclusion.asked, answer_of(conclusion, payloads), record.start)


def conclusion_in(record: Record) -> Conclusion | None:
    """The conclusion in a record; None where it holds something else, or one that cannot be read."""
    if record.kind != "metadata" or record.headers.get("content-type") != CONTENT_TYPE:
        return None
    try:
        return read_conclusion(record.block)
    except UNDECODABLE:
        return Conclusion(asked=record.url or record.id, failure=_broken(record.url, f"record {record.id}: no conclusion that can be read"))


class Payloads:
    """Responses by their places in the files of a folder; the last ones read are at hand. `largest`: bytes that a page may have."""

    def __init__(self, folder: Path, *, largest: int | None = None) -> None:
        self._folder, self.largest = folder, largest
        self._held: OrderedDict[str, Record] = OrderedDict()
        self._bytes = 0
        self._starts = lru_cache(maxsize=_FILES)(self._index)

    def remember(self, record: Record) -> None:
        """Hold a response, and let go of the oldest."""
        if record.kind != "response":
            return
        self._held[record.id] = record
        self._bytes += len(record.block)
        while self._bytes > _HELD_BYTES and len(self._held) > 1:
            self._bytes -= len(self._held.popitem(last=False)[1].block)

    def find(self, place: Place) -> Record | None:
        """The response at a place; None where it is no more."""
        if place.record in self._held:
            return self._held[place.record]
        return self._read(place) if place.file else None

    def _read(self, place: Place) -> Record | None:
        path = self._folder / Path(place.file or "").name
        try:
            with path.open("rb") as stream:
                found = read_record(stream, place.offset) if place.offset is not None else None
                if found is None or found.id != place.record:
                    start = self._starts(path).get(place.record)
                    found = read_record(stream, start) if start is not None else None
        except OSError:
            return None
        return found

    @staticmethod
    def _index(path: Path) -> dict[str, int]:
        """Where each response of a file starts."""
        starts: dict[str, int] = {}
        with path.open("rb") as stream, contextlib.suppress(Torn):  # what lies before is whole
            starts.update((record.id, record.start) for record in read_records(stream) if record.kind == "response")
        return starts


def answer_of(conclusion: Conclusion, payloads: Payloads) -> Answer:
    """The page, failure or word that a conclusion stands for; a Failure where a page's bytes are no more what they were."""
    if conclusion.page is None:
        known = conclusion.failure or conclusion.unchanged
        return known or _broken(conclusion.asked, "a conclusion without an answer")
    try:
        return _page(conclusion.page, payloads, conclusion.run_id)
    except Unreadable as error:
        return _broken(conclusion.asked, str(error), record=conclusion.page.payload.record)


def _page(kept: KeptPage, payloads: Payloads, run_id: str | None) -> Page:
    if payloads.largest is not None and kept.length > payloads.largest:
        raise Unreadable(f"more than {payloads.largest} bytes")
    found = payloads.find(kept.payload)
    if found is None:
        raise Unreadable(f"record {kept.payload.record} of {kept.payload.file or 'an unknown file'} is not in the archive any more")
    data = body_of(found.block, kept.length)
    if hashlib.sha256(data).hexdigest() != kept.sha256:
        raise Unreadable(f"the bytes of record {kept.payload.record} are not those that were fetched")
    return page_of(kept, data, tuple(_page(later, payloads, run_id) for later in kept.pages), run_id=run_id)


def _broken(url: str | None, detail: str, record: str | None = None) -> Failure:
    return Failure(url=url, kind=FailureKind.BAD_INPUT, detail=detail, attempts=0, warc_record_id=record)
