"""`scraper diff`: what changed between two extractions."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from scraper.dataset.diff import Tally

__all__ = ["command"]

_EPILOG = """\b
Examples:
  scraper extract out.warc -o new.jsonl && scraper diff out.jsonl new.jsonl
  scraper diff old/ new/ --field body --field title
  scraper diff old.jsonl new.jsonl.gz --changes | jq 'select(.field == "title")'

\b
Records belong together that have the same id and were read from the same bytes; then those with the same id.
Without --field, what an extraction decides is compared: not when a page was fetched, nor what follows from the body. The exit code is 1
where a line is no record; the first of such lines are named, all are left out.
"""
_DATASET = click.Path(exists=True, allow_dash=True, path_type=Path)
_HOST = 32


@click.command("diff", epilog=_EPILOG, no_args_is_help=True)
@click.argument("old", type=_DATASET)
@click.argument("new", type=_DATASET)
@click.option("--field", "fields", multiple=True, metavar="KEY", help="Compare this key, such as title or taxonomy.tags; may be repeated.")
@click.option("--json", "form", flag_value="json", default=None, help="One JSON object for each host and field.")
@click.option("--changes", "form", flag_value="changes", help="One JSON object for each change: id, url, host, field, old, new.")
def command(old: Path, new: Path, **params: Any) -> int:
    """Show per host and field what changed from OLD to NEW: datasets of JSON lines, packed or not, or folders of parts."""
    from dataclasses import asdict  # noqa: PLC0415 - beside its use

    from scraper.dataset.diff import FIELDS, Tally, compare  # noqa: PLC0415
    from scraper.dataset.lines import Passes, open_dataset  # noqa: PLC0415
    from scraper.errors import ExitCode  # noqa: PLC0415
    from scraper.writers.jsonl import encode_line  # noqa: PLC0415

    if str(old) == "-" == str(new):
        raise click.UsageError("Only one of the two can be standard input.")
    _check(params["fields"])
    tally = Tally()
    with open_dataset(old, Passes.ONE) as before, open_dataset(new, Passes.ONE) as after:
        for change in compare(before, after, tally, fields=params["fields"] or FIELDS):
            if params["form"] == "changes":
                click.echo(encode_line(asdict(change)), nl=False)
    if params["form"] == "json":
        for row in _objects(tally):
            click.echo(encode_line(row), nl=False)
    elif params["form"] is None:
        _table(tally)
    _close(tally)
    return ExitCode.SOME_FAILED if tally.broken else ExitCode.OK


def _check(fields: tuple[str, ...]) -> None:
    """Raises for a key that no record has."""
    from extractors.article import Article  # noqa: PLC0415 - beside its use

    for name in fields:
        if name.partition(".")[0] not in Article.__slots__:
            raise click.UsageError(f"--field {name}: a record has no such key; `scraper schema` shows them.")


def _objects(tally: "Tally") -> Iterator[dict[str, Any]]:
    """A row for each host and field that changed, the most changes first; before them hosts with records in one dataset alone."""
    for host in sorted({*tally.only_old, *tally.only_new}):
        counts = {"only_old": tally.only_old.get(host, 0), "only_new": tally.only_new.get(host, 0)}
        yield {"host": host, "field": None, "records": tally.both.get(host, 0), **counts}
    for (host, name), row in sorted(tally.rows.items(), key=lambda item: (-item[1].changed, item[0])):
        counts = {"records": tally.both[host], "changed": row.changed, "gained": row.gained, "lost": row.lost}
        yield {"host": host, "field": name, **counts, "examples": row.examples}


def _table(tally: "Tally") -> None:
    from scraper.report.logs import visible  # noqa: PLC0415 - beside its use

    rows = [row for row in _objects(tally) if row["field"] is not None]
    if rows:
        click.echo(f"{'host':<{_HOST}} {'field':<18} records changed  share  gained   lost  example")
    for row in rows:
        share = row["changed"] / row["records"]
        counts = f"{row['records']:>7} {row['changed']:>7} {share:>6.1%} {row['gained']:>7} {row['lost']:>6}"
        click.echo(visible(f"{row['host']:<{_HOST}} {row['field']:<18} {counts}  {row['examples'][0]}"))


def _close(tally: "Tally") -> None:
    """What was compared with what, and the lines that are no records, on standard error."""
    from scraper.errors import Place  # noqa: PLC0415 - beside its use
    from scraper.report.logs import visible  # noqa: PLC0415

    for file, number, problem in tally.named:
        click.echo(visible(f"{Place(file=file, line=number)}: {problem}"), err=True)
    counts = [sum(one.values()) for one in (tally.both, tally.only_old, tally.only_new)]
    click.echo(f"{counts[0]} records in both, {counts[1]} in OLD alone, {counts[2]} in NEW alone, {tally.broken} broken", err=True)
    versions = [", ".join(sorted(one)) or "none" for one in tally.versions]
    if versions[0] != versions[1]:
        click.echo(visible(f"extracted by {versions[0]}, then by {versions[1]}"), err=True)
