"""What was concluded of a target, as the metadata record behind its exchanges says it: enough to make its page or failure again."""

import hashlib
from datetime import datetime

import msgspec

from extractors.article import Evidence
from scraper.records import Answer, Failure, Page, Truncation, Unchanged

__all__ = ["CONTENT_TYPE", "Conclusion", "KeptPage", "Place", "concluded", "page_of", "read_conclusion"]

CONTENT_TYPE = "application/vnd.article-scraper.conclusion+json"


class Place(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a response lies: the archive's file by name, and the byte at which its record starts, as far as they are known.

    A file that is rewritten moves its records; their ids stay.
    """

    record: str
    file: str | None = None
    offset: int | None = None


class KeptPage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A page but for its bytes. `payload`: the response that holds them; `sha256` and `length` are theirs once they are decoded."""

    payload: Place
    sha256: str
    length: int
    url: str | None = None
    url_requested: str | None = None
    source: str | None = None
    http_status: int | None = None
    headers: dict[str, str] = {}
    content_type: str | None = None
    fetched_at: datetime | None = None
    evidence: tuple[Evidence, ...] = ()
    redirects: tuple[str, ...] = ()
    truncation: Truncation = Truncation.NO
    attempts: int = 1
    name: str | None = None
    warnings: tuple[str, ...] = ()
    pages: tuple["KeptPage", ...] = ()


class Conclusion(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`asked`: the target's address. One of `page`, `failure` and `unchanged` is there."""

    asked: str
    run_id: str | None = None
    page: KeptPage | None = None
    failure: Failure | None = None
    unchanged: Unchanged | None = None


_SAME = tuple(name for name in KeptPage.__struct_fields__ if name not in {"payload", "sha256", "length", "headers", "pages"})
_DECODER = msgspec.json.Decoder(Conclusion)


def concluded(answer: Answer, run_id: str | None, places: dict[str, Place]) -> Conclusion | None:
    """The conclusion for an answer; `places` tells of records where they lie. None for a page of which no record was kept."""
    if isinstance(answer, Failure):
        return Conclusion(asked=answer.url or "", run_id=run_id, failure=answer)
    asked = answer.url_requested or answer.url or ""
    if isinstance(answer, Unchanged):
        return Conclusion(asked=asked, run_id=run_id, unchanged=answer)
    kept = _kept(answer, places)
    return Conclusion(asked=asked, run_id=run_id, page=kept) if kept else None


def read_conclusion(block: bytes) -> Conclusion:
    """A conclusion from its record's block. Raises ValueError, in words, for one that cannot be read."""
    return _DECODER.decode(block)


def page_of(kept: KeptPage, data: bytes, pages: tuple[Page, ...], *, run_id: str | None) -> Page:
    """The page as it was fetched; `data` are its bytes, `pages` those on which its article goes on."""
    values = {name: getattr(kept, name) for name in _SAME}
    return Page(data=data, headers=kept.headers, pages=pages, warc_record_id=kept.payload.record, run_id=run_id, **values)


def _kept(page: Page, places: dict[str, Place]) -> KeptPage | None:
    record = page.warc_record_id
    pages = tuple(_kept(later, places) for later in page.pages)
    if record is None or None in pages:
        return None
    values = {name: getattr(page, name) for name in _SAME}
    return KeptPage(
        payload=places.get(record, Place(record=record)),
        sha256=hashlib.sha256(page.data).hexdigest(),
        length=len(page.data),
        headers=dict(page.headers),
        pages=pages,  # type: ignore[arg-type]  # none of them is None here
        **values,
    )
