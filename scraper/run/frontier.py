"""Which of the named addresses are asked for: each once in a run, and across runs what is new, due or insisted on."""

from collections.abc import Callable, Iterator
from typing import Protocol

from extractors.urls import document_id
from scraper.records import Answer, Failure, Outcome, OutcomeKind, Target
from scraper.run.schedule import is_due, said_of
from scraper.state.targets import KnownTarget, Targets

__all__ = ["Frontier", "Remembered", "Seen"]


class Frontier(Protocol):
    """Asked for each address that a source names, in order."""

    def refuse(self, target: Target) -> Outcome | None:
        """The outcome of a target that is not asked for; None where it is to be."""
        ...

    def counted(self, target: Target) -> bool:
        """Whether it has had its outcome in this run already without having been named."""
        ...

    def take(self, target: Target) -> None:
        """It is going to be asked for."""
        ...

    def waiting(self) -> Iterator[Target]:
        """What is still to be asked for though no source of this run names it."""
        ...


class Seen:
    """The addresses of this run, in memory, with the first place of each, so that a repetition can name it."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}

    def refuse(self, target: Target) -> Outcome | None:
        """A repetition is refused."""
        key = document_id(target.url, None)
        first = self._first.get(key)
        self._first.setdefault(key, target.name or target.url)
        return None if first is None else _repeated(target, first)

    def counted(self, target: Target) -> bool:  # noqa: ARG002 - the protocol's
        """Nothing has an outcome before it is named."""
        return False

    def take(self, target: Target) -> None:
        """It was noted when it was named."""

    def waiting(self) -> Iterator[Target]:
        """Nothing was left by earlier runs."""
        return iter(())


class Remembered:
    """The addresses that a state knows. `run`: the present one; `round_start`: the first of its round; `now`: seconds since 1970."""

    def __init__(self, targets: Targets, *, run: int, round_start: int, now: Callable[[], float]) -> None:
        self._targets, self._run, self._round_start, self._now = targets, run, round_start, now

    def refuse(self, target: Target) -> Outcome | None:
        """Repetitions are refused, and what is not due, each with what is known of it."""
        known = self._targets.find(target.url)
        if known is None:
            return None
        if known.named_in == self._run:
            return _repeated(target, known.target.name or known.target.url)
        if known.pending or is_due(known, target, round_start=self._round_start, now=self._now()):
            return None
        self._targets.named(known, self._run)
        return self._known_outcome(target, known)

    def counted(self, target: Target) -> bool:
        """A page that was fetched before the run was killed, and is no news now that its address is named."""
        known = self._targets.find(target.url)
        if known is None or known.settled_in != self._run or known.named_in == self._run:
            return False
        self._targets.named(known, self._run)
        return True

    def take(self, target: Target) -> None:
        """It waits for its outcome, in this run or a later one."""
        known, said, now = self._targets.find(target.url), said_of(target.evidence), self._now()
        if known is None:
            self._targets.add(target, run=self._run, said=said, due=now)
        else:
            self._targets.queue(known, target, run=self._run, said=said, due=now)

    def recall(self, answer: Answer) -> bool:
        """Whether what was fetched when a run was killed is to be gone on with; it waits for its outcome then."""
        asked = answer.url if isinstance(answer, Failure) else answer.url_requested
        known = self._targets.find(asked) if asked else None
        if asked is None or (known is not None and not known.pending and _is_older(answer, known)):
            return False
        if known is None:
            source = None if isinstance(answer, Failure) else answer.source
            self._targets.add(Target(url=asked, source=source), run=self._run - 1, said=None, due=self._now())
        return True

    def waiting(self) -> Iterator[Target]:
        """What earlier runs did not come to, and failures that are due."""
        for known in self._targets.waiting(self._run):
            self._targets.named(known, self._run)
            yield known.target

    def _known_outcome(self, target: Target, known: KnownTarget) -> Outcome:
        """What was concluded before stands."""
        if known.outcome is OutcomeKind.FAILED and (known.settled_in or 0) >= self._round_start:
            return Outcome(kind=OutcomeKind.FAILED, url=target.url, reason=f"failed earlier in this round ({known.failure})")
        if known.outcome is OutcomeKind.FAILED:
            return Outcome(kind=OutcomeKind.SKIPPED, url=target.url, reason=f"failed before ({known.failure}) and not due again")
        kind = known.outcome if known.outcome in {OutcomeKind.SKIPPED, OutcomeKind.DUPLICATE} else OutcomeKind.UNCHANGED
        return Outcome(kind=kind or OutcomeKind.UNCHANGED, url=target.url, reason="not due again")


def _is_older(answer: Answer, known: KnownTarget) -> bool:
    """Whether what is known was concluded no earlier than the answer came."""
    return answer.fetched_at is None or known.fetched is None or answer.fetched_at.timestamp() <= known.fetched


def _repeated(target: Target, first: str) -> Outcome:
    reason = f"{target.name}: the same address as {first}" if target.name else f"the same address as {first}"
    return Outcome(kind=OutcomeKind.DUPLICATE, url=target.url, reason=reason)
