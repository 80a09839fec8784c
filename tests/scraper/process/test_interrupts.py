"""Bounds of time: what they end, what they leave alone, and how they go with a signal's grace."""

import contextlib
import math
import os
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from scraper.errors import Interrupted
from scraper.process.interrupts import TookTooLong, bounded, handle_signals, requested, uninterrupted

NUMBERS = (signal.SIGINT, signal.SIGTERM, signal.SIGALRM)


@pytest.fixture(autouse=True)
def _signals_as_they_were() -> Iterator[None]:
    before = [signal.getsignal(number) for number in NUMBERS]
    timer = signal.setitimer(signal.ITIMER_REAL, 0)  # that of the test's own limit
    yield
    assert signal.setitimer(signal.ITIMER_REAL, 0) == (0, 0)
    for number, handler in zip(NUMBERS, before, strict=True):
        signal.signal(number, handler)
    signal.setitimer(signal.ITIMER_REAL, *timer)


def loop() -> None:
    while True:
        pass


def deaf_loop() -> None:
    """Swallows all that it may."""
    while True:
        with contextlib.suppress(Exception):
            loop()


def in_a_finalizer() -> None:
    """What is raised in a finalizer is swallowed, and the work goes on."""

    class Thing:
        def __del__(self) -> None:
            with contextlib.suppress(BaseException):
                loop()

    Thing()
    loop()


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("work", [loop, deaf_loop, in_a_finalizer, lambda: re.match(r"(a+)+b", "a" * 60), lambda: time.sleep(30)])
def test_work_ends_at_its_bound(work: Callable[[], object], own: bool) -> None:
    if own:
        handle_signals()
    began = time.monotonic()
    with pytest.raises(TookTooLong, match=r"longer than 0\.2 s"), bounded(0.2):
        work()
    assert 0.2 <= time.monotonic() - began < 2


def test_work_that_ends_in_time_is_left_alone() -> None:
    for seconds in (0.05, math.inf):
        with bounded(seconds):
            pass
    time.sleep(0.1)


def test_another_handler_and_its_timer_are_put_back() -> None:
    heard: list[float] = []
    signal.signal(signal.SIGALRM, lambda _number, _frame: heard.append(time.monotonic()))
    began = time.monotonic()
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    with pytest.raises(TookTooLong), bounded(0.2):
        loop()
    assert not heard
    time.sleep(0.5)
    assert [0.5 <= moment - began < 0.7 for moment in heard] == [True]


def test_in_another_thread_there_is_no_bound() -> None:
    ended: list[bool] = []

    def work() -> None:
        with bounded(0.01):
            time.sleep(0.1)
        ended.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ended == [True]


def stopped(work: Callable[[], object]) -> None:
    """Work that is asked to come to an end when it begins."""
    os.kill(os.getpid(), signal.SIGTERM)
    work()


def test_the_end_of_the_grace_comes_before_a_later_bound() -> None:
    handle_signals()
    with requested(0.2) as request:
        with pytest.raises(Interrupted), bounded(30):
            stopped(loop)
        assert request.signal == signal.SIGTERM


def test_a_bound_comes_before_a_later_end_of_the_grace() -> None:
    handle_signals()
    with requested(0.6):
        with pytest.raises(TookTooLong), bounded(0.2):
            stopped(loop)
        with pytest.raises(Interrupted):
            loop()  # the grace goes on


def test_the_end_of_the_grace_waits_for_a_write() -> None:
    handle_signals()
    written: list[bool] = []

    def write() -> None:
        time.sleep(0.3)
        written.append(True)

    with requested(0.1), pytest.raises(Interrupted), uninterrupted():
        stopped(write)
    assert written == [True]
