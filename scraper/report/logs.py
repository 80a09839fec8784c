"""Log lines on stderr and in a file, in which nothing from outside can act on a terminal or feign a line of its own."""

import json
import logging
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from scraper.job.keys import LogFormat, LogSection

__all__ = ["keep_log", "start_logging", "visible"]

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


class _DatedLines(_Lines):
    """The same behind its moment, for a file that is read later. RFC 3339, UTC."""

    def format(self, record: logging.LogRecord) -> str:
        return f"{_moment(record)} {super().format(record)}"


class _Objects(logging.Formatter):
    """One JSON object a line: time (RFC 3339, UTC), level, logger, message, run_id, and where there is one the traceback.

    The figures of a run's end stand in place of their message.
    """

    def __init__(self, run_id: str | None) -> None:
        super().__init__()
        self._run_id = run_id

    def format(self, record: logging.LogRecord) -> str:
        entry = {"time": _moment(record), "level": record.levelname.lower(), "logger": record.name}
        entry |= getattr(record, "figures", None) or {"message": record.getMessage(), "run_id": self._run_id}
        entry |= {"traceback": self.formatException(record.exc_info)} if record.exc_info else {}
        return json.dumps(entry)


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


class _Screen(logging.Handler):
    """Hands each line to `show`, which a progress bar may replace while it is on the screen. A terminal gets no lines for programs."""

    def __init__(self, show: Callable[[str], None]) -> None:
        super().__init__()
        self.show = show
        self.setFormatter(_Lines())

    def emit(self, record: logging.LogRecord) -> None:
        if hasattr(record, "figures") and sys.stderr.isatty():
            return
        try:
            self.show(self.format(record))
        except OSError:  # stderr is closed; there is nobody left to tell
            self.show = lambda _line: None


class _LogFile(logging.Handler):
    """Lines appended to a file that is opened for each, so that neither its rotation nor another process leads a line astray.

    A file that takes no line is spoken of once, on stderr; the run goes on.
    """

    def __init__(self, path: Path, *, rotate: int, keep: int) -> None:
        super().__init__()
        self._path, self._rotate, self._keep = path, rotate, keep
        self._refused = False

    def emit(self, record: logging.LogRecord) -> None:
        data = (self.format(record) + "\n").encode("utf-8", "backslashreplace")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if self._path.exists() and self._path.stat().st_size + len(data) > self._rotate:
                self._turn_over()
            with self._path.open("ab", buffering=0) as file:
                file.write(data)
        except OSError as error:
            if not self._refused:
                self._refused = True
                _to_stderr(f"warning: {visible(str(self._path))}: cannot write the log: {error.strerror}; the run goes on without it")

    def _turn_over(self) -> None:
        """FILE.4 becomes FILE.5, and so on down to FILE, which becomes FILE.1."""
        names = [self._path, *(self._path.with_name(f"{self._path.name}.{number}") for number in range(1, self._keep + 1))]
        for older, newer in zip(names[:0:-1], names[-2::-1], strict=True):
            if newer.exists():
                newer.replace(older)


_NOTHING = logging.CRITICAL + 1


def _to_stderr(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def start_logging(verbosity: int) -> Callable[[Callable[[str], None] | None], None]:
    """Shows warnings at -1 (quiet), the run's own lines at 0, each document at 1, libraries at 2 alone.

    Gives a function that sends the lines elsewhere, and with None back to stderr.
    """
    screen = _Screen(_to_stderr)
    levels = {-1: logging.WARNING, 0: logging.INFO}
    screen.setLevel(levels.get(verbosity, logging.DEBUG))
    root = logging.getLogger()
    root.handlers[:] = [screen]
    root.setLevel(logging.DEBUG if verbosity > 1 else _NOTHING)  # a library's line names no page: nobody could do anything about it
    logging.getLogger("scraper").setLevel(screen.level)

    def redirect(show: Callable[[str], None] | None) -> None:
        screen.show = show or _to_stderr

    return redirect


def keep_log(section: LogSection, *, run_id: str | None) -> None:
    """After `start_logging`: the lines in the file of [log] too, at its own level; in its format on stderr, unless that is a terminal."""
    root, own = logging.getLogger(), logging.getLogger("scraper")
    if section.format is LogFormat.JSON and not sys.stderr.isatty():
        for handler in root.handlers:
            handler.setFormatter(_Objects(run_id))
    if section.file is None:
        return
    kept = _LogFile(section.file, rotate=section.rotate, keep=section.keep)
    kept.setFormatter(_Objects(run_id) if section.format is LogFormat.JSON else _DatedLines())
    kept.setLevel(section.level.upper())
    root.addHandler(kept)
    own.setLevel(min(own.level, kept.level))
