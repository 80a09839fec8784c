"""Lanes: side by side, one at a time in each, lazy, bounded, in order where that is cheap."""

import threading
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from scraper.engines import local
from scraper.engines.local import Done, Later, run_in_lanes
from scraper.engines.order import in_order


class Site:
    """Work that takes `seconds` and notes how many are in flight."""

    def __init__(self, seconds: float = 0.005) -> None:
        self.seconds = seconds
        self.lock = threading.Lock()
        self.in_flight: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.most_in_all = 0
        self.order: list[str] = []

    def __call__(self, item: str) -> str:
        lane = item[0]
        with self.lock:
            self.order.append(item)
            self.in_flight[lane] += 1
            self.most[lane] = max(self.most[lane], self.in_flight[lane])
            self.most_in_all = max(self.most_in_all, self.in_flight.total())
        time.sleep(self.seconds)
        with self.lock:
            self.in_flight[lane] -= 1
        return item.upper()


def first_letter(item: str) -> str:
    return item[0]


def test_one_in_flight_in_a_lane_and_lanes_side_by_side() -> None:
    site = Site()
    items = [f"{lane}{number}" for number in range(10) for lane in "abcd"]
    done = list(run_in_lanes(items, site, lane_of=first_letter, parallel=3))
    assert sorted(one.result for one in done) == sorted(item.upper() for item in items)
    assert sorted(one.index for one in done) == list(range(40))
    assert set(site.most.values()) == {1}
    assert site.most_in_all == 3


def test_a_lane_keeps_its_order() -> None:
    site = Site(0)
    items = [f"{lane}{number:02}" for number in range(20) for lane in "ab"]
    list(run_in_lanes(items, site, lane_of=first_letter, parallel=2))
    for lane in "ab":
        assert [item for item in site.order if item[0] == lane] == [item for item in items if item[0] == lane]


def test_a_list_sorted_by_host_still_uses_all_hosts() -> None:
    site = Site()
    items = [f"{lane}{number}" for lane in "abcd" for number in range(10)]
    list(run_in_lanes(items, site, lane_of=first_letter, parallel=4))
    assert site.most_in_all == 4


def test_items_without_a_lane_are_not_kept_waiting() -> None:
    done = list(run_in_lanes(range(100), lambda item: item * 2, lane_of=lambda _item: None, parallel=2))
    assert [one.result for one in done] == [item * 2 for item in range(100)]


def test_the_source_is_read_only_as_far_as_results_are_taken() -> None:
    taken: list[int] = []

    def source() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    results = run_in_lanes(source(), lambda item: item, lane_of=lambda _item: None, parallel=2)
    next(results)
    time.sleep(0.1)
    assert len(taken) < 20
    results.close()


def test_a_slow_source_holds_up_no_result() -> None:
    gate = threading.Event()

    def source() -> Iterator[str]:
        yield "a1"
        gate.wait(20)
        yield "b1"

    results = run_in_lanes(source(), Site(0), lane_of=first_letter, parallel=2)
    assert next(results).result == "A1"  # before the source has said more
    gate.set()
    assert next(results).result == "B1"


def test_an_error_of_the_source_comes_after_what_was_begun() -> None:
    def source() -> Iterator[str]:
        yield "a1"
        yield "b1"
        raise ValueError("line 3")

    results = run_in_lanes(source(), Site(), lane_of=first_letter, parallel=2)
    assert sorted([next(results).result, next(results).result]) == ["A1", "B1"]
    with pytest.raises(ValueError, match="line 3"):
        next(results)


def test_an_error_of_the_work_ends_it() -> None:
    def work(item: str) -> str:
        if item == "a2":
            raise ValueError("a2")
        return item

    with pytest.raises(ValueError, match="a2"):
        list(run_in_lanes(["a1", "a2", "a3"], work, lane_of=first_letter, parallel=2))


def test_leaving_early_begins_nothing_new() -> None:
    site = Site()
    results = run_in_lanes((f"a{number}" for number in range(1000)), site, lane_of=first_letter, parallel=2)
    next(results)
    results.close()
    time.sleep(0.05)
    begun = len(site.order)
    time.sleep(0.05)
    assert len(site.order) == begun < 20


def test_order_is_restored() -> None:
    shuffled = [Done(index, index) for index in (2, 0, 1, 4, 3)]
    assert list(in_order(shuffled, size=lambda _result: 0)) == [0, 1, 2, 3, 4]


def test_order_yields_to_memory() -> None:
    shuffled = [Done(index, index) for index in (1, 2, 3, 0, 4)]
    assert list(in_order(shuffled, size=lambda _result: 20 * 2**20)) == [1, 2, 0, 3, 4]


def test_order_yields_to_time() -> None:
    """The first item takes half a minute: what came after it is given out all the same."""
    moments = iter([0.0, *range(1, 100, 4)])
    shuffled = [Done(index, index) for index in (1, 2, 3, 4, 5, 0, 7, 6, 8)]
    found = list(in_order(shuffled, size=lambda _result: 0, clock=lambda: next(moments)))
    assert found == [1, 2, 3, 4, 5, 0, 6, 7, 8]
    assert list(in_order(shuffled, size=lambda _result: 0)) == list(range(9))


