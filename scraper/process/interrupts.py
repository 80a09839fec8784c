"""SIGINT and SIGTERM ask a run to come to an end, and become Interrupted if it does not, but never in the middle of a write; bounds."""

import logging
import math
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from scraper.errors import Interrupted

__all__ = ["Request", "TookTooLong", "bounded", "handle_signals", "requested", "uninterrupted"]

_log = logging.getLogger(__name__)

_AGAIN = 0.5  # seconds after which work that swallowed its end is ended again, as a finalizer does with whatever is raised in it


class TookTooLong(Exception):
    """Work was ended at its bound."""


class _Overrun(BaseException):
    """The bound is reached. No Exception, so that nothing within the work catches it by the way."""


class Request:
    """Whether a signal has asked to come to an end: its number."""

    def __init__(self, grace: float) -> None:
        self.grace = grace
        self.signal: int | None = None
        self.end: float | None = None  # monotonic seconds

    def note(self, number: int) -> None:
        """From here on the time runs."""
        self.signal = number
        _log.warning("stopping: what is in flight has %g s to end; ask again to leave at once", self.grace)
        self.end = time.monotonic() + self.grace
        _arm()


class _State:
    """Signals belong to the process, and so does this."""

    depth = 0
    waiting: int | None = None
    request: Request | None = None
    bound: float | None = None  # monotonic seconds at which what is bounded is ended


def handle_signals() -> None:
    """From here on both signals raise Interrupted in the main thread. To be called from there."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _on_signal)
    signal.signal(signal.SIGALRM, _on_alarm)  # the end of the grace, or of a bound


@contextmanager
def requested(grace: float) -> Iterator[Request]:
    """A first signal inside is noted; it raises Interrupted only after `grace` seconds, and a second signal does so at once."""
    before, _State.request = _State.request, Request(grace)
    try:
        yield _State.request
    finally:
        noted = _State.request.signal is not None
        _State.request = before
        if noted:
            _arm()


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """What is done inside ends after so many seconds, and becomes TookTooLong; nothing but pure work belongs here.

    It ends between two steps of the interpreter, and within a regular expression; a single call into other compiled code, such as the
    parsing of a page, is waited for. Outside the main thread, without SIGALRM, or where the handler in its place is none of Python's, no
    bound is possible, and none is set; nor is one for an infinite number.
    """
    if seconds == math.inf or not _may_bound():
        yield
        return
    with _own_alarm():
        try:
            _State.bound = time.monotonic() + seconds
            _arm()
            yield
        except _Overrun:
            raise TookTooLong(f"it took longer than {seconds:g} s") from None
        finally:
            _State.bound = None
            _arm()


def _may_bound() -> bool:
    here = threading.current_thread() is threading.main_thread()
    return here and hasattr(signal, "setitimer") and signal.getsignal(signal.SIGALRM) is not None


@contextmanager
def _own_alarm() -> Iterator[None]:
    """SIGALRM is this module's inside; another's handler and timer are put back behind it."""
    before = signal.getsignal(signal.SIGALRM)
    if before is _on_alarm:
        yield
        return
    began = time.monotonic()
    left, interval = signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, _on_alarm)
    try:
        yield
    finally:
        _State.bound = None
        signal.signal(signal.SIGALRM, before)
        if left:
            signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - began), 0.001), interval)


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
    else:
        _interrupt(number)


def _on_alarm(_number: int, _frame: FrameType | None) -> None:
    now, request = time.monotonic(), _State.request
    if request is not None and request.signal is not None and request.end is not None and now >= request.end:
        request.end = None
        _arm()
        _interrupt(request.signal)
    elif _State.bound is not None and now >= _State.bound:
        _State.bound = now + _AGAIN
        _arm()
        raise _Overrun
    else:
        _arm()


def _arm() -> None:
    """The timer goes off at the end of the grace or of the bound, whichever is first; at neither, not at all."""
    grace = _State.request.end if _State.request is not None else None
    moments = [moment for moment in (grace, _State.bound) if moment is not None]
    signal.setitimer(signal.ITIMER_REAL, max(min(moments) - time.monotonic(), 0.001) if moments else 0)


def _interrupt(number: int) -> None:
    if _State.depth and _State.waiting is None:
        _State.waiting = number
        return
    _State.waiting = None
    raise Interrupted(number)
