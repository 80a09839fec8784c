"""What the elements around an element say: values handed down from the root to all elements of a page at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Lineage", "added_up", "lineage_of"]

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lineage:
    """The block elements of a page, of which the first holds all others.

    `parents`: of each its parent, -1 for the first; `hops`: of each the ancestor 1, 2, 4, 8 ... levels up, as far as the page is deep,
    the first element being its own; `up`: of each run of text its element, that one's parent, and so on.
    """

    parents: Sequence[int]
    hops: tuple[Ints, ...]
    up: tuple[Ints, ...]

    def handed_down(self, values: npt.NDArray[Any], merge: np.ufunc) -> npt.NDArray[Any]:
        """`values` (their last axis is the elements) merged with those of all ancestors, by maximum, minimum, or bits."""
        for hop in self.hops:
            values = merge(values, values[..., hop])
        return values


def lineage_of(parents: Sequence[int], *, depth: int, runs: Ints, levels: int) -> Lineage:
    """The lineage of elements by their parents; `depth`: of the deepest, 0 for the first; `runs`: the element of each run of text."""
    above = np.maximum(np.array(parents, dtype=np.int64), 0)
    hops = []
    hop = above
    for _ in range(depth.bit_length()):
        hops.append(hop)
        hop = hop[hop]
    up = [runs]
    for _ in range(levels):
        up.append(above[up[-1]])
    return Lineage(parents, tuple(hops), tuple(up))


def added_up(parents: Sequence[int], values: Sequence[float]) -> list[float]:
    """Of each element its value and those of all ancestors, added from the root on."""
    totals = [0.0] * (len(parents) + 1)  # the last place is what stands above the root, whose parent is -1
    for place, (parent, value) in enumerate(zip(parents, values, strict=True)):
        totals[place] = totals[parent] + value
    totals.pop()
    return totals
