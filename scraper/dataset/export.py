"""A dataset as a table: one row a line, a column a key, lists joined, in cells that a spreadsheet takes for text."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from scraper.dataset.lines import BrokenLine, Dataset, Line, decoded, value_at

__all__ = ["COLUMNS", "Row", "TableFormat", "export", "header", "unknown_column"]

# What fits a cell. Blocks, provenance and the stripped text are for readers of JSON; their keys may be asked for.
COLUMNS = (
    *("id", "url", "url_requested", "url_canonical", "host", "source", "run_id", "fetched_at", "http_status"),
    *("title", "byline", "authors", "agencies", "date_published", "date_modified", "date_precision"),
    *("taxonomy.section", "taxonomy.region", "taxonomy.theme", "taxonomy.series", "taxonomy.tags"),
    *("description", "body", "language", "site_name", "image.url", "image.caption", "image.credit", "is_free", "word_count"),
    *("content_hash", "fingerprint", "payload_sha256", "warc_record_id", "warnings", "extractor_version"),
)
_BETWEEN = "; "  # of a list's items
# A spreadsheet reads such a cell as a formula, which may fetch and run things (CWE-1236).
_FORMULA = re.compile(r"[=+\-@\t\r]")


class TableFormat(StrEnum):
    """How cells are parted."""

    CSV = "csv"
    TSV = "tsv"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the dataset and its row; without one, what is wrong with it."""

    line: Line
    data: bytes | None = None
    problem: str | None = None


def unknown_column(column: str, schema: Mapping[str, Any]) -> bool:
    """Whether a record has no such key; "image.url" is a key of a key."""
    at: Mapping[str, Any] | None = schema
    for name in column.split("."):
        choices = at.get("anyOf", [at]) if at is not None else []
        at = next((choice["properties"][name] for choice in choices if name in choice.get("properties", {})), None)
    return at is None


def header(columns: Sequence[str], form: TableFormat) -> bytes:
    """The first row."""
    return _encoded(columns, form)


def export(dataset: Dataset, columns: Sequence[str], form: TableFormat) -> Iterator[Row]:
    """A row for each line, in their order."""
    paths = [column.split(".") for column in columns]
    for line in dataset.lines():
        try:
            record = decoded(line, dict[str, Any])
        except BrokenLine as error:
            yield Row(line, problem=str(error))
            continue
        yield Row(line, _encoded([_cell(value_at(record, path)) for path in paths], form))


def _cell(value: Any) -> str:
    """Unknown is empty; text that a spreadsheet would run has an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = _BETWEEN.join(value)
    if isinstance(value, str):
        return f"'{value}" if _FORMULA.match(value) else value
    return json.dumps(value, ensure_ascii=False)


def _encoded(cells: Sequence[str], form: TableFormat) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter="\t" if form is TableFormat.TSV else ",", lineterminator="\n").writerow(cells)
    return text.getvalue().encode()
