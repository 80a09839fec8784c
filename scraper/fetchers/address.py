"""Which addresses may be connected to: public ones, and those in networks that were allowed by name."""

import ipaddress
import re
import socket
from collections.abc import Iterable, Sequence

__all__ = ["Address", "Network", "networks", "numeric_alias", "refusal"]

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
_6TO4 = ipaddress.IPv6Network("2002::/16")  # RFC 3056: bits 16 to 47 are an IPv4 address

# Blocks of the IANA special-purpose registries that `is_global` of Python 3.11 takes for public.
_RESERVED = tuple(
    (ipaddress.ip_network(block), reason)
    for block, reason in (
        ("64:ff9b:1::/48", "local NAT64"),  # RFC 8215
        ("192.88.99.0/24", "6to4 relay"),  # RFC 7526
        ("3fff::/20", "documentation"),  # RFC 9637
        ("5f00::/16", "segment routing"),  # RFC 9602
        ("fec0::/10", "site-local"),  # RFC 3879
        ("::/96", "IPv4-compatible"),  # RFC 4291, 2.5.5.1
        ("2001::/32", "Teredo"),  # RFC 4380: tunnels to an embedded IPv4 address
    )
)

_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)", re.IGNORECASE)


def networks(blocks: Iterable[str]) -> tuple[Network, ...]:
    """CIDR blocks as networks; ValueError names the one that is none."""
    return tuple(ipaddress.ip_network(block, strict=False) for block in blocks)


def numeric_alias(host: str) -> bool:
    """Whether a host is a number that the system's resolver would take for an IPv4 address, but not in its plain form.

    `2130706433`, `0x7f.1`, `127.1`, `0` and `0177.0.0.1` all reach the loopback interface.
    """
    bare = host.rstrip(".")
    if not bare or not _NUMBER.fullmatch(bare.rpartition(".")[2]):
        return False
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return True  # WHATWG URL: a host whose last label is a number is an IPv4 address or invalid
    return socket.inet_ntoa(socket.inet_aton(host)) != host


def refusal(address: Address, allowed: Sequence[Network] = ()) -> str | None:
    """Why an address is not connected to, in words; None where it may be. Embedded IPv4 addresses are judged like plain ones."""
    if isinstance(address, ipaddress.IPv6Address) and address.scope_id:
        address = ipaddress.IPv6Address(int(address))
    if any(address in network for network in allowed if network.version == address.version):
        return None
    inner = _embedded(address)
    if inner is not None:
        reason = refusal(inner, allowed)
        return f"{reason} (embedded {inner})" if reason else None
    return next((reason for network, reason in _RESERVED if address in network), None) or _kind(address)


def _embedded(address: Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for, if it does."""
    if not isinstance(address, ipaddress.IPv6Address):
        return None
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    if address in _6TO4:
        return ipaddress.IPv4Address(int(address) >> 80 & 0xFFFF_FFFF)
    return None


def _kind(address: Address) -> str | None:
    """The kind of a special address, in words; None for a public one."""
    for name in ("unspecified", "loopback", "link_local", "multicast"):
        if getattr(address, f"is_{name}"):
            return name.replace("_", "-")
    if address.is_reserved:
        return "reserved"
    return None if address.is_global else "private"
