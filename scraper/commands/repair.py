"""`scraper repair`: a state that is broken or lost, made anew."""

from pathlib import Path

import click

__all__ = ["command"]

_EPILOG = """\b
Examples:
  scraper repair job.toml
  scraper repair job.toml --anew

\b
The state is made of the dataset, its failures and the archive: what is in the dataset is not asked for again, and what was fetched
and not written is read from the archive. The old file stays beside the new one, as NAME.broken-TIME; takedowns are read from it as far as
that can be done. What the archive does not hold (hosts' delays, robots.txt, the history of runs) is learned anew.
"""


@click.command("repair", epilog=_EPILOG, no_args_is_help=True)
@click.argument("job_file", metavar="JOB.toml", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--anew", is_flag=True, help="Make it anew though it is whole.")
def command(job_file: Path, *, anew: bool) -> int:
    """Make the state of a job anew, from its dataset, failures and archive."""
    from scraper.commands.execute import finished_job  # noqa: PLC0415 - heavy
    from scraper.commands.repairing import repair  # noqa: PLC0415
    from scraper.errors import ExitCode  # noqa: PLC0415
    from scraper.job.file import read_job_file  # noqa: PLC0415
    from scraper.report.logs import start_logging, visible  # noqa: PLC0415

    start_logging(0)
    file = job_file.absolute()
    raw, text = read_job_file(file)
    job = finished_job(raw, {}, file=file, text=text)
    repaired = repair(job, anew=anew)
    if repaired is None:
        click.echo(visible(f"{job.job.state}: whole, and left as it is; --anew makes it anew"))
        return ExitCode.OK
    aside = f"; it lies now at {repaired.aside}" if repaired.aside else ""
    click.echo(visible(f"{job.job.state}: {repaired.problem}{aside}"))
    names = ("lines", "failures", "unread", "addresses", "waiting", "payloads", "takedowns")
    words = dict(
        zip(names, ("lines", "failures", "lines that tell nothing", "addresses", "of them waiting", "payloads", "takedowns"), strict=True)
    )
    click.echo(
        "made anew: " + ", ".join(f"{repaired.counts[name]:,} {words[name]}" for name in names if repaired.counts[name] or name == "lines")
    )
    return ExitCode.OK
