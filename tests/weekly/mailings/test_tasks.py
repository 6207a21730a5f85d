"""The bells that the rows are rung with: tasks of these names exist, do their work, and are rung by the beat."""

from __future__ import annotations

from datetime import timedelta

import pytest
from celery import current_app
from django.utils import timezone

from digestsite.celery import app
from tests.factories import make_subscriber
from tests.servers.mail import MailServer
from tests.weekly.mailings.going import make_readers
from weekly import tasks
from weekly.mailings.starting import TASK
from weekly.mailings.steering import SWEEP
from weekly.models import Mailing, Subscriber

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", [TASK, SWEEP, tasks.forget_readers.name])
def test_what_is_rung_is_a_task(name: str) -> None:
    assert name in current_app.tasks


@pytest.mark.parametrize("task", [tasks.sweep_mailings, tasks.forget_readers])
def test_the_beat_rings_it(task: object) -> None:
    assert task.name in {entry["task"] for entry in app.conf.beat_schedule.values()}


def test_from_the_sweep_to_the_end_a_mailing_needs_two_bells(mailing: Mailing, mail_server: MailServer) -> None:
    make_readers("bob", "carol")
    tasks.sweep_mailings()
    tasks.send_mailing(mailing.pk)
    mailing.refresh_from_db()
    assert (mailing.status, mail_server.letters.total()) == ("sent", 2)


def test_a_bell_for_a_mailing_that_is_gone_does_nothing(mail_server: MailServer) -> None:
    tasks.send_mailing(4711)
    assert mail_server.letters.total() == 0


def test_who_never_confirmed_is_forgotten_by_the_nightly_bell() -> None:
    make_subscriber(confirmed_at=None, asked_at=timezone.now() - timedelta(days=8))
    tasks.forget_readers()
    assert not Subscriber.objects.exists()
