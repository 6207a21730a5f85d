"""Celery entry points: doorbells. The ledger decides whether there is work to do."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from papers import actions, conf, files, ledger, redrafting, rescanning


@shared_task
def draft_paper(run_id: int) -> None:
    actions.draft_paper(run_id)


@shared_task
def redraft(run_id: int) -> None:
    redrafting.redraft(run_id)


@shared_task
def scan_term(scan_id: int) -> None:
    rescanning.scan_term(scan_id)


@shared_task
def sweep() -> None:
    ledger.sweep()
    rescanning.sweep()


@shared_task
def drop_old_pictures() -> None:
    files.drop_old_pictures()


@worker_ready.connect
def on_worker_ready(**kwargs: Any) -> None:
    """Take up at once what a killed worker left, and load now what the first run would wait for."""
    ledger.sweep()
    rescanning.sweep()
    conf.warm_up()
