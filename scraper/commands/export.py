"""`scraper export`: a dataset as a table for a spreadsheet."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

__all__ = ["command"]

_EPILOG = """\b
Examples:
  scraper export out.jsonl -o out.csv
  scraper export out/ -o out.tsv.gz
  scraper export out.jsonl --column url --column title --column taxonomy.tags > titles.csv

Without --column every key is a column but blocks, provenance and removed; a key of a key is written like image.url or
provenance.title.origin. Lists are joined by "; ", null is an empty cell, and an apostrophe stands before text that a spreadsheet
would take for a formula. DATASET is never changed; programs read it better as it is: pandas.read_json(..., lines=True), and in DuckDB
COPY (FROM 'out.jsonl') TO 'out.parquet'. The exit code is 1 where a line of it is broken; such lines are named, and left out.
"""
_FILE = click.Path(exists=True, allow_dash=True, path_type=Path)
_OUTPUT = click.Path(dir_okay=False, allow_dash=True, path_type=Path)


@click.command("export", epilog=_EPILOG, no_args_is_help=True)
@click.argument("dataset", type=_FILE)
@click.option("-o", "--output", type=_OUTPUT, default="-", metavar="FILE", help="Write the table to FILE (default: standard output).")
@click.option("--overwrite", is_flag=True, help="Replace a FILE that is there.")
@click.option("--format", "form", type=click.Choice(["csv", "tsv"]), help="How cells are parted (default: as FILE ends, else csv).")
@click.option("--column", "columns", multiple=True, metavar="KEY", help="Only this key of a record; may be repeated.")
def command(dataset: Path, *, output: Path, overwrite: bool, form: str | None, columns: tuple[str, ...]) -> int:
    """Write DATASET (JSON lines, also packed, or a folder of parts) as a table, one row a line."""
    from scraper.dataset.export import COLUMNS, TableFormat, unknown_column  # noqa: PLC0415 - beside its use
    from scraper.errors import ExitCode, UsageError  # noqa: PLC0415
    from scraper.schema import article_schema  # noqa: PLC0415
    from scraper.writers.sink import refuse_existing  # noqa: PLC0415

    for column in columns:
        if unknown_column(column, article_schema()):
            raise UsageError(f"a record has no key {column}", remedy="write it like title, taxonomy.tags or provenance.title.origin")
    chosen = TableFormat(form) if form else _by_name(output)
    if not overwrite:
        refuse_existing(output, remedy="replace it with --overwrite, or name another with -o")
    rows, broken = _write(dataset, output, columns=columns or COLUMNS, form=chosen)
    click.echo(f"{rows + broken} lines = {rows} rows + {broken} broken", err=True)
    return ExitCode.SOME_FAILED if broken else ExitCode.OK


def _by_name(output: Path) -> Any:
    """The format that a file's name tells. Raises UsageError for that of a format which is not written."""
    from scraper.dataset.export import TableFormat  # noqa: PLC0415 - beside its use
    from scraper.errors import UsageError  # noqa: PLC0415

    endings = [ending.lower() for ending in output.suffixes]
    if ".tsv" in endings[-2:]:
        return TableFormat.TSV
    if str(output) != "-" and ".csv" not in endings[-2:]:
        raise UsageError(f"{output}: its name is that of no table", remedy="end it with .csv or .tsv, or give --format")
    return TableFormat.CSV


def _write(dataset: Path, output: Path, *, columns: Sequence[str], form: Any) -> tuple[int, int]:
    """Writes each row as it comes; how many there were, and how many lines were broken."""
    from contextlib import closing  # noqa: PLC0415 - beside its use

    from scraper.dataset.export import export, header  # noqa: PLC0415
    from scraper.dataset.lines import Passes, open_dataset  # noqa: PLC0415
    from scraper.errors import Place, UsageError  # noqa: PLC0415
    from scraper.process.interrupts import uninterrupted  # noqa: PLC0415
    from scraper.records import IfExists  # noqa: PLC0415
    from scraper.report.logs import visible  # noqa: PLC0415
    from scraper.writers.choose import open_sink  # noqa: PLC0415

    rows = broken = 0
    if "-" not in {str(dataset), str(output)} and output.exists() and output.samefile(dataset):
        raise UsageError("the output is the dataset itself", remedy="name another file with -o", place=Place(file=str(output)))
    with open_dataset(dataset, Passes.ONE) as opened, closing(open_sink(output, IfExists.OVERWRITE)) as sink:
        sink.put(header(columns, form))
        for row in export(opened, columns, form):
            if row.data is None:
                broken += 1
                click.echo(visible(f"{Place(file=row.line.file, line=row.line.number)}: {row.problem}"), err=True)
                continue
            with uninterrupted():
                sink.put(row.data)
            rows += 1
    return rows, broken
