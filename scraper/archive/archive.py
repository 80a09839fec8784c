"""The archive of a job: exchanges and conclusions appended by many threads, synced, and read again after a crash."""

import hashlib
import logging
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from extractors.version import VERSION
from scraper.archive import members
from scraper.archive.volume import Spot, Volume, refused
from scraper.captured import Captured
from scraper.records import Answer
from scraper.warc.conclusion import Place, concluded
from scraper.warc.files import in_order
from scraper.warc.records import Record, Torn, digest_of, read_records, sha256_in
from scraper.warc.replay import SOFTWARE, Payloads, Replayed, answer_of, conclusion_in

__all__ = ["Archive", "Known", "Payload", "Settings", "Synced"]

_log = logging.getLogger(__name__)

# Bytes of a body from which on a revisit is worth it. Its record takes 470 bytes, packed; a response with a body of 256 takes 660 to 820.
_WORTH_A_REVISIT = 256
_MEMBER = b"\x1f\x8b\x08"  # how a gzip member begins (RFC 1952, 2.3.1)
_PLACES = 4096  # responses whose place is remembered until they are concluded; those of robots.txt and listings never are


class Found(Protocol):
    """A response record that holds a payload: its WARC-Target-URI, its id, its file by name, its WARC-Date."""

    @property
    def url(self) -> str: ...
    @property
    def record_id(self) -> str: ...
    @property
    def file(self) -> str: ...
    @property
    def date(self) -> str: ...


