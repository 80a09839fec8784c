"""SIGINT and SIGTERM ask a run to come to an end, and become Interrupted if it does not, but never in the middle of a write."""

import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from scraper.errors import Interrupted

__all__ = ["Request", "handle_signals", "requested", "uninterrupted"]

_log = logging.getLogger(__name__)


class Request:
    """Whether a signal has asked to come to an end: its number."""

    def __init__(self, grace: float) -> None:
        self.grace = grace
        self.signal: int | None = None

    def note(self, number: int) -> None:
        """From here on the time runs."""
        self.signal = number
        _log.warning("stopping: what is in flight has %g s to end; ask again to leave at once", self.grace)
        signal.setitimer(signal.ITIMER_REAL, max(self.grace, 0.001))


class _State:
    """Signals belong to the process, and so does this."""

    depth = 0
    waiting: int | None = None
    request: Request | None = None


def handle_signals() -> None:
    """From here on both signals raise Interrupted in the main thread. To be called from there."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM):  # the last is the end of the grace
        signal.signal(number, _on_signal)


@contextmanager
def requested(grace: float) -> Iterator[Request]:
    """A first signal inside is noted; it raises Interrupted only after `grace` seconds, and a second signal does so at once."""
    before, _State.request = _State.request, Request(grace)
    try:
        yield _State.request
    finally:
        if _State.request.signal is not None:
            signal.setitimer(signal.ITIMER_REAL, 0)
        _State.request = before


@contextmanager
def uninterrupted() -> Iterator[None]:
    """A first signal inside waits for the end of the block; a second one does not wait."""
    _State.depth += 1
    try:
        yield
    finally:
        _State.depth -= 1
        if _State.waiting is not None and _State.depth == 0:
            number, _State.waiting = _State.waiting, None
            raise Interrupted(number)


def _on_signal(number: int, _frame: FrameType | None) -> None:
    if _State.request is not None and _State.request.signal is None:
        _State.request.note(number)
        return
    if number == signal.SIGALRM and _State.request is not None:
        number = _State.request.signal or number
    if _State.depth and _State.waiting is None:
        _State.waiting = number
        return
    _State.waiting = None
    raise Interrupted(number)
