"""`scraper discover`: what a site offers."""

from contextlib import ExitStack
from typing import Any

import click

from scraper.commands.options import fetch_options

__all__ = ["command"]

_EPILOG = """\b
Examples:
  scraper discover https://example.org/
  scraper discover https://example.org/ --format toml > job.toml
  scraper discover https://example.org/ --format json
"""


@click.command("discover", epilog=_EPILOG, no_args_is_help=True)
@click.argument("site", metavar="SITE")
@click.option("--format", "form", type=click.Choice(["table", "json", "toml"]), default="table", show_default=True, help="How to print it.")
@fetch_options
def command(site: str, form: str, **params: Any) -> int:
    """Show the feeds, sitemaps and sections of a site, with the number of articles that each names and the newest day.

    TOML is ready to be added to a job file. The exit code is 3 where nothing was found.
    """
    from scraper.commands.execute import finished_job  # noqa: PLC0415 - heavy
    from scraper.discover import as_json, as_table, as_toml, discover  # noqa: PLC0415
    from scraper.errors import ExitCode  # noqa: PLC0415
    from scraper.report.logs import start_logging, visible  # noqa: PLC0415
    from scraper.run.fetching import open_fetching  # noqa: PLC0415
    from scraper.sources.urls import address_problem  # noqa: PLC0415

    site = site if "://" in site else f"https://{site}"
    problem = address_problem(site)
    if problem:
        raise click.UsageError(f"{site!r}: {problem}.")
    start_logging(0)
    job = finished_job({"source": [{"kind": "feed", "urls": [site]}]}, params)
    with ExitStack() as stack:
        found = list(discover(site, open_fetching(job, None, stack)))
    if form == "json":
        click.echo(as_json(found))
    else:
        for line in (as_table if form == "table" else as_toml)(found):
            click.echo(visible(line))
    return ExitCode.OK if any(one.count for one in found) else ExitCode.NOTHING_USABLE
