"""What CDNs may keep, and the record of it: an answer is on record before it leaves. `purging` works it off."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import DatabaseError, transaction
from django.http import HttpRequest
from django.http.request import split_domain_port, validate_host
from django.utils import timezone
from wagtail.models import Site

from papers import conf
from papers.standing import LONGEST
from weekly.models import CdnCopy, DroppedName
from weekly.models.cdn import hashes_of

LOG = "wagtail.frontendcache"
TASK = "weekly.tasks.purge_copies"
# Browsers, and caches that nobody purges, ask each time whether their copy still holds: so none is out of date.
ASK_EACH_TIME = "public, max-age=0, must-revalidate"
SHARED = "s-maxage"
MOST = 50_000  # answers on record
GATHERED = 1.0  # seconds in which the changes of one publication are gathered
MARGIN = 3600  # seconds, for answers that are on their way

logger = logging.getLogger(__name__)


def seconds() -> int:
    """How long a CDN may keep an answer; 0 where none is set up."""
    return conf.get("CDN_SECONDS") if backends() else 0


def backends() -> Mapping[str, Mapping[str, Any]]:
    """Wagtail's settings of what can be purged. Its app need not be installed: that purges pages by itself."""
    place = getattr(settings, "WAGTAILFRONTENDCACHE_LOCATION", None)
    older = {"default": {"LOCATION": place}} if place else {}
    return getattr(settings, "WAGTAILFRONTENDCACHE", None) or older


def shared(request: HttpRequest, entry: partial[Any], names: Iterable[str]) -> partial[Any]:
    """An entry to be kept, as CDNs may keep it as well and on record; the same one where they may not."""
    if not _may_share(request, entry) or not _is_recorded(request.build_absolute_uri(), names):
        return entry
    told = f"{ASK_EACH_TIME}, {SHARED}={seconds()}"
    return partial(entry, headers={**entry.keywords["headers"], "Cache-Control": told})


def as_asked(request: HttpRequest, headers: dict[str, str]) -> dict[str, str]:
    """The headers for one asker. An address that was written otherwise than on record, as `/%7E/` for `/~/`, is
    another one for a CDN, and would not be purged. RAW_URI is gunicorn's, REQUEST_URI uWSGI's."""
    if SHARED not in headers.get("Cache-Control", ""):
        return headers
    written = request.META.get("RAW_URI") or request.META.get("REQUEST_URI")
    if seconds() and written in {None, request.get_full_path()}:
        return headers
    return {**headers, "Cache-Control": ASK_EACH_TIME}


def _may_share(request: HttpRequest, entry: partial[Any]) -> bool:
    """Not what a view has its own rules for, what differs by browser, or what anybody can make up: there is no end of
    queries, and ALLOWED_HOSTS says nothing of ports."""
    if not seconds() or request.META.get("QUERY_STRING") or entry.keywords["vary"]:
        return False
    host, site = request.get_host(), Site.find_for_request(request)
    _name, port = split_domain_port(host)
    return (
        entry.keywords["headers"].get("Cache-Control") == ASK_EACH_TIME
        and port in {"", request.get_port(), str(site and site.port)}
        and any(validate_host(host, each.get("HOSTNAMES", ["*"])) for each in backends().values())
    )


def _is_recorded(address: str, names: Iterable[str]) -> bool:
    """Whether it could be noted what a CDN may have: in one row, for as long as an address shows the same things."""
    shows = " ".join(sorted(hashes_of(names)))
    until = timezone.now() + timedelta(seconds=LONGEST + seconds() + MARGIN)
    try:
        with transaction.atomic():
            if CdnCopy.objects.current().filter(address=address, shows=shows).update(until=until):
                return True
            if is_full := CdnCopy.objects.count() >= MOST:
                logger.warning("CDNs get no more answers: too many are on record", extra={"most": MOST})
            else:
                CdnCopy.objects.create(address=address, shows=shows, until=until)
            return not is_full
    except DatabaseError as error:
        logger.warning("What a CDN may keep cannot be noted: it gets nothing", exc_info=error)
        return False


def schedule_purge(names: Iterable[str]) -> None:
    """Note in the transaction at hand that all copies which show any of these are to be purged."""
    if seconds():
        DroppedName.objects.bulk_create([DroppedName(name=name) for name in sorted(set(names))])
        # A broker that is away stops nothing: the sweep sends the task again.
        transaction.on_commit(_sender.send, robust=True)


class Sender:
    """Sends one task for many changes: it comes later than all those for which no other was sent."""

    def __init__(self) -> None:
        self.sent_at = -GATHERED

    def send(self) -> None:
        now = time.monotonic()
        if now - self.sent_at >= GATHERED:
            self.sent_at = now
            current_app.send_task(TASK, countdown=GATHERED, expires=60)


_sender = Sender()
