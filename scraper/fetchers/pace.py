"""When a host may be asked: delays, slots, parks and breakers as plain arithmetic on a clock that the caller reads."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["SLOT_LOOK", "Pace", "Report"]

LONGEST_ADAPTIVE = 60.0  # seconds; AutoThrottle's AUTOTHROTTLE_MAX_DELAY

# How soon a slot is looked for again that another request holds; most answers take longer. Many hosts at one address look more
# rarely, so that their looking costs next to nothing: about as often as slots become free.
SLOT_LOOK = 0.05
RAREST_LOOK = 2.0

# A host at which so many targets in a row have failed, retries included, is left alone for a minute, then for two, up to an hour;
# one target tries it each time. A site where single pages fail has others in between.
BREAKS_AFTER = 10
FIRST_BREAK = 60.0
LONGEST_BREAK = 3600.0


@dataclass(frozen=True, slots=True)
class Report:
    """What a request showed. `latency`: seconds to the end of the answer, None without one."""

    latency: float | None
    good: bool  # a page, by which the adaptive delay may also sink


@dataclass(slots=True)
class _Host:
    """The state of one host; moments are seconds of the caller's clock."""

    free_at: float = -math.inf
    parked_until: float = -math.inf
    crawl_delay: float = 0.0
    adaptive: float = 0.0
    in_flight: int = 0
    failures: int = 0
    breaks: int = 0
    broken_until: float = -math.inf


class Pace:
    """Delays count from the end of an answer to the next request, so that no server sees a smaller gap. The caller holds a lock."""

    def __init__(self, *, delay: float, per_host: int = 1, per_address: int = 4) -> None:
        self._delay = delay
        self._per_host = per_host
        self._per_address = per_address
        self._hosts: dict[str, _Host] = {}
        self._addresses: Counter[str] = Counter()
        self._queues: dict[str, set[str]] = {}  # the hosts that wait for a slot of an address

    def wait(self, host: str, address: str, now: float) -> float:
        """Seconds until the host may be asked, or until it is worth asking again where a slot of the host or the address is taken."""
        state = self._of(host)
        rest = max(state.free_at - now, state.parked_until - now, 0.0)
        if state.in_flight >= self._per_host:
            return max(rest, SLOT_LOOK)
        if rest or self._addresses[address] < self._per_address:
            return rest
        queue = self._queues.setdefault(address, set())
        queue.add(host)
        return min(SLOT_LOOK * max(len(queue) / self._per_address, 1.0), RAREST_LOOK)

    def parked(self, host: str, now: float) -> float:
        """Seconds for which a host asked to be left alone; 0 if it did not."""
        return max(self._of(host).parked_until - now, 0.0)

    def broken(self, host: str, now: float) -> float:
        """Seconds for which a host that failed again and again is left alone; 0 if it may be tried."""
        return max(self._of(host).broken_until - now, 0.0)

    def broken_hosts(self, now: float) -> tuple[str, ...]:
        """The hosts that are left alone since they failed again and again, by name."""
        return tuple(sorted(host for host, state in self._hosts.items() if state.broken_until > now))

    def left_alone(self, now: float) -> Iterator[tuple[str, float]]:
        """Each host that is parked or broken, and the seconds for which."""
        for host, state in self._hosts.items():
            seconds = max(state.parked_until, state.broken_until) - now
            if seconds > 0:
                yield host, seconds

    def park(self, host: str, until: float) -> None:
        """Leave the host alone until a moment. Parks only grow."""
        state = self._of(host)
        state.parked_until = max(state.parked_until, until)

    def restore(self, host: str, *, adaptive: float, until: float, failures: int) -> None:
        """What an earlier run learned of a host, in the figures of `learned`; `until` is a moment."""
        state = self._of(host)
        state.adaptive = max(state.adaptive, min(adaptive, LONGEST_ADAPTIVE) if self._delay > 0 else 0.0)
        state.breaks = max(failures - BREAKS_AFTER + 1, 0)
        state.failures = min(failures, BREAKS_AFTER - 1)
        if state.breaks:
            state.broken_until = max(state.broken_until, until)
        else:
            state.parked_until = max(state.parked_until, until)

    def learned(self, host: str) -> tuple[float, int]:
        """The adaptive delay of a host, and how many targets in a row have failed there; each break that follows counts as one more."""
        state = self._of(host)
        return state.adaptive, state.failures + state.breaks

    def slow(self, host: str) -> bool:
        """Whether a host needs more time than all are given."""
        return self._of(host).adaptive > self._delay > 0

    def ask_slowly(self, host: str, crawl_delay: float) -> None:
        """Keep to the delay that the host's robots.txt asks for."""
        self._of(host).crawl_delay = crawl_delay

    def delay(self, host: str) -> float:
        """The delay between requests to a host: the greatest of the job's, the robots.txt's and the adaptive one."""
        state = self._of(host)
        return max(self._delay, state.crawl_delay, state.adaptive)

    def begin(self, host: str, address: str) -> None:
        """A request begins."""
        self._of(host).in_flight += 1
        self._addresses[address] += 1
        queue = self._queues.get(address)
        if queue is not None:
            queue.discard(host)
            if not queue:
                del self._queues[address]

    def end(self, host: str, address: str, *, now: float, report: Report) -> None:
        """A request has ended."""
        state = self._of(host)
        state.in_flight -= 1
        self._addresses[address] -= 1
        if self._addresses[address] <= 0:
            del self._addresses[address]
        if self._delay > 0 and report.latency is not None:
            state.adaptive = _adapted(state.adaptive, report.latency / self._per_host, good=report.good)
        state.free_at = now + self.delay(host)

    def settle(self, host: str, now: float, *, healthy: bool) -> None:
        """A target has its outcome, retries included: the host worked, or it failed."""
        state = self._of(host)
        if healthy:
            state.failures = state.breaks = 0
            return
        state.failures += 1
        if state.failures >= BREAKS_AFTER:
            state.broken_until = now + min(FIRST_BREAK * 2**state.breaks, LONGEST_BREAK)
            state.breaks += 1
            state.failures = BREAKS_AFTER - 1

    def _of(self, host: str) -> _Host:
        return self._hosts.setdefault(host, _Host())


def _adapted(old: float, latency: float, *, good: bool) -> float:
    """AutoThrottle's rule: halfway to the latency, never under it; a bad answer, which is often quick, never lowers the delay."""
    new = min(max(latency, (old + latency) / 2), LONGEST_ADAPTIVE)
    return new if good or new > old else old
