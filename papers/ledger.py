"""Who works on what: queue a run once, claim it, keep its lease, end it, take up what a killed worker left.

The broker is only a doorbell: a message carries a run's id and may come twice, late or never.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from celery import current_app
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from papers.errors import (
    DigestError,
    LLMStopped,
    LLMUnavailable,
    Notice,
    SettingsError,
    SourceUnavailable,
    gettext_noop,
)
from papers.messages import notice_json
from papers.models.runs import LEASE, MAX_ATTEMPTS, DraftRun, Scope, Status

logger = logging.getLogger(__name__)

# Errors that pass by themselves: the run waits and is tried again, up to MAX_ATTEMPTS.
PASSING = (SourceUnavailable, LLMUnavailable)
# Errors that every other run of the group would meet as well.
STOPPING = (LLMStopped, SettingsError)

UNEXPECTED = gettext_noop("Something went wrong in the program: %(error)s")
WORKER_DIED = gettext_noop("The worker died %(times)d times on this.")

# Drafts without holding a transaction; its outcome is then written together with the run's end in one transaction.
Draft = Callable[[DraftRun], Any]
Apply = Callable[[DraftRun, Any], "Outcome"]


class Outcome:
    """How a run ended: `done`, `parked`, or `failed` in parts with the reason."""

    def __init__(self, status: Status, *, error: Notice | None = None, note: Notice | None = None) -> None:
        self.status, self.error, self.note = status, notice_json(error), notice_json(note)


def enqueue(page: Page, scope: str, *, task: str, group: str = "", user: Any = None, **fields: Any) -> DraftRun:
    """Queue one run for a place and ring for it. A second press while it is active gives the same run."""
    place = {"page_id": page.pk, "scope": scope, "block_id": fields.pop("block_id", "")}
    try:
        with transaction.atomic():
            run = DraftRun.objects.create(**place, task=task, group=group, requested_by=user, **fields)
    except IntegrityError:
        run = DraftRun.objects.filter(**place).latest("pk")  # the active one, even if it has ended this very moment
    ring(run)
    return run


def ring(run: DraftRun, *, countdown: float = 0) -> None:
    """Send the run's id to the workers once the row is committed; the sweep rings again for what gets lost.

    A broker that cannot be reached is logged and stops nothing: the run stands in the ledger.
    """
    transaction.on_commit(lambda: current_app.send_task(run.task, [run.pk], countdown=countdown or None), robust=True)


def worker_name() -> str:
    """Host, process and thread: enough to see on the same host whether the worker still lives."""
    return f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}"


def work(run_id: int, draft: Draft, apply: Apply) -> DraftRun | None:
    """Claim a run, draft, and write the outcome. Does nothing where the run is not free to claim.

    Expected failures end in the row. An unexpected one is recorded there as well and raised again.
    """
    run = DraftRun.objects.claim(run_id, worker_name())
    if run is None:
        return None
    started = time.monotonic()
    try:
        with _lease(run):
            result = draft(run)
        with transaction.atomic():
            if _still_ours(run):
                outcome = apply(run, result)
                _end(run, outcome.status, started, error=outcome.error, note=outcome.note)
    except DigestError as error:
        _fail(run, error, started)
    except Exception as error:
        defect = Notice(UNEXPECTED, {"error": f"{type(error).__name__}: {error}"})
        _end(run, Status.FAILED, started, error=notice_json(defect), retryable=True)
        raise
    run.refresh_from_db()
    return run


def _still_ours(run: DraftRun) -> bool:
    """Lock the row and see that no sweep gave the run away: then a late result must not be written twice."""
    ours = DraftRun.objects.select_for_update().filter(pk=run.pk, status=Status.RUNNING, attempts=run.attempts)
    return ours.first() is not None


def _end(run: DraftRun, status: Status, started: float, **fields: Any) -> None:
    fields |= {
        "status": status,
        "reserved": 0,
        "seconds": run.seconds + time.monotonic() - started,
        "finished_at": timezone.now(),
    }
    ours = DraftRun.objects.filter(pk=run.pk, status=Status.RUNNING, attempts=run.attempts)
    if ours.update(worker="", lease_until=None, **fields):
        logger.info("Draft run ended", extra={"run": run.pk, "status": status})
        _wake_overview(run)


def _wake_overview(run: DraftRun) -> None:
    """The overview is drawn from the summaries: ring for it when the group's last abstract has ended."""
    if run.scope == Scope.ABSTRACT and not is_awaiting_abstracts(run.group):
        for overview in DraftRun.objects.filter(group=run.group, scope=Scope.OVERVIEW, status=Status.QUEUED):
            ring(overview)


