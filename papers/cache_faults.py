"""What caches raise when they are away, whichever of Django's backends a site has chosen."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import DatabaseError
from django.utils.module_loading import import_string

# By name, since a site has the library of its own cache at most. Both of memcached say otherwise than by OSError that
# a server broke off or answered what is no answer.
NAMES = ("redis.exceptions.RedisError", "pymemcache.exceptions.MemcacheError", "pylibmc.Error")


def installed(names: Iterable[str]) -> tuple[type[Exception], ...]:
    """Those of the named exceptions whose libraries are here."""
    found: list[type[Exception]] = []
    for name in names:
        try:
            found.append(import_string(name))
        except ImportError:
            continue
    return tuple(found)


CACHE_FAULTS = (OSError, DatabaseError, *installed(NAMES))
