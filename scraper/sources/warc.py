"""Pages in WARC files: of this program's own archives as they were fetched, of others' one page a response record."""

import http.client
import io
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from pathlib import Path
from typing import TYPE_CHECKING

from scraper.compression.decoding import CutStream, NotEncoded, UnknownEncoding, decoded, encodings
from scraper.records import Failure, FailureKind, Page, Truncation, Unchanged
from scraper.sources.saved import Origin, broken, is_moment
from scraper.warc.records import Torn
from scraper.warc.replay import is_own, replay

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

__all__ = ["is_warc", "read_warc"]

_log = logging.getLogger(__name__)

_MAX_HEAD = 256 * 1024  # bytes of status line and headers; what the fetcher allows
_PIECE = 64 * 1024  # bytes of a body that are decoded at a time
_TRUNCATIONS = {"length": Truncation.LENGTH, "disconnect": Truncation.DISCONNECT, "time": Truncation.DISCONNECT}  # WARC 1.1, 5.13


class _Unusable(Exception):
    """A record that holds no page; the message says why."""

    def __init__(self, detail: str, kind: FailureKind = FailureKind.BAD_INPUT) -> None:
        super().__init__(detail)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class _Answer:
    """The HTTP answer of a record: status, headers in lower case, and the body as it came."""

    status: int | None
    headers: Mapping[str, str]
    body: bytes


def is_warc(name: str) -> bool:
    """Whether a file's name is that of a WARC file."""
    return name.lower().endswith((".warc", ".warc.gz", ".warc.zst"))


def read_warc(path: Path, origin: Origin) -> Iterator[Page | Failure]:
    """The pages of a WARC file, in its order.

    Of an archive of this program, the pages and failures are those of the run that wrote it, as it knew them; what was unchanged is
    left out. Of any other, a response other than 2xx is a Failure, a redirect or a revisit is left out. A record that is shorter than
    it says, as a torn file's last one, is a Failure: the library reads it without a word.
    """
    try:
        yield from _replayed(path, origin) if is_own(path) else _responses(path, origin)
    except Torn as torn:
        yield broken(str(path), f"{path}: torn at byte {torn.start}: {torn}", FailureKind.TRUNCATED)
    except (OSError, ValueError) as error:
        yield broken(str(path), f"{path}: no WARC that can be read further: {error}")


def _replayed(path: Path, origin: Origin) -> Iterator[Page | Failure]:
    for found in replay(path, largest=origin.max_bytes):
        if isinstance(found.answer, Unchanged):
            _log.debug("%s: left out, unchanged: %s", path, found.asked)
        else:
            yield found.answer


def _responses(path: Path, origin: Origin) -> Iterator[Page | Failure]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415 - loaded where a WARC file is read

    with path.open("rb") as stream:
        # parse_http off: fastwarc 2.0.1 loses the records that follow one that is both chunked and compressed.
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response | WarcRecordType.resource, parse_http=False):
            found = _page(record, path, origin)
            if found is not None:
                yield found


def _page(record: "WarcRecord", path: Path, origin: Origin) -> Page | Failure | None:
    """The page of one record, None for a redirect."""
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>") or None
    name = f"{path} record {record.record_id}"
    moment = _moment(record.headers.get("WARC-Date"))
    try:
        answer = _answer(record, origin.max_bytes)
        if answer.status is not None and 300 <= answer.status < 400:
            _log.debug("%s: left out, a redirect from %s", name, url)
            return None
        if answer.status is not None and not 200 <= answer.status < 300:
            kind = FailureKind.HTTP_5XX if answer.status >= 500 else FailureKind.HTTP_4XX
            raise _Unusable(f"status {answer.status}", kind)
        data = _decoded(answer, origin.max_bytes)
    except _Unusable as error:
        return Failure(
            url=url or name, kind=error.kind, detail=f"{name}: {error}", attempts=0, fetched_at=moment, warc_record_id=record.record_id
        )
    return Page(
        data=data,
        url=url,
        source=origin.source,
        http_status=answer.status,
        headers=answer.headers,
        content_type=answer.headers.get("content-type"),
        fetched_at=moment,
        truncation=_TRUNCATIONS.get(record.headers.get("WARC-Truncated") or "", Truncation.NO),
        attempts=0,
        warc_record_id=record.record_id,
        name=name,
    )


def _answer(record: "WarcRecord", max_bytes: int) -> _Answer:
    """The answer in a record; a record without HTTP is its own body. Raises _Unusable."""
    if not (record.headers.get("Content-Length") or "").isdecimal():
        raise _Unusable("the record ends within its head", FailureKind.TRUNCATED)
    announced = record.content_length
    if announced > max_bytes + _MAX_HEAD:
        raise _Unusable(f"more than {max_bytes} bytes", FailureKind.TOO_LARGE)
    block = record.reader.read(announced) if announced else b""
    if len(block) < announced:
        raise _Unusable(f"the record ends after {len(block)} of {announced} bytes", FailureKind.TRUNCATED)
    if not block.startswith(b"HTTP/"):
        return _Answer(None, {"content-type": record.headers.get("Content-Type") or "text/html"}, block)
    stream = io.BytesIO(block)
    words = stream.readline(_MAX_HEAD).split(None, 2)
    try:
        status, message = int(words[1]), http.client.parse_headers(stream)
    except (IndexError, ValueError, http.client.HTTPException) as error:
        raise _Unusable(f"no HTTP head that can be read: {error}", FailureKind.PROTOCOL) from error
    return _Answer(status, _joined(message), stream.read())


def _joined(message: Message) -> dict[str, str]:
    """Headers by lower-case name, repeated ones joined as HTTP does."""
    names = {name.lower() for name in message}
    return {name: ", ".join(str(value) for value in message.get_all(name, [])) for name in names}


def _decoded(answer: _Answer, max_bytes: int) -> bytes:
    """The body without chunks and compression. Crawlers that undid either, and left the header, are believed by the bytes."""
    body = answer.body
    if "chunked" in answer.headers.get("transfer-encoding", "").lower():
        body = _unchunked(body) or body
    pieces: list[bytes] = []
    left = max_bytes + 1
    try:
        read = decoded(io.BytesIO(body).read, encodings(answer.headers.get("content-encoding")))
        while left > 0 and (piece := read(min(left, _PIECE))):
            pieces.append(piece)
            left -= len(piece)
    except CutStream:
        pass  # it was cut when it came, and what came is kept
    except (NotEncoded, UnknownEncoding):
        pieces = [body]
    data = b"".join(pieces)
    if len(data) > max_bytes:
        raise _Unusable(f"more than {max_bytes} bytes", FailureKind.TOO_LARGE)
    return data


def _unchunked(body: bytes) -> bytes | None:
    """The bytes of a chunked body; None for one that has no chunks, or not all of them."""
    stream = io.BytesIO(body)
    pieces: list[bytes] = []
    while True:
        try:
            size = int(stream.readline(1024).partition(b";")[0], 16)
        except ValueError:
            return None
        piece = stream.read(size) if size >= 0 else b""
        if size == 0:
            return b"".join(pieces)
        if len(piece) != size or stream.readline(3) not in {b"\r\n", b"\n"}:
            return None
        pieces.append(piece)


def _moment(text: str | None) -> datetime | None:
    """A WARC-Date, with its zone; None for one that cannot be read."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo and is_moment(moment) else None
