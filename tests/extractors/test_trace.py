"""The explanation is the record's own: the same article, its winners, its blocks, on every sample page."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from extractors import Context, NotAnArticle, Options, extract
from extractors.trace import APART, CAPTION, MASTHEAD, FieldTrace, Trace, Verdict, trace
from tests.source import ROOT

__all__: list[str] = []

SAMPLES = ROOT / "data" / "samples"


def _read_samples() -> Iterator[Any]:
    for line in (SAMPLES / "manifest.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        path = SAMPLES / entry["file"]
        if (path.parent / "record.json").exists():
            context = Context(fetched_at=datetime.fromisoformat(entry["fetched_at"]))
            yield pytest.param(
                path.read_bytes(), {"url": entry["url"], "content_type": entry["content_type"], "context": context}, id=path.parent.name
            )


SAMPLE_PAGES = list(_read_samples())


@pytest.mark.parametrize(("data", "known"), SAMPLE_PAGES)
def test_the_winners_are_the_records(data: bytes, known: dict[str, Any]) -> None:
    article = extract(data, **known)
    told = trace(data, **known)
    assert told.article == article
    assert [field.name for field in told.fields] == list(article.provenance)
    for field in told.fields:
        provenance = article.provenance[field.name]
        winners = [voice for voice in field.voices if voice.verdict is Verdict.WON]
        assert [(voice.origin, voice.raw) for voice in winners] == ([(provenance.origin, provenance.raw)] if provenance else [])
        if provenance and known["content_type"].startswith("text/html") and field.name not in {"body", "language"}:
            assert winners[0].weight is not None, f"{field.name}: no candidate is the record's"


@pytest.mark.parametrize(("data", "known"), SAMPLE_PAGES)
def test_the_values_are_the_winners(data: bytes, known: dict[str, Any]) -> None:
    record = extract(data, **known).to_dict()
    won = {field.name: voice.value for field in trace(data, **known).fields for voice in field.voices if voice.verdict is Verdict.WON}
    for name in ("title", "description", "site_name", "url_canonical"):
        assert won.get(name) == record[name]
    for name in ("date_published", "date_modified"):
        assert (won.get(name) or "")[:10] == (record[name] or "")[:10]
    assert won.get("authors", "") == ", ".join(record["authors"])
    assert won.get("image") == (record["image"] or {}).get("url")


@pytest.mark.parametrize(("data", "known"), SAMPLE_PAGES)
def test_the_blocks_are_the_records(data: bytes, known: dict[str, Any]) -> None:
    told = trace(data, **known)
    removed = [piece for piece in told.pieces if not piece.kept and piece.kind not in APART]
    assert [(piece.kind, piece.rule, piece.block.text) for piece in removed] == [
        (one.kind, one.rule, one.text) for one in told.article.removed
    ]
    body = "".join(told.article.body.split())
    assert all("".join(piece.block.text.split())[:60] in body for piece in told.pieces if piece.kept)


PAGE = """<html lang="en"><head><title>A bridge is closed - The Ledger</title><meta property="og:site_name" content="The Ledger">
<meta property="og:title" content="A bridge is closed"><meta property="article:published_time" content="2026-03-05T08:30:00Z">
<meta name="date" content="2031-01-01"><meta property="og:image" content="/logo.png">
<link rel="canonical" href="https://elsewhere.example.net/x"></head><body><article><h1>A bridge is closed</h1>
<p class="byline">By Mara Ellingsen</p>{text}</article></body></html>"""


def _told() -> Trace:
    text = "".join(f"<p>The bridge over the river is closed for {n} weeks, the council said, and nobody knows why.</p>" for n in range(9))
    context = Context(fetched_at=datetime.fromisoformat("2026-03-06T00:00:00+00:00"))
    return trace(PAGE.format(text=text).encode(), url="https://ledger.example.org/a/bridge", content_type="text/html", context=context)


def _field(told: Trace, name: str) -> FieldTrace:
    return next(field for field in told.fields if field.name == name)


def test_what_agrees_and_what_cannot_be_is_told_apart() -> None:
    told = _told()
    verdicts = {voice.signal: voice.verdict for voice in _field(told, "title").voices}
    assert verdicts == {"og": "agrees", "tag": "agrees", "h1.fits": "won"}
    notes = {
        (name, voice.note) for name in ("date_published", "image", "url_canonical") for voice in _field(told, name).voices if voice.note
    }
    assert notes == {
        ("date_published", "date_in_future"),
        ("image", "no picture of an article"),
        ("url_canonical", "canonical_other_site"),
    }


def test_lines_that_are_keys_of_the_record_are_shown_as_such() -> None:
    told = _told()
    gone = {piece.block.text for piece in told.pieces if piece.kind == MASTHEAD}
    assert "A bridge is closed" in gone
    assert sum(piece.kept for piece in told.pieces) == 9


def test_captions_are_kept_where_they_are_asked_for() -> None:
    text = "".join(f"<p>The bridge over the river is closed for {n} weeks, the council said, and nobody knows why.</p>" for n in range(9))
    said = "The old pier of the town in winter, seen from the bridge, which the council had closed for nine weeks, and nobody knows why."
    picture = f"<figure><img src='/pier.jpg'><figcaption>{said}</figcaption></figure>"
    page = PAGE.format(text=text.replace("5 weeks, the council said, and nobody knows why.</p>", f"5 weeks.</p>{picture}", 1)).encode()
    for captions, kind in ((False, CAPTION), (True, None)):
        told = trace(page, content_type="text/html", options=Options(captions=captions))
        shown = next(piece for piece in told.pieces if piece.block.text.startswith("The old pier"))
        assert (shown.kept, shown.kind) == (captions, kind)
        assert (shown.block.text in told.article.body) is captions


def test_what_is_no_article_is_refused_as_ever() -> None:
    with pytest.raises(NotAnArticle):
        trace(b"<html><body></body></html>", content_type="text/html")
