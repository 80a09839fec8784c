"""WARC records as the gzip members that are appended: what went over the wire, and what was concluded of it."""

import io
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from scraper.captured import OPEN_HEADERS, Captured
from scraper.warc.conclusion import CONTENT_TYPE, Conclusion
from scraper.warc.records import digest_of

__all__ = ["conclusion", "info", "new_id", "request", "response", "revisit", "warc_date"]

_VERSION = "WARC/1.1"
_RESPONSE = "application/http;msgtype=response"
_REQUEST = "application/http;msgtype=request"
_NO_BODY = digest_of(b"")  # of a GET
_REVISIT = "http://netpreserve.org/warc/1.1/revisit/"

# Request headers whose values are kept: an archive is handed on, credentials are not, whatever their names are.
_KEPT = OPEN_HEADERS | {"host", "connection", "if-none-match", "if-modified-since"}


def new_id() -> str:
    """An id for a record, in angle brackets as its headers have it."""
    return f"<urn:uuid:{uuid.uuid4()}>"


def warc_date(moment: datetime) -> str:
    """A WARC-Date: UTC, to the microsecond."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def info(name: str, fields: Mapping[str, str]) -> bytes:
    """The record that a file begins with. `fields`: what made it, for whom, under which rules."""
    block = "".join(f"{key}: {' '.join(value.split())}\r\n" for key, value in fields.items()).encode()
    return _member(
        "warcinfo", {"WARC-Filename": name, "WARC-Date": warc_date(datetime.now(UTC))}, block, content_type="application/warc-fields"
    )


def response(captured: Captured, record: str, payload_digest: str) -> bytes:
    """An answer as it was sent."""
    headers = {**_about(captured), "WARC-Record-ID": record, "WARC-Payload-Digest": payload_digest}
    if captured.cut:
        headers["WARC-Truncated"] = captured.cut
    return _member("response", headers, captured.response, content_type=_RESPONSE)


def revisit(captured: Captured, record: str, *, profile: str, refers_to: Mapping[str, str]) -> bytes:
    """The head of an answer whose body lies in an earlier record. `profile`: how that is known."""
    headers = {**_about(captured), "WARC-Record-ID": record, "WARC-Profile": _REVISIT + profile, **refers_to}
    return _member("revisit", headers, captured.response[: captured.head], content_type=_RESPONSE)


def request(captured: Captured, response_id: str) -> bytes:
    """What was asked, without credentials."""
    asked, *headers = captured.request.split(b"\r\n")
    block = b"\r\n".join([asked, *map(_told, headers)])
    return _member(
        "request", {**_about(captured), "WARC-Concurrent-To": response_id, "WARC-Payload-Digest": _NO_BODY}, block, content_type=_REQUEST
    )


def _told(header: bytes) -> bytes:
    """A line of a request's head, without its value where that may be a secret."""
    name, colon, _ = header.partition(b":")
    return name + b": [not kept]" if colon and name.strip().lower().decode("latin-1") not in _KEPT else header


def conclusion(what: Conclusion, url: str, moment: datetime) -> bytes:
    """What was concluded of a target, beside the response that it rests on where there is one."""
    block = msgspec.json.encode(what)
    headers = {"WARC-Target-URI": "".join(url.split()), "WARC-Date": warc_date(moment), "WARC-Payload-Digest": digest_of(block)}
    if what.page is not None:
        headers["WARC-Refers-To"] = what.page.payload.record
    return _member("metadata", headers, block, content_type=CONTENT_TYPE)


def _about(captured: Captured) -> dict[str, str]:
    headers = {"WARC-Target-URI": captured.url, "WARC-Date": warc_date(captured.moment)}
    return headers | ({"WARC-IP-Address": captured.address} if captured.address else {})


def _member(kind: str, headers: Mapping[str, str], block: bytes, *, content_type: str) -> bytes:
    """A record whose block is written as it is: the library's own builder would parse an HTTP head, and write it anew."""
    named = {"WARC-Type": kind, "WARC-Record-ID": new_id(), **headers, "WARC-Block-Digest": digest_of(block)}
    head = StatusAndHeaders("", list(named.items()), protocol=_VERSION)
    # Of what it takes for a revisit the library writes no block that it has not parsed; of a warcinfo it adds nothing of its own either.
    record = ArcWarcRecord("warc", "warcinfo" if kind == "revisit" else kind, head, io.BytesIO(block), None, content_type, len(block))
    out = io.BytesIO()
    WARCWriter(out, gzip=True, warc_version=_VERSION).write_record(record)
    return out.getvalue()
