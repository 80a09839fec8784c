"""Hosts that are waited for: how long, and why."""

from dataclasses import dataclass

from scraper.records import FailureKind

__all__ = ["HostWait", "reason_of"]

_WORDS = {
    FailureKind.RATE_LIMITED: "it asks to be left alone",
    FailureKind.DNS: "its name is not resolved",
    FailureKind.CONNECT: "it cannot be reached",
    FailureKind.TLS: "its certificate is refused",
    FailureKind.TIMEOUT: "it does not answer in time",
    FailureKind.TRUNCATED: "its answers break off",
    FailureKind.PROTOCOL: "its answers are broken",
    FailureKind.HTTP_5XX: "its server fails",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HostWait:
    """A host, the seconds for which nothing is asked of it, and the failure for which. `waited`: the run lasts until then for it."""

    host: str
    seconds: float
    kind: FailureKind
    waited: bool = True

    @property
    def reason(self) -> str:
        """Why, in words."""
        return reason_of(self.kind)


def reason_of(kind: str) -> str:
    """The words for a kind of failure; the text itself for what is none."""
    return next((words for known, words in _WORDS.items() if known == kind), str(kind))
