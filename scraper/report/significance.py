"""How likely a fall is to be chance: Fisher's exact test for shares, the rank-sum test for sizes; both one-sided."""

import math
from collections.abc import Mapping

__all__ = ["fall_of_share", "fall_of_size"]


def fall_of_share(before: tuple[int, int], now: tuple[int, int]) -> float:
    """The probability that as few hits as in `now`, or fewer, fall into it by chance. Both are (hits, of how many).

    Fisher's exact test (R. A. Fisher, The Design of Experiments, 1935, chapter II): hits and misses of both are dealt out at random.
    """
    hits, total = before[0] + now[0], before[1] + now[1]
    least = max(0, hits - before[1])
    dealt = _log_ways(total, now[1])
    chances = (_log_ways(hits, k) + _log_ways(total - hits, now[1] - k) - dealt for k in range(least, now[0] + 1))
    return min(math.fsum(map(math.exp, chances)), 1.0)


def _log_ways(total: int, chosen: int) -> float:
    """The logarithm of the binomial coefficient."""
    return math.lgamma(total + 1) - math.lgamma(chosen + 1) - math.lgamma(total - chosen + 1)


def fall_of_size(before: Mapping[int, int], now: Mapping[int, int]) -> float:
    """The probability that sizes rank as low as those of `now`, or lower, by chance. Both count sizes by their classes, in order.

    The rank-sum test (F. Wilcoxon, Biometrics Bulletin 1:80, 1945; H. B. Mann and D. R. Whitney, Annals of Mathematical Statistics
    18:50, 1947) in its normal approximation with mean ranks for ties, which wants some twenty on each side. 1.0 where either is empty.
    """
    m, n = sum(now.values()), sum(before.values())
    total = m + n
    rank = ties = below = 0.0
    for size in sorted(before.keys() | now.keys()):
        count = before.get(size, 0) + now.get(size, 0)
        rank += now.get(size, 0) * (below + (count + 1) / 2)
        ties += count**3 - count
        below += count
    variance = m * n / 12 * (total + 1 - ties / (total * (total - 1))) if m and n else 0.0
    if variance <= 0:
        return 1.0
    z = (rank - m * (total + 1) / 2 + 0.5) / math.sqrt(variance)  # 0.5: for continuity
    return math.erfc(-z / math.sqrt(2)) / 2
