"""Marks and counts in the default cache. Where the cache is away, nothing is held against anybody."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache
from django.db import DatabaseError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")
AWAY = (OSError, RedisError, DatabaseError)  # what Django's own cache backends raise


def mark(key: str, seconds: int) -> bool:
    """Set a mark for a time; False where it was set already."""
    return _asked(lambda: cache.add(key, 1, seconds), True)


def is_marked(key: str) -> bool:
    return _asked(lambda: cache.get(key) is not None, False)


def count(key: str, seconds: int) -> int:
    """Count one more under a key that is forgotten after a time; how many there are now."""
    return _asked(lambda: _count(key, seconds), 1)


def counted(key: str) -> int:
    return _asked(lambda: cache.get(key, 0), 0)


def _count(key: str, seconds: int) -> int:
    if cache.add(key, 1, seconds):
        return 1
    try:
        number = cache.incr(key)
    except ValueError:  # forgotten between the two questions, or a cache that keeps nothing
        return 1
    cache.touch(key, seconds)  # some caches forget the time when they count
    return number


def _asked(question: Callable[[], Answer], otherwise: Answer) -> Answer:
    try:
        return question()
    except AWAY:
        logger.warning("The cache is away: readers' posts are not counted", exc_info=True)
        return otherwise
