"""What enters a run: each target counted, the unwanted and the repeated told apart, up to the limit."""

from collections.abc import Iterable, Iterator

from scraper.records import Failure, Outcome, OutcomeKind, Page, Target
from scraper.report.summary import Summary
from scraper.run.filters import Filters
from scraper.run.frontier import Frontier, Seen

__all__ = ["Arrival", "Intake"]

Arrival = Target | Page | Outcome  # work to do, or an outcome that is known already


class Intake:
    """Reads the sources one after another, and then what earlier runs left waiting."""

    def __init__(self, filters: Filters, summary: Summary, *, limit: int | None, frontier: Frontier | None = None) -> None:
        self.filters, self.summary, self._limit = filters, summary, limit
        self._frontier = frontier or Seen()
        self._admitted = 0
        self.stopped_at_limit = False
        self.read_through = False

    def read(self, sources: Iterable[Iterable[Target | Page | Failure]]) -> Iterator[Arrival]:
        """Each entry of each source, judged. Stops after `limit` entries that give work; what is left then was never a target."""
        self.summary.unread = True
        for entry in (entry for source in sources for entry in source):
            if self._at_limit():
                return
            if not isinstance(entry, Target) or not self._frontier.counted(entry):
                yield self._counted(entry, self._judge(entry))
        for target in self._frontier.waiting():
            if self._at_limit():
                return
            refusal = self.filters.refuses_address(target.url)
            left_out = Outcome(kind=OutcomeKind.SKIPPED, url=target.url, asked=target.url, reason=refusal)
            yield self._counted(target, left_out if refusal else target)
        self.read_through, self.summary.unread = True, False

    def _at_limit(self) -> bool:
        self.stopped_at_limit = self._admitted == self._limit
        self.summary.unread = not self.stopped_at_limit
        return self.stopped_at_limit

    def _counted(self, entry: Target | Page | Failure, arrival: Arrival) -> Arrival:
        self.summary.take(entry.url)
        self._admitted += not isinstance(arrival, Outcome)
        return arrival

    def _judge(self, entry: Target | Page | Failure) -> Arrival:
        if isinstance(entry, Failure) and entry.url in self.filters.taken_down:
            return Outcome(kind=OutcomeKind.SKIPPED, url=entry.url, reason="taken down")
        if isinstance(entry, Failure):
            return Outcome(kind=OutcomeKind.FAILED, url=entry.url, failure=entry)
        refusal = self.filters.refuses_address(entry.url or entry.name or "")
        if refusal:
            return Outcome(kind=OutcomeKind.SKIPPED, url=entry.url or entry.name, reason=refusal)
        return self._target(entry) if isinstance(entry, Target) else entry

    def _target(self, target: Target) -> Target | Outcome:
        """A target, unless what is said of it rules it out, it came before or is not due, or its host's budget is spent."""
        refusal = self.filters.refuses_evidence(target.evidence)
        if refusal:
            return Outcome(kind=OutcomeKind.SKIPPED, url=target.url, reason=refusal)
        known = self._frontier.refuse(target)
        if known is not None:
            return known
        refusal = self.filters.over_budget(target.url)
        if refusal:
            return Outcome(kind=OutcomeKind.SKIPPED, url=target.url, reason=refusal)
        self._frontier.take(target)
        return target
