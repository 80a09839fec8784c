"""What went over the wire, as the fetchers hand it to the archive."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

__all__ = ["OPEN_HEADERS", "Captured", "Keep"]

# Request headers, in lower case, whose values tell no secret: they may go to any host, and into an archive that is handed on. A list of
# those that do tell one would never end: every service has its own name for a key.
OPEN_HEADERS = frozenset({"accept", "accept-charset", "accept-encoding", "accept-language", "cache-control", "dnt", "pragma", "user-agent"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """A request and what came back, byte for byte as both went over the wire.

    `head`: how many bytes of `response` are its status line and headers. `cut`: why the rest is not whole, in the words of
    WARC-Truncated. `unchanged`: a 304 to a condition, which stands for a body that was sent before.
    """

    url: str
    request: bytes
    response: bytes
    head: int
    address: str | None  # of the server
    moment: datetime
    cut: str | None = None
    unchanged: bool = False


Keep = Callable[[Captured], str]
"""Keeps an exchange; the id of the record that holds its payload."""
