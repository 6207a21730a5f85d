"""A cache that cannot be reached: a real client of a server that does not listen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.test import override_settings

NOBODY = "redis://127.0.0.1:9/0"  # nobody listens on the discard port
AWAY = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": NOBODY}}


@contextmanager
def cache_away() -> Iterator[None]:
    with override_settings(CACHES=AWAY):
        yield
