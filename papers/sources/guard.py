"""What a download may reach and how long it may last, enforced at the socket itself.

A name says nothing: it may resolve to a private address, to another one at the next look-up, or be written in a form
that only the resolver understands. So the address that the connected socket reports is judged, before a byte is sent.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from types import TracebackType
from typing import Any, Self

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from papers.errors import BlockedAddress

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


def is_public(address: str) -> bool:
    """Whether this IP address belongs to the public internet; an IPv4 address inside an IPv6 one is judged instead."""
    ip = ip_address(address)
    inner = _inner_ipv4(ip) if isinstance(ip, IPv6Address) else None
    judged = ip if inner is None else inner
    return judged.is_global and not judged.is_multicast


def _inner_ipv4(ip: IPv6Address) -> IPv4Address | None:
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour


class Guard:
    """Watches the connections of one request: refuses peers that are not `allowed`, cuts everything after `seconds`.

    The cut comes from a timer, since a server that sends a byte now and then never meets a socket's own time limit.
    """

    def __init__(self, url: str, *, seconds: float, allowed: Callable[[str], bool]) -> None:
        self.url = url
        self.allowed = allowed
        self.expired = False
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def admit(self, sock: socket.socket) -> None:
        """Raises BlockedAddress where the peer's IP address is not allowed, TimeoutError where the time is over."""
        if not self.allowed(sock.getpeername()[0]):
            raise BlockedAddress(url=self.url)
        # TLS takes the socket's descriptor away from it; a duplicate stays good for cutting the connection.
        self._sockets.append(sock.dup())
        if self.expired:
            raise TimeoutError

    def _cut(self) -> None:
        self.expired = True
        for sock in self._sockets:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._timer.cancel()
        self._timer.join()
        for sock in self._sockets:
            sock.close()


class _Guarded:
    """Mixed into a connection: shows each new socket to the guard before it is used."""

    def __init__(self, *args: Any, guard: Guard, **options: Any) -> None:
        super().__init__(*args, **options)
        self._guard = guard

    def _new_conn(self) -> socket.socket:
        sock: socket.socket = super()._new_conn()  # type: ignore[misc]
        try:
            self._guard.admit(sock)
        except BaseException:
            sock.close()
            raise
        return sock


class _HttpConnection(_Guarded, HTTPConnection): ...


class _HttpsConnection(_Guarded, HTTPSConnection): ...


class _HttpPool(HTTPConnectionPool):
    ConnectionCls = _HttpConnection


class _HttpsPool(HTTPSConnectionPool):
    ConnectionCls = _HttpsConnection


class GuardedAdapter(HTTPAdapter):
    """A requests transport whose connections all pass the guard. It goes through no proxy: a proxy would look up the
    name and connect in our place, beyond the reach of the address check."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        super().__init__()

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        pools = {"http": partial(_HttpPool, guard=self._guard), "https": partial(_HttpsPool, guard=self._guard)}
        self.poolmanager.pool_classes_by_scheme = pools
