from __future__ import annotations

import socket

import pytest

from papers.errors import BlockedAddress
from papers.sources.guard import Guard, is_public


@pytest.mark.parametrize("address", ["151.101.3.42", "8.8.8.8", "2a04:4e42::674", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
    ],
)
def test_a_private_ipv4_address_is_not(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "ff0e::1"]
)
def test_a_private_ipv6_address_is_not(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2002:a9fe:a9fe::1"]
)
def test_an_ipv4_address_inside_an_ipv6_one_is_judged_itself(address: str) -> None:
    assert not is_public(address)


@pytest.fixture
def connected() -> socket.socket:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as sock:
        yield sock


def test_the_guard_judges_the_peer_and_not_the_name(connected: socket.socket) -> None:
    guard = Guard("https://arxiv.org/pdf/1", seconds=9, allowed=is_public)
    with guard, pytest.raises(BlockedAddress, match=r"https://arxiv\.org/pdf/1"):
        guard.admit(connected)


def test_the_guard_lets_a_private_peer_pass_where_that_is_allowed(connected: socket.socket) -> None:
    with Guard("http://localhost/", seconds=9, allowed=lambda address: True) as guard:
        guard.admit(connected)
    assert not guard.expired


def test_the_guard_cuts_the_connection_when_the_time_is_over(connected: socket.socket) -> None:
    with Guard("http://localhost/", seconds=0.02, allowed=lambda address: True) as guard:
        guard.admit(connected)
        connected.settimeout(60)
        assert connected.recv(1) == b""
    assert guard.expired


def test_a_connection_made_after_the_end_is_not_admitted(connected: socket.socket) -> None:
    with Guard("http://localhost/", seconds=0, allowed=lambda address: True) as guard:
        guard._timer.join()
        with pytest.raises(TimeoutError):
            guard.admit(connected)
