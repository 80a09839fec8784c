"""What is known of a host from one run to the next."""

from dataclasses import dataclass

__all__ = ["Host"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """`delay`: seconds between requests. `parked_until`: seconds since 1970; None where it may be asked. `failures`: in a row."""

    host: str
    delay: float = 0.0
    parked_until: float | None = None
    reason: str | None = None
    failures: int = 0
