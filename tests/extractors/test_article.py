"""The record: every key in its order on every article, and nothing in it but what JSON knows."""

import dataclasses
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import Article, Block, BlockType, Context, Image, Provenance, Removal, Taxonomy, extract
from extractors.article import PROVENANCE_KEYS, TAXONOMY_KEYS, DatePrecision

__all__: list[str] = []

ROOT = Path(__file__).resolve().parents[2]

# The documented order. A key is added at the place that reads best, and the schema's second number rises.
KEYS = """
    schema_version id url url_requested url_canonical host source run_id fetched_at http_status title byline authors agencies
    date_published date_modified date_precision taxonomy description body blocks language site_name image is_free word_count
    content_hash fingerprint payload_sha256 warc_record_id provenance removed warnings extractor_version
""".split()

REQUIRED: dict[str, Any] = {
    "id": "0" * 32,
    "body": "Words.",
    "word_count": 1,
    "content_hash": "0" * 64,
    "provenance": dict.fromkeys(PROVENANCE_KEYS),
    "extractor_version": "0",
}

words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
lists = st.lists(words, max_size=3).map(tuple)
kept = st.builds(Provenance, words, words, st.floats(0, 1))
articles = st.builds(
    Article,
    id=words,
    url=st.none() | words,
    http_status=st.none() | st.integers(100, 599),
    title=st.none() | words,
    authors=lists,
    agencies=lists,
    date_precision=st.none() | st.sampled_from(DatePrecision),
    taxonomy=st.builds(Taxonomy, **dict.fromkeys(TAXONOMY_KEYS, lists)),
    body=words,
    blocks=st.none()
    | st.lists(st.builds(Block, type=st.sampled_from(BlockType), text=words, rows=st.none() | st.just((("a", "b"), ("c", "d"))))).map(
        tuple
    ),
    image=st.none() | st.builds(Image, url=words, caption=st.none() | words),
    is_free=st.none() | st.booleans(),
    word_count=st.integers(0, 10**6),
    content_hash=words,
    provenance=st.tuples(*[st.none() | kept] * len(PROVENANCE_KEYS)).map(lambda values: dict(zip(PROVENANCE_KEYS, values, strict=True))),
    removed=st.lists(st.builds(Removal, words, words, words), max_size=3).map(tuple),
    warnings=lists,
    extractor_version=words,
)


@given(articles)
def test_every_key_in_order_and_plain(article: Article) -> None:
    record = article.to_dict()
    assert list(record) == KEYS
    assert list(record["taxonomy"]) == list(TAXONOMY_KEYS)
    assert list(record["provenance"]) == list(PROVENANCE_KEYS)
    assert json.loads(json.dumps(record, allow_nan=False)) == record


@given(articles)
def test_lists_are_lists(article: Article) -> None:
    record = article.to_dict()
    for key in ("authors", "agencies", "removed", "warnings"):
        assert type(record[key]) is list
    assert all(type(labels) is list for labels in record["taxonomy"].values())


def test_an_article_of_the_least_has_every_key() -> None:
    record = Article(**REQUIRED).to_dict()
    assert list(record) == KEYS
    assert record["title"] is None
    assert record["authors"] == []


def test_enums_are_plain_strings() -> None:
    record = Article(**REQUIRED, date_precision=DatePrecision.DAY).to_dict()
    assert type(record["date_precision"]) is str


def test_records_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Article(**REQUIRED).title = "x"  # type: ignore[misc]


def test_a_page_with_nothing_but_words_has_every_key() -> None:
    words = "The harbour office said on Monday that the ferry will sail again from the north pier. " * 8
    record = extract(f"<html><body><p>{words}</p><p>{words}</p></body></html>").to_dict()
    assert list(record) == KEYS
    assert list(record["provenance"]) == list(PROVENANCE_KEYS)
    assert re.fullmatch(r"[0-9a-f]{64}", record["content_hash"])


def test_the_schema_on_disk_has_the_same_keys() -> None:
    schema = json.loads((ROOT / "data" / "schema.json").read_text("utf-8"))
    assert schema["required"] == KEYS
    assert list(schema["properties"]) == KEYS


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2026-03-05T08:30:00+02:00", "2026-03-05T06:30:00+00:00"),
        ("2026-03-05T08:30:00+00:00", "2026-03-05T08:30:00+00:00"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+14:00"),
    ],
)
def test_the_moment_of_the_fetch_is_told_in_utc(moment: str, told: str) -> None:
    text = "The ferry left the pier at nine, as on every working day since the bridge was closed for repairs.\n\n" * 4
    assert extract(text, content_type="text/plain", context=Context(fetched_at=datetime.fromisoformat(moment))).fetched_at == told
