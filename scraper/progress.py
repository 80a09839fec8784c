"""What a run shows while it lasts: a bar on a terminal, a plain line now and then elsewhere."""

import logging
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from scraper.records import OutcomeKind
from scraper.summary import Summary

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

__all__ = ["Bar", "PlainLines", "Silence", "Told", "Watch", "choose_watch"]

_log = logging.getLogger(__name__)

Redirect = Callable[[Callable[[str], None] | None], None]

_SECONDS_BETWEEN_LINES = 10.0


class Watch(Protocol):
    """Looks at the totals after each outcome."""

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...

    def look(self, summary: Summary) -> None: ...


class Silence:
    """Shows nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Nothing to end."""

    def look(self, summary: Summary) -> None:
        """Nothing to show."""


class PlainLines(Silence):
    """A line every `seconds` (measured by a clock that is never set back)."""

    def __init__(self, seconds: float = _SECONDS_BETWEEN_LINES) -> None:
        self._seconds = seconds
        self._next = time.monotonic() + seconds

    def look(self, summary: Summary) -> None:
        """Logs the totals if it is time."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + self._seconds
            _log.info("%s", _line(summary))


class Bar(Silence):
    """A bar on stderr; log lines appear above it."""

    def __init__(self, redirect: Redirect) -> None:
        self._redirect = redirect
        self._progress: RichProgress | None = None

    def __enter__(self) -> Self:
        from rich.console import Console  # noqa: PLC0415 - heavy, and needed on terminals only
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

        console = Console(stderr=True)
        self._progress = Progress(BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=console, transient=True)
        self._task = self._progress.add_task("starting", total=None)
        self._redirect(lambda line: console.print(line, markup=False, highlight=False, soft_wrap=True))
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._progress is not None:
            self._progress.stop()
        self._redirect(None)

    def look(self, summary: Summary) -> None:
        """Redraws the bar; rich itself bounds how often."""
        if self._progress is not None:
            self._progress.update(self._task, description=_line(summary), completed=summary.done, total=summary.targets)


class Told(Silence):
    """A watch that tells somebody when it begins: the outputs are open by then, and no other run holds them."""

    def __init__(self, watch: Watch, tell: Callable[[], None]) -> None:
        self._watch, self._tell = watch, tell

    def __enter__(self) -> Self:
        self._tell()
        self._watch.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._watch.__exit__(kind, error, trace)

    def look(self, summary: Summary) -> None:
        """What the other watch does."""
        self._watch.look(summary)


def _line(summary: Summary) -> str:
    failed = summary.total(OutcomeKind.FAILED)
    return f"{summary.done} of {summary.targets} targets so far: {summary.total(OutcomeKind.WRITTEN)} written, {failed} failures"


def choose_watch(redirect: Redirect, *, verbosity: int, records_on_stdout: bool) -> Watch:
    """A bar where stderr is a terminal on which no records appear; nothing when quiet; plain lines otherwise."""
    if verbosity < 0:
        return Silence()
    if sys.stderr.isatty() and not (records_on_stdout and sys.stdout.isatty()):
        return Bar(redirect)
    return PlainLines()
