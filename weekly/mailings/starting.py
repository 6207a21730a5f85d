"""A mailing that is due becomes letters that are due, all of them at one moment."""

from __future__ import annotations

import math
from functools import partial
from itertools import islice

from celery import current_app
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop
from wagtail.models import Page

from papers.visibility import visible
from weekly.models import Delivery, DeliveryState, Mailing, MailingStatus, Subscriber

TASK = "weekly.tasks.send_mailing"
SHARE = 50  # letters that one ring of the bell is for
MOST_RINGS = 20
RING_LASTS = 60  # seconds; the sweep rings anew every minute
ROWS = 1_000

NOT_PUBLIC = gettext_noop("Nothing of it is public any more.")
NOBODY = gettext_noop("Nobody gets it.")


def start_due() -> None:
    """Start every mailing whose time has come."""
    for mailing in Mailing.objects.filter(status=MailingStatus.DUE, due_at__lte=timezone.now()).order_by("due_at"):
        start(mailing)


def start(mailing: Mailing) -> None:
    """Owe a letter to everybody who gets it, or skip it and say why. Of two that start one mailing one does it."""
    if not is_public(mailing):
        _skip(mailing, NOT_PUBLIC)
        return
    with transaction.atomic():
        now = timezone.now()
        due = Mailing.objects.filter(pk=mailing.pk, status=MailingStatus.DUE, due_at__lte=now)
        if not due.update(status=MailingStatus.SENDING, started_at=now, reason=""):
            return
        owed = _owe(mailing)
        if not owed:
            Mailing.objects.filter(pk=mailing.pk).update(status=MailingStatus.SKIPPED, reason=NOBODY, ended_at=now)
    ring(mailing.pk, owed)


def is_public(mailing: Mailing) -> bool:
    """Whether anybody may see any of what it is about: its week, or one of the pages of a day."""
    keys = [mailing.week_id] if mailing.week_id else mailing.page_ids
    return visible(Page.objects.filter(pk__in=keys)).exists()


def _skip(mailing: Mailing, reason: str) -> None:
    due = Mailing.objects.filter(pk=mailing.pk, status=MailingStatus.DUE)
    due.update(status=MailingStatus.SKIPPED, reason=reason, ended_at=timezone.now())


def _owe(mailing: Mailing) -> int:
    """How many get it. Where it was started before, who got it gets no second letter, and who was left out gets one."""
    left_out = Delivery.objects.filter(mailing=mailing, state=DeliveryState.SKIPPED)
    left_out.update(state=DeliveryState.DUE, lease_until=None, error="")
    asked = Subscriber.objects.active().of(mailing.language, mailing.frequency)
    keys = asked.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=ROWS)
    owed = 0
    while some := list(islice(keys, ROWS)):
        rows = [Delivery(mailing=mailing, subscriber_id=key) for key in some]
        Delivery.objects.bulk_create(rows, ignore_conflicts=True)
        owed += len(some)
    return owed


def ring(mailing_id: int, letters: int) -> None:
    """Call as many workers as there is work for. A broker that is away stops nothing: the sweep rings again."""
    for _time in range(min(MOST_RINGS, math.ceil(letters / SHARE))):
        call = partial(current_app.send_task, TASK, [mailing_id], expires=RING_LASTS)
        transaction.on_commit(call, robust=True)
