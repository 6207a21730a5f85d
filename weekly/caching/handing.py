"""What a CDN is told and given: which answers it may keep, and what is on record of each.

An answer is on record before it leaves, and what it shows is dropped by `purging`.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponseBase
from django.http.request import validate_host

from papers import conf, showing
from weekly.models import Copy, CopyName, DroppedName
from weekly.models.copies import hash_of

LOG = "wagtail.frontendcache"
TASK = "weekly.tasks.purge_copies"
# Browsers, and caches that nobody purges, ask each time whether their copy still holds: so none is out of date.
ASK_EACH_TIME = "public, max-age=0, must-revalidate"
SHARED = "s-maxage"
MOST = 50_000  # answers on record; made up addresses fill the table no further
MOST_NAMES = 2_000  # in one answer
GATHERED = 1.0  # seconds in which the changes of one publication are gathered

logger = logging.getLogger(__name__)


def seconds() -> int:
    """How long a CDN may keep an answer; 0 where none is set up."""
    return conf.get("CDN_SECONDS") if backends() else 0


def backends() -> Mapping[str, Mapping[str, Any]]:
    """Wagtail's settings of what can be purged. Its app need not be installed: that purges pages by itself."""
    place = getattr(settings, "WAGTAILFRONTENDCACHE_LOCATION", None)
    older = {"default": {"LOCATION": place}} if place else {}
    return getattr(settings, "WAGTAILFRONTENDCACHE", None) or older


def handed_on(request: HttpRequest, entry: partial[Any], names: Iterable[str]) -> partial[Any]:
    """An entry to be kept, as CDNs may keep it as well and on record; the same one where they may not."""
    headers, names = entry.keywords["headers"], set(names)
    if entry.keywords["vary"] or not _may_leave(request, headers, names) or not _record(request, names):
        return entry
    told = f"{ASK_EACH_TIME}, {SHARED}={seconds()}"
    return partial(entry, headers={**headers, "Cache-Control": told})


def tell_cdn(request: HttpRequest, response: HttpResponseBase, entry: partial[Any]) -> None:
    """Say in an answer what the entry says that was kept of it."""
    told = as_asked(request, entry.keywords["headers"]).get("Cache-Control")
    if told and SHARED in told:
        response.headers["Cache-Control"] = told


def _record(request: HttpRequest, names: set[str]) -> bool:
    """Whether it could be noted what a CDN may have."""
    try:
        with transaction.atomic():
            return _written(request.build_absolute_uri(), names)
    except DatabaseError as error:
        logger.warning("What a CDN may keep cannot be noted: it gets nothing", exc_info=error)
        return False


def _may_leave(request: HttpRequest, headers: Mapping[str, str], names: set[str]) -> bool:
    """Not what people type into searches, what a view has its own rules for, or what nobody could purge."""
    return (
        seconds() > 0
        and headers.get("Cache-Control") == ASK_EACH_TIME
        and showing.SEARCH not in names
        and len(names) <= MOST_NAMES
        and any(validate_host(request.get_host(), each.get("HOSTNAMES", ["*"])) for each in backends().values())
    )


def _written(address: str, names: set[str]) -> bool:
    if Copy.objects.count() >= MOST:
        return False
    (copy,) = Copy.objects.bulk_create([Copy(address=address)])  # no signals: nobody else is to know
    CopyName.objects.bulk_create([CopyName(copy=copy, name=hash_of(name)) for name in names])
    return True


def as_asked(request: HttpRequest, headers: dict[str, str]) -> dict[str, str]:
    """The headers for one asker. An address that was written otherwise than on record, as `/%7E/` for `/~/`, is
    another one for a CDN, and would not be purged. RAW_URI is gunicorn's, REQUEST_URI uWSGI's."""
    written = request.META.get("RAW_URI") or request.META.get("REQUEST_URI")
    if written is None or SHARED not in headers.get("Cache-Control", "") or written == request.get_full_path():
        return headers
    return {**headers, "Cache-Control": ASK_EACH_TIME}


def owe(names: Iterable[str]) -> None:
    """Note in the transaction at hand that all copies which show any of these are to be purged."""
    if seconds():
        DroppedName.objects.bulk_create([DroppedName(name=name) for name in sorted(set(names))])
        # A broker that is away stops nothing: the sweep rings again.
        transaction.on_commit(_bell.ring, robust=True)


class Bell:
    """Rings once for many changes: the task comes later than all for which no other ring was sent."""

    def __init__(self) -> None:
        self.rung_at = -GATHERED

    def ring(self) -> None:
        now = time.monotonic()
        if now - self.rung_at >= GATHERED:
            self.rung_at = now
            current_app.send_task(TASK, countdown=GATHERED)


_bell = Bell()
