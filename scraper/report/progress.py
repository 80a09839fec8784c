"""What a run shows while it lasts: a bar on a terminal, a plain line now and then elsewhere."""

import logging
import math
import sys
import time
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from scraper.records import OutcomeKind
from scraper.report.logs import visible
from scraper.report.summary import Summary

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.live import Live

__all__ = ["Bar", "Pace", "PlainLines", "Silence", "Told", "Watch", "choose_watch", "lines_of"]

_log = logging.getLogger(__name__)

Redirect = Callable[[Callable[[str], None] | None], None]

_WINDOW = 60.0  # seconds over which the rate is taken: a page of a slow host, and yet the run as it is now
_LOOKS = 1.0  # seconds between two looks at what the rate is made of
_HOSTS_NAMED = 3


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


class Pace:
    """How fast outcomes come, by a clock that is never set back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._looks: deque[tuple[float, int]] = deque([(clock(), 0)])

    def look(self, done: int) -> None:
        """Take note of how many there are."""
        now = self._clock()
        if now - self._looks[-1][0] >= _LOOKS:
            self._looks.append((now, done))
            while len(self._looks) > 2 and now - self._looks[1][0] > _WINDOW:
                self._looks.popleft()

    def rate(self, done: int) -> float | None:
        """Outcomes a second over the last minute; None where it is too early to say."""
        began, before = self._looks[0]
        seconds = self._clock() - began
        return (done - before) / seconds if seconds >= _LOOKS else None


class PlainLines(Silence):
    """A line every `seconds`; none where that is 0."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._clock = seconds, clock
        self._next = clock() + seconds
        self._pace = Pace(clock)

    def look(self, summary: Summary) -> None:
        """Logs the totals if it is time."""
        self._pace.look(summary.done)
        now = self._clock()
        if self._seconds and now >= self._next:
            self._next = now + self._seconds
            _log.info("%s", "; ".join(lines_of(summary, self._pace)))


class Bar(Silence):
    """Lines on stderr that are drawn anew several times a second, with a bar of what is done; log lines appear above them."""

    def __init__(self, redirect: Redirect) -> None:
        self._redirect = redirect
        self._summary: Summary | None = None
        self._pace = Pace()
        self._live: Live | None = None

    def __enter__(self) -> Self:
        from rich.console import Console  # noqa: PLC0415 - heavy, and needed on terminals only
        from rich.live import Live  # noqa: PLC0415

        console = Console(stderr=True)
        self._redirect(lambda line: console.print(line, markup=False, highlight=False, soft_wrap=True))
        streams = {"redirect_stdout": False, "redirect_stderr": False}  # records may go through standard output
        self._live = Live(console=console, transient=True, get_renderable=self._drawn, refresh_per_second=4, **streams)  # type: ignore[arg-type]
        self._live.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._live is not None:
            self._live.stop()
        self._redirect(None)

    def look(self, summary: Summary) -> None:
        """Takes note; what is seen is drawn by itself."""
        self._summary = summary
        self._pace.look(summary.done)

    def _drawn(self) -> "RenderableType":
        from rich.console import Group  # noqa: PLC0415
        from rich.padding import Padding  # noqa: PLC0415
        from rich.progress_bar import ProgressBar  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415

        summary = self._summary
        lines = ["starting"] if summary is None else lines_of(summary, self._pace)
        total, done = (summary.targets, summary.done) if summary else (0, 0)
        bar = ProgressBar(total=total or None, completed=done, pulse=not total, width=40)
        # The bar ends no line of its own; padded by nothing, it does.
        return Group(Padding(bar, 0), *(Text(visible(line), no_wrap=True, overflow="ellipsis") for line in lines))


def lines_of(summary: Summary, pace: Pace) -> list[str]:
    """What is done and what became of it, how fast and how long, who is waited for or left alone, and why."""
    counts = ", ".join(f"{summary.total(kind):,} {kind}" for kind in _SHOWN if kind in _ALWAYS or summary.total(kind))
    lines = [f"{summary.done:,} of {summary.targets:,} targets so far: {counts}"]
    rate = pace.rate(summary.done)
    if rate is not None:
        left = summary.total(OutcomeKind.PENDING)
        time_left = f", {_span(left / rate)} left for what is known" if rate and left else ""
        lines.append(f"{_per(rate)}{time_left}")
    found = summary.waits()
    for words, waited in (("waiting for", True), ("nothing is asked of", False)):
        waits = [wait for wait in found if wait.waited is waited]
        if waits:
            named = ", ".join(f"{wait.host} for {_span(wait.seconds)}: {wait.reason}" for wait in waits[:_HOSTS_NAMED])
            more = f", and {len(waits) - _HOSTS_NAMED:,} more hosts" if len(waits) > _HOSTS_NAMED else ""
            lines.append(f"{words} {named}{more}")
    return lines


_ALWAYS = (OutcomeKind.WRITTEN, OutcomeKind.UNCHANGED, OutcomeKind.FAILED)
_SHOWN = (*_ALWAYS, OutcomeKind.DUPLICATE, OutcomeKind.SKIPPED)


def _per(rate: float) -> str:
    return f"{rate:.1f} a second" if rate >= 1 else f"{60 * rate:.0f} a minute"


def _span(seconds: float) -> str:
    """A time in its two largest units, as "2 h 5 min"."""
    whole = math.ceil(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, hours = whole // 60, whole // 3600
    return f"{minutes} min" if hours == 0 else f"{hours} h {minutes % 60} min"


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


def choose_watch(redirect: Redirect, *, verbosity: int, records_on_stdout: bool, seconds: float) -> Watch:
    """A bar where stderr is a terminal on which no records appear; nothing when quiet; plain lines, `seconds` apart, otherwise."""
    if verbosity < 0:
        return Silence()
    if sys.stderr.isatty() and not (records_on_stdout and sys.stdout.isatty()):
        return Bar(redirect)
    return PlainLines(seconds)
