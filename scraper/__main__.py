"""The process: signals, errors and exit codes around the command line."""

import contextlib
import gc
import sys
from collections.abc import Sequence

import click

from scraper.cli import cli
from scraper.errors import Defect, ExitCode, Interrupted, ScraperError
from scraper.process.openfiles import allow_open_files
from scraper.process.streams import prepare_streams, silence_stdout

__all__ = ["main", "run_command"]

# Objects that a page makes before the cycle collector looks for cycles among them: a page makes some thousands and leaves none in cycles.
# Python's own 700 cost a twentieth of the time of `scraper extract` on 500 saved pages, and memory is the same.
_BETWEEN_COLLECTIONS = (20_000, 20, 20)


def main() -> None:
    """Runs the command line and ends the process with its exit code."""
    gc.set_threshold(*_BETWEEN_COLLECTIONS)
    prepare_streams()
    allow_open_files()
    code = run_command(sys.argv[1:])
    try:
        sys.stdout.flush()
    except ScraperError as error:
        if code < error.exit_code:
            _say(f"error: {error}")
        code = max(code, error.exit_code)
        silence_stdout()
    except (OSError, ValueError):  # a reader that has gone is told of where records are written
        silence_stdout()
    sys.exit(code)


def run_command(arguments: Sequence[str]) -> int:
    """The exit code of one command line. What a user can cause is one line on stderr, never a traceback."""
    from scraper.process.interrupts import handle_signals  # noqa: PLC0415 - beside its use

    try:
        handle_signals()
        return int(cli.main(list(arguments), prog_name="scraper", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except Interrupted as error:
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        silence_stdout()
        return ExitCode.SOME_FAILED
    except Exception as error:  # noqa: BLE001 - what nobody foresaw is told in a line too
        known = error if isinstance(error, ScraperError) else _unforeseen(error)
        _say(f"error: {known}")
        return known.exit_code


def _unforeseen(error: Exception) -> Defect:
    from scraper.defects import defect  # noqa: PLC0415 - only where there is one

    return Defect(defect(error))


def _say(line: str) -> None:
    from scraper.report.logs import visible  # noqa: PLC0415 - only where there is something to say

    with contextlib.suppress(OSError):
        sys.stderr.write(f"scraper: {visible(line)}\n")


if __name__ == "__main__":
    main()