def is_awaiting_abstracts(group: str) -> bool:
    """Whether an abstract of the group is still to come."""
    return DraftRun.objects.active().filter(group=group, scope=Scope.ABSTRACT).exists()


def _fail(run: DraftRun, error: DigestError, started: float) -> None:
    message = notice_json(error.notice)
    if isinstance(error, PASSING) and run.attempts < MAX_ATTEMPTS:
        pause = error.retry_after or 5 * 4 ** (run.attempts - 1)
        again = timezone.now() + timedelta(seconds=pause)
        _end(run, Status.QUEUED, started, error=message, not_before=again)
        ring(run, countdown=pause)
        return
    _end(run, Status.FAILED, started, error=message, retryable=error.retryable)
    if isinstance(error, STOPPING) and run.group:
        stop_group(run.group, message)


def stop_group(group: str, reason: dict[str, Any]) -> int:
    """End all waiting runs of a group at once with one reason; returns how many."""
    waiting = DraftRun.objects.filter(group=group, status=Status.QUEUED)
    return waiting.update(status=Status.FAILED, error=reason, retryable=False, finished_at=timezone.now())


@contextmanager
def _lease(run: DraftRun) -> Iterator[None]:
    """Renew the run's lease from a thread of its own for as long as the work takes."""
    ended = threading.Event()

    def renew() -> None:
        try:
            while not ended.wait(LEASE.total_seconds() / 3):
                _renew(run)
        finally:
            connection.close()

    thread = threading.Thread(target=renew, name=f"lease-{run.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _renew(run: DraftRun) -> None:
    """A database that is busy or away for a moment must not end the renewing: the next turn comes within the lease."""
    ours = DraftRun.objects.filter(pk=run.pk, status=Status.RUNNING, attempts=run.attempts)
    try:
        ours.update(lease_until=timezone.now() + LEASE)
    except DatabaseError:
        logger.warning("A lease was not renewed", extra={"run": run.pk}, exc_info=True)
        connection.close()


def sweep() -> int:
    """Free the runs of dead workers and ring for everything that is due; returns how many were rung for."""
    now = timezone.now()
    dead = Q(pk=None)
    for run in DraftRun.objects.filter(status=Status.RUNNING):
        if _is_dead(run):  # this attempt of it: another sweep may have freed it, and a worker taken it, by now
            dead |= Q(pk=run.pk, attempts=run.attempts)
    abandoned = DraftRun.objects.filter(dead, status=Status.RUNNING) | DraftRun.objects.stale(now)
    reason = notice_json(Notice(WORKER_DIED, {"times": MAX_ATTEMPTS}))
    abandoned.filter(attempts__gte=MAX_ATTEMPTS).update(
        status=Status.FAILED, error=reason, retryable=True, finished_at=now, worker="", lease_until=None, reserved=0
    )
    abandoned.update(status=Status.QUEUED, worker="", lease_until=None, reserved=0)
    due = list(DraftRun.objects.due(now))
    for run in due:
        ring(run)
    return len(due)


def _is_dead(run: DraftRun) -> bool:
    """Whether the run's worker was a process of this host that is gone; else its lease decides."""
    host, _colon, rest = run.worker.partition(":")
    pid = rest.partition(":")[0]
    return host == socket.gethostname() and Path("/proc").is_dir() and not Path("/proc", pid).exists()


def retry(run: DraftRun, *, user: Any = None) -> DraftRun:
    """Queue a failed or parked run's work again. Replies that could be used are not paid for again."""
    page = Page.objects.get(pk=run.page_id)
    place = {"block_id": run.block_id, "request": run.request}
    return enqueue(page, run.scope, task=run.task, group=run.group, user=user, **place)


def summary(runs: list[DraftRun]) -> Mapping[str, Any]:
    """Totals over runs, for commands and the progress table."""
    names = ("prompt_tokens", "cached_tokens", "completion_tokens", "calls", "seconds")
    totals: dict[str, Any] = {name: sum(getattr(run, name) for run in runs) for name in names}
    costs = [run.cost for run in runs if run.cost is not None]
    return {**totals, "cost": str(sum(costs)) if costs else None, "runs": len(runs)}
