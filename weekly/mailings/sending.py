"""Sending the letters of a mailing, each once, by as many workers as there are.

A letter is claimed before it is composed and marked as `handing` before the mail server gets it. Who dies before that
mark has sent nothing: the letter is taken up again. Who dies after it may have sent it: such a letter is `unsure`, and
only a person sends it again. Whether a claim still holds is told by `claims`, which every claim raises.
"""

from __future__ import annotations

import logging
from contextlib import nullcontext
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop
from wagtail.models import Site

from weekly.mailings.braking import braked
from weekly.mailings.composing import compose
from weekly.mailings.handing import Postman
from weekly.mailings.outcomes import Outcome, Verdict
from weekly.mailings.readers import count_bounce, forgive_bounces
from weekly.mailings.starting import NOT_PUBLIC
from weekly.models import Delivery, DeliveryState, Mailing, MailingStatus, Subscriber

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)  # longer than any mail server makes one wait
ATTEMPTS = 5
STINT = 45  # seconds that one ring of the bell is worked for, less than the minute after which it rings again
GLANCE = 50  # letters that are looked at together
LONGEST = 500  # characters of a server's answer that are kept

ENDED = gettext_noop("Gets no more mail.")
DIED = gettext_noop("The worker died while the mail server had it.")
WORN_OUT = gettext_noop("The worker died on this again and again.")
AWAY = gettext_noop("The mail server cannot be reached; this is tried every minute.")

State = DeliveryState


def send(mailing_id: int) -> int:
    """Send letters of a mailing for a while; returns how many went out."""
    mailing = Mailing.objects.filter(pk=mailing_id, status=MailingStatus.SENDING).select_related("week").first()
    if mailing is None:
        return 0
    Site.clear_site_root_paths_cache()  # the worker's own, by which a new language has no addresses yet
    with Postman() as postman:
        return _Round(mailing, postman).work(monotonic() + STINT)


def free(mailing_id: int, now: datetime) -> QuerySet[Delivery]:
    """Letters that anybody may take up now.

    The mailing's status is asked for beside the letter's own state and never through a join: PostgreSQL looks again at
    the row that it waited for, but not at what was joined to it.
    """
    ready = Q(lease_until=None) | Q(lease_until__lt=now)
    going = Mailing.objects.filter(status=MailingStatus.SENDING)
    waiting = Delivery.objects.filter(ready, state__in=(State.DUE, State.CLAIMED))
    return waiting.filter(mailing=mailing_id, mailing__in=going)


class _Round:
    """What one worker does for a mailing in one go. The mailing is one object all along, so that composing its letters
    can keep what they share."""

    def __init__(self, mailing: Mailing, postman: Postman) -> None:
        self.mailing, self.postman = mailing, postman

    def work(self, until: float) -> int:
        sent = 0
        while keys := self._glance():
            for key in keys:
                if monotonic() > until or not self._server_answers():
                    return sent
                sent += self._take(key)
        return sent

    def _glance(self) -> list[int]:
        due = free(self.mailing.pk, timezone.now()).order_by("pk")
        return list(due.values_list("pk", flat=True)[:GLANCE])

    def _server_answers(self) -> bool:
        """A server that is away costs no letter any of its attempts."""
        answers = self.postman.is_ready()
        if not answers or self.mailing.reason:
            self.mailing.reason = "" if answers else AWAY
            going = Mailing.objects.filter(pk=self.mailing.pk, status=MailingStatus.SENDING)
            going.update(reason=self.mailing.reason)
        return answers

    def _take(self, key: int) -> bool:
        """Claim a letter and send it; whether it went out."""
        now = timezone.now()
        lease = {"state": State.CLAIMED, "lease_until": now + LEASE}
        counted = {"claims": F("claims") + 1, "attempts": F("attempts") + 1}
        if not free(self.mailing.pk, now).filter(pk=key).update(**lease, **counted):
            return False
        delivery = Delivery.objects.select_related("subscriber").get(pk=key)
        if delivery.attempts > ATTEMPTS:
            return _end(delivery, State.FAILED, WORN_OUT)
        reader = delivery.subscriber
        if reader is None or not reader.is_active:
            return _end(delivery, State.SKIPPED, ENDED)
        return self._send(delivery, reader)

    def _send(self, delivery: Delivery, reader: Subscriber) -> bool:
        message = compose(self.mailing, reader)
        if message is None:
            return _end(delivery, State.SKIPPED, NOT_PUBLIC)
        handing = {"state": State.HANDING, "lease_until": timezone.now() + LEASE}
        if not _own(delivery, State.CLAIMED).update(**handing):
            return False
        outcome = self.postman.hand(message)
        return _settle(delivery, reader, outcome)


def _own(delivery: Delivery, *states: str) -> QuerySet[Delivery]:
    """The letter's row as long as it was not claimed anew; that may happen to a worker that was asleep."""
    return Delivery.objects.filter(pk=delivery.pk, claims=delivery.claims, state__in=states)


def _end(delivery: Delivery, state: str, reason: str) -> bool:
    _own(delivery, State.CLAIMED).update(state=state, error=reason, lease_until=None)
    return False


def _settle(delivery: Delivery, reader: Subscriber, outcome: Outcome) -> bool:
    """Write down what the server said, also where somebody has called the letter unsure meanwhile."""
    result = {**_result(delivery, outcome), "error": _without(reader.email, outcome.reason)}
    own = _own(delivery, State.HANDING, State.UNSURE)
    if outcome.verdict is Verdict.SENT:
        own.update(**result)
        forgive_bounces(reader)
        return True
    logger.warning("A letter of a mailing was not sent", extra={"delivery": delivery.pk, "why": outcome.verdict.name})
    with braked(delivery.mailing_id) if result["state"] == State.FAILED else nullcontext():
        own.update(**result)
        if outcome.verdict is Verdict.REFUSED:
            count_bounce(reader, is_dead=outcome.is_dead)
    return False


def _result(delivery: Delivery, outcome: Outcome) -> dict[str, Any]:
    now = timezone.now()
    if outcome.verdict is Verdict.SENT:
        return {"state": State.SENT, "sent_at": now, "lease_until": None}
    if outcome.verdict is Verdict.UNSURE:
        return {"state": State.UNSURE, "lease_until": None}
    if outcome.verdict is Verdict.LATER and delivery.attempts < ATTEMPTS:
        return {"state": State.DUE, "lease_until": now + LEASE * 2**delivery.attempts}
    return {"state": State.FAILED, "lease_until": None}


def _without(email: str, reason: str) -> str:
    """Servers like to repeat the address, which stands with the subscriber alone."""
    start, lowered = 0, email.lower()
    while (start := reason.lower().find(lowered)) >= 0:
        reason = f"{reason[:start]}…{reason[start + len(email) :]}"
    return reason[:LONGEST]
