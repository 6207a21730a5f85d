"""A mailing of which most letters are refused holds itself: hardly for the addresses, but for a relay set up badly."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext_noop

from weekly.mailings.readers import take_back_bounces
from weekly.models import Delivery, DeliveryState, Mailing, MailingStatus, Subscriber

logger = logging.getLogger(__name__)

REFUSALS = 20  # after which it is looked whether they are more than half; where it is released, after as many more
REFUSED = gettext_noop("It was held by itself, since most letters are refused. Is the mail server set up rightly?")
TRIED = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.UNSURE)


@contextmanager
def braked(mailing_id: int) -> Iterator[None]:
    """Write a letter down as refused within. One after another under the mailing's lock, so that none is counted twice
    and no reader's mail ends for a refusal after those of all have been taken back."""
    with transaction.atomic():
        mailing = Mailing.objects.select_for_update().filter(pk=mailing_id).first()
        yield
        if mailing and mailing.status == MailingStatus.SENDING and _is_refused(mailing):
            _hold(mailing)


def _is_refused(mailing: Mailing) -> bool:
    refused = mailing.deliveries.filter(state=DeliveryState.FAILED).count()
    if not refused or refused % REFUSALS:
        return False
    return 2 * refused > mailing.deliveries.filter(state__in=TRIED).count()


def _hold(mailing: Mailing) -> None:
    Mailing.objects.filter(pk=mailing.pk).update(status=MailingStatus.HELD, reason=REFUSED)
    refused = Delivery.objects.filter(mailing=mailing, state=DeliveryState.FAILED, subscriber__isnull=False)
    since = mailing.started_at or mailing.created_at
    take_back_bounces(Subscriber.objects.filter(pk__in=refused.values("subscriber")), since)
    logger.error("A mailing was held: most of its letters are refused", extra={"mailing": mailing.pk})
