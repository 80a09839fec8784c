"""The command line's front door: names and one line each; a command's module is loaded when it is called."""

import importlib
from collections.abc import Mapping
from types import MappingProxyType

import click

__all__ = ["COMMANDS", "cli"]

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "get": "Fetch article pages and write one record each.",
        "extract": "Extract articles from saved pages, without the network.",
        "run": "Run a job file.",
        "init": "Write a job file, by asking or from flags.",
        "status": "Show the last runs of a job, what waits, and who holds its files.",
        "evaluate": "Score the extractor on gold pages.",
        "train": "Learn the body model from gold pages.",
        "discover": "Show the feeds, sitemaps and sections of a site.",
        "prune": "Report or cut paragraphs that recur over a host's articles.",
        "report": "Show what a dataset holds, in figures.",
        "export": "Write a dataset as a table for a spreadsheet.",
        "validate": "Check each line of a dataset against the schema.",
        "diff": "Show what changed between two extractions.",
        "forget": "Take an address or a host out of a job's dataset, archive and state.",
        "repair": "Make a job's state anew, from its dataset and archive.",
        "explain": "Show why a page gave what it gave.",
        "rules": "Test the profiles of sites on their own pages and on saved ones.",
        "schema": "Print the JSON Schema of a record.",
    }
)

_EPILOG = """\b
Examples:
  scraper get https://example.org/news/1 --contact you@example.org
  scraper get -i urls.txt -o out.jsonl
  scraper extract saved-pages/ -o out.jsonl
  scraper run job.toml

Records go to standard output, messages to standard error. Exit codes: 0 all well, 1 some targets failed or are pending, 2 usage or
job file, 3 every target failed, 4 another run holds the lock, 5 drift alarm, 6 disk or state, 70 a defect of this program,
130 and 143 interrupted.
"""


class _LazyGroup(click.Group):
    """A group whose commands are listed from COMMANDS and loaded on demand."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"scraper.commands.{name}").command
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_LazyGroup, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="article-scraper", prog_name="scraper")
def cli() -> None:
    """Article pages in, a clean dataset out: title, byline, date, taxonomy and body, one JSON object a line."""
