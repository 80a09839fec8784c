"""Pace: delays, slots, parks and breakers on a clock of numbers."""

import pytest

from scraper.fetchers.pace import BREAKS_AFTER, FIRST_BREAK, LONGEST_ADAPTIVE, LONGEST_BREAK, RAREST_LOOK, SLOT_LOOK, Pace, Report

GOOD = Report(latency=0.1, good=True)
HOST, ADDRESS = "example.org", "192.0.2.1"


def _ask(pace: Pace, now: float, report: Report = GOOD, host: str = HOST) -> None:
    pace.begin(host, ADDRESS)
    pace.end(host, ADDRESS, now=now, report=report)


def test_a_new_host_may_be_asked_at_once() -> None:
    assert Pace(delay=1).wait(HOST, ADDRESS, 0.0) == 0


def test_the_delay_counts_from_the_end_of_an_answer() -> None:
    pace = Pace(delay=1)
    _ask(pace, 5.0)
    assert pace.wait(HOST, ADDRESS, 5.25) == pytest.approx(0.75)
    assert pace.wait(HOST, ADDRESS, 6.0) == 0
    assert pace.wait("other.example", ADDRESS, 5.25) == 0


def test_one_request_in_flight_for_a_host() -> None:
    pace = Pace(delay=0)
    pace.begin(HOST, ADDRESS)
    assert pace.wait(HOST, "192.0.2.9", 0.0) == SLOT_LOOK
    pace.end(HOST, ADDRESS, now=1.0, report=GOOD)
    assert pace.wait(HOST, ADDRESS, 1.0) == 0


def test_four_in_flight_for_an_address() -> None:
    pace = Pace(delay=0)
    for number in range(4):
        assert pace.wait(f"{number}.example", ADDRESS, 0.0) == 0
        pace.begin(f"{number}.example", ADDRESS)
    assert pace.wait("5.example", ADDRESS, 0.0) == SLOT_LOOK
    assert pace.wait("5.example", "192.0.2.2", 0.0) == 0
    pace.end("0.example", ADDRESS, now=1.0, report=GOOD)
    assert pace.wait("5.example", ADDRESS, 1.0) == 0


def test_many_hosts_at_one_address_look_for_a_slot_more_rarely() -> None:
    pace = Pace(delay=0)
    for number in range(4):
        pace.begin(f"{number}.example", ADDRESS)
    waits = [pace.wait(f"{number}.example", ADDRESS, 0.0) for number in range(4, 1000)]
    assert waits[:4] == [SLOT_LOOK] * 4
    assert waits[39] == pytest.approx(10 * SLOT_LOOK)
    assert waits[-1] == RAREST_LOOK
    for number in range(4):
        pace.end(f"{number}.example", ADDRESS, now=1.0, report=GOOD)
    for number in range(4, 1000):
        assert pace.wait(f"{number}.example", ADDRESS, 1.0) == 0
        pace.begin(f"{number}.example", ADDRESS)
        pace.end(f"{number}.example", ADDRESS, now=1.0, report=GOOD)


def test_the_greatest_delay_holds() -> None:
    pace = Pace(delay=2)
    pace.ask_slowly(HOST, 1.0)
    assert pace.delay(HOST) == 2
    pace.ask_slowly(HOST, 9.0)
    assert pace.delay(HOST) == 9
    _ask(pace, 0.0, Report(latency=30.0, good=True))
    assert pace.delay(HOST) == 30


def test_the_adaptive_delay_never_falls_under_the_latency_and_sinks_halfway() -> None:
    pace = Pace(delay=0.1)
    _ask(pace, 0.0, Report(latency=8.0, good=True))
    _ask(pace, 1.0, Report(latency=2.0, good=True))
    assert pace.delay(HOST) == 5
    _ask(pace, 2.0, Report(latency=20.0, good=True))
    assert pace.delay(HOST) == 20
    _ask(pace, 3.0, Report(latency=1e6, good=True))
    assert pace.delay(HOST) == LONGEST_ADAPTIVE


def test_a_bad_answer_never_lowers_the_delay() -> None:
    pace = Pace(delay=0.1)
    _ask(pace, 0.0, Report(latency=8.0, good=True))
    _ask(pace, 1.0, Report(latency=0.01, good=False))
    assert pace.delay(HOST) == 8
    _ask(pace, 2.0, Report(latency=None, good=False))
    assert pace.delay(HOST) == 8


def test_no_delay_means_none() -> None:
    pace = Pace(delay=0)
    _ask(pace, 0.0, Report(latency=8.0, good=True))
    assert pace.delay(HOST) == 0


def test_a_park_grows_and_never_shrinks() -> None:
    pace = Pace(delay=1)
    pace.park(HOST, 100.0)
    pace.park(HOST, 50.0)
    assert pace.parked(HOST, 40.0) == 60
    assert pace.wait(HOST, ADDRESS, 40.0) == 60
    assert pace.parked(HOST, 200.0) == 0


def test_the_breaker_opens_doubles_and_closes() -> None:
    pace = Pace(delay=0)
    for _ in range(BREAKS_AFTER - 1):
        pace.settle(HOST, 0.0, healthy=False)
    assert pace.broken(HOST, 0.0) == 0
    pace.settle(HOST, 0.0, healthy=False)
    assert pace.broken(HOST, 0.0) == FIRST_BREAK
    assert pace.broken(HOST, FIRST_BREAK) == 0
    pace.settle(HOST, 100.0, healthy=False)
    assert pace.broken(HOST, 100.0) == 2 * FIRST_BREAK
    for step in range(20):
        pace.settle(HOST, 1000.0 * step, healthy=False)
    assert pace.broken(HOST, 19_000.0) == LONGEST_BREAK
    pace.settle(HOST, 50_000.0, healthy=True)
    pace.settle(HOST, 50_001.0, healthy=False)
    assert pace.broken(HOST, 50_001.0) == 0


def test_a_success_in_between_keeps_the_breaker_closed() -> None:
    pace = Pace(delay=0)
    for number in range(5 * BREAKS_AFTER):
        pace.settle(HOST, 0.0, healthy=number % 3 == 0)
    assert pace.broken(HOST, 0.0) == 0
