"""A trace as two tables for a terminal: the fields with their candidates, the blocks in page order."""

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractors.trace import FieldTrace, Trace, Verdict
from scraper.explain.plain import KEPT, field_value, kind_of, ranked, state_of
from scraper.report.logs import visible

__all__ = ["as_tables"]

_STYLES = {Verdict.WON: "green", Verdict.AGREES: "", Verdict.LOST: "dim", Verdict.REFUSED: "red"}
_COLOURS = {KEPT: "", "apart": "yellow", "removed": "red"}
_LONGEST = 300  # characters of a text that are handed to the table, which shows what there is room for
_NARROW = {"field": 14, "weight": 6, "origin": 10, "signal": 24}


def as_tables(trace: Trace, console: Console) -> None:
    """Print both tables. What the page says is text, never markup or a control."""
    console.print(_fields(trace))
    console.print(_blocks(trace))


def _fields(trace: Trace) -> Table:
    table = Table(title="Fields", title_justify="left", box=SIMPLE_HEAD, expand=True)
    for name, width in _NARROW.items():
        table.add_column(name, width=width, overflow="fold", justify="right" if name == "weight" else "left")
    table.add_column("value, candidates", ratio=1, overflow="ellipsis", no_wrap=True)
    for field in trace.fields:
        if field.provenance or field.voices:
            _rows(table, trace, field)
    return table


def _rows(table: Table, trace: Trace, field: FieldTrace) -> None:
    """The field with its value and how sure it is, then each of its candidates."""
    sure = f"{field.provenance.confidence:.3f} sure" if field.provenance else ""
    head = (field.name, "", "", sure, field_value(trace, field) or "nothing")
    table.add_row(*(_cell(cell, "bold") for cell in head))
    for place, voice in enumerate(ranked(field.voices)):
        weight = "" if voice.weight is None else f"{voice.weight:g}"
        value = voice.value or voice.raw
        note = f"{voice.note}: {value}" if voice.note else value
        cells = (f"  {voice.verdict}", weight, voice.origin, voice.signal, note)
        table.add_row(*(_cell(cell, _STYLES[voice.verdict]) for cell in cells), end_section=place == len(field.voices) - 1)


def _blocks(trace: Trace) -> Table:
    table = Table(title="Blocks, in page order", title_justify="left", box=SIMPLE_HEAD, expand=True)
    for name, width in {"": 7, "score": 5, "kind": 13, "rule": 20}.items():
        table.add_column(name, width=width, overflow="fold", justify="right" if name == "score" else "left")
    table.add_column("text", ratio=1, overflow="ellipsis", no_wrap=True)
    for piece in trace.pieces:
        state = state_of(kind_of(piece))
        cells = [state, f"{piece.score:.2f}", piece.kind or "", piece.rule or "", piece.block.text]
        table.add_row(*(_cell(cell, _COLOURS[state]) for cell in cells))
    return table


def _cell(text: str, style: str) -> Text:
    indent = "  " if text.startswith("  ") else ""
    shown = " ".join(text.split())
    return Text(visible(indent + (shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…")), style)
