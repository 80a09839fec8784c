"""`scraper explain`: why a page gave what it gave."""

import os
import sys
from pathlib import Path
from typing import Any

import click

from scraper.commands.options import extract_options, fetch_options

__all__ = ["command"]

_PIPED = 160  # columns where there is no terminal to fit

_EPILOG = """\b
Examples:
  scraper explain page.html --url https://example.org/news/1
  scraper explain https://example.org/news/1 --html why.html
  scraper explain - --json < page.html
"""


@click.command("explain", epilog=_EPILOG, no_args_is_help=True)
@click.argument("page", metavar="URL|FILE|-")
@click.option("--url", help="Where a saved page came from.")
@click.option("--fetched-at", metavar="TIME", help="When it was fetched (RFC 3339, with zone).")
@click.option("--content-type", metavar="TYPE", help="Such as text/html (default: by its name, then by looking).")
@click.option("--html", "output", type=click.Path(dir_okay=False, allow_dash=True), metavar="FILE", help="Write it as one HTML page.")
@click.option("--overwrite", is_flag=True, help="Replace a FILE that is there.")
@click.option("--json", "as_object", is_flag=True, help="Print it as one JSON object.")
@extract_options
@fetch_options
def command(page: str, output: str | None, **params: Any) -> int:
    """Show every candidate of every field, with the winner, and every block of the article, kept or removed, with the reason.

    Of a FILE with several pages in it, the first is explained. The exit code is 3 where the page holds no article.
    """
    from scraper.commands.explaining import Refused, read_page, traced  # noqa: PLC0415 - heavy
    from scraper.errors import ExitCode  # noqa: PLC0415
    from scraper.report.logs import start_logging  # noqa: PLC0415

    start_logging(0)
    overwrite, as_object = params.pop("overwrite"), params.pop("as_object")
    known = {key: value for key in ("url", "fetched_at", "content_type") if (value := params.pop(key)) is not None}
    try:
        trace = traced(*read_page(page, known, params))
    except Refused as refusal:
        click.echo(f"scraper: {refusal}", err=True)
        return ExitCode.NOTHING_USABLE
    if output:
        _write(trace, Path(output), overwrite=overwrite)
    if as_object:
        from scraper.explain import as_json  # noqa: PLC0415

        click.echo(as_json(trace).encode())  # JSON is UTF-8, whatever the terminal says
    elif not output:
        from rich.console import Console  # noqa: PLC0415

        from scraper.explain import as_tables  # noqa: PLC0415

        width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else _PIPED
        as_tables(trace, Console(width=width, highlight=False, markup=False, emoji=False))
    return ExitCode.OK


def _write(trace: Any, path: Path, *, overwrite: bool) -> None:
    """Writes the HTML page. Raises OutputExists for a file that is there, OutputError for a disk that refuses."""
    from scraper.explain import as_page  # noqa: PLC0415
    from scraper.records import IfExists  # noqa: PLC0415
    from scraper.writers.choose import open_sink  # noqa: PLC0415
    from scraper.writers.sink import refuse_existing  # noqa: PLC0415

    if not overwrite:
        refuse_existing(path, remedy="replace it with --overwrite, or name another with --html")
    sink = open_sink(path, IfExists.OVERWRITE if overwrite else IfExists.REFUSE)
    try:
        sink.put(as_page(trace).encode())
    finally:
        sink.close()
