"""The ledger: one run a place, one worker a run, nothing lost."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from celery import Celery, current_app
from django.db import connection
from django.utils import timezone

from papers import ledger
from papers.errors import InvalidReply, LLMStopped, LLMUnavailable, Notice
from papers.ledger import Outcome
from papers.models import DraftRun, Scope, Status
from papers.models.runs import MAX_ATTEMPTS
from tests.factories import make_paper, make_run

pytestmark = pytest.mark.django_db


def done(run: DraftRun, result: Any) -> Outcome:
    return Outcome(Status.DONE)


def raising(error: Exception) -> Any:
    def draft(run: DraftRun) -> None:
        raise error

    return draft


@pytest.fixture
def away() -> Iterator[Celery]:
    """This thread's app has a broker that does not answer."""
    ours = current_app._get_current_object()
    app = Celery()
    app.conf.update(broker_write_url="redis://127.0.0.1:9/0", task_publish_retry=False)
    yield app
    ours.set_current()


def test_a_second_press_while_a_run_is_active_gives_the_same_run() -> None:
    page = make_paper()
    first = ledger.enqueue(page, Scope.QA, task="t")
    assert ledger.enqueue(page, Scope.QA, task="t").pk == first.pk
    assert DraftRun.objects.count() == 1


def test_an_ended_run_leaves_room_for_the_next() -> None:
    page = make_paper()
    first = make_run(page, status=Status.DONE)
    assert ledger.enqueue(page, Scope.QA, task="t").pk != first.pk


def test_two_scopes_of_a_page_are_two_runs() -> None:
    page = make_paper()
    assert ledger.enqueue(page, Scope.QA, task="t").pk != ledger.enqueue(page, Scope.ABSTRACT, task="t").pk


def test_a_run_is_claimed_once() -> None:
    run = make_run(make_paper())
    assert DraftRun.objects.claim(run.pk, "w1") is not None
    assert DraftRun.objects.claim(run.pk, "w2") is None


def test_a_run_that_has_to_wait_is_not_claimed_before_its_time() -> None:
    run = make_run(make_paper(), not_before=timezone.now() + timedelta(minutes=1))
    assert DraftRun.objects.claim(run.pk, "w1") is None


def test_a_finished_run_keeps_its_outcome_and_its_time() -> None:
    run = ledger.work(make_run(make_paper()).pk, lambda run: 1, done)
    assert (run.status, run.attempts, run.worker) == (Status.DONE, 1, "")
    assert run.finished_at is not None


def test_an_expected_error_ends_the_run_with_its_reason() -> None:
    run = ledger.work(make_run(make_paper()).pk, raising(InvalidReply(reason="no JSON")), done)
    assert run.status == Status.FAILED
    assert run.error["params"] == {"reason": "no JSON"}
    assert run.retryable


def test_a_passing_error_queues_the_run_again_for_when_the_server_said() -> None:
    error = LLMUnavailable(reason="busy", retry_after=120)
    run = ledger.work(make_run(make_paper()).pk, raising(error), done)
    assert run.status == Status.QUEUED
    assert 100 < (run.not_before - timezone.now()).total_seconds() <= 120


def test_a_passing_error_ends_the_run_after_the_last_attempt() -> None:
    run = make_run(make_paper(), attempts=MAX_ATTEMPTS - 1)
    run = ledger.work(run.pk, raising(LLMUnavailable(reason="busy")), done)
    assert (run.status, run.retryable) == (Status.FAILED, True)


def test_an_unexpected_error_is_recorded_and_raised() -> None:
    run = make_run(make_paper())
    with pytest.raises(ZeroDivisionError):
        ledger.work(run.pk, raising(ZeroDivisionError("0")), done)
    run.refresh_from_db()
    assert run.status == Status.FAILED
    assert "ZeroDivisionError" in run.error["params"]["error"]


def test_a_wrong_key_stops_the_whole_group_with_one_reason() -> None:
    first, second = (make_run(make_paper(), group="week-1") for _ in range(2))
    other = make_run(make_paper(), group="week-2")
    ledger.work(first.pk, raising(LLMStopped(reason="wrong key")), done)
    statuses = dict(DraftRun.objects.values_list("pk", "status"))
    assert (statuses[second.pk], statuses[other.pk]) == (Status.FAILED, Status.QUEUED)


