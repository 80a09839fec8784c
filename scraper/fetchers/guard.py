"""Connections that reach only addresses that were checked: a name is resolved once, vetted, and that very address is connected to."""

import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Sequence

from scraper.fetchers.address import networks, numeric_alias, refusal

__all__ = ["AddressRefused", "Guard", "NameUnknown", "Resolve", "system_resolve"]

# A name's addresses are remembered for five minutes: the pace of a shared address needs them again, and most records live longer.
_REMEMBERED = 300.0
# A name that is not found is not asked for again by the very next steps of the same fetch.
_NOT_FOUND_REMEMBERED = 0.4  # under the shortest wait before a retry
_MOST_REMEMBERED = 20_000  # names; about 200 bytes each

Resolve = Callable[[str, int], Sequence[str]]
"""Host and port in, addresses in the order of preference out; OSError where there are none."""


class AddressRefused(Exception):
    """The host is, or resolves to, nothing but addresses that are never connected to."""


class NameUnknown(Exception):
    """The host name could not be resolved."""


def system_resolve(host: str, port: int) -> list[str]:
    """The addresses that the system's resolver gives, in its order, each once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Guard:
    """Resolves and vets hosts. `allow` are CIDR blocks that may be connected to though they are private; safe to share among threads."""

    def __init__(
        self, allow: Sequence[str] = (), *, resolve: Resolve = system_resolve, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._allowed = networks(allow)
        self._resolve = resolve
        self._clock = clock
        self._known: dict[tuple[str, int], tuple[float, tuple[str, ...] | NameUnknown]] = {}

    def addresses(self, host: str, port: int, *, seconds: float = 30.0) -> tuple[str, ...]:
        """The addresses of `host` that may be connected to. Raises AddressRefused or NameUnknown; waits at most `seconds`."""
        host = host.strip("[]")
        if numeric_alias(host):
            raise AddressRefused(f"{host} is a number in place of an address")
        found = self._lookup(host, port, seconds)
        verdicts = [(address, refusal(ipaddress.ip_address(address), self._allowed)) for address in found]
        good = tuple(address for address, reason in verdicts if reason is None)
        if not good:
            places = ", ".join(f"{address} ({reason})" for address, reason in verdicts)
            raise AddressRefused(f"{host} is at {places}; --allow-network allows private networks")
        return good

    def literal(self, host: str) -> None:
        """Raise AddressRefused for a host that is itself a refused address; names pass, since a proxy resolves them."""
        host = host.strip("[]")
        if numeric_alias(host) or host.rstrip(".").lower().endswith("localhost"):
            raise AddressRefused(f"{host} is no public name")
        try:
            reason = refusal(ipaddress.ip_address(host), self._allowed)
        except ValueError:
            return
        if reason:
            raise AddressRefused(f"{host} is {reason}")

    def _lookup(self, host: str, port: int, seconds: float) -> tuple[str, ...]:
        """The addresses of a host, remembered for a while."""
        try:
            return (str(ipaddress.ip_address(host)),)
        except ValueError:
            pass  # a name, not an address
        known = self._known.get((host, port))
        if known is None or known[0] <= self._clock():
            known = self._ask(host, port, seconds)
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            self._known[host, port] = known
        if isinstance(known[1], NameUnknown):
            raise NameUnknown(str(known[1]))
        return known[1]

    def _ask(self, host: str, port: int, seconds: float) -> tuple[float, tuple[str, ...] | NameUnknown]:
        """What the resolver says, and until when that is remembered."""
        try:
            found = _bounded(lambda: self._resolve(host, port), host, seconds)
        except NameUnknown as error:
            return self._clock() + _NOT_FOUND_REMEMBERED, error
        return self._clock() + _REMEMBERED, found


def _bounded(call: Callable[[], Sequence[str]], host: str, seconds: float) -> tuple[str, ...]:
    """The result of a resolver that may hang, or NameUnknown after `seconds`. A hanging thread ends when the system gives up."""
    results: list[Sequence[str] | OSError | UnicodeError] = []

    def run() -> None:
        try:
            results.append(call())
        except (OSError, UnicodeError) as error:
            results.append(error)

    thread = threading.Thread(target=run, name="resolve", daemon=True)
    thread.start()
    thread.join(seconds)
    if not results:
        raise NameUnknown(f"no answer for {host} within {seconds:.1f} s")
    if isinstance(results[0], Exception):
        raise NameUnknown(f"{host}: {results[0]}") from results[0]
    found = results[0]
    if not found:
        raise NameUnknown(f"{host} has no address")
    return tuple(found)
