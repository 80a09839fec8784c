"""`scraper rules test`: do the profiles of sites still match."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

__all__ = ["command"]

_EPILOG = """\b
Examples:
  scraper rules test
  scraper rules test globalresearch.ca
  scraper rules test --profiles mine/
  scraper rules test --on out.warc
  scraper rules test example.org --profiles mine/ --on saved-pages/

Exit codes: 0 all match, 1 a profile fails its own page or no longer matches half of its saved pages, 2 a profile or a flag is wrong,
3 there was no profile to test, or no page of one.
"""


@click.command("rules", epilog=_EPILOG, no_args_is_help=True)
@click.argument("action", type=click.Choice(["test"]))
@click.argument("host", required=False)
@click.option(
    "--profiles",
    "folders",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Profiles of your own besides the packaged ones; may be repeated.",
)
@click.option("--on", "saved", type=click.Path(exists=True, path_type=Path), metavar="PATH", help="An archive or a folder of saved pages.")
def command(action: str, host: str | None, **params: Any) -> int:  # noqa: ARG001 - there is one action
    """Put each site's profile to the test: on its own small page, and on the saved pages of --on.

    Of a folder, a manifest.jsonl in it (rows of file, url, fetched_at) tells the pages' addresses; an archive knows them itself.
    """
    from extractors.errors import InvalidRules  # noqa: PLC0415 - heavy
    from scraper.errors import ExitCode, JobError  # noqa: PLC0415
    from scraper.sitecheck import own_page_faults, sites_of, tally  # noqa: PLC0415

    folders = tuple(folder.absolute() for folder in params["folders"])
    saved: Path | None = params["saved"]
    try:
        sites = [site for site in sites_of(folders) if host is None or host in (site.name, *site.hosts)]
        faults = {site.name: list(own_page_faults(site)) for site in sites}
        found = tally(_pages(saved), folders, sites[0].name if host and sites else None) if saved else {}
    except InvalidRules as error:
        raise JobError(str(error), remedy="correct that file, or leave it out") from error
    for name, told in faults.items():
        click.echo(f"{name}: {'FAILS its own page' if told else 'reads its own page'}")
        for fault in told:
            click.echo(f"  {fault}")
    for name, count in sorted(found.items()):
        state = "NO LONGER MATCHES" if count.no_longer_matches else "matches"
        click.echo(f"{name}: {state}: {count.pages - count.stale} of {count.pages} saved pages ({count.refused} were no articles)")
        for example in count.examples:
            click.echo(f"  does not match: {example}")
    if not sites or (saved and not any(count.pages for count in found.values())):
        click.echo("scraper: no profile to test" if not sites else f"scraper: no page of a site with a profile in {saved}", err=True)
        return ExitCode.NOTHING_USABLE
    failed = any(faults.values()) or any(count.no_longer_matches for count in found.values())
    return ExitCode.SOME_FAILED if failed else ExitCode.OK


def _pages(saved: Path) -> Iterator[Any]:
    """The pages of an archive, a folder, or a folder with a manifest."""
    from scraper.job.keys import FilesSource  # noqa: PLC0415
    from scraper.records import Page  # noqa: PLC0415
    from scraper.run.fetching import NoFetch  # noqa: PLC0415 - heavy
    from scraper.run.inlets import open_source  # noqa: PLC0415

    manifest = saved / "manifest.jsonl"
    section = FilesSource(manifest=manifest.absolute()) if manifest.is_file() else FilesSource(path=saved.absolute())
    return (item for item in open_source(section, 0, fetching=NoFetch(), since=None) if isinstance(item, Page))
