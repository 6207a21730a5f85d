"""Marks and counts in the default cache. Where the cache is away, nothing is held against anybody."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from django.core.cache import cache

from papers.cache_faults import CACHE_FAULTS

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")


class Count(NamedTuple):
    """How many there are, and in how many seconds they are forgotten."""

    number: int
    wait: int


def mark(key: str, seconds: int) -> bool:
    """Set a mark for a time; False where it was set already."""
    return _asked(lambda: cache.add(key, 1, seconds), True)


def is_marked(key: str) -> bool:
    return _asked(lambda: cache.get(key) is not None, False)


def count(key: str, seconds: int) -> Count:
    """Count one more under a key. All are forgotten together, so many seconds after the first of them."""
    return _asked(lambda: _count(key, seconds), Count(1, seconds))


def counted(key: str) -> Count:
    return _asked(lambda: _counted(key), Count(0, 0))


def _count(key: str, seconds: int) -> Count:
    now = int(time.time())
    end = cache.get_or_set(_end(key), now + seconds, seconds)
    wait = max(end - now, 1)
    return Count(_one_more(_until(key, end), wait), wait)


def _counted(key: str) -> Count:
    end = cache.get(_end(key))
    if end is None:
        return Count(0, 0)
    return Count(cache.get(_until(key, end), 0), max(end - int(time.time()), 1))


def _one_more(key: str, seconds: int) -> int:
    if cache.add(key, 1, seconds):
        return 1
    try:
        number = cache.incr(key)
    except ValueError:  # forgotten between the two questions, or a cache that keeps nothing
        return 1
    cache.touch(key, seconds)  # some caches forget the time when they count
    return number


def _end(key: str) -> str:
    return f"{key}.end"


def _until(key: str, end: int) -> str:
    """Named by its end, so that what is still there a moment after it counts no more."""
    return f"{key}.{end}"


def _asked(question: Callable[[], Answer], otherwise: Answer) -> Answer:
    try:
        return question()
    except CACHE_FAULTS:
        logger.warning("The cache is away: readers' posts are not counted", exc_info=True)
        return otherwise
