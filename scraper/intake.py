"""What enters a run: each target counted, the unwanted and the repeated told apart, up to the limit."""

from collections.abc import Iterable, Iterator

from extractors.urls import document_id
from scraper.filters import Filters
from scraper.records import Failure, Outcome, OutcomeKind, Page, Target
from scraper.summary import Summary

__all__ = ["Arrival", "Intake"]

Arrival = Target | Page | Outcome  # work to do, or an outcome that is known already


class Intake:
    """Reads the sources one after another. The first place of each address is remembered, so that a repetition can name it."""

    def __init__(self, filters: Filters, summary: Summary, *, limit: int | None) -> None:
        self._filters, self._summary, self._limit = filters, summary, limit
        self._first: dict[str, str] = {}
        self.stopped_at_limit = False

    def read(self, sources: Iterable[Iterable[Target | Page | Failure]]) -> Iterator[Arrival]:
        """Each entry of each source, judged. Stops after `limit` entries that give work; what is left then was never a target."""
        admitted = 0
        for source in sources:
            for entry in source:
                if admitted == self._limit:
                    self.stopped_at_limit = True
                    return
                arrival = self._judge(entry)
                self._summary.take(entry.url)
                admitted += not isinstance(arrival, Outcome)
                yield arrival

    def _judge(self, entry: Target | Page | Failure) -> Arrival:
        if isinstance(entry, Failure):
            return Outcome(kind=OutcomeKind.FAILED, url=entry.url, failure=entry)
        refusal = self._filters.refuses_address(entry.url or entry.name or "")
        if refusal:
            return Outcome(kind=OutcomeKind.SKIPPED, url=entry.url or entry.name, reason=refusal)
        return self._target(entry) if isinstance(entry, Target) else entry

    def _target(self, target: Target) -> Target | Outcome:
        """A target, unless what is said of it rules it out, it came before, or its host's budget is spent."""
        refusal = self._filters.refuses_evidence(target.evidence)
        if refusal:
            return Outcome(kind=OutcomeKind.SKIPPED, url=target.url, reason=refusal)
        result = self._repeated(target)
        if isinstance(result, Outcome):
            return result
        refusal = self._filters.over_budget(target.url)
        return Outcome(kind=OutcomeKind.SKIPPED, url=target.url, reason=refusal) if refusal else target

    def _repeated(self, target: Target) -> Target | Outcome:
        key = document_id(target.url, None)
        first = self._first.get(key)
        if first is None:
            self._first[key] = target.name or target.url
            return target
        reason = f"{target.name}: the same address as {first}" if target.name else f"the same address as {first}"
        return Outcome(kind=OutcomeKind.DUPLICATE, url=target.url, reason=reason)
