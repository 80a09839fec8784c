"""Results put back into the order of their items, as far as that is cheap."""

import heapq
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from scraper.engines.local import Done

__all__ = ["in_order"]

Result = TypeVar("Result")

# Results held back for the sake of the order; past this the order yields.
_HELD_ITEMS, _HELD_BYTES = 1000, 32 * 1024 * 1024
# Seconds that results wait for an earlier one: what is fetched should be written, not lost with an interrupted run.
_HELD_SECONDS = 10.0


def in_order(
    results: Iterable[Done[Result]], *, size: Callable[[Result], int], clock: Callable[[], float] = time.monotonic
) -> Iterator[Result]:
    """The results in the order of their items, as long as holding them back needs little memory and time; else the oldest at hand."""
    heap: list[tuple[int, int, Result]] = []
    gone: set[int] = set()
    expected = held = 0
    moved = clock()
    for done in results:
        weight = size(done.result)
        heapq.heappush(heap, (done.index, weight, done.result))
        held += weight
        late = clock() - moved > _HELD_SECONDS
        while heap and (heap[0][0] == expected or late or held > _HELD_BYTES or len(heap) > _HELD_ITEMS):
            index, weight, result = heapq.heappop(heap)
            held -= weight
            gone.add(index)
            while expected in gone:
                gone.remove(expected)
                expected += 1
                moved = clock()
            yield result
    while heap:
        yield heapq.heappop(heap)[2]
