"""Threads in this process: lanes (hosts) side by side, one piece of work in flight in each lane, memory bounded."""

import heapq
import itertools
import math
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

__all__ = ["Done", "Later", "Pulse", "run_in_lanes"]

Item = TypeVar("Item")
Result = TypeVar("Result")

# Items read ahead of the work. A list sorted by host keeps one lane busy until the read-ahead reaches the next host. A target takes
# about 0.5 kB: 10,000 made a run of 20,000 pages 12 % larger than one of 2,000, 4,000 make it 8 % (tests/bench_state.py).
_AHEAD = 4000
# A thread that has been at one piece of work for so many seconds, as with a server that keeps silent, is no longer counted: another one
# takes its place, up to so many times as many as were allowed. Thirty silent servers held up four sound ones for minutes before.
_STUCK = 3.0
_MOST_TIMES = 5
# Results that wait for the reader, for each thread; more would only fill memory.
_WAITING = 2
_BEAT = 0.2  # seconds after which the reader of results looks up though there is none

Pulse = Callable[[], float | None]
"""Called between results, and each _BEAT while there are none. Once it gives a number, nothing new is begun, and what is in flight has so
many seconds to end."""


@dataclass(frozen=True, slots=True)
class Done(Generic[Result]):
    """A finished piece of work; `index` counts the items from 0 in the order of their source."""

    index: int
    result: Result


@dataclass(frozen=True, slots=True)
class Later(Generic[Item]):
    """Work that has to wait: `item` is its lane's next piece in so many seconds, and no thread waits for it meanwhile.

    Where `item` is of another lane now, it goes over to that one, ahead of what has not begun there; its old lane goes on.
    """

    item: Item
    seconds: float


def run_in_lanes(
    items: Iterable[Item],
    work: Callable[[Item], Result | Later[Item]],
    *,
    lane_of: Callable[[Item], str | None],
    parallel: int,
    pulse: Pulse = lambda: None,
) -> Iterator[Done[Result]]:
    """The result of `work` for each item, as each is finished.

    At most `parallel` threads, apart from those that are stuck, one item at a time in each lane, in order; an item without lane is
    worked on at once, and must not be put off. `items` is read in a thread of its own, so that a slow source holds nothing up. An error
    of `items` or `work` is raised here once all that had been begun is through.
    """
    lanes: _Lanes[Item, Result] = _Lanes(items, work, lane_of=lane_of, parallel=parallel)
    try:
        yield from lanes.results(pulse)
    finally:
        lanes.stop()


class _Lane(Generic[Item]):
    """What waits for one lane: first what was begun, then what was not, each in order."""

    def __init__(self) -> None:
        self.begun: deque[tuple[int, Item]] = deque()
        self.new: deque[tuple[int, Item]] = deque()

    def take(self) -> tuple[int, Item]:
        return (self.begun or self.new).popleft()

    def __bool__(self) -> bool:
        return bool(self.begun or self.new)


