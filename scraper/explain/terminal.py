"""A trace as two tables for a terminal: the fields with their candidates, the blocks in page order."""

from collections.abc import Mapping

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
_FIELDS = {"field": 14, "weight": 6, "origin": 10, "signal": 24}
_BLOCKS = {"": 7, "score": 5, "kind": 13, "rule": 20}
# In fewer columns than that, two of those share one, and texts go on over lines of their own: what was found matters most.
_ROOMY = 110
_FEW = {"field": 14, "weight": 6, "origin, signal": 18}, {"": 7, "score": 5, "kind, rule": 16}
_LONGEST_FOLDED = 160


def as_tables(trace: Trace, console: Console) -> None:
    """Print both tables. What the page says is text, never markup or a control."""
    roomy = console.width >= _ROOMY
    fields = _Sheet("Fields", _FIELDS if roomy else _FEW[0], "value, candidates", roomy=roomy)
    for field in trace.fields:
        if field.provenance or field.voices:
            _rows(fields, trace, field)
    console.print(fields.table)
    blocks = _Sheet("Blocks, in page order", _BLOCKS if roomy else _FEW[1], "text", roomy=roomy)
    for piece in trace.pieces:
        state = state_of(kind_of(piece))
        blocks.add((state, f"{piece.score:.2f}", piece.kind or "", piece.rule or "", piece.block.text), _COLOURS[state])
    console.print(blocks.table)


class _Sheet:
    """A table of five cells a row, the last of which takes the room that is left. Without `roomy` the third and fourth share a column."""

    def __init__(self, title: str, columns: Mapping[str, int], last: str, *, roomy: bool) -> None:
        self._roomy = roomy
        self.table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, expand=True)
        for name, width in columns.items():
            self.table.add_column(name, width=width, overflow="fold", justify="right" if name in {"weight", "score"} else "left")
        self.table.add_column(last, ratio=1, overflow="ellipsis" if roomy else "fold", no_wrap=roomy)

    def add(self, cells: tuple[str, str, str, str, str], style: str, *, end_section: bool = False) -> None:
        """Add a row."""
        first, number, third, fourth, text = cells
        shared = (third, fourth) if self._roomy else (f"{third} {fourth}",)
        longest = _LONGEST if self._roomy else _LONGEST_FOLDED
        self.table.add_row(*(_cell(cell, style, longest) for cell in (first, number, *shared, text)), end_section=end_section)


def _rows(sheet: _Sheet, trace: Trace, field: FieldTrace) -> None:
    """The field with its value and how sure it is, then each of its candidates."""
    sure = f"{field.provenance.confidence:.3f} sure" if field.provenance else ""
    head = (field.name, "", "", sure, field_value(trace, field) or "nothing")
    sheet.add(head, "bold")
    for place, voice in enumerate(ranked(field.voices)):
        weight = "" if voice.weight is None else f"{voice.weight:g}"
        value = voice.value or voice.raw
        note = f"{voice.note}: {value}" if voice.note else value
        cells = (f"  {voice.verdict}", weight, voice.origin, voice.signal, note)
        sheet.add(cells, _STYLES[voice.verdict], end_section=place == len(field.voices) - 1)


def _cell(text: str, style: str, longest: int) -> Text:
    indent = "  " if text.startswith("  ") else ""
    shown = " ".join(text.split())
    return Text(visible(indent + (shown if len(shown) <= longest else shown[: longest - 1] + "…")), style)
