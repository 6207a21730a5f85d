"""Celery entry points: doorbells. The ledger decides whether there is work to do."""

from __future__ import annotations

from celery import shared_task

from weekly import actions, letters, redrafting
from weekly.caching import purging
from weekly.mailings import readers, sending, sweeping


@shared_task
def draft_overview(run_id: int) -> None:
    actions.draft_overview(run_id)


@shared_task
def redraft(run_id: int) -> None:
    redrafting.redraft(run_id)


@shared_task
def send_letters() -> None:
    letters.send_due()


@shared_task
def sweep_letters() -> None:
    letters.sweep()


@shared_task
def send_mailing(mailing_id: int) -> None:
    sending.send(mailing_id)
    sweeping.finish_one(mailing_id)


@shared_task
def sweep_mailings() -> None:
    sweeping.sweep()


@shared_task
def forget_readers() -> None:
    readers.forget()


@shared_task
def purge_copies() -> None:
    purging.purge()


@shared_task
def sweep_copies() -> None:
    purging.sweep()
