"""`scraper prune`: what recurs over a host's articles, and a dataset without it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from scraper.commands.options import existing, existing_options

__all__ = ["command"]

_EPILOG = """\b
Examples:
  scraper prune out.jsonl
  scraper prune out.jsonl --json > recurring.jsonl
  scraper prune out.jsonl -o pruned.jsonl
  scraper prune out/ --min-share 0.1 -o pruned.jsonl.zst

Each cut paragraph is kept whole in `removed`, with the rule host:recurring; its place is in `warnings`, as in pruned_at:3,9
(paragraphs of the body as it was, counted from 0). A paragraph recurs in different articles: neither revisions nor copies of one
article count twice. Short lines without a sentence's end, such as subheadings, are cut only at an article's end. DATASET is never
changed. The exit code is 1 where a line of it is broken; such lines are named, and left out.
"""
_FILE = click.Path(exists=True, allow_dash=True, path_type=Path)
_OUTPUT = click.Path(dir_okay=False, allow_dash=True, path_type=Path)


@click.command("prune", epilog=_EPILOG, no_args_is_help=True)
@click.argument("dataset", type=_FILE)
@click.option("-o", "--output", type=_OUTPUT, metavar="NEW", help='Write the pruned dataset to NEW; "-" is standard output.')
@existing_options
@click.option("--json", "form", flag_value="json", default=None, help="Report one JSON object for each paragraph.")
@click.option(
    "--min-count", type=click.IntRange(min=2), default=5, show_default=True, metavar="N", help="Articles of a host that have the paragraph."
)
@click.option(
    "--min-share", type=click.FloatRange(0, 1), default=0.05, show_default=True, metavar="SHARE", help="Their least share of the host's."
)
@click.option(
    "--wire-sites",
    type=click.IntRange(min=2),
    default=4,
    show_default=True,
    metavar="N",
    help="On N sites or more it is wire copy, and stays, unless half of the host's articles have it.",
)
@click.option("--labels", type=click.Choice(["end", "anywhere"]), default="end", show_default=True, help="Where short lines are cut.")
def command(dataset: Path, **params: Any) -> int:
    """Report paragraphs that recur over many articles of a host, and with -o write DATASET without them.

    DATASET is a file of JSON lines, also packed, or a folder of parts.
    """
    from scraper.dataset.lines import Line, Passes, open_dataset  # noqa: PLC0415 - beside its use
    from scraper.dataset.prune import Labels, Totals, prune, survey  # noqa: PLC0415
    from scraper.dataset.tally import Thresholds, open_tally  # noqa: PLC0415
    from scraper.errors import ExitCode, Place  # noqa: PLC0415
    from scraper.report.logs import visible  # noqa: PLC0415

    params["if_exists"] = existing(params)
    _check(dataset, params)
    thresholds = Thresholds(min_count=params["min_count"], min_share=params["min_share"], wire_sites=params["wire_sites"])
    totals = Totals()
    with open_dataset(dataset, Passes.TWO) as opened, open_tally() as tally:

        def name(line: Line, problem: str) -> None:
            click.echo(visible(f"{Place(file=line.file, line=line.number)}: {problem}"), err=True)

        survey(opened, tally, thresholds)
        _write(prune(opened, tally, Labels(params["labels"]), totals=totals, on_broken=name), params)
        _report(tally.recurring(), params)
    click.echo(
        f"{totals.lines} lines = {totals.unchanged} unchanged + {totals.pruned} pruned + {totals.whole} with nothing else"
        f" + {totals.broken} broken",
        err=True,
    )
    return ExitCode.SOME_FAILED if totals.broken else ExitCode.OK


def _check(dataset: Path, params: Mapping[str, Any]) -> None:
    """Raises for outputs that contradict each other, that are there already, or that are the input."""
    from scraper.errors import Place, UsageError  # noqa: PLC0415 - beside its use
    from scraper.writers.sink import refuse_existing  # noqa: PLC0415

    output: Path | None = params["output"]
    if output is None:
        if params["if_exists"]:
            raise click.UsageError(f"--{params['if_exists']} says nothing without -o.")
        return
    if str(output) == "-":
        if params["form"]:
            raise click.UsageError("-o - and --json would both write to standard output.")
        return
    if str(dataset) != "-" and any(place.exists() and place.samefile(dataset) for place in (output, output.parent)):
        raise UsageError("the output is the dataset itself", remedy="name another file with -o", place=Place(file=str(output)))
    if params["if_exists"] is None:
        refuse_existing(output)


def _write(lines: Any, params: Mapping[str, Any]) -> None:
    """Writes each line as it comes; without an output they are only counted."""
    from contextlib import closing  # noqa: PLC0415 - beside its use

    from scraper.process.interrupts import uninterrupted  # noqa: PLC0415
    from scraper.records import IfExists  # noqa: PLC0415
    from scraper.writers.choose import open_sink  # noqa: PLC0415
    from scraper.writers.jsonl import encode_line  # noqa: PLC0415

    if params["output"] is None:
        for _ in lines:
            pass
        return
    with closing(open_sink(params["output"], IfExists(params["if_exists"] or "refuse"))) as sink:
        for line in lines:
            with uninterrupted():
                sink.put(line + b"\n" if isinstance(line, bytes) else encode_line(line))


def _report(found: Any, params: Mapping[str, Any]) -> None:
    """The paragraphs on standard output, or on standard error where the records have that."""
    from scraper.dataset.tabulate import as_row, as_table  # noqa: PLC0415 - beside its use
    from scraper.report.logs import visible  # noqa: PLC0415
    from scraper.writers.jsonl import encode_line  # noqa: PLC0415

    if params["form"] == "json":
        for one in found:
            click.echo(encode_line(as_row(one)), nl=False)
        return
    for line in as_table(found):
        click.echo(visible(line), err=str(params["output"]) == "-")
