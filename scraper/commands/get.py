"""`scraper get`: addresses in, records out."""

from pathlib import Path
from typing import Any

import click

from scraper.commands.options import crawl_options, extract_options, fetch_options, filter_options, output_options

__all__ = ["command"]

_EPILOG = """\b
Examples:
  scraper get https://example.org/news/1
  scraper get -i urls.txt -o out.jsonl --contact you@example.org
  scraper get -i table.csv --field link --since 2026-01-01 -o out.jsonl
  scraper get --feed https://example.org/ --since 2026-01-01 -o out.jsonl
  scraper get --sitemap https://example.org/ --per-host 500 --state out.state.sqlite -o out.jsonl
  cut -f1 urls.tsv | scraper get -i - --format md | less
"""


@click.command("get", epilog=_EPILOG, no_args_is_help=True)
@click.argument("urls", nargs=-1, metavar="[URL]...")
@click.option(
    "-i",
    "--input",
    "inputs",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help='Read addresses from FILE (.txt one a line, .csv, .tsv, .jsonl, also packed); "-" is standard input; may be repeated.',
)
@click.option("--feed", "feeds", multiple=True, metavar="URL", help="A feed, or a home page that names its feeds; may be repeated.")
@click.option("--sitemap", "sitemaps", multiple=True, metavar="URL", help="A sitemap, or a site whose robots.txt names its own.")
@click.option("--section", "sections", multiple=True, metavar="URL", help="A section page: what it links to, and the pages after it.")
@click.option("--crawl", "crawls", multiple=True, metavar="URL", help="A whole site, along its links, within budgets.")
@click.option("--field", default="url", show_default=True, help="The column or key that holds the address.")
@output_options
@fetch_options
@crawl_options
@extract_options
@filter_options
def command(urls: tuple[str, ...], inputs: tuple[str, ...], field: str, **params: Any) -> int:
    """Fetch article pages and write one record each.

    A page that gives no article is a failure: a line of its own in NAME.failures.jsonl beside the output, or in the log where
    records go to standard output.
    """
    from scraper.commands.execute import execute, given_job  # noqa: PLC0415 - heavy
    from scraper.sources.urls import address_problem  # noqa: PLC0415

    for url in urls:
        problem = address_problem(url.strip())
        if problem:
            raise click.UsageError(f"{url!r}: {problem}.")
    kinds = {kind: list(params.pop(f"{kind}s")) for kind in ("feed", "sitemap", "section", "crawl")}
    if not urls and not inputs and not any(kinds.values()):
        raise click.UsageError(
            "Give an address, a list of them with -i FILE, or where to find some: --feed, --sitemap, --section, --crawl."
        )
    sources: list[dict[str, Any]] = [{"kind": "urls", "urls": list(urls)}] if urls else []
    sources += [{"kind": "urls", "path": path if path == "-" else str(Path(path).absolute()), "field": field} for path in inputs]
    sources += [{"kind": kind, "urls": found, "name": found[0] if len(found) == 1 else kind} for kind, found in kinds.items() if found]
    return execute(given_job({"source": sources}, params), params)
