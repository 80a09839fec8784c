"""The totals of a run, which always add up, and the exit code that they mean."""

from collections import Counter

from scraper.errors import ExitCode
from scraper.records import Outcome, OutcomeKind

__all__ = ["Summary"]

_HOSTS_SHOWN = 10


class Summary:
    """targets = written + unchanged + duplicates + failures + skipped + pending, at every moment."""

    def __init__(self) -> None:
        self.targets = 0
        self.left_alone: tuple[str, ...] = ()  # hosts that failed again and again
        self.failures: Counter[str] = Counter()
        self.skipped: Counter[str] = Counter()
        self._outcomes: Counter[OutcomeKind] = Counter()

    def take(self) -> None:
        """Counts a target that a source has named; it is pending until its outcome is counted."""
        self.targets += 1

    def count(self, outcome: Outcome) -> None:
        """Counts what became of a target."""
        self._outcomes[outcome.kind] += 1
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
        """What the totals mean. With `fail_under`, the share of the tried targets that had to succeed."""
        good = self.total(OutcomeKind.WRITTEN) + self.total(OutcomeKind.UNCHANGED)
        failed, pending = self.total(OutcomeKind.FAILED), self.total(OutcomeKind.PENDING)
        if not failed and not pending:
            return ExitCode.OK
        if fail_under is not None and good >= fail_under * (good + failed + pending):
            return ExitCode.OK
        return ExitCode.NOTHING_USABLE if failed and not good and not pending else ExitCode.SOME_FAILED

    def lines(self) -> list[str]:
        """The closing lines: the totals, and what the failures and the skipped were."""
        totals = ", ".join(f"{self.total(kind)} {kind}" for kind in OutcomeKind)
        lines = [f"{self.targets} targets = {totals.replace(', ', ' + ')}"]
        for title, counter in (("failures", self.failures), ("skipped", self.skipped)):
            if counter:
                lines.append(f"{title}: " + ", ".join(f"{name} {number}" for name, number in counter.most_common()))
        if self.left_alone:
            shown = ", ".join(self.left_alone[:_HOSTS_SHOWN])
            more = f" and {len(self.left_alone) - _HOSTS_SHOWN} more" if len(self.left_alone) > _HOSTS_SHOWN else ""
            lines.append(f"left alone since they failed again and again: {shown}{more}")
        return lines
