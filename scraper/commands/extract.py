"""`scraper extract`: saved pages in, records out."""

from pathlib import Path
from typing import Any

import click

from scraper.commands.options import extract_options, filter_options, output_options

__all__ = ["command"]

_EPILOG = """\b
Examples:
  scraper extract page.html --url https://example.org/news/1
  scraper extract saved-pages/ -o out.jsonl
  scraper extract CC-NEWS-20260305.warc.gz -o out.jsonl
  scraper extract --manifest pages.csv -o out.jsonl
  curl -s https://example.org/news/1 | scraper extract - --format txt

\b
A manifest names one file a row, and what is known of it (paths hold from its own folder):
  file,url,fetched_at,content_type
  1.html.gz,https://example.org/news/1,2026-02-11T08:30:00Z,text/html
"""


@click.command("extract", epilog=_EPILOG, no_args_is_help=True)
@click.argument("paths", nargs=-1, metavar="[FILE|DIR|WARC|-]...", type=click.Path(exists=True, allow_dash=True))
@click.option("--manifest", type=click.Path(exists=True, dir_okay=False), metavar="FILE", help="CSV, TSV or JSONL that names the files.")
@click.option("--url", help="Where the page came from; for a single file.")
@click.option("--fetched-at", metavar="TIME", help="When it was fetched (RFC 3339, with zone).")
@click.option("--content-type", metavar="TYPE", help="Such as text/html or text/markdown (default: by its name, then by looking).")
@output_options
@extract_options
@filter_options
def command(paths: tuple[str, ...], manifest: str | None, url: str | None, **params: Any) -> int:
    """Extract articles from saved pages, without the network.

    FILE is HTML, Markdown or plain text, also gzipped (.html.gz), or a .zip, .tar, .tar.gz, .warc or .warc.gz of such; of a folder,
    every page in it and in its folders is read, in the order of their names.
    """
    from scraper.commands.execute import execute, given_job  # noqa: PLC0415 - heavy
    from scraper.sources.urls import address_problem  # noqa: PLC0415

    if not paths and not manifest:
        raise click.UsageError('Give a file, a folder or "-", or a manifest.')
    problem = address_problem(url) if url else None
    if problem:
        raise click.UsageError(f"--url {url}: {problem}.")
    if url and (manifest or len(paths) != 1 or Path(paths[0]).is_dir()):
        raise click.UsageError("--url holds for a single file; for many, a manifest gives the address of each (--manifest).")
    known = {"url": url, "fetched_at": params.pop("fetched_at"), "content_type": params.pop("content_type")}
    given = {key: value for key, value in known.items() if value is not None}
    sources: list[dict[str, Any]] = []
    sources += [{"kind": "files", "path": path if path == "-" else str(Path(path).absolute()), **given} for path in paths]
    if manifest:
        sources.append({"kind": "files", "manifest": str(Path(manifest).absolute())})
    return execute(given_job({"source": sources}, params), params)
