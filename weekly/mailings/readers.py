"""Who gets mail: asking for it, confirming, changing, ending, and what bounces do."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from weekly import letters
from weekly.hearing import counters
from weekly.models import EndReason, Letter, LetterKind, Subscriber
from weekly.subscriptions import CONFIRM_WITHIN

PAUSE = timedelta(minutes=10)  # between two letters to confirm
MOST_A_DAY = 5  # such letters to one address, in all languages
DAY = 24 * 3600  # seconds
RESPITE = timedelta(days=30)  # in which somebody who called our mail spam gets none, whoever asks for it
KEPT = timedelta(days=30)  # for which the row of somebody who ended the mail is kept
MOST_BOUNCES = 3  # in a row, none of which says that there is no such address


def ask(email: str, language: str, frequency: str) -> None:
    """Owe a letter in which the reader confirms; to somebody who gets mail already, one that says so.

    It is answered to nobody which of both it was, or whether there is a letter at all.
    """
    asked = Subscriber.objects.filter(language=language).at(email)
    reader = asked.first() or asked.get_or_create(defaults={"email": email, "language": language})[0]
    if not reader.is_active:
        Subscriber.objects.filter(pk=reader.pk).update(frequency=frequency)
    if not _complained(reader) and _may_write(reader):
        letters.queue_confirmation(reader)


def _complained(reader: Subscriber) -> bool:
    ended = reader.ended_at is not None and reader.ended_at > timezone.now() - RESPITE
    return ended and reader.end_reason == EndReason.COMPLAINED


def _may_write(reader: Subscriber) -> bool:
    """Nobody can have somebody else's letter box filled."""
    now = timezone.now()
    rested = Subscriber.objects.filter(Q(asked_at=None) | Q(asked_at__lt=now - PAUSE), pk=reader.pk)
    hashed = salted_hmac("weekly.mailings.readers", reader.email.lower()).hexdigest()[:32]
    if not rested.update(asked_at=now):
        return False
    return counters.count(f"weekly.hearing.mail.{hashed}", DAY).number <= MOST_A_DAY


def confirm(reader: Subscriber) -> None:
    """From now on there is mail."""
    Subscriber.objects.filter(pk=reader.pk).update(confirmed_at=timezone.now(), ended_at=None, end_reason="", bounces=0)


def change(reader: Subscriber, frequency: str) -> None:
    Subscriber.objects.filter(pk=reader.pk).update(frequency=frequency)


def end(reader: Subscriber, reason: str = EndReason.ASKED) -> None:
    """No more mail. The first reason stands, but for a bounce: that may have been our own server's fault, and what a
    person wants counts for more."""
    going = Q(ended_at=None) if reason == EndReason.BOUNCED else Q(ended_at=None) | Q(end_reason=EndReason.BOUNCED)
    Subscriber.objects.filter(going, pk=reader.pk).update(ended_at=timezone.now(), end_reason=reason)


def count_bounce(reader: Subscriber, *, is_dead: bool) -> None:
    """A letter came back. It ends the mail where there is no such address, or none has gone out for some times."""
    Subscriber.objects.filter(pk=reader.pk).update(bounces=F("bounces") + 1)
    if is_dead or Subscriber.objects.filter(pk=reader.pk, bounces__gte=MOST_BOUNCES).exists():
        end(reader, EndReason.BOUNCED)


def forgive_bounces(reader: Subscriber) -> None:
    if reader.bounces:
        Subscriber.objects.filter(pk=reader.pk).update(bounces=0)


def take_back_bounces(refused: QuerySet[Subscriber], since: datetime) -> None:
    """These letters came back for no fault of the addresses: mail that ended for it since then goes on."""
    refused.update(bounces=0)
    refused.filter(end_reason=EndReason.BOUNCED, ended_at__gte=since).update(ended_at=None, end_reason="")


def forget() -> None:
    """Drop the addresses of those who never confirmed, a week after the last letter, and of those who ended it."""
    now = timezone.now()
    last_asked = Q(asked_at__lt=now - CONFIRM_WITHIN) | Q(asked_at=None, created_at__lt=now - CONFIRM_WITHIN)
    drop(Subscriber.objects.filter(last_asked, confirmed_at=None))
    drop(Subscriber.objects.filter(end_reason=EndReason.ASKED, ended_at__lt=now - KEPT))


@transaction.atomic
def drop(subscribers: QuerySet[Subscriber]) -> None:
    """Delete them with their addresses; the rows of letters to confirm hold those as well."""
    Letter.objects.filter(kind=LetterKind.CONFIRM, about__in=subscribers.order_by().values("pk")).delete()
    subscribers.delete()
