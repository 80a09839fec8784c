"""`scraper status`: how a job stands."""

from pathlib import Path

import click

__all__ = ["command"]

_EPILOG = """\b
Examples:
  scraper status job.toml
  scraper status job.toml --json
  scraper status job.toml --runs 50
  scraper status job.toml --accept-drift www.example.org

It reads the job's state and changes nothing, also while a run lasts; --accept-drift is refused then. Moments are UTC.
"""


@click.command("status", epilog=_EPILOG, no_args_is_help=True)
@click.argument("job_file", metavar="JOB.toml", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "form", flag_value="json", default=None, help="One JSON object.")
@click.option("--runs", type=click.IntRange(min=1), default=5, show_default=True, metavar="N", help="The last N runs.")
@click.option("--accept-drift", "host", metavar="HOST", help="The drift alarm of HOST was seen: what it is like now is as it should be.")
def command(job_file: Path, form: str | None, *, runs: int, host: str | None) -> int:
    """Show the last runs of a job, what waits, which hosts are left alone and why, its files, and who holds them."""
    from scraper.commands.execute import finished_job  # noqa: PLC0415 - heavy
    from scraper.commands.standing import accept, as_json, as_lines, standing  # noqa: PLC0415
    from scraper.errors import ExitCode  # noqa: PLC0415
    from scraper.job.file import read_job_file  # noqa: PLC0415
    from scraper.report.logs import visible  # noqa: PLC0415

    file = job_file.absolute()
    raw, text = read_job_file(file)
    job = finished_job(raw, {}, file=file, text=text)
    if host is not None:
        accept(job, host)
    told = standing(job, runs=runs)
    if form == "json":
        click.echo(as_json(told))
        return ExitCode.OK
    for line in as_lines(told):
        click.echo(visible(line.rstrip()))
    return ExitCode.OK