class _Lanes(Generic[Item, Result]):
    """The state that the reader of items, the workers and the reader of results share; all of it is guarded by one lock."""

    def __init__(
        self, items: Iterable[Item], work: Callable[[Item], Result | Later[Item]], *, lane_of: Callable[[Item], str | None], parallel: int
    ) -> None:
        self._items, self._work, self._lane_of, self._parallel = items, work, lane_of, parallel
        lock = threading.Lock()
        self._room, self._turn, self._news = (threading.Condition(lock) for _ in range(3))  # for the source, workers, reader of results
        self._lanes: dict[str, _Lane[Item]] = {}  # present while anything of the lane waits or is in flight
        self._ready: deque[str] = deque()
        self._resting: list[tuple[float, int, str]] = []  # lanes by the moment from which they may go on
        self._order = itertools.count()
        self._next_look = math.inf  # the moment at which a waiting worker wakes to look after resting lanes
        self._finished: deque[Done[Result]] = deque()
        self._open = 0  # items read whose result was not yet handed out
        self._idle = 0
        self._workers = 0
        self._busy: dict[int, float] = {}  # threads at work, and since when
        self._fed = self._stopped = False
        self._error: BaseException | None = None

    def results(self, pulse: Pulse) -> Iterator[Done[Result]]:
        threading.Thread(target=self._feed, name="source", daemon=True).start()
        end = math.inf
        while True:
            grace = pulse()
            if grace is not None and end == math.inf:
                end = time.monotonic() + grace
                self.stop()
            with self._news:
                self._news.wait_for(lambda: self._finished or self._is_over(), timeout=_BEAT)
                if not self._finished:
                    self._relieve()
                    if self._is_over() or time.monotonic() >= end:
                        break
                    continue
                done = self._finished.popleft()
                self._open -= 1
                self._turn.notify()
                self._room.notify()
            yield done
        if self._error is not None:
            raise self._error

    def stop(self) -> None:
        """Nothing new is begun. What is in flight ends by itself; its threads hold up no exit."""
        with self._turn:
            self._stopped = True
            self._tell_all()

    def _is_over(self) -> bool:
        """Whether no more results can come."""
        return (self._fed and not self._open) or (self._stopped and not self._busy)

    def _tell_all(self) -> None:
        for condition in (self._room, self._turn, self._news):
            condition.notify_all()

    def _feed(self) -> None:
        try:
            for index, item in enumerate(self._items):
                lane = self._lane_of(item)
                done = self._at_once(index, item) if lane is None else None
                with self._room:
                    if not self._has_room(_AHEAD if done is None else _WAITING * self._parallel):
                        return
                    self._open += 1
                    if done is not None:
                        self._finished.append(done)
                        self._news.notify()
                    elif lane is not None:
                        self._enqueue(lane, (index, item))
        except BaseException as error:  # noqa: BLE001 - raised again where the results are read
            self._error = error
        finally:
            with self._room:
                self._fed = True
                self._tell_all()

    def _at_once(self, index: int, item: Item) -> Done[Result]:
        result = self._work(item)
        assert not isinstance(result, Later)
        return Done(index, result)

    def _has_room(self, limit: int) -> bool:
        """Waits until fewer than `limit` items are open; False if the reader of results has left meanwhile."""
        self._room.wait_for(lambda: self._open < limit or self._stopped)
        return not self._stopped

    def _enqueue(self, lane: str, entry: tuple[int, Item]) -> None:
        if lane in self._lanes:
            self._lanes[lane].new.append(entry)
            return
        self._lanes[lane] = _Lane()
        self._lanes[lane].new.append(entry)
        self._ready.append(lane)
        self._turn.notify()
        if len(self._ready) > self._idle:
            self._hire()

    def _hire(self) -> None:
        """One more worker, if there may be one."""
        if self._workers - self._stuck() < self._parallel and self._workers < self._parallel * _MOST_TIMES:
            self._workers += 1
            threading.Thread(target=self._serve, name=f"worker {self._workers}", daemon=True).start()

    def _stuck(self) -> int:
        """How many workers are not counted; none before all that are allowed are there."""
        if self._workers < self._parallel:
            return 0
        now = time.monotonic()
        return sum(now - began > _STUCK for began in self._busy.values())

    def _relieve(self) -> None:
        """Others in the place of workers that are stuck, for lanes that could go on."""
        due = len(self._ready) + sum(moment <= time.monotonic() for moment, _, _ in self._resting)
        for _ in range(min(due - self._idle, self._stuck())):
            self._hire()

    def _serve(self) -> None:
        while (taken := self._take()) is not None:
            lane, (index, item) = taken
            try:
                result = self._work(item)
                target = (self._lane_of(result.item) or lane) if isinstance(result, Later) else lane
            except BaseException as error:  # noqa: BLE001 - raised again where the results are read
                with self._turn:
                    self._error, self._fed, self._open = error, True, len(self._finished)
                    self._stopped = True
                    self._busy.pop(threading.get_ident(), None)
                    self._tell_all()
                return
            with self._turn:
                self._busy.pop(threading.get_ident(), None)
                if self._stopped:
                    self._news.notify()
                if not isinstance(result, Later):
                    self._finished.append(Done(index, result))
                    self._news.notify()
                elif target == lane:
                    self._lanes[lane].begun.appendleft((index, result.item))
                    self._rest_lane(lane, result.seconds)
                    continue
                else:
                    self._hand_over(target, (index, result.item), result.seconds)
                if self._lanes[lane]:
                    self._ready.append(lane)
                else:
                    del self._lanes[lane]

    def _hand_over(self, lane: str, entry: tuple[int, Item], seconds: float) -> None:
        """Work that was begun in another lane; where this one has work already, that keeps its turn."""
        known = lane in self._lanes
        self._lanes.setdefault(lane, _Lane()).begun.append(entry)
        if not known:
            self._rest_lane(lane, seconds)

    def _rest_lane(self, lane: str, seconds: float) -> None:
        heapq.heappush(self._resting, (time.monotonic() + seconds, next(self._order), lane))

    def _take(self) -> tuple[str, tuple[int, Item]] | None:
        """The next entry of a free lane, once there is one and the reader of results keeps up; None at the end."""
        with self._turn:
            if self._workers - self._stuck() > self._parallel:  # those whose place this one took are back
                self._workers -= 1
                self._turn.notify()
                return None
            self._idle += 1
            while not self._stopped:
                now = time.monotonic()
                while self._resting and self._resting[0][0] <= now:
                    self._ready.append(heapq.heappop(self._resting)[2])
                if self._ready and len(self._finished) < _WAITING * self._parallel:
                    self._idle -= 1
                    self._busy[threading.get_ident()] = now
                    lane = self._ready.popleft()
                    self._turn.notify()  # another one looks after the lanes that are left
                    if not self._idle and (self._ready or self._resting):
                        self._hire()
                    return lane, self._lanes[lane].take()
                self._rest(now)
            return None

    def _rest(self, now: float) -> None:
        """Waits for news; one worker at a time wakes by itself when the next resting lane may go on."""
        due = self._resting[0][0] if self._resting else math.inf
        if due >= self._next_look:
            self._turn.wait()
            return
        self._next_look = due
        self._turn.wait(max(due - now, 0))
        if self._next_look == due:
            self._next_look = math.inf
