"""The options that commands share, and the job keys that they set."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import reduce
from pathlib import Path
from typing import Any, TypeVar

import click

__all__ = [
    "crawl_options",
    "existing",
    "existing_options",
    "extract_options",
    "fetch_options",
    "filter_options",
    "job_settings",
    "output_options",
]

Command = TypeVar("Command", bound=Callable[..., Any])
Decorator = Callable[[Command], Command]

_FILE = click.Path(dir_okay=False, allow_dash=True)
_OUTPUT = click.Path(allow_dash=True)
_DAY = click.DateTime(formats=["%Y-%m-%d"])

# The key of the job that each parameter sets. A parameter that was not given sets nothing.
_KEYS = {
    "output": "job.output",
    "failures": "job.failures",
    "limit": "job.limit",
    "form": "write.format",
    "parallel": "fetch.parallel",
    "delay": "fetch.delay",
    "timeout": "fetch.timeout",
    "contact": "fetch.contact",
    "state": "job.state",
    "deadline": "job.deadline",
    "fail_on_drift": "job.fail_on_drift",
    "retry_failed": "job.retry_failed",
    "archive_fallback": "fetch.archive_fallback",
    "per_host": "filter.per_host",
    "browser": "fetch.browser",
    "allow_network": "fetch.allow_networks",
    "body_engine": "extract.body_engine",
    "blocks": "extract.blocks",
    "markdown": "extract.markdown",
    "captions": "extract.captions",
    "profiles": "extract.profiles",
    "rules": "extract.rules",
    "weights": "extract.weights",
    "include": "filter.include",
    "exclude": "filter.exclude",
    "since": "filter.since",
    "until": "filter.until",
    "language": "filter.language",
}
_PATHS = frozenset(
    {"output", "failures", "profiles", "rules", "state", "weights"}
)  # from the command line they hold from the working directory


def _together(*options: Decorator[Any]) -> Decorator[Any]:
    return lambda command: reduce(lambda wrapped, option: option(wrapped), reversed(options), command)


existing_options = _together(
    click.option("--append", is_flag=True, help="Add to an output that is there."),
    click.option("--overwrite", is_flag=True, help="Replace an output that is there."),
)

output_options = _together(
    click.option(
        "-o", "--output", type=_OUTPUT, metavar="FILE", help='Write records to FILE, or to parts in FOLDER/; "-" is standard output.'
    ),
    existing_options,
    click.option("--failures", type=_FILE, metavar="FILE", help="Write failures to FILE (default: beside the output)."),
    click.option("--format", "form", type=click.Choice(["jsonl", "md", "txt"]), help="JSON lines (default), Markdown or plain text."),
    click.option("-v", "--verbose", count=True, help="One line for each document; -vv: libraries too."),
    click.option("-q", "--quiet", is_flag=True, help="Warnings and errors only."),
)

fetch_options = _together(
    click.option("--parallel", type=click.IntRange(min=1), metavar="N", help="Hosts asked at a time, one request each (default 8)."),
    click.option("--delay", type=click.FloatRange(min=0), metavar="SECONDS", help="Time between two requests to one host."),
    click.option("--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", help="Time for a whole exchange."),
    click.option("--contact", metavar="ADDRESS", help="Mail address or page of who asks, sent with each request."),
    click.option("--allow-network", multiple=True, metavar="CIDR", help="A private network that may be asked, such as 10.0.0.0/8."),
)

crawl_options = _together(
    click.option("--per-host", type=click.IntRange(min=1), metavar="N", help="At most N pages of each host."),
    click.option("--browser", flag_value="needed", default=None, help="Fill in pages that need scripts with Chromium (extra: browser)."),
    click.option("--state", type=_FILE, metavar="FILE", help="Remember there what was done, so that the next run goes on with it."),
    click.option("--deadline", metavar="TIME", help="End after TIME (seconds, or like 50m, 2h); what is left is the next run's."),
    click.option(
        "--retry-failed",
        is_flag=False,
        flag_value="all",
        metavar="[KIND]",
        help="Ask again for what failed before, or failed so (timeout, http_4xx, ...).",
    ),
    click.option("--fail-on-drift", is_flag=True, default=None, help="Exit code 5 where a host's articles have collapsed."),
    click.option("--archive-fallback", is_flag=True, default=None, help="Ask a web archive for pages that are gone."),
)

extract_options = _together(
    click.option("--body-engine", type=click.Choice(["model", "trafilatura"]), help="What chooses the body (default: model)."),
    click.option("--blocks", is_flag=True, default=None, help="Give the body's blocks too."),
    click.option("--markdown", is_flag=True, default=None, help="Give the body as Markdown."),
    click.option("--captions", is_flag=True, default=None, help="Keep captions in the body."),
    click.option(
        "--rules",
        multiple=True,
        type=click.Path(exists=True, file_okay=False),
        metavar="DIR",
        help="Boilerplate rules besides the packaged ones; may be repeated.",
    ),
    click.option(
        "--profiles",
        multiple=True,
        type=click.Path(exists=True, file_okay=False),
        metavar="DIR",
        help="Site profiles asked before the packaged ones; may be repeated.",
    ),
    click.option("--no-profiles", is_flag=True, help="Read every page by the general rules alone."),
    click.option("--weights", type=_FILE, metavar="FILE", help="Weights made by `scraper train` in place of the packaged ones."),
)

filter_options = _together(
    click.option("--include", multiple=True, metavar="REGEX", help="Only addresses in which REGEX is found; may be repeated."),
    click.option("--exclude", multiple=True, metavar="REGEX", help="No address in which REGEX is found; may be repeated."),
    click.option("--since", type=_DAY, metavar="DAY", help="Only articles of that day or later (YYYY-MM-DD); undated ones are left out."),
    click.option("--until", type=_DAY, metavar="DAY", help="Only articles of that day or earlier; undated ones are left out."),
    click.option("--language", multiple=True, metavar="TAG", help="Only articles in that language (en holds for en-GB); may be repeated."),
    click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Stop after N pages."),
)


def job_settings(params: Mapping[str, Any]) -> dict[str, tuple[str, Any]]:
    """Job keys that the given parameters mean: for each its flag and its value."""
    settings = {key: (_flag(name), _plain(name, params[name])) for name, key in _KEYS.items() if params.get(name) not in (None, ())}
    if params.get("no_profiles"):
        if params.get("profiles"):
            raise click.UsageError("--profiles and --no-profiles do not go together.")
        settings["extract.profiles"] = "--no-profiles", []
    if_exists = existing(params)
    if if_exists is not None:
        settings["write.if_exists"] = f"--{if_exists}", if_exists
    return settings


def existing(params: Mapping[str, Any]) -> str | None:
    """What is to become of an output that is there: "append", "overwrite", or None where neither flag says. Both are refused."""
    given = [name for name in ("append", "overwrite") if params.get(name)]
    if len(given) > 1:
        raise click.UsageError("--append and --overwrite contradict each other.")
    return given[0] if given else None


def _flag(name: str) -> str:
    """The flag of a parameter."""
    return "--format" if name == "form" else f"--{name.replace('_', '-')}"


def _plain(name: str, value: Any) -> Any:
    """The value as a job file would hold it."""
    if isinstance(value, tuple):
        return [_plain(name, item) for item in value]
    if isinstance(value, datetime):
        return value.date()
    if name not in _PATHS or value == "-":
        return value
    return str(Path(value).absolute()) + ("/" if value.endswith("/") else "")
