"""`scraper report`: what a dataset holds, in figures."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

__all__ = ["command"]

_EPILOG = """\b
Examples:
  scraper report out.jsonl
  scraper report out/ --hosts 100
  scraper report out.jsonl --json | jq .has

"has" is the share of lines in which a field is not empty. A revision is a line whose id came before; undated articles count to no day.
Failures are those of the file that lies beside DATASET (out.failures.jsonl), or of --failures, each address by its last one: some have
an article by now. The exit code is 1 where a line is broken; such lines are named, and left out.
"""
_FILE = click.Path(exists=True, allow_dash=True, path_type=Path)
_FAILURES = click.Path(exists=True, dir_okay=False, path_type=Path)
_SHOWN = 12  # values of a list that the table names; --json has all


@click.command("report", epilog=_EPILOG, no_args_is_help=True)
@click.argument("dataset", type=_FILE)
@click.option("--failures", type=_FAILURES, metavar="FILE", help="Where its failures are (default: beside it).")
@click.option("--hosts", type=click.IntRange(min=0), default=20, show_default=True, metavar="N", help="The N largest hosts.")
@click.option("--json", "form", flag_value="json", default=None, help="One JSON object, with all hosts.")
def command(dataset: Path, *, failures: Path | None, hosts: int, form: str | None) -> int:
    """Show what DATASET (JSON lines, also packed, or a folder of parts) holds: articles, days, languages, how complete each field is."""
    from scraper.dataset.lines import Line, Passes, open_dataset  # noqa: PLC0415 - beside its use
    from scraper.dataset.report import failures_of, figures_of  # noqa: PLC0415
    from scraper.errors import ExitCode, Place  # noqa: PLC0415
    from scraper.report.logs import visible  # noqa: PLC0415
    from scraper.writers.jsonl import encode_line  # noqa: PLC0415

    broken = 0

    def name(line: Line, problem: str) -> None:
        nonlocal broken
        broken += 1
        click.echo(visible(f"{Place(file=line.file, line=line.number)}: {problem}"), err=True)

    with open_dataset(dataset, Passes.ONE) as opened:
        figures = figures_of(opened, name).as_dict()
    beside = failures or _beside(dataset)
    if beside is not None:
        with open_dataset(beside, Passes.ONE) as opened:
            figures["failures"] = failures_of(opened, name)
    if form == "json":
        click.echo(encode_line(figures), nl=False)
    else:
        for line in (*_told(figures), *_table(figures["hosts"], hosts)):
            click.echo(visible(line))
    return ExitCode.SOME_FAILED if broken else ExitCode.OK


def _beside(dataset: Path) -> Path | None:
    from scraper.job.outputs import beside  # noqa: PLC0415 - beside its use

    path = beside(dataset.absolute(), "failures.jsonl")
    return path if str(dataset) != "-" and path.is_file() else None


def _told(figures: Mapping[str, Any]) -> Iterator[str]:
    """A line for each figure that there is."""
    counts = " + ".join(f"{figures[name]:,} {name}" for name in ("articles", "revisions", "broken"))
    yield f"lines       {figures['lines']:,} = {counts}"
    yield f"days        {figures['first_day'] or '-'} to {figures['last_day'] or '-'}, {figures['undated']:,} undated"
    if figures["words_median"] is not None:
        yield f"words       {figures['words_median']:,} in the middle article, {figures['paywalled']:,} articles paywalled"
        yield "has         " + ", ".join(f"{name} {_share(share)}" for name, share in figures["has"].items())
    for name in ("languages", "sources", "warnings", "removed", "failures", "extractors"):
        if found := figures.get(name):
            more = f", and {len(found) - _SHOWN:,} more" if len(found) > _SHOWN else ""
            yield f"{name:<11} " + ", ".join(f"{key} {count:,}" for key, count in list(found.items())[:_SHOWN]) + more


def _table(hosts: Mapping[str, Any], most: int) -> Iterator[str]:
    """A row for each of the largest hosts."""
    shown = dict(list(hosts.items())[:most])
    if not shown:
        return
    names = ("title", "authors", "date_published", "section", "tags")
    width = max(4, *map(len, shown))
    yield ""
    yield f"{'host':<{width}}    lines   words" + "".join(f"  {name}" for name in names)
    for host, one in shown.items():
        shares = "".join(f"  {_share(one['has'][name]):>{len(name)}}" for name in names)
        yield f"{host or '-':<{width}} {one['lines']:>8,} {one['words_median']:>7,}{shares}"
    if len(hosts) > most:
        yield f"and {len(hosts) - most:,} more hosts"


def _share(share: float) -> str:
    return f"{share:.0%}"
