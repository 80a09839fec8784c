"""The two tests, against figures that can be worked out by hand or are in print."""

import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.report.significance import fall_of_share, fall_of_size


def test_the_lady_tasting_tea() -> None:
    """Fisher's own example: of eight cups all four are told right by one chance in seventy, three or more by seventeen."""
    assert fall_of_share((4, 4), (0, 4)) == pytest.approx(1 / 70)
    assert fall_of_share((3, 4), (1, 4)) == pytest.approx(17 / 70)


@given(st.integers(0, 12), st.integers(0, 12), st.integers(1, 12), st.integers(1, 12))
def test_shares_by_counting_all_deals(hits_before: int, hits_now: int, before: int, now: int) -> None:
    hits_before, hits_now = min(hits_before, before), min(hits_now, now)
    hits, total = hits_before + hits_now, before + now
    ways = sum(math.comb(hits, k) * math.comb(total - hits, now - k) for k in range(hits_now + 1))
    assert fall_of_share((hits_before, before), (hits_now, now)) == pytest.approx(ways / math.comb(total, now))


def test_large_counts_take_no_time() -> None:
    assert fall_of_share((59_000, 60_000), (450, 1_000)) < 1e-100
    assert fall_of_share((59_000, 60_000), (983, 1_000)) == pytest.approx(0.48, abs=0.1)


def exact(before: list[int], now: list[int]) -> float:
    """The share of all ways of choosing `now` from both whose mean ranks sum to as little or less."""
    both = sorted(before + now)
    rank = {size: (both.index(size) + 1 + len(both) - both[::-1].index(size)) / 2 for size in both}
    seen = sum(rank[size] for size in now)
    sums = [sum(rank[both[place]] for place in places) for places in combinations(range(len(both)), len(now))]
    return sum(found <= seen for found in sums) / len(sums)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 4, 5, 6, 7]),
        ([5, 6, 7, 8, 9, 10, 11, 12], [1, 2, 3, 4, 5, 6, 7, 8]),
        ([3, 3, 3, 4, 4, 4, 5, 5], [1, 3, 3, 3, 4, 4, 5, 5]),
        ([9, 9, 8, 8, 7, 7, 6, 6], [1, 1, 2, 2, 3, 3, 9, 9]),
    ],
)
def test_sizes_by_counting_all_choices(before: list[int], now: list[int]) -> None:
    counted = ({size: sizes.count(size) for size in sizes} for sizes in (before, now))
    assert fall_of_size(*counted) == pytest.approx(exact(before, now), abs=0.05)


def test_sizes_that_say_nothing() -> None:
    assert fall_of_size({}, {1: 20}) == 1.0
    assert fall_of_size({3: 20}, {3: 20}) == 1.0
    assert fall_of_size({1: 20}, {9: 20}) > 0.999
