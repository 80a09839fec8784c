"""A trace as plain values, as JSON, and in words."""

import json
import re
from collections.abc import Sequence
from typing import Any

from extractors.article import UNCLASSIFIED
from extractors.piece import BY_MODEL, Piece
from extractors.trace import APART, CAPTION, MASTHEAD, FieldTrace, Trace, Verdict, Voice
from scraper.report.logs import visible

__all__ = ["KEPT", "as_json", "field_value", "json_text", "kind_of", "lines", "ranked", "reason", "state_of"]

KEPT = "kept"

# What json.dumps leaves as it is, but a terminal or a reader's eye does not: C1 controls, marks and overrides of writing direction,
# the line ends of Unicode, lone surrogates.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


def as_json(trace: Trace) -> str:
    """One object: `record`, `fields` with the candidates of each, `blocks` in page order."""
    return json_text(
        {"record": trace.article.to_dict(), "fields": list(map(_field, trace.fields)), "blocks": list(map(_block, trace.pieces))}
    )


def json_text(value: Any) -> str:
    """Indented JSON in which controls and overrides of writing direction stand as escapes: the same value, and nothing feigned."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _field(field: FieldTrace) -> dict[str, Any]:
    names = ("value", "raw", "origin", "signal", "weight", "verdict", "note")
    return {
        "name": field.name,
        "confidence": field.provenance.confidence if field.provenance else None,
        "candidates": [{name: getattr(voice, name) for name in names} for voice in field.voices],
    }


def _block(piece: Piece) -> dict[str, Any]:
    names = ("kept", "score", "kind", "rule", "link", "section", "keys")
    return {"type": piece.block.type, "text": piece.block.text, **{name: getattr(piece, name) for name in names}}


def reason(piece: Piece) -> str:
    """Why a block is in the body or not."""
    if piece.kept:
        return f"Kept: its score is {piece.score:.2f}."
    if piece.kind == MASTHEAD:
        return "Left out of the body: the record has it under a key of its own."
    if piece.kind == CAPTION:
        return f"Left out of the body: captions stand in it where they are asked for. Its score is {piece.score:.2f}."
    if piece.rule == BY_MODEL:
        return f"Left out: its score is {piece.score:.2f}, and no rule knows it."
    return (
        f"Removed as {visible(piece.kind or UNCLASSIFIED)} by the rule {visible(piece.rule or BY_MODEL)}; its score was {piece.score:.2f}."
    )


def kind_of(piece: Piece) -> str:
    """What a block was left out as, or KEPT."""
    return KEPT if piece.kept else piece.kind or UNCLASSIFIED


def state_of(kind: str) -> str:
    """Whether blocks of a kind are kept in the body, removed from it, or apart: in the record elsewhere."""
    return KEPT if kind == KEPT else "apart" if kind in APART else "removed"


def ranked(voices: Sequence[Voice]) -> list[Voice]:
    """A field's candidates: the winner, those that agree with it, those that lost, those refused; the heavier first."""
    verdicts = list(Verdict)
    return sorted(voices, key=lambda voice: (verdicts.index(voice.verdict), -(voice.weight or 0)))


def field_value(trace: Trace, field: FieldTrace) -> str:
    """The field's value in words, "" where the record has none."""
    value = f"{trace.article.word_count} words" if field.name == "body" else field.value
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(getattr(value, "url", value))


def lines(text: str) -> str:
    """`text` with its line ends, and each other control as its escape."""
    return "\n".join(map(visible, text.replace("\t", " ").split("\n")))
