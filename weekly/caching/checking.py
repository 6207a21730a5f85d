"""Tells at start where pages are rendered anew for each reader."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.cache import caches

from weekly.caching.shelf import cache_alias, is_shared


def check_cache(**kwargs: Any) -> list[checks.CheckMessage]:
    """weekly.W020 where the cache belongs to one process; nothing on a developer's machine, where pages change."""
    alias = cache_alias()
    if settings.DEBUG or is_shared(caches[alias]):
        return []
    told = f"Pages are rendered anew for each reader: the cache “{alias}” is no other process's."
    hint = 'Give CACHES an entry "digest" that all processes share: see docs/caching.md.'
    return [checks.Warning(told, hint=hint, id="weekly.W020")]
