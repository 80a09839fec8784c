"""What the fetch found out of a page is said with its article."""

from datetime import UTC, datetime

import pytest

from extractors import extract
from scraper.records import Page, Truncation
from scraper.run.verdict import with_warnings

TEXT = "<p>The ferry left the pier at nine, as it had done on every working day since the bridge was closed for repairs.</p>" * 3
WHOLE = f"<html><body><article><h1>The ferry at nine</h1>{TEXT}</article></body></html>".encode()


def warned(data: bytes, truncation: Truncation) -> bool:
    page = Page(data=data, url="https://news.example.org/ferry", fetched_at=datetime(2024, 5, 3, tzinfo=UTC), truncation=truncation)
    return "truncated" in with_warnings(extract(data), page).warnings


@pytest.mark.parametrize("truncation", [Truncation.LENGTH, Truncation.DISCONNECT])
def test_a_body_that_was_cut(truncation: Truncation) -> None:
    assert warned(WHOLE[:-30], truncation)


def test_where_the_exchange_tells_no_end_the_page_does() -> None:
    assert warned(WHOLE[:-30], Truncation.MAYBE)
    assert not warned(WHOLE, Truncation.MAYBE)
    assert not warned(WHOLE.replace(b"<body>", b"").replace(b"</body></html>", b""), Truncation.MAYBE), "it opens no body"
    assert not warned(WHOLE[:-30], Truncation.NO), "all bytes came: its author left the end out"