class Known(Protocol):
    """The payloads of earlier runs, and of this one as far as they were committed."""

    def find(self, payload_sha256: str) -> Found | None: ...

    def newest(self, url: str) -> Found | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """A response record that was appended. `payload_sha256`: of its body as it was sent."""

    payload_sha256: str
    url: str
    record_id: str
    file: str
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where an archive lies and how it grows. `rotate_bytes`: a file that is as large is followed by the next. `keep_days`: how long a
    file is kept after it was last written to; None for ever. `info`: what the files say of themselves.
    """

    folder: Path
    stem: str
    rotate_bytes: int
    keep_days: float | None = None
    info: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Synced:
    """What is on disk. `position`: from where on conclusions were not settled yet. `payloads`: those that are new since the last time."""

    position: str | None
    payloads: tuple[Payload, ...]


class Archive:
    """Appends from many threads. To be recovered before it is written to. Raises OutputError for a disk that refuses."""

    def __init__(self, settings: Settings, *, known: Known | None = None, run_id: str | None = None) -> None:
        self._settings, self._known, self._run_id = settings, known, run_id
        self._lock = threading.Lock()
        self._volume = Volume(settings.folder, settings.stem, largest=settings.rotate_bytes, header=self._info)
        self._gone: set[str] = set()
        self._places: OrderedDict[str, Place] = OrderedDict()
        self._open: dict[str, Spot] = {}  # conclusions that are not settled, in the order of their spots
        self._fresh: dict[str, Payload] = {}

    def recover(self, position: str | None) -> Iterator[Replayed]:
        """What was concluded from `position` on, in order; then a torn end is cut, and the archive can be written to.

        Without a position, or where its file is gone or shorter, the last file is read. Whole responses without a conclusion stay.
        """
        try:
            files = in_order(self._settings.folder)
            yield from self._read_from(files, *_start(files, position))
        except OSError as error:
            raise refused(self._settings.folder, error) from error

    def append(self, captured: Captured) -> str:
        """Keep an exchange; the id of the record that holds its payload, which is an earlier one where that is the same."""
        payload = captured.response[captured.head :]
        sha256 = hashlib.sha256(payload).hexdigest()
        record = members.new_id()
        earlier = self._earlier(captured, payload, sha256)
        digest = digest_of(payload)
        if captured.unchanged or earlier is not None:
            profile = "server-not-modified" if captured.unchanged else "identical-payload-digest"
            member = members.revisit(
                captured, record, profile=profile, refers_to=_refers_to(earlier, None if captured.unchanged else digest)
            )
        else:
            member = members.response(captured, record, digest)
        member += members.request(captured, record)
        with self._lock:
            spot = self._volume.append(member)
            if earlier is not None and not captured.unchanged:
                self._place(Place(record=earlier.record_id, file=earlier.file))
                return earlier.record_id
            self._place(Place(record=record, file=spot[0], offset=spot[1]))
            if not captured.unchanged and not captured.cut and len(payload) >= _WORTH_A_REVISIT:
                date = members.warc_date(captured.moment)
                self._fresh[sha256] = Payload(payload_sha256=sha256, url=captured.url, record_id=record, file=spot[0], date=date)
        return record

    def conclude(self, answer: Answer) -> None:
        """Append what was concluded of a target, once nothing more is fetched for it."""
        with self._lock:
            what = concluded(answer, self._run_id, self._places)
        if what is None:
            return
        member = members.conclusion(what, answer.url or what.asked, answer.fetched_at or datetime.now(UTC))
        with self._lock:
            self._open.pop(what.asked, None)
            self._open[what.asked] = self._volume.append(member)

    def settle(self, asked: str) -> None:
        """The outcome of a target is committed with the next `sync`, so that its conclusion need not be read again after a crash."""
        with self._lock:
            self._open.pop(asked, None)

    def sync(self) -> Synced:
        """All that was appended is on disk; to be committed with the outcomes that were settled."""
        with self._lock:
            self._volume.sync()
            spot = next(iter(self._open.values()), None) or self._volume.end
            payloads, self._fresh = tuple(self._fresh.values()), {}
        return Synced(f"{spot[0]}:{spot[1]}" if spot else None, payloads)

    def retire(self) -> list[str]:
        """Delete the files that are older than they are kept; their names."""
        if self._settings.keep_days is None:
            return []
        oldest = datetime.now(UTC) - timedelta(days=self._settings.keep_days)
        gone = []
        try:
            for path in in_order(self._settings.folder)[:-1]:
                if datetime.fromtimestamp(path.stat().st_mtime, UTC) < oldest:
                    path.unlink()
                    gone.append(path.name)
        except OSError as error:
            raise refused(self._settings.folder, error) from error
        self._gone.update(gone)
        return gone

    def close(self) -> None:
        """Sync, and close the file."""
        with self._lock:
            self._volume.close()

    def _read_from(self, files: list[Path], first: int, offset: int) -> Iterator[Replayed]:
        payloads = Payloads(self._settings.folder)
        for path in files[first:]:
            end = offset
            with path.open("rb") as stream:
                try:
                    for record in read_records(stream, offset):
                        payloads.remember(record)
                        self._note(record, path.name)
                        conclusion = conclusion_in(record)
                        if conclusion is not None:
                            self._open[conclusion.asked] = Spot(path.name, record.start)
                            yield Replayed(conclusion.asked, answer_of(conclusion, payloads), record.start)
                        end = record.end
                except Torn as torn:
                    end = torn.start
                    _log.warning("%s: cut at byte %s, where it was torn: %s", path, end, torn)
            offset = 0
            if path == files[-1]:
                self._volume.go_on(path, end)

    def _note(self, record: Record, file: str) -> None:
        """A response that was not committed is one to refer to, as it was when it was appended."""
        sha256 = sha256_in(record.headers.get("warc-payload-digest"))
        if record.kind == "response" and sha256 and "warc-truncated" not in record.headers and len(record.block) >= _WORTH_A_REVISIT:
            date = record.headers.get("warc-date", "")
            self._fresh[sha256] = Payload(payload_sha256=sha256, url=record.url or "", record_id=record.id, file=file, date=date)

    def _earlier(self, captured: Captured, payload: bytes, sha256: str) -> Found | None:
        """The record that already holds what this one would; of an unchanged page, its newest."""
        if captured.unchanged:
            return self._known.newest(captured.url) if self._known else None
        if captured.cut or len(payload) < _WORTH_A_REVISIT:
            return None
        with self._lock:
            fresh = self._fresh.get(sha256)
        found = fresh or (self._known.find(sha256) if self._known else None)
        return found if found and self._stays(found) else None

    def _stays(self, found: Found) -> bool:
        """Whether it stays long enough to be referred to: a file in the first half of its time can always be read whole."""
        if found.file in self._gone or not (self._settings.folder / found.file).is_file():
            return False
        keep = self._settings.keep_days
        return keep is None or datetime.now(UTC) - datetime.fromisoformat(found.date) < timedelta(days=keep / 2)

    def _place(self, place: Place) -> None:
        if place.offset is None and place.record in self._places:
            return
        self._places[place.record] = place
        if len(self._places) > _PLACES:
            self._places.popitem(last=False)

    def _info(self, name: str) -> bytes:
        return members.info(name, {"software": f"{SOFTWARE}/{VERSION}", "format": "WARC File Format 1.1", **self._settings.info})


def _start(files: list[Path], position: str | None) -> tuple[int, int]:
    """The index of the file from which to read, and the byte."""
    name, _, offset = (position or "").rpartition(":")
    for index, path in enumerate(files):
        if path.name == name and offset.isdecimal() and _may_begin(path, int(offset)):
            return index, int(offset)
    return max(len(files) - 1, 0), 0


def _may_begin(path: Path, offset: int) -> bool:
    """Whether a record may begin at a byte: what is no beginning there tells of another file than the position was noted of."""
    with path.open("rb") as stream:
        stream.seek(offset)
        head = stream.read(len(_MEMBER))
    return offset <= path.stat().st_size and head == _MEMBER[: len(head)]


def _refers_to(earlier: Found | None, digest: str | None) -> dict[str, str]:
    """The headers that say where the body is; `digest` where its sameness was seen rather than told."""
    headers = {"WARC-Payload-Digest": digest} if digest else {}
    if earlier is None:
        return headers
    return headers | {
        "WARC-Refers-To": earlier.record_id,
        "WARC-Refers-To-Target-URI": earlier.url,
        "WARC-Refers-To-Date": earlier.date,
    }
