"""Every cache that Django knows may be away; only one of their libraries is here."""

from __future__ import annotations

import pytest
from django.core.cache.backends.base import InvalidCacheBackendError
from django.core.cache.backends.redis import RedisCache

from papers.cache_faults import CACHE_FAULTS, NAMES, installed


def test_a_redis_that_is_away_is_a_fault_of_the_cache() -> None:
    away = RedisCache("redis://127.0.0.1:9/0", {})  # nobody listens on the discard port
    with pytest.raises(CACHE_FAULTS):
        away.get("anything")


def test_libraries_that_are_not_here_are_left_out() -> None:
    names = ["no.such.Fault", "django.core.cache.NoSuchFault", "django.core.cache.InvalidCacheBackendError"]
    assert installed(names) == (InvalidCacheBackendError,)


def test_each_library_of_djangos_caches_is_looked_for() -> None:
    assert {name.split(".")[0] for name in NAMES} == {"redis", "pymemcache", "pylibmc"}
