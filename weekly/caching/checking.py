"""Tells at start where pages are rendered anew for each reader, and where a CDN could not be purged."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.cache import caches

from papers import conf
from weekly.caching.cdn import LOG, backends
from weekly.caching.shelf import cache_alias, is_shared


def check_cache(**kwargs: Any) -> list[checks.CheckMessage]:
    """weekly.W020 where the cache belongs to one process; nothing on a developer's machine, where pages change."""
    alias = cache_alias()
    if settings.DEBUG or is_shared(caches[alias]):
        return []
    told = f"Pages are rendered anew for each reader: the cache “{alias}” is no other process's."
    hint = 'Give CACHES an entry "digest" that all processes share: see docs/caching.md.'
    return [checks.Warning(told, hint=hint, id="weekly.W020")]


def check_cdn(**kwargs: Any) -> list[checks.CheckMessage]:
    """weekly.E021 where DIGEST["CDN_SECONDS"] is no time, weekly.W021 where nothing could be purged in that time,
    weekly.W022 where nobody would hear that a purge failed."""
    wanted = conf.get("CDN_SECONDS")
    if type(wanted) is not int or wanted < 0:
        told = f"DIGEST['CDN_SECONDS'] is {wanted!r}, which is no whole number of seconds."
        return [checks.Error(told, hint="Give 0 where no CDN is to keep pages.", id="weekly.E021")]
    if not wanted:
        return []
    if not backends():
        told = "DIGEST['CDN_SECONDS'] has no effect: no CDN could be purged."
        hint = "Set WAGTAILFRONTENDCACHE: see docs/caching.md."
        return [checks.Warning(told, hint=hint, id="weekly.W021")]
    if not logging.getLogger(LOG).isEnabledFor(logging.ERROR):
        told = f"The log “{LOG}” is off, where Wagtail tells that a CDN did not purge: it would not be asked again."
        return [checks.Warning(told, hint="Let it write errors: see LOGGING.", id="weekly.W022")]
    return []
