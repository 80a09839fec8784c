"""Addresses: what is public and what is not."""

import ipaddress

import pytest

from scraper.fetchers.address import networks, numeric_alias, refusal
from scraper.fetchers.guard import AddressRefused, Guard, NameUnknown

PRIVATE = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255",
    "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1",
    "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255", "::", "::1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::7f00:1", "64:ff9b::a00:1", "64:ff9b::169.254.169.254",
    "64:ff9b:1::1", "100::1", "2001:db8::1", "2001::1",
    "2002:a00:1::", "2002:7f00:1::1", "2002:c0a8:101::", "3fff::1", "fc00::1", "fd12:3456::1",
    "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
]  # fmt: skip
PUBLIC = ["1.1.1.1", "8.8.8.8", "100.63.255.255", "172.32.0.1", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::1", "::ffff:8.8.8.8"]


@pytest.mark.parametrize("text", PRIVATE)
def test_refused(text: str) -> None:
    assert refusal(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", PUBLIC)
def test_public(text: str) -> None:
    assert refusal(ipaddress.ip_address(text)) is None


def test_allowed_networks_open_just_themselves() -> None:
    allowed = networks(["127.0.0.0/24", "fd00::/8", "10.1.2.3"])
    assert refusal(ipaddress.ip_address("127.0.0.9"), allowed) is None
    assert refusal(ipaddress.ip_address("::ffff:127.0.0.9"), allowed) is None
    assert refusal(ipaddress.ip_address("fd00::1"), allowed) is None
    assert refusal(ipaddress.ip_address("127.0.1.1"), allowed)
    assert refusal(ipaddress.ip_address("10.1.2.4"), allowed)


def test_a_network_that_is_none_is_named() -> None:
    with pytest.raises(ValueError, match="intranet"):
        networks(["intranet"])


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "0x7f.1", "127.1", "0", "0177.0.0.1", "127.0.0.01", "1.2.3.4.5", "example.1", "127.0.0.1."]
)
def test_numeric_aliases(host: str) -> None:
    assert numeric_alias(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "8.8.8.8", "example.org", "1e100.net", "2001.example", "::1", "", "a1"])
def test_no_aliases(host: str) -> None:
    assert not numeric_alias(host)


def test_a_name_is_resolved_once_and_forgotten_after_a_while() -> None:
    asked: list[str] = []
    now = [0.0]

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["8.8.8.8"]

    guard = Guard(resolve=resolve, clock=lambda: now[0])
    for _ in range(3):
        assert guard.addresses("example.org", 443) == ("8.8.8.8",)
    assert len(asked) == 1
    now[0] = 301.0
    guard.addresses("example.org", 443)
    assert len(asked) == 2


def test_a_name_without_addresses_is_unknown() -> None:
    with pytest.raises(NameUnknown, match="no address"):
        Guard(resolve=lambda host, port: []).addresses("example.org", 80)


def test_all_addresses_and_reasons_are_told() -> None:
    guard = Guard(resolve=lambda host, port: ["10.0.0.1", "fe80::1"])
    with pytest.raises(AddressRefused, match=r"10\.0\.0\.1 \(private\), fe80::1 \(link-local\)"):
        guard.addresses("example.org", 80)
