"""The drift alarm: a host whose articles have lost a field, their length or their acceptance since the runs before.

A measure of a host has collapsed when all of this holds, `now` being its newest runs pooled until they have MIN_COUNT pages, and
`before` the runs before those that raised no alarm on it, MIN_COUNT pages or more:
- it has come down to FALL of what it was before, or less: the share of articles that have the field, the share of pages from which an
  article was made, or the median of words;
- it is lower than in each part of `before` of MIN_COUNT pages, and by SPREADS standard deviations lower than their mean, so that
  what varies from run to run as a habit alarms nobody; fewer than KNOWN parts are taken to vary by SPREAD at least;
- chance is no explanation: scraper/report/significance.py gives a probability under SIGNIFICANCE, divided by the number of measures that
  were tested in this run over all hosts (C. E. Bonferroni), so that in a thousand runs over sound hosts one is alarmed or fewer.
Pages in a run are no independent draws, which is why the first two conditions stand beside the third. In 1,000 simulated runs over ten
hosts whose shares vary from run to run with a standard deviation of 5 points, one alarm was raised; with 7 points, nine.
"""

import itertools
import math
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from extractors.article import Article
from extractors.urls import host_of
from scraper.records import FailureKind, Outcome
from scraper.report.significance import fall_of_share, fall_of_size

__all__ = ["RUNS_KEPT", "Alarm", "Findings", "HostFigures", "alarms_of", "pooled"]

MIN_COUNT = 20
FALL = 0.5
RUNS_KEPT = 60  # of each host; an alarm that nobody heeds ends when no run from before it is left, since what is now is the habit then
SIGNIFICANCE = 0.001
SPREADS = 4.0
KNOWN = 5

ACCEPTED, LENGTH = "accepted", "length"  # beside the names of fields

# Failures that tell of no page: the host was not reached, or not asked.
_UNREACHED = frozenset(
    {
        FailureKind.DNS,
        FailureKind.CONNECT,
        FailureKind.TLS,
        FailureKind.TIMEOUT,
        FailureKind.TRUNCATED,
        FailureKind.PROTOCOL,
        FailureKind.HTTP_5XX,
        FailureKind.ADDRESS_REFUSED,
        FailureKind.ROBOTS_UNAVAILABLE,
        FailureKind.BAD_INPUT,
        FailureKind.INTERNAL,
    }
)

_POOLED = 64  # pages of a host that are counted together

# Classes of length to each doubling: a class is 19 % wide, and the fall to half that counts is four of them.
_CLASSES = 4
SPREAD = {ACCEPTED: 0.1, LENGTH: 1.0}  # of shares, fields' too; of medians, in classes


class HostFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What a run found at a host. `tried`: pages that were articles or were refused; `filled`: articles that have each field.

    `lengths`: articles by class of length. `alarms`: the measures on which this run raised an alarm.
    """

    tried: int = 0
    articles: int = 0
    filled: dict[str, int] = {}
    lengths: dict[int, int] = {}
    alarms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alarm:
    """A measure of a host that has collapsed: `before` and `now` are shares, or words; `chance` the probability of its being none.

    `pages`: of how many pages each of the two tells.
    """

    host: str
    measure: str
    before: float
    now: float
    chance: float
    pages: tuple[int, int]

    @property
    def test(self) -> str:
        """The test that gave the chance."""
        return "rank-sum test" if self.measure == LENGTH else "Fisher's exact test"

    def __str__(self) -> str:
        then, now = self.pages
        if self.measure == LENGTH:
            told = f"the median of its {now} articles has {self.now:.0f} words, that of {then} before {self.before:.0f}"
        else:
            what = f"{now} pages give an article" if self.measure == ACCEPTED else f"{now} articles have {self.measure}"
            told = f"{self.now:.0%} of its {what}, {self.before:.0%} of {then} before"
        return f"{self.host}: {told} (p = {self.chance:.0e}, {self.test})"


class Findings:
    """Counts what a run finds, host by host, until it is drained into the state."""

    def __init__(self) -> None:
        self._hosts: dict[str, list[HostFigures]] = {}

    def count(self, outcome: Outcome) -> None:
        """Counts an article, or a page that gave none; what says nothing of a page is left out."""
        host = host_of(outcome.asked or outcome.url or "")
        if not host:
            return
        if outcome.article is not None:
            self._add(host, _of_article(outcome.article))
        elif outcome.failure is not None and outcome.failure.kind not in _UNREACHED:
            self._add(host, HostFigures(tried=1))

    def _add(self, host: str, figures: HostFigures) -> None:
        """Kept one by one for a while, since pooling costs as much for one as for many."""
        found = self._hosts.setdefault(host, [])
        found.append(figures)
        if len(found) >= _POOLED:
            found[:] = [pooled(found)]

    def drain(self) -> dict[str, HostFigures]:
        """What was counted since the last time, by host."""
        drained, self._hosts = self._hosts, {}
        return {host: pooled(figures) for host, figures in drained.items()}


def _of_article(article: Article) -> HostFigures:
    filled = {name: 1 for name, origin in article.provenance.items() if origin is not None and name != "body"}
    return HostFigures(tried=1, articles=1, filled=filled, lengths={_class(article.word_count): 1})


def _class(words: int) -> int:
    return round(_CLASSES * math.log2(words + 1))


def pooled(figures: Iterable[HostFigures]) -> HostFigures:
    """All of them as one, their alarms left out."""
    tried = articles = 0
    filled: dict[str, int] = {}
    lengths: dict[int, int] = {}
    for one in figures:
        tried, articles = tried + one.tried, articles + one.articles
        for name, count in one.filled.items():
            filled[name] = filled.get(name, 0) + count
        for size, count in one.lengths.items():
            lengths[size] = lengths.get(size, 0) + count
    return HostFigures(tried=tried, articles=articles, filled=filled, lengths=lengths)


def alarms_of(histories: Iterable[tuple[str, Sequence[HostFigures]]]) -> list[Alarm]:
    """The collapses at these hosts, each given with what its runs found, newest first; those of one run, since they share the level."""
    falls = [fall for host, history in histories for fall in _falls(host, history)]
    return [fall for fall in falls if fall.chance < SIGNIFICANCE / len(falls)]


def _falls(host: str, history: Sequence[HostFigures]) -> Iterator[Alarm]:
    """Each measure of a host that can be tested; with a chance of 1 where it has not come down far enough to be."""
    newest = next(_parts(history, ACCEPTED), None)
    if newest is None:
        return
    now, earlier = pooled(newest), history[len(newest) :]
    for measure in (ACCEPTED, LENGTH, *sorted(pooled(earlier).filled)):
        sound = [figures for figures in earlier if measure not in figures.alarms]
        parts = [pooled(part) for part in _parts(sound, measure)]
        if parts and _count(now, measure) >= MIN_COUNT:
            yield _fall(host, measure, (pooled(sound), parts, now))


def _fall(host: str, measure: str, figures: tuple[HostFigures, list[HostFigures], HostFigures]) -> Alarm:
    """What has become of a measure from all that was before, of which the parts are parts, to now."""
    before, parts, now = figures
    was, is_ = _level(before, measure), _level(now, measure)
    chance = 1.0
    if _is_far(measure, was, is_) and is_ < _lowest(measure, [_level(part, measure) for part in parts]):
        if measure == LENGTH:
            chance = fall_of_size(before.lengths, now.lengths)
        else:
            chance = fall_of_share((_hits(before, measure), _count(before, measure)), (_hits(now, measure), _count(now, measure)))
    if measure == LENGTH:
        was, is_ = (2 ** (size / _CLASSES) - 1 for size in (was, is_))
    return Alarm(host, measure, was, is_, chance, (_count(before, measure), _count(now, measure)))


def _is_far(measure: str, was: float, is_: float) -> bool:
    return is_ <= was + _CLASSES * math.log2(FALL) if measure == LENGTH else is_ <= FALL * was


def _lowest(measure: str, levels: Sequence[float]) -> float:
    """What a measure may come down to as a habit."""
    spread = statistics.pstdev(levels)
    if len(levels) < KNOWN:
        spread = max(spread, SPREAD.get(measure, SPREAD[ACCEPTED]))
    return min(*levels, statistics.fmean(levels) - SPREADS * spread)


def _parts(history: Sequence[HostFigures], measure: str) -> Iterator[list[HostFigures]]:
    """Runs in their order, as few together as have MIN_COUNT pages of the measure; those that are left at the end have fewer."""
    part: list[HostFigures] = []
    for figures in history:
        part.append(figures)
        if sum(_count(one, measure) for one in part) >= MIN_COUNT:
            yield part
            part = []


def _count(figures: HostFigures, measure: str) -> int:
    return figures.tried if measure == ACCEPTED else figures.articles


def _hits(figures: HostFigures, measure: str) -> int:
    return figures.articles if measure == ACCEPTED else figures.filled.get(measure, 0)


def _level(figures: HostFigures, measure: str) -> float:
    """The share of a field or of acceptance; the median class of length."""
    if measure != LENGTH:
        return _hits(figures, measure) / _count(figures, measure)
    sizes = itertools.chain.from_iterable(itertools.repeat(size, count) for size, count in figures.lengths.items())
    return statistics.median(sizes)
