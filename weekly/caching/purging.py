"""Purges from CDNs what changed, through the backends that Wagtail has for them; done by a worker.

Drops are written with their change (`handing.owe`), and found here as rows. An address stands in the table until it
was purged twice: at once, and after `AGAIN`, since an answer from before may have been on its way during the first.
"""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPException
from random import randrange
from typing import Any
from urllib.parse import urlsplit

from celery import current_app
from django.db.models import F
from django.utils import timezone
from wagtail.contrib.frontend_cache.backends import BaseBackend
from wagtail.contrib.frontend_cache.utils import get_backends

from weekly.caching.handing import LOG, TASK, backends, seconds
from weekly.caching.shelf import KEPT, get_shelf
from weekly.models import Copy, DroppedName

AT_ONCE = 30  # addresses; as many as Cloudflare takes in one request
NAMES = 500  # that are looked for at once
AGAIN = timedelta(minutes=1)  # longer than an answer is on its way
LEASE = timedelta(minutes=5)  # longer than AT_ONCE slow answers take
LONGEST_PAUSE = timedelta(minutes=15)  # between two tries
PATIENCE = 5.0  # seconds for one answer of a CDN
IN_A_ROW = 3  # failures after which it counts as away
MARGIN = timedelta(hours=1)
NOT_THERE = {404, 410, 412}  # answered by caches that hold no copy; 412 by old purge modules of nginx

logger = logging.getLogger(__name__)
_alone = threading.Lock()


def sweep() -> None:
    """Ring where something is to be purged that nobody purges; forget copies whose time is over at any CDN."""
    if backends():
        over = timezone.now() - timedelta(seconds=KEPT + seconds()) - MARGIN
        Copy.objects.filter(made_at__lt=over).forget()
        if DroppedName.objects.exists() or _due().exists():
            current_app.send_task(TASK)


def purge() -> int:
    """Purge all that is due; returns how many copies were. Where a CDN is away the rest waits for the next sweep."""
    _collect()
    count = 0
    while copies := _claimed():
        failed = _purged({copy.address for copy in copies})
        _settle(copies, failed)
        count += sum(copy.address not in failed for copy in copies)
        if len(failed) >= IN_A_ROW:
            break
    return count


# From names to addresses


def _collect() -> None:
    """All copies that show something dropped are due.

    The page cache drops it as well, before and after: an answer that was begun before this is not handed out any more,
    and none that is on record here is answered from the page cache afterwards. This also makes up for drops that a
    killed process never sent, or the page cache missed: such names stay here until it took them.
    """
    last = 0
    while rows := list(DroppedName.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "name")[:NAMES]):
        last, names = rows[-1][0], {name for _pk, name in rows}
        dropped = _drop(names)
        Copy.objects.true().showing(names).update(purge_at=timezone.now())
        if _drop(names) and dropped:
            done = DroppedName.objects.filter(pk__in=[pk for pk, _name in rows])
            done._raw_delete(done.db)


def _drop(names: Iterable[str]) -> bool:
    shelf = get_shelf()
    return shelf is None or shelf.drop(names)


# Which are purged, and what becomes of them


def _due() -> Any:
    return Copy.objects.filter(purge_at__lte=timezone.now())


def _claimed() -> list[Copy]:
    """Some that are due, which no other worker takes up meanwhile; the moment is the claim."""
    keys = list(_due().order_by("purge_at", "pk").values_list("pk", flat=True)[:AT_ONCE])
    until = timezone.now() + LEASE + timedelta(microseconds=randrange(1_000_000))  # noqa: S311 - no secret
    _due().filter(pk__in=keys).update(purge_at=until, tries=F("tries") + 1)
    return list(Copy.objects.filter(pk__in=keys, purge_at=until))


