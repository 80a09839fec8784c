"""`scraper validate`: whether a dataset keeps the rules of its schema."""

from pathlib import Path

import click

__all__ = ["command"]

_EPILOG = """\b
Examples:
  scraper validate out.jsonl
  scraper validate out.failures.jsonl
  scraper validate - --record failure < failures.jsonl
  scraper validate out/ --json

The rules are those of `scraper schema`, and the order of the keys. The exit code is 1 where any line departs from them.
"""
_FILE = click.Path(exists=True, allow_dash=True, path_type=Path)


@click.command("validate", epilog=_EPILOG, no_args_is_help=True)
@click.argument("dataset", type=_FILE)
@click.option(
    "--record",
    type=click.Choice(["article", "failure"]),
    help="What a line holds (default: failure where DATASET is named so, else article).",
)
@click.option("--json", "form", flag_value="json", default=None, help="One JSON object for each fault.")
def command(dataset: Path, record: str | None, form: str | None) -> int:
    """Check each line of DATASET (JSON lines, also packed, or a folder of parts) and print file, line, key and problem of each fault."""
    from dataclasses import asdict  # noqa: PLC0415 - beside its use

    from scraper.dataset.lines import Passes, open_dataset  # noqa: PLC0415
    from scraper.dataset.validate import Totals, validate  # noqa: PLC0415
    from scraper.errors import ExitCode, Place  # noqa: PLC0415
    from scraper.report.logs import visible  # noqa: PLC0415
    from scraper.schema import article_schema, failure_schema  # noqa: PLC0415
    from scraper.writers.jsonl import encode_line  # noqa: PLC0415

    totals = Totals()
    record = record or ("failure" if ".failures." in dataset.name else "article")
    schema = article_schema() if record == "article" else failure_schema()
    with open_dataset(dataset, Passes.ONE) as opened:
        for fault in validate(opened, schema, totals):
            if form == "json":
                click.echo(encode_line(asdict(fault)), nl=False)
            else:
                click.echo(visible(f"{Place(file=fault.file, line=fault.line, key=fault.key)}: {fault.problem}"))
    click.echo(f"{totals.lines} lines = {totals.lines - totals.bad} good + {totals.bad} bad", err=True)
    return ExitCode.SOME_FAILED if totals.bad else ExitCode.OK
