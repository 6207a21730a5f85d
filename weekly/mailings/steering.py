"""What editors do with a mailing. Each says whether it was done: somebody else, or the clock, may have been quicker."""

from __future__ import annotations

from celery import current_app
from django.db import transaction
from django.utils import timezone

from weekly.mailings.starting import ring
from weekly.models import Delivery, DeliveryState, Mailing, MailingStatus

SWEEP = "weekly.tasks.sweep_mailings"

Status = MailingStatus


def hold(mailing: Mailing) -> bool:
    """Nothing goes out until it is released; letters that a worker has in hand right now still do."""
    return _set(mailing, (Status.DUE, Status.SENDING), status=Status.HELD)


def release(mailing: Mailing) -> bool:
    """Let a held mailing go on: at its time, or where it was being sent at once."""
    begun = _set(mailing, (Status.HELD,), begun=True, status=Status.SENDING, reason="")
    released = begun or _set(mailing, (Status.HELD,), begun=False, status=Status.DUE, reason="")
    _knock()
    return released


def send_now(mailing: Mailing) -> bool:
    """Send it without waiting for its hour; also one that was skipped, once its reason is gone."""
    if _set(mailing, (Status.HELD,), begun=True, status=Status.SENDING, reason=""):
        _knock()
        return True
    now = timezone.now()
    states = (Status.DUE, Status.HELD, Status.SKIPPED)
    # One that was skipped begins anew, though it may have begun before: nobody has a letter of it.
    sent = _set(mailing, states, status=Status.DUE, due_at=now, reason="", started_at=None, ended_at=None)
    _knock()
    return sent


@transaction.atomic
def send_again(mailing: Mailing, state: str = DeliveryState.UNSURE) -> int:
    """Send letters anew that may not have arrived (`unsure`), were refused (`failed`) or left out (`skipped`);
    returns how many.

    For an `unsure` one that is a person's decision, who takes it that somebody may get the letter twice.
    """
    locked = Mailing.objects.select_for_update().get(pk=mailing.pk)
    stuck = Delivery.objects.filter(mailing=locked, state=state, subscriber__isnull=False)
    again = stuck.update(state=DeliveryState.DUE, lease_until=None, attempts=0, error="")
    if again:
        _set(locked, (Status.SENT, Status.SKIPPED), status=Status.SENDING, ended_at=None, reason="")
        ring(locked.pk, again)
    return again


def _set(mailing: Mailing, states: tuple[str, ...], *, begun: bool | None = None, **fields: object) -> bool:
    rows = Mailing.objects.filter(pk=mailing.pk, status__in=states)
    if begun is not None:
        rows = rows.filter(started_at__isnull=not begun)
    return bool(rows.update(**fields))


def _knock() -> None:
    """The sweep need not be waited for; a broker that is away stops nothing."""
    transaction.on_commit(lambda: current_app.send_task(SWEEP), robust=True)