def test_work_that_waits_holds_no_thread_and_keeps_its_lane_in_order() -> None:
    """Forty lanes that each rest 0.2 s twice, with two threads: one after another they would take 8 s."""
    order: dict[str, list[str]] = {}

    def work(item: tuple[str, int, int]) -> str | Later[tuple[str, int, int]]:
        lane, number, tries = item
        if tries < 2:
            return Later((lane, number, tries + 1), 0.2)
        order.setdefault(lane, []).append(f"{lane}/{number}")
        return f"{lane}/{number}"

    items = [(f"lane {lane}", number, 0) for number in range(2) for lane in range(40)]
    began = time.monotonic()
    results: list[Done[str]] = list(run_in_lanes(items, work, lane_of=lambda item: item[0], parallel=2))
    taken = time.monotonic() - began
    assert sorted(one.index for one in results) == list(range(80))
    assert all(names == [f"{lane}/0", f"{lane}/1"] for lane, names in order.items())
    assert 0.8 <= taken < 3, taken


def test_a_lane_that_rests_for_long_holds_up_no_other() -> None:
    def work(item: tuple[str, bool]) -> str | Later[tuple[str, bool]]:
        return Later((item[0], False), 0.5) if item[1] else item[0]

    done: Iterator[Done[str]] = run_in_lanes([("slow", True), ("quick", False)], work, lane_of=lambda item: item[0], parallel=1)
    assert [one.result for one in done] == ["quick", "slow"]


def test_work_that_goes_over_to_another_lane_frees_its_own() -> None:
    """Ten items of "a" go on in "b", which takes 0.05 s for each; "a" is through long before."""
    busy: Counter[str] = Counter()
    most: Counter[str] = Counter()
    lock = threading.Lock()
    order: list[str] = []

    def work(item: tuple[str, str]) -> str | Later[tuple[str, str]]:
        lane, name = item
        with lock:
            busy[lane] += 1
            most[lane] = max(most[lane], busy[lane])
        if lane == "b":
            time.sleep(0.05)
        with lock:
            busy[lane] -= 1
            order.append(f"{lane} {name}")
        return Later(("b", name), 0) if lane == "a" and name.startswith("moves") else name

    items = [("a", f"moves {number}") for number in range(10)] + [("a", "stays")] + [("b", "own")]
    done: list[Done[str]] = list(run_in_lanes(items, work, lane_of=lambda item: item[0], parallel=4))
    assert sorted(one.index for one in done) == list(range(12))
    assert most == {"a": 1, "b": 1}
    assert order.index("a stays") < order.index("b moves 5")
    moved = [entry for entry in order if entry.startswith("b moves")]
    assert moved == [f"b moves {number}" for number in range(10)]


def test_a_lane_that_is_due_finds_a_worker_though_the_others_are_busy() -> None:
    """Lanes that came one by one, each while a worker was idle, are not all left to that one worker."""
    gate = threading.Event()

    def source() -> Iterator[tuple[str, int]]:
        for lane in "abc":
            yield lane, 0
            time.sleep(0.05)

    def work(item: tuple[str, int]) -> str | Later[tuple[str, int]]:
        lane, tries = item
        if not tries:
            return Later((lane, 1), 0.2)
        if lane == "a":
            gate.wait(5)
        return lane

    began = time.monotonic()
    results: Iterator[Done[str]] = run_in_lanes(source(), work, lane_of=lambda item: item[0], parallel=4)
    assert [next(results).result, next(results).result] == ["b", "c"]
    assert time.monotonic() - began < 2
    gate.set()
    assert next(results).result == "a"


def test_servers_that_keep_silent_do_not_hold_up_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two threads, six lanes without an end and three that are well: these are through before any of those."""
    monkeypatch.setattr(local, "_STUCK", 0.2)
    gate, lock = threading.Event(), threading.Lock()
    running = most = 0

    def work(item: str) -> str:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        if item.startswith("silent"):
            gate.wait(20)
        with lock:
            running -= 1
        return item

    items = [f"silent {number}" for number in range(6)] + [f"well {lane} {number}" for number in range(5) for lane in range(3)]
    results: Iterator[Done[str]] = run_in_lanes(items, work, lane_of=lambda item: item[:8], parallel=2)
    first = [next(results).result for _ in range(15)]
    assert all(result.startswith("well") for result in first)
    gate.set()
    assert sorted(one.result for one in results) == [f"silent {number}" for number in range(6)]
    assert most <= 10


def test_after_a_jam_no_more_threads_work_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "_STUCK", 0.2)
    gate, lock = threading.Event(), threading.Lock()
    running = most = 0

    def work(item: str) -> str:
        nonlocal running, most
        if item.startswith("silent"):
            gate.wait(20)
            return item
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.01)
        with lock:
            running -= 1
        return item

    items = [f"silent {number}" for number in range(4)] + [f"well {lane} {number}" for number in range(10) for lane in range(6)]
    results: Iterator[Done[str]] = run_in_lanes(items, work, lane_of=lambda item: item[:8], parallel=2)
    first = [next(results).result for _ in range(20)]
    assert all(result.startswith("well") for result in first)
    gate.set()
    assert len(list(results)) == 44
    assert most <= 2
