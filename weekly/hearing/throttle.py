"""How often may be posted: from an address, on a page, on the whole site. Kept in the cache.

A stretch of time begins with the first post that is counted in it, for each address, page and site by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.utils.crypto import salted_hmac

from weekly.hearing import counters


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many posts in each stretch of so many seconds. `about` is `address`, `page` or `site`."""

    about: str
    most: int
    seconds: int


LIMITS = (
    Limit("address", 10, 600),
    Limit("address", 50, 24 * 3600),
    Limit("page", 60, 3600),
    Limit("site", 300, 3600),
)


@dataclass(frozen=True, slots=True)
class Full:
    """Which limit is reached, and in how many seconds it lets posts through again."""

    about: str
    wait: int


@dataclass(frozen=True, slots=True)
class Throttle:
    """The limits that a post from an address on a page comes under. The cache never sees the address itself.

    What comes under limits of its own is counted apart, under a `scope`.
    """

    address: str
    page_id: int
    limits: tuple[Limit, ...] = LIMITS
    scope: str = ""

    def full(self) -> Full | None:
        """The limit that lets nothing through now."""
        found = ((limit, counters.counted(key)) for limit, key in self._keys())
        return next((Full(limit.about, so_far.wait) for limit, so_far in found if so_far.number >= limit.most), None)

    def count(self) -> Full | None:
        """Count one post; the limit that it goes beyond, since others may post at the same moment."""
        found = [(limit, counters.count(key, limit.seconds)) for limit, key in self._keys()]
        return next((Full(limit.about, so_far.wait) for limit, so_far in found if so_far.number > limit.most), None)

    def _keys(self) -> list[tuple[Limit, str]]:
        about = {"address": _hashed(self.address), "page": str(self.page_id), "site": "all"}
        places = ((limit, f"{self.scope}{limit.about}.{limit.seconds}") for limit in self.limits)
        return [
            (limit, f"weekly.hearing.{place}.{about[limit.about]}") for limit, place in places if about[limit.about]
        ]


def _hashed(address: str) -> str:
    """Empty for an address that is not known, such as behind a proxy that nobody configured: the others still hold."""
    return salted_hmac("weekly.hearing.throttle", _network(address)).hexdigest()[:32] if address else ""


def _network(address: str) -> str:
    """One customer has a whole /64 of IPv6 addresses."""
    read = ip_address(address)
    if not isinstance(read, IPv6Address):
        return address
    return str(read.ipv4_mapped or IPv6Network((read, 64), strict=False))
