"""Every minute: plan and start what is due, take up what a killed worker left, end what is done."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from weekly.mailings.making import plan_daily
from weekly.mailings.sending import DIED, free
from weekly.mailings.starting import NOBODY, NOT_PUBLIC, ring, start_due
from weekly.models import Delivery, DeliveryState, Mailing, MailingStatus
from weekly.models.mailings import OPEN_STATES


def sweep() -> None:
    plan_daily()
    start_due()
    doubt_dead()
    for key in Mailing.objects.filter(status=MailingStatus.SENDING).values_list("pk", flat=True):
        ring(key, free(key, timezone.now()).count())
    finish()


def doubt_dead() -> None:
    """What a worker was handing to the server when it died may have gone out, or not."""
    dead = Delivery.objects.filter(state=DeliveryState.HANDING, lease_until__lt=timezone.now())
    dead.update(state=DeliveryState.UNSURE, lease_until=None, error=DIED)


def finish() -> None:
    for key in Mailing.objects.filter(status=MailingStatus.SENDING).values_list("pk", flat=True):
        finish_one(key)


@transaction.atomic
def finish_one(mailing_id: int) -> None:
    """End a mailing of which no letter is open; one of which none was even tried was not sent.

    Under the lock that `steering.send_again` takes, so that no letter is left over in a mailing that has ended.
    """
    going = Mailing.objects.filter(pk=mailing_id, status=MailingStatus.SENDING)
    if not going.select_for_update().exists():
        return
    letters = Delivery.objects.filter(mailing=mailing_id)
    states = set(letters.values_list("state", flat=True).distinct())
    if states & set(OPEN_STATES):
        return
    tried = states - {DeliveryState.SKIPPED}
    why = NOT_PUBLIC if letters.filter(error=NOT_PUBLIC).exists() else NOBODY
    status, reason = (MailingStatus.SENT, "") if tried else (MailingStatus.SKIPPED, why)
    going.update(status=status, reason=reason, ended_at=timezone.now())
