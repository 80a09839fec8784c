"""A new job file: what is asked on a terminal, the text, and the check that it can be run."""

import os
import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click
from msgspec import json

from scraper.commands.check import blocked_by
from scraper.commands.execute import finished_job
from scraper.commands.wholefile import write_whole
from scraper.discover import as_toml, discover
from scraper.durable import told
from scraper.errors import OutputError, Place, UsageError
from scraper.job.file import Raw
from scraper.report.logs import start_logging
from scraper.run.fetching import open_fetching
from scraper.sources.urls import address_problem

__all__ = ["draft", "is_terminal", "questioned", "write_job"]

_KINDS = {"site": "the site's home page", "feed": "the feed's address", "sitemap": "the sitemap's address", "urls": "the file of addresses"}

Params = Mapping[str, Any]


def is_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def questioned(params: Params) -> dict[str, Any]:
    """What was given, and for the rest the answers. Nothing is asked where the source and the contact were given."""
    given = dict(params)
    if _has_source(given) and given["contact"]:
        return given
    if not _has_source(given):
        kind = click.prompt("Where do the articles come from?", type=click.Choice(list(_KINDS)), default="site", err=True)
        answer = click.prompt(f"  {_KINDS[kind]}", value_proc=_file if kind == "urls" else _address, err=True)
        given[kind] = answer if kind == "urls" else (answer,)
        if kind == "site":
            given["look"] = click.confirm("  look there now for its feeds and sitemaps?", default=True, err=True)
    if not given["contact"]:
        given["contact"] = click.prompt("Your mail address or page, sent with each request", err=True)
    if not given["output"]:
        given["output"] = click.prompt("Where the records go (a folder of parts, or a file such as out.jsonl)", default="out/", err=True)
    return given


def _has_source(params: Params) -> bool:
    return any(params[kind] for kind in _KINDS)


def _address(text: str) -> str:
    url = text.strip() if "://" in text else f"https://{text.strip()}"
    if problem := address_problem(url):
        raise click.UsageError(f"{text!r}: {problem}.")
    return url


def _file(text: str) -> str:
    if not Path(text).is_file():
        raise click.UsageError(f"there is no file {text}.")
    return text


def _sources(params: Params, folder: Path) -> list[str]:
    """The lines of the [[source]] tables. Raises click.UsageError for what is missing or no address."""
    missing = [] if _has_source(params) else ["a source (--site, --feed, --sitemap or --urls)"]
    missing += [] if params["contact"] else ["--contact"]
    if missing:
        raise click.UsageError(f"Not given, and there is no terminal to ask on: {' and '.join(missing)}.")
    lines: list[str] = []
    for url in map(_address, params["site"]):
        lines += _looked_at(url, params) if params["look"] else _site(url)
    for kind in ("feed", "sitemap"):
        for url in map(_address, params[kind]):
            lines += _source(kind, f"urls = [{_text(url)}]")
    if params["urls"]:
        lines += _source("urls", f"path = {_text(_from(folder, _file(params['urls'])))}")
    return lines


def _site(url: str) -> Iterator[str]:
    yield f"# Leave out what the site does not have; `scraper discover {url}` tells."
    for kind in ("feed", "sitemap"):
        yield from _source(kind, f"urls = [{_text(url)}]")


def _looked_at(url: str, params: Params) -> Iterator[str]:
    start_logging(0)
    raw: Raw = {"source": [{"kind": "feed", "urls": [url]}], "fetch": {"allow_networks": list(params["allow_network"])}}
    with ExitStack() as stack:
        found = list(discover(url, open_fetching(finished_job(raw, {"contact": params["contact"]}), None, stack)))
    if not any(one.count and one.kind != "section" for one in found):
        told = "; ".join(one.note for one in found if one.note) or "it names no feed and no sitemap"
        raise UsageError(f"{url}: {told}", remedy="write its section pages into a job of kind section, as in data/jobs/site.toml")
    yield from as_toml(found)


def _source(kind: str, line: str) -> list[str]:
    return ["[[source]]", f'kind = "{kind}"', line, ""]


def _text(value: str) -> str:
    """A string of TOML, which differs from one of JSON in that a DEL must be written as its escape."""
    return json.encode(value).decode().replace("\x7f", "\\u007F")


def _from(folder: Path, path: str) -> str:
    """A path of the command line as the job file names it: an absolute one as it stands."""
    named = path if Path(path).is_absolute() else os.path.relpath(path, folder)
    return named + ("/" if path.endswith("/") and not named.endswith("/") else "")


_HEAD = """\
# Made by `scraper init`. Relative paths hold from this file.
#   scraper run {file} --check    # what it would do
#   scraper run {file}            # again and again: only what is new or has changed is written
#   scraper run {file} --set fetch.delay=5
# Strike the "# " before a key to use it.

[job]
output = {output}
# fail_under = 0.9                # the exit code is 0 as long as so large a share of the tried targets gave an article
# fail_on_drift = true            # exit code 5 where a host's articles have lost a field, their length or their acceptance
# deadline = "50m"                # then it ends, and what is left waits for the next run
# limit = 100                     # pages; for a trial

"""

_TAIL = """\
[fetch]
contact = {contact}
delay = 2                         # seconds between two requests to one host
{networks}# parallel = 8                    # hosts asked at a time, one request each
# browser = "needed"              # fill in pages that need scripts; needs the extra "browser" and Chromium
# archive_fallback = true         # ask a web archive for what is gone

[filter]
# since = 2026-01-01              # only articles of that day or later
# exclude = ["/video/", "/gallery/"]
# language = ["en"]
# per_host = 500                  # pages

[write]
if_exists = "append"              # each run adds to what is there
# compression = "zst"             # of the parts of a folder; of a file, its name decides
# revisions = "latest"            # keep the newest line of each article alone

[archive]                         # every response as it was sent lies in WARC files beside the output
# keep_days = 90                  # for ever without the key
# enabled = false

[log]
# file = "run.log"
# format = "json"

[report]
# metrics = "/var/lib/node_exporter/textfile/articles.prom"
# ping = "https://hc.example.org/your-uuid"
"""


def draft(file: Path, params: Params) -> str:
    """The text of a job that can be run. Raises ScraperError or click.UsageError where it cannot."""
    folder = file.absolute().parent
    if not os.access(next(one for one in (folder, *folder.parents) if one.exists()), os.W_OK):
        place = Place(file=str(file.absolute()))
        raise OutputError("cannot write: Permission denied", remedy="write the job to another folder", place=place)
    if params["output"] == "-":
        raise click.UsageError("A job that is run again and again writes to a folder or a file, not to standard output.")
    output = _from(folder, params["output"]) if params["output"] else "out/"
    networks = ", ".join(map(_text, params["allow_network"]))
    text = _HEAD.format(file=file, output=_text(output))
    text += "\n".join(_sources(params, folder)) + "\n"
    text += _TAIL.format(contact=_text(params["contact"]), networks=f"allow_networks = [{networks}]\n" if networks else "")
    job = finished_job(tomllib.loads(text), {}, file=file.absolute(), text=text)
    for problem in blocked_by(job):
        raise UsageError(problem)
    return text


def write_job(file: Path, text: str, *, overwrite: bool) -> None:
    """Puts the text at `file`, whole or not at all. Raises OutputError, and click.UsageError for a file that has come in the meantime."""
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise OutputError("cannot write: a path that is not UTF-8", place=Place(file=str(file))) from error
    with told(file):
        file.parent.mkdir(parents=True, exist_ok=True)
    if not write_whole(file, data, replace=overwrite):
        raise click.UsageError(f"{file} is there already; replace it with --overwrite.")
