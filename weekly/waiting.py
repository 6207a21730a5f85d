"""Wait for a week's runs to end: in the workers where there are some, else here."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing

from django.db import connection
from django.utils import timezone
from django.utils.module_loading import import_string
from tqdm import tqdm

from papers import ledger
from papers.models import DraftRun

THREADS = 4
PATIENCE = 5.0  # seconds without a sign of a worker before this process works itself
POLL = 0.2

Runs = list[DraftRun]


def wait_with_bar(group: str) -> Runs:
    """As `wait_for`, with a progress bar on standard error."""
    with tqdm(unit="run", desc="Drafting", dynamic_ncols=True) as bar:

        def show(runs: Runs) -> None:
            ended = sum(not run.is_active for run in runs)
            if (bar.n, bar.total) != (ended, len(runs)):
                bar.total = len(runs)
                bar.update(ended - bar.n)

        return wait_for(group, show)


def wait_for(group: str, on_progress: Callable[[Runs], None], patience: float = PATIENCE) -> Runs:
    """Return a group's newest runs once none of them is active.

    The ledger makes it safe to work beside other workers: where nobody takes up what is due, threads of this process
    do, so that a command ends although no worker runs.
    """
    helpers: list[threading.Thread] = []
    last_sign = time.monotonic()
    for runs in _until_ended(group):
        on_progress(runs)
        if _is_worked_on(runs):
            last_sign = time.monotonic()
        elif time.monotonic() - last_sign > patience and not any(thread.is_alive() for thread in helpers):
            helpers = _start_helpers(group)
    for thread in helpers:
        thread.join()
    return list(DraftRun.objects.latest_of(group))


def _until_ended(group: str) -> Iterator[Runs]:
    while True:
        runs = list(DraftRun.objects.latest_of(group))
        yield runs
        if not any(run.is_active for run in runs):
            return
        time.sleep(POLL)


def _is_worked_on(runs: Runs) -> bool:
    """Somebody works and renews the lease, or all that is left has to wait for its time."""
    now = timezone.now()
    due = [run for run in runs if run.status == "queued" and (run.not_before is None or run.not_before <= now)]
    running = [run for run in runs if run.status == "running"]
    return any(run.lease_until and run.lease_until > now for run in running) or not (running or due)


def _start_helpers(group: str) -> list[threading.Thread]:
    """Daemons, so that Ctrl-C ends the command; what they leave is taken up like a killed worker's."""
    ledger.sweep()
    threads = [threading.Thread(target=_work, args=[group], name=f"draft-{n}", daemon=True) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    return threads


def _work(group: str) -> None:
    """Take up one due run of the group after the other until none is active."""
    with closing(connection):
        while DraftRun.objects.active().filter(group=group).exists():
            for run in DraftRun.objects.due(timezone.now()).filter(group=group).order_by("pk"):
                import_string(run.task)(run.pk)
            time.sleep(POLL)