def _settle(copies: list[Copy], failed: set[str]) -> None:
    """What failed is tried again later, what was purged once is purged again, and the rest is forgotten.

    Nothing is forgotten while the page cache owes a drop: it could still answer what shows it.
    """
    now, owes = timezone.now(), DroppedName.objects.exists()
    mine = Copy.objects.filter(purge_at=copies[0].purge_at)
    through = [copy for copy in copies if copy.address not in failed]
    again = [copy.pk for copy in through if owes or not copy.purged]
    mine.filter(pk__in=[copy.pk for copy in through if copy.pk not in again]).forget()
    mine.filter(pk__in=again).update(purge_at=now + AGAIN, purged=True, tries=0)
    for tries in {copy.tries for copy in copies if copy.address in failed}:
        late = [copy.pk for copy in copies if copy.address in failed and copy.tries == tries]
        mine.filter(pk__in=late).update(purge_at=now + _pause(tries))


def _pause(tries: int) -> timedelta:
    return min(timedelta(seconds=15) * 2 ** min(tries, 10), LONGEST_PAUSE)


# Through Wagtail's backends


def _purged(addresses: set[str]) -> set[str]:
    """Those of the addresses that could not be purged everywhere.

    Not through Wagtail's own task, which adds each address in all languages and tells nobody what failed.
    """
    failed: set[str] = set()
    for backend in get_backends().values():
        mine = sorted(url for url in addresses if backend.invalidates_hostname(urlsplit(url).netloc))
        if not _takes_many(backend) or not _is_through(backend.purge_batch, mine):
            failed |= _failed_singly(backend, mine)
    if failed:
        logger.warning("A CDN did not purge", extra={"failed": len(failed), "of": len(addresses)})
    return failed


def _takes_many(backend: BaseBackend) -> bool:
    return type(backend).purge_batch is not BaseBackend.purge_batch


def _failed_singly(backend: BaseBackend, addresses: list[str]) -> set[str]:
    """One by one, so that an address which is refused stands in no other's way; not long at one that is away."""
    failed: set[str] = set()
    in_a_row = 0
    for number, url in enumerate(addresses):
        in_a_row = 0 if _is_through(backend.purge, url) else in_a_row + 1
        if in_a_row:
            failed.add(url)
        if in_a_row >= IN_A_ROW:
            return failed | set(addresses[number:])
    return failed


def _is_through(purge: Callable[[Any], None], asked: Any) -> bool:
    """Whether nothing was said against it. What else a backend raises ends the task: the lease brings it back."""
    with _listening() as told, _hasty():
        try:
            purge(asked)
        except (OSError, HTTPException) as error:
            told.append(repr(error))
    for reason in told:
        logger.info("Not purged", extra={"reason": reason})
    return not told


class _Errors(logging.Handler):
    """What Wagtail's backends could not purge: they write it into a log, and raise nothing."""

    def __init__(self, told: list[str]) -> None:
        super().__init__(logging.ERROR)
        self.told, self.thread = told, threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        """One of them writes into the root's log instead of Wagtail's."""
        theirs = record.name in {LOG, "root"} and record.thread == self.thread
        if theirs and NOT_THERE.isdisjoint(arg for arg in record.args or () if isinstance(arg, int)):
            self.told.append(record.getMessage())


@contextmanager
def _listening() -> Iterator[list[str]]:
    told: list[str] = []
    handler = _Errors(told)
    logs = [logging.getLogger(LOG), logging.getLogger()]
    for log in logs:
        log.addHandler(handler)
    try:
        yield told
    finally:
        for log in logs:
            log.removeHandler(handler)


@contextmanager
def _hasty() -> Iterator[None]:
    """Wagtail's HTTP backend waits without end for one that hangs, unless sockets have a limit of their own.

    That is the process's, so one thread at a time sets it; ours name their limits for themselves.
    """
    with _alone:
        before = socket.getdefaulttimeout()
        socket.setdefaulttimeout(PATIENCE)
        try:
            yield
        finally:
            socket.setdefaulttimeout(before)
