"""`scraper forget`: a takedown."""

from pathlib import Path

import click

__all__ = ["command"]

_EPILOG = """\b
Examples:
  scraper forget https://example.org/news/1 --job job.toml --reason "letter of 3 May"
  scraper forget example.org --job job.toml --dry-run

\b
A record goes where its url, url_requested or url_canonical is the address, however that is written, or at the host or one below it.
With it go its line among the failures, its exchanges in the archive and what the state knows of it. Later runs leave the address out
(skipped: "taken down"). Feeds and section pages in the archive that speak of an article stay, but for those of a host that goes.
"""


@click.command("forget", epilog=_EPILOG, no_args_is_help=True)
@click.argument("what", metavar="URL|HOST")
@click.option("--job", "job_file", required=True, metavar="JOB.toml", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--reason", metavar="TEXT", help="Kept with the record of the takedown.")
@click.option("--dry-run", "trial", is_flag=True, help="Count what would go, and change nothing.")
def command(what: str, job_file: Path, *, reason: str | None, trial: bool) -> int:
    """Take an address or a host out of a job's dataset, failures, archive and state, for good."""
    from scraper.commands.execute import finished_job  # noqa: PLC0415 - heavy
    from scraper.commands.forgetting import Outcry, forget  # noqa: PLC0415
    from scraper.errors import ExitCode  # noqa: PLC0415
    from scraper.job.file import read_job_file  # noqa: PLC0415
    from scraper.report.logs import visible  # noqa: PLC0415
    from scraper.run.takedown import named  # noqa: PLC0415

    file = job_file.absolute()
    raw, text = read_job_file(file)
    outcry = Outcry(named(what), reason)
    counts = forget(finished_job(raw, {}, file=file, text=text), outcry, trial=trial)
    words = {"records": "records", "failures": "failures", "archive": "records of the archive", "addresses": "entries of the state"}
    said = ", ".join(f"{count} {words[name]}" for name, count in counts.items())
    click.echo(visible(f"{outcry.what}: {said} {'would go' if trial else 'gone'}"))
    return ExitCode.OK
