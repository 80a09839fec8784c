"""SIGINT and SIGTERM become Interrupted, but never in the middle of a write."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from scraper.errors import Interrupted

__all__ = ["handle_signals", "uninterrupted"]


class _State:
    """Signals belong to the process, and so does this."""

    depth = 0
    waiting: int | None = None


def handle_signals() -> None:
    """From here on both signals raise Interrupted in the main thread. To be called from there."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _on_signal)


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
    if _State.depth and _State.waiting is None:
        _State.waiting = number
        return
    _State.waiting = None
    raise Interrupted(number)
