"""Lets a mailing go out as workers do."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from tests.factories import make_subscriber
from weekly.mailings.sending import send
from weekly.mailings.starting import start
from weekly.mailings.sweeping import finish_one
from weekly.models import Delivery, Mailing, Subscriber


def make_readers(*names: str, **fields: object) -> list[Subscriber]:
    return [make_subscriber(name, **fields) for name in names]


def go(mailing: Mailing) -> int:
    """Start a mailing and send what can be sent at once; returns how many letters went out."""
    start(mailing)
    return go_on(mailing)


def go_on(mailing: Mailing) -> int:
    sent = send(mailing.pk)
    finish_one(mailing.pk)
    mailing.refresh_from_db()
    return sent


def states() -> list[str]:
    """The state of every letter, in the order in which they were owed."""
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def pass_time() -> None:
    """As if all leases and waits had passed."""
    Delivery.objects.exclude(lease_until=None).update(lease_until=timezone.now() - timedelta(seconds=1))
