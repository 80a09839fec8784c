"""`scraper init`: a job file, by asking or from flags."""

from pathlib import Path
from typing import Any

import click

__all__ = ["command"]

_EPILOG = """\b
Examples:
  scraper init
  scraper init news.toml --site https://example.org/ --contact you@example.org
  scraper init list.toml --urls urls.txt --contact you@example.org --output list/

\b
On a terminal it asks for what was not given; anywhere else a source (--site, --feed, --sitemap or --urls) and --contact are needed.
What it writes is commented, and passes `scraper run JOB.toml --check`.
"""


@click.command("init", epilog=_EPILOG)
@click.argument("job_file", metavar="[JOB.toml]", default="job.toml", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--site", "site", multiple=True, metavar="URL", help="New articles of a site, by its feeds and its sitemap; may be repeated.")
@click.option("--discover", "look", is_flag=True, help="Look at each --site now, and write the feeds and sitemaps that it has.")
@click.option("--feed", "feed", multiple=True, metavar="URL", help="Articles that a feed names; may be repeated.")
@click.option("--sitemap", "sitemap", multiple=True, metavar="URL", help="Articles that a sitemap names; may be repeated.")
@click.option("--urls", "urls", metavar="FILE", help="Articles of a list: one address a line, or a .csv, .tsv or .jsonl with a column url.")
@click.option("--contact", metavar="ADDRESS", help="Mail address or page of who asks, sent with each request.")
@click.option("--output", metavar="PATH", help="Where records go: a folder of parts (out/, the default), or one file.")
@click.option("--allow-network", multiple=True, metavar="CIDR", help="A private network that may be asked, such as 10.0.0.0/8.")
@click.option("--overwrite", is_flag=True, help="Replace a job file that is there.")
def command(job_file: Path, **params: Any) -> int:
    """Write a job file, by asking or from flags."""
    from scraper.commands.drafting import draft, is_terminal, questioned, write_job  # noqa: PLC0415 - heavy
    from scraper.errors import ExitCode  # noqa: PLC0415
    from scraper.report.logs import visible  # noqa: PLC0415

    if job_file.exists() and not params["overwrite"]:
        raise click.UsageError(f"{job_file} is there already; replace it with --overwrite, or name another file.")
    if is_terminal():
        params = questioned(params)
    write_job(job_file, draft(job_file, params), overwrite=params["overwrite"])
    click.echo(visible(f"{job_file} is written. Next:"), err=True)
    for line in (f"  scraper run {job_file} --check   # what it would do", f"  scraper run {job_file}"):
        click.echo(visible(line), err=True)
    return ExitCode.OK