def test_a_run_that_was_given_away_writes_nothing() -> None:
    run = make_run(make_paper())
    applied = []

    def overtaken(run: DraftRun) -> None:
        DraftRun.objects.filter(pk=run.pk).update(attempts=7)

    ledger.work(run.pk, overtaken, lambda run, result: applied.append(run) or Outcome(Status.DONE))
    assert applied == []


def test_an_outcome_and_what_it_wrote_stand_or_fall_together() -> None:
    page = make_paper()

    def apply(run: DraftRun, result: Any) -> Outcome:
        type(page).objects.filter(pk=page.pk).update(summary="written")
        raise InvalidReply(reason="late")

    ledger.work(make_run(page).pk, lambda run: 1, apply)
    page.refresh_from_db()
    assert page.summary != "written"


def test_the_sweep_frees_a_run_whose_lease_has_ended() -> None:
    run = make_run(make_paper(), status=Status.RUNNING, worker="elsewhere:1:1")
    DraftRun.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert ledger.sweep() == 1
    assert DraftRun.objects.claim(run.pk, "w2") is not None


def test_the_sweep_frees_a_run_of_a_process_that_is_gone_at_once() -> None:
    later = timezone.now() + timedelta(minutes=1)
    make_run(make_paper(), status=Status.RUNNING, worker=f"{socket.gethostname()}:999999999:1", lease_until=later)
    assert ledger.sweep() == 1


def test_the_sweep_leaves_a_run_that_is_worked_on() -> None:
    later = timezone.now() + timedelta(minutes=1)
    make_run(make_paper(), status=Status.RUNNING, worker=ledger.worker_name(), lease_until=later)
    assert ledger.sweep() == 0
    assert DraftRun.objects.get().status == Status.RUNNING


def test_a_run_that_kills_its_workers_is_given_up() -> None:
    run = make_run(make_paper(), status=Status.RUNNING, attempts=MAX_ATTEMPTS, worker="elsewhere:1:1")
    DraftRun.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    ledger.sweep()
    run.refresh_from_db()
    assert (run.status, run.retryable) == (Status.FAILED, True)


@pytest.mark.parametrize("attempts", [1, MAX_ATTEMPTS])
def test_what_a_dead_worker_had_set_aside_of_the_budget_is_free_again(attempts: int) -> None:
    run = make_run(
        make_paper(), group="g", status=Status.RUNNING, attempts=attempts, worker="elsewhere:1:1", reserved=2
    )
    DraftRun.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    ledger.sweep()
    assert DraftRun.objects.spent(run.group) == 0


def test_a_sweep_leaves_the_attempt_that_began_after_it_looked() -> None:
    gone = f"{socket.gethostname()}:999999999:1"
    run = make_run(make_paper(), status=Status.RUNNING, attempts=1, worker=gone)
    later = timezone.now() + timedelta(minutes=1)
    begun = []

    def begin_first(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith("UPDATE") and not begun:
            begun.append(sql)
            DraftRun.objects.update(attempts=2, worker=ledger.worker_name(), lease_until=later)
        return execute(sql, *rest)

    with connection.execute_wrapper(begin_first):
        assert ledger.sweep() == 0
    assert begun
    assert DraftRun.objects.get(pk=run.pk).status == Status.RUNNING


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_keeps_no_run_from_being_queued(away: Celery, caplog: pytest.LogCaptureFixture) -> None:
    ledger.enqueue(make_paper(), Scope.QA, task="t")
    assert "Error calling" in caplog.text
    assert DraftRun.objects.get().status == Status.QUEUED


def test_a_retry_is_a_new_run_in_the_same_group() -> None:
    failed = make_run(make_paper(), status=Status.FAILED, group="week-1")
    again = ledger.retry(failed)
    assert (again.group, again.scope, again.status) == ("week-1", failed.scope, Status.QUEUED)
    assert list(DraftRun.objects.latest_of("week-1")) == [again]


def test_a_note_is_kept_with_the_outcome() -> None:
    note = Notice("only %(n)d pages", {"n": 3})
    run = ledger.work(make_run(make_paper()).pk, lambda run: 1, lambda run, r: Outcome(Status.DONE, note=note))
    assert run.note == {"template": "only %(n)d pages", "params": {"n": 3}}


@pytest.mark.django_db(transaction=True)
def test_many_threads_that_press_at_once_make_one_run() -> None:
    page = make_paper()
    barrier = threading.Barrier(4)

    def press() -> None:
        barrier.wait()
        ledger.enqueue(page, Scope.QA, task="t")
        connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert DraftRun.objects.count() == 1
