"""The totals of a run, which always add up, and the exit code that they mean."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from extractors.urls import host_of
from scraper.errors import ExitCode
from scraper.records import Outcome, OutcomeKind
from scraper.waits import HostWait

__all__ = ["Summary"]

_HOSTS_SHOWN = 10  # in words
_HOSTS_TOLD = 20  # one by one, in figures
_HOSTS_COUNTED = 5000  # one by one; a counter takes about 0.5 kB
_REASONS_TOLD = 20

_TARGETS = "targets"


class Summary:
    """targets = written + unchanged + duplicates + failures + skipped + pending, at every moment, and for each host too.

    A target's host is that of the address that was named, wherever its redirects led.
    """

    def __init__(self) -> None:
        self.targets = 0
        self.unread = False  # whether the sources may name more than was counted, since the run ended before they did
        self.waits: Callable[[], Sequence[HostWait]] = tuple  # the hosts of which nothing is asked for now
        self.left_alone: tuple[str, ...] = ()  # hosts that failed again and again
        self.failures: Counter[str] = Counter()
        self.skipped: Counter[str] = Counter()
        self._outcomes: Counter[OutcomeKind] = Counter()
        self._hosts: dict[str, Counter[str]] = {}
        self._others: Counter[str] = Counter()  # of hosts that came when there were too many

    def take(self, url: str | None) -> None:
        """Counts a target that a source has named; it is pending until its outcome is counted."""
        self.targets += 1
        self._of_host(url)[_TARGETS] += 1

    def count(self, outcome: Outcome) -> None:
        """Counts what became of a target."""
        self._outcomes[outcome.kind] += 1
        self._of_host(outcome.asked or outcome.url)[outcome.kind.value] += 1
        if outcome.failure is not None:
            self.failures[str(outcome.failure.kind)] += 1
        if outcome.kind is OutcomeKind.SKIPPED:
            self.skipped[outcome.reason or "for no stated reason"] += 1

    @property
    def done(self) -> int:
        """Targets whose outcome is known."""
        return sum(self._outcomes.values())

    def total(self, kind: OutcomeKind) -> int:
        """Targets with that outcome."""
        return self.targets - self.done if kind is OutcomeKind.PENDING else self._outcomes[kind]

    def exit_code(self, fail_under: float | None) -> ExitCode:
        """What the totals mean. With `fail_under`, the share of the tried targets that had to succeed.

        Where nothing failed, what the sources have still to name is pending too.
        """
        good = self.total(OutcomeKind.WRITTEN) + self.total(OutcomeKind.UNCHANGED)
        failed, pending = self.total(OutcomeKind.FAILED), self.total(OutcomeKind.PENDING)
        if not failed and not pending:
            return ExitCode.SOME_FAILED if self.unread else ExitCode.OK
        if fail_under is not None and good >= fail_under * (good + failed + pending):
            return ExitCode.OK
        return ExitCode.NOTHING_USABLE if failed and not good and not pending else ExitCode.SOME_FAILED

    def lines(self) -> list[str]:
        """The closing lines: the totals, and what the failures and the skipped were."""
        totals = ", ".join(f"{self.total(kind)} {kind}" for kind in OutcomeKind)
        lines = [f"{self.targets} targets = {totals.replace(', ', ' + ')}"]
        if self.unread:
            lines.append("the sources were not read to their end")
        for title, counter in (("failures", self.failures), ("skipped", self.skipped)):
            if counter:
                lines.append(f"{title}: " + ", ".join(f"{name} {number}" for name, number in _largest(counter).items()))
        if self.left_alone:
            shown = ", ".join(self.left_alone[:_HOSTS_SHOWN])
            more = f" and {len(self.left_alone) - _HOSTS_SHOWN} more" if len(self.left_alone) > _HOSTS_SHOWN else ""
            lines.append(f"left alone since they failed again and again: {shown}{more}")
        return lines

    def figures(self) -> dict[str, Any]:
        """The totals for programs: by outcome, by kind of failure, by reason, and by host, the largest hosts one by one, the rest as one.

        The host of a saved page is null.
        """
        largest = sorted(self._hosts, key=lambda host: (-self._hosts[host][_TARGETS], host))
        others = sum((self._hosts[host] for host in largest[_HOSTS_TOLD:]), self._others.copy())
        return {
            _TARGETS: self.targets,
            **{kind.value: self.total(kind) for kind in OutcomeKind},
            "failures_by_kind": _largest(self.failures),
            "skipped_by_reason": _largest(self.skipped),
            "hosts": [{"host": host or None, **_with_pending(self._hosts[host])} for host in largest[:_HOSTS_TOLD]],
            "other_hosts": _with_pending(others) if others else None,
            "left_alone": self.left_alone[:_HOSTS_TOLD],
        }

    def _of_host(self, url: str | None) -> Counter[str]:
        host = (host_of(url) if url else None) or ""
        if host in self._hosts or len(self._hosts) < _HOSTS_COUNTED:
            return self._hosts.setdefault(host, Counter())
        return self._others


def _largest(counter: Counter[str]) -> dict[str, int]:
    """The largest counts by name, the rest in sum as "other"."""
    told = dict(counter.most_common(_REASONS_TOLD))
    rest = counter.total() - sum(told.values())
    return told | ({"other": rest} if rest else {})


def _with_pending(counts: Mapping[str, int]) -> dict[str, int]:
    known = {kind.value: counts.get(kind.value, 0) for kind in OutcomeKind if kind is not OutcomeKind.PENDING}
    targets = counts.get(_TARGETS, 0)
    return {_TARGETS: targets, **known, OutcomeKind.PENDING.value: targets - sum(known.values())}
