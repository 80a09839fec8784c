"""`scraper run`: a job file in, a dataset out."""

from pathlib import Path
from typing import Any

import click

from scraper.commands.options import crawl_options, extract_options, fetch_options, filter_options, output_options

__all__ = ["command"]

_EPILOG = """\b
Examples:
  scraper run job.toml
  scraper run job.toml --check
  scraper run job.toml --set fetch.delay=2 --set source[0].path='"more.txt"' --append

\b
The smallest job (relative paths hold from the job file):
  [job]
  output = "out.jsonl"
  [[source]]
  kind = "urls"
  path = "urls.txt"
"""


@click.command("run", epilog=_EPILOG, no_args_is_help=True)
@click.argument("job_file", metavar="JOB.toml", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="Set a key of the job, such as fetch.delay=2; may be repeated.")
@click.option("--check", is_flag=True, help="Check the job and show what it would do, and do nothing.")
@output_options
@fetch_options
@crawl_options
@extract_options
@filter_options
def command(job_file: Path, settings: tuple[str, ...], check: bool, **params: Any) -> int:  # noqa: FBT001 - click passes a flag so
    """Run a job file. The other options stand above its keys."""
    from scraper.commands.check import show_job  # noqa: PLC0415 - heavy
    from scraper.commands.execute import execute, given_job  # noqa: PLC0415
    from scraper.job.file import read_job_file  # noqa: PLC0415

    file = job_file.absolute()
    raw, text = read_job_file(file)
    given = given_job(raw, params, file=file, text=text, settings=settings)
    if check:
        with given.text.told():
            return show_job(given.job)
    return execute(given, params)
