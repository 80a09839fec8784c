"""Any input gives an Article or a typed error, in bounded time: random bytes, random text, and sample pages cut and mixed."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors import Article, ExtractionError, extract

__all__: list[str] = []

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
PAGES = {path.parent.name: path.read_bytes() for path in SAMPLES.glob("*/page.*")}

# Seconds of this process for one document of at most 200 KB. A page of that size takes about 0.2 s; the rest is room for a slow machine.
BOUND = 5.0

TYPES = st.sampled_from(
    [
        None,
        "text/html",
        "text/html; charset=utf-8",
        "text/html; charset=latin1",
        "text/plain",
        "text/markdown",
        "application/xhtml+xml",
        "nonsense",
    ]
)
URLS = st.sampled_from([None, "https://example.org/2026/05/12/news", "http://[broken", "", "mailto:x"])

# What breaks parsers: markup left open, numbers out of range, data cut in the middle, marks that no one sees.
SHARDS = st.sampled_from(
    [
        b"<",
        b">",
        b"<!--",
        b"-->",
        b"</p>",
        b"<p>",
        b"<table><tr><td>",
        b"</div>" * 40,
        b"<div>" * 300,
        b"&#0;",
        b"&#xD800;",
        b"&#99999999;",
        b"\x00",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\x80\x81",
        b'<script type="application/ld+json">{"@type":["NewsArticle"],"author":[[{}]]',
        b"</script>",
        b'<meta charset="utf-7">',
        b'<meta property="article:published_time" content="9999-99-99T99:99">',
        b'<time datetime="0000-00-00">',
        b"<title>",
        b'<base href="http://[b"><link rel="canonical" href="http://[c"><meta property="og:image" content="http://[d">',
        b'<script type="application/ld+json">{"@type":"NewsArticle","image":"http://[e","url":"http://[f","logo":"//[g"}</script>',
        b'<img src="http://[h"><a href="http://[i">a link that leads nowhere at all</a>',
        "\u202e\u200f\u00ad\u2028".encode(),
        b"<plaintext>",
        b"<![CDATA[",
        b"<svg><style>",
        b"<template>",
        b"<h1>" * 50,
        b"\r\r\n\t",
        b"---\ntitle: [\n---\n",
    ]
)

fuzzed = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


EDITS = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), SHARDS | st.sampled_from(["drop", "double", "swap"])), min_size=1, max_size=6)


def _mutated(page: bytes, other: bytes, edits: list[tuple[float, float, bytes | str]]) -> bytes:
    """`page` with some slices dropped, doubled, swapped for the other page's or replaced by shards."""
    for first, second, how in edits:
        start, end = sorted((int(first * len(page)), int(second * len(page))))
        slices = {"drop": b"", "double": page[start:end] * 2, "swap": other[start:end]}
        page = (page[:start] + (how if isinstance(how, bytes) else slices[how]) + page[end:])[:200_000]
    return page


def _holds(data: bytes | str, url: str | None, content_type: str | None) -> None:
    began = time.process_time()
    outcome = _outcome(data, url, content_type)
    assert time.process_time() - began < BOUND
    if isinstance(outcome, Article):
        assert outcome.body.strip()
        json.dumps(outcome.to_dict(), allow_nan=False, ensure_ascii=False).encode("utf-8")
    else:
        assert str(outcome), "an error says why"
        assert outcome.kind != "internal"


def _outcome(data: bytes | str, url: str | None, content_type: str | None) -> Article | ExtractionError:
    try:
        return extract(data, url=url, content_type=content_type)
    except ExtractionError as error:
        return error


@fuzzed
@given(st.binary(max_size=4000), URLS, TYPES)
def test_any_bytes(data: bytes, url: str | None, content_type: str | None) -> None:
    _holds(data, url, content_type)


@fuzzed
@given(st.text(st.characters(), max_size=2000), URLS, TYPES)  # lone surrogates included
def test_any_text(data: str, url: str | None, content_type: str | None) -> None:
    _holds(data, url, content_type)


@fuzzed
@given(st.lists(SHARDS | st.binary(max_size=30), max_size=60).map(b"".join), URLS, TYPES)
def test_shards_of_markup(data: bytes, url: str | None, content_type: str | None) -> None:
    _holds(data, url, content_type)


@fuzzed
@given(st.sampled_from(sorted(PAGES)), st.sampled_from(sorted(PAGES)), EDITS, URLS, TYPES)
def test_mutated_samples(
    page: str, other: str, edits: list[tuple[float, float, bytes | str]], url: str | None, content_type: str | None
) -> None:
    _holds(_mutated(PAGES[page], PAGES[other], edits), url, content_type)


@pytest.mark.parametrize("size", [0, 1, 100, 5_000])
def test_a_page_cut_anywhere(size: int) -> None:
    for page in PAGES.values():
        _holds(page[:size], None, None)


def test_written_as_utf8() -> None:
    """A lone surrogate in a str is text that no file can hold: what comes out must be writable."""
    words = "The harbour office said on Monday that the ferry will sail again. " * 12
    article = extract(f"<html><body><article><h1>A ferry\ud800 sails</h1><p>{words}\udfff</p></article></body></html>")
    json.dumps(article.to_dict(), ensure_ascii=False).encode("utf-8")
