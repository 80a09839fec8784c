"""Log lines on stderr, in which nothing from outside can act on a terminal or feign a line of its own."""

import logging
import re
import sys
from collections.abc import Callable

__all__ = ["start_logging", "visible"]

# C0 and C1 controls, DEL, the line ends of Unicode, marks and overrides of writing direction, lone surrogates.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


def visible(text: str) -> str:
    """`text` with each control character written as its escape, as in `\\x1b`."""
    return _UNSAFE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


class _Lines(logging.Formatter):
    """Level and message, without the level for INFO and for a record marked `bare`; a traceback line by line below."""

    def format(self, record: logging.LogRecord) -> str:
        level = "" if record.levelno == logging.INFO or getattr(record, "bare", False) else f"{record.levelname.lower()}: "
        lines = [level + record.getMessage()]
        if record.exc_info:
            lines += self.formatException(record.exc_info).splitlines()
        return "\n".join(visible(line) for line in lines)


class _Screen(logging.Handler):
    """Hands each line to `show`, which a progress bar may replace while it is on the screen."""

    def __init__(self, show: Callable[[str], None]) -> None:
        super().__init__()
        self.show = show
        self.setFormatter(_Lines())

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self.show(self.format(record))
        except OSError:  # stderr is closed; there is nobody left to tell
            self.show = lambda _line: None


def _to_stderr(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def start_logging(verbosity: int) -> Callable[[Callable[[str], None] | None], None]:
    """Shows warnings at -1 (quiet), the run's own lines at 0, each document at 1, libraries too at 2.

    Gives a function that sends the lines elsewhere, and with None back to stderr.
    """
    screen = _Screen(_to_stderr)
    root = logging.getLogger()
    root.handlers[:] = [screen]
    root.setLevel(logging.DEBUG if verbosity > 1 else logging.WARNING)
    levels = {-1: logging.WARNING, 0: logging.INFO}
    logging.getLogger("scraper").setLevel(levels.get(verbosity, logging.DEBUG))

    def redirect(show: Callable[[str], None] | None) -> None:
        screen.show = show or _to_stderr

    return redirect
