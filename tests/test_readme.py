"""README.md is in step with the code: its record, commands, tables and Python parse and are complete."""

import ast
import importlib
import json
import re
import shlex
from typing import Any

import click
import pytest

from extractors import Article
from scraper.cli import COMMANDS, cli
from scraper.errors import ExitCode
from tests.readme import CUT, README, printed, record, shortened
from tests.source import ROOT

__all__: list[str] = []

TEXT = README.read_text("utf-8")
SHOWN: dict[str, Any] = json.loads(printed(TEXT))

# What changes with every rule and every training; the rest of the record must be as the program gives it.
MOVING = {"extractor_version", "provenance", "removed"}


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)


COMMAND_LINES = [line for block in _blocks("sh") for line in block.splitlines() if line.strip()]


def _column(heading: str) -> list[str]:
    """The first column of the table with that heading."""
    rows = TEXT[TEXT.index(heading) :].partition("\n\n")[0].splitlines()[2:]
    return [row.split("|")[1] for row in rows]


def test_the_record_has_every_key_in_order() -> None:
    assert list(SHOWN) == list(Article.__slots__)


def test_the_record_is_what_the_program_gives() -> None:
    given = shortened(record(), whole=True)
    for key in given.keys() - MOVING:
        assert SHOWN[key] == given[key], f"{key} has changed: run python -m tests.readme"


def test_what_is_cut_says_so() -> None:
    whole = record()
    assert SHOWN["body"].endswith(CUT)
    assert whole["body"].startswith(SHOWN["body"].removesuffix(CUT))


def test_the_two_commands_stand_on_the_first_screen() -> None:
    first = TEXT.splitlines()[:12]
    assert any("make run" in line for line in first)
    assert any("make test" in line for line in first)
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"(?:`|^    )make (\w+)", TEXT, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"the Makefile has no {target}"


def _examples() -> list[str]:
    """The command lines that the commands' own help gives, cut out of their pipes."""
    epilogs = [cli.epilog, *(command.epilog for name in COMMANDS if (command := cli.get_command(click.Context(cli), name)))]
    lines = [part.strip() for epilog in epilogs for line in (epilog or "").splitlines() for part in line.split(" | ")]
    return [line for line in lines if line.startswith("scraper ")]


@pytest.mark.parametrize("line", dict.fromkeys([*COMMAND_LINES, *_examples()]))
def test_command_lines_parse(line: str) -> None:
    words = shlex.split(re.split(r"\s[<>]\s", line)[0], comments=True)
    assert words[0] == "scraper", line
    context = click.Context(cli)
    command = cli.get_command(context, words[1])
    assert command is not None, f"there is no command {words[1]}"
    given, rest, _ = command.make_parser(click.Context(command)).parse_args(words[2:])
    assert rest == []
    for option in command.params:
        value = given.get(option.name or "")
        if isinstance(option.type, click.Choice) and isinstance(value, str):
            assert value in option.type.choices, f"{line}: {value} is no choice"


def test_every_command_is_shown() -> None:
    assert {line.split()[1] for line in COMMAND_LINES} == set(COMMANDS)


def test_files_that_are_named_exist() -> None:
    for name in re.findall(r"(?:data|tests)/[\w./@-]+[\w]", TEXT):
        assert (ROOT / name).exists(), name


def test_the_table_of_keys_is_complete_and_in_order_of_no_other() -> None:
    named = [key for cell in _column("| key | what it holds |") for key in re.findall(r"`(\w+)`", cell)]
    assert sorted(named) == sorted(Article.__slots__)


def test_the_table_of_exit_codes_is_complete() -> None:
    codes = [int(code) for cell in _column("| exit code | meaning |") for code in cell.split(",")]
    assert codes == sorted(ExitCode)


@pytest.mark.parametrize("block", _blocks("python"))
def test_python_imports_what_is_there(block: str) -> None:
    for node in ast.walk(ast.parse(block)):
        if isinstance(node, ast.ImportFrom):
            module = importlib.import_module(str(node.module))
            assert all(hasattr(module, alias.name) for alias in node.names)
