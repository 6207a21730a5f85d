"""Purges from CDNs what changed, through the backends that Wagtail has for them; done by a worker.

Drops are written with their change (`cdn.schedule_purge`), and found here as rows. An address stands in the table until
it was purged twice: at once, and after `AGAIN`, since an answer from before may have been on its way during the first.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import randrange
from typing import Any
from urllib.parse import urlsplit

import requests
from celery import current_app
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from wagtail.contrib.frontend_cache.backends import HTTPBackend
from wagtail.contrib.frontend_cache.utils import get_backends

from weekly.caching.cdn import LOG, TASK, backends, seconds
from weekly.caching.shelf import get_shelf
from weekly.models import CdnCopy, DroppedName
from weekly.models.cdn import hashes_of

AT_ONCE = 30  # addresses; as many as Cloudflare takes in one request
ROWS = 500  # that are changed at once
AGAIN = timedelta(minutes=1)  # longer than an answer is on its way
LEASE = timedelta(minutes=5)  # longer than AT_ONCE slow answers take
LONGEST_PAUSE = timedelta(minutes=15)  # between two tries
PATIENCE = 5.0  # seconds for one answer of a CDN
IN_A_ROW = 3  # batches that failed as a whole, after which it counts as away
NOT_THERE = {404, 410, 412}  # answered by caches that hold no copy; 412 by old purge modules of nginx

logger = logging.getLogger(__name__)


def sweep() -> None:
    """Start a worker where something is to be purged that nobody purges; forget copies whose time is over.

    Once nothing is to be shared any more, what still is gets purged. A site without a CDN pays one question.
    """
    now, is_on = timezone.now(), seconds() > 0
    if not is_on and not CdnCopy.objects.exists():
        return
    while over := list(CdnCopy.objects.filter(until__lt=now).values_list("pk", flat=True)[:ROWS]):
        CdnCopy.objects.filter(pk__in=over).delete()
    if not is_on:
        CdnCopy.objects.current().update(purge_at=now)
    is_leased = CdnCopy.objects.filter(leased_until__gt=now).exists()
    if not is_leased and (_due().exists() or DroppedName.objects.exists()):
        current_app.send_task(TASK, expires=60)


def purge() -> int:
    """Purge all that is due; returns how many copies were. Where a CDN is away the rest waits for the next sweep."""
    _collect()
    count = in_a_row = 0
    while in_a_row < IN_A_ROW and (copies := _leased()):
        failed = _failed({copy.address for copy in copies})
        through = [copy for copy in copies if copy.address not in failed]
        with transaction.atomic():
            for copy in copies:
                _settle(copy, copy in through)
        count += len(through)
        in_a_row = 0 if through else in_a_row + 1
    return count


# From names to addresses


def _collect() -> None:
    """All copies that show something dropped are due, once the page cache has dropped it as well, which makes up for
    drops that a killed process never sent. While the page cache is away the names stay: it could still answer them."""
    while rows := dict(DroppedName.objects.order_by("pk").values_list("pk", "name")[:ROWS]):
        if not _drop(rows.values()) or not _marked(rows.values()):
            logger.warning("The page cache is away: nothing is purged from CDNs")
            return
        DroppedName.objects.filter(pk__in=rows).delete()


@transaction.atomic
def _marked(names: Iterable[str]) -> bool:
    """Dropped again before the rows are taken: what was recorded meanwhile would be answered without a record."""
    dropped = hashes_of(names)
    current = CdnCopy.objects.current().values_list("pk", "shows").iterator()
    keys = [pk for pk, shows in current if not dropped.isdisjoint(shows.split())]
    for start in range(0, len(keys), ROWS):
        CdnCopy.objects.current().filter(pk__in=keys[start : start + ROWS]).update(purge_at=timezone.now())
    done = _drop(names)
    transaction.set_rollback(not done)
    return done


def _drop(names: Iterable[str]) -> bool:
    shelf = get_shelf()
    return shelf is None or shelf.drop(names)


# Which are purged, and what becomes of them


def _due() -> Any:
    now = timezone.now()
    return CdnCopy.objects.filter(Q(leased_until=None) | Q(leased_until__lte=now), purge_at__lte=now)


def _leased() -> list[CdnCopy]:
    """Some that are due, which no other worker takes up meanwhile: the moment tells whose they are.

    What failed before goes alone, so that an address which is refused stands in no other's way.
    """
    rows = dict(_due().order_by("purge_at", "pk").values_list("pk", "tries")[:AT_ONCE])
    keys = [pk for pk, tries in rows.items() if not tries] or list(rows)[:1]
    until = timezone.now() + LEASE + timedelta(microseconds=randrange(1_000_000))  # noqa: S311 - no secret
    _due().filter(pk__in=keys).update(leased_until=until, tries=F("tries") + 1)
    return list(CdnCopy.objects.filter(pk__in=keys, leased_until=until))


def _settle(copy: CdnCopy, is_through: bool) -> None:
    """What failed is tried again, at once and then later; what was purged once is purged again; the rest goes."""
    mine, now = CdnCopy.objects.filter(pk=copy.pk, leased_until=copy.leased_until), timezone.now()
    if is_through and copy.purged:
        mine.delete()
    elif is_through:
        mine.update(leased_until=None, purge_at=now + AGAIN, purged=True, tries=0)
    else:
        pause = min(timedelta(seconds=15) * (2 ** min(copy.tries, 10) - 2), LONGEST_PAUSE)
        mine.update(leased_until=None, purge_at=now + pause)


# Through Wagtail's backends


def _failed(addresses: set[str]) -> set[str]:
    """Those of the addresses that could not be purged everywhere.

    Not through Wagtail's own task, which adds each address in all languages and tells nobody what failed.
    """
    failed: set[str] = set()
    for name in backends():
        try:
            failed |= _failed_at(name, addresses)
        except Exception as error:  # noqa: BLE001 - whatever a host's backend raises, the others are still purged
            logger.warning("A CDN cannot be purged", extra={"backend": name}, exc_info=error)
            failed |= addresses
    if failed:
        logger.warning("A CDN did not purge", extra={"failed": len(failed), "of": len(addresses)})
    return failed


def _failed_at(name: str, addresses: set[str]) -> set[str]:
    (backend,) = get_backends(backends=[name]).values()
    mine = [url for url in sorted(addresses) if backend.invalidates_hostname(urlsplit(url).netloc)]
    if type(backend).purge is HTTPBackend.purge:
        return {url for url in mine if not _is_gone(backend, url)}
    with _listening() as told:
        backend.purge_batch(mine)
    return set(mine) if told else set()


def _is_gone(backend: HTTPBackend, url: str) -> bool:
    """As Wagtail asks, which would wait without end for a cache that hangs. Raises what requests does."""
    parts = urlsplit(url)
    address = parts._replace(scheme=backend.cache_scheme, netloc=backend.cache_netloc).geturl()
    headers = {"Host": parts.netloc, "Accept-Encoding": "identity"}
    with requests.request("PURGE", address, headers=headers, timeout=PATIENCE, allow_redirects=False) as answer:
        return 200 <= answer.status_code < 300 or answer.status_code in NOT_THERE


@contextmanager
def _listening() -> Iterator[list[str]]:
    """What the other backends could not purge: they write it into a log, one of them into the root's."""
    told: list[str] = []
    thread = threading.get_ident()
    handler = logging.Handler(logging.ERROR)
    handler.addFilter(lambda record: record.name in {LOG, "root"} and record.thread == thread)
    handler.emit = lambda record: told.append(record.getMessage())  # type: ignore[method-assign]
    logs = [logging.getLogger(LOG), logging.getLogger()]
    for log in logs:
        log.addHandler(handler)
    try:
        yield told
    finally:
        for log in logs:
            log.removeHandler(handler)
