"""Many workers at one mailing: threads of this process on a real database, and a real mail server that counts."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from tests.servers.mail import MailServer
from tests.weekly.mailings.going import make_readers, states
from weekly.mailings import readers
from weekly.mailings.making import plan_weekly
from weekly.mailings.sending import send
from weekly.mailings.starting import start
from weekly.mailings.steering import hold
from weekly.models import Delivery, Mailing, Subscriber

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS, READERS = 4, 40


def at_once(work: Callable[[], Any], times: int = WORKERS) -> list[Any]:
    """Do something in several threads at the same moment."""

    def alone(_number: int) -> Any:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(alone, range(times)))


def make_many() -> None:
    make_readers(*(f"reader{number}" for number in range(READERS)))


def test_many_workers_send_each_letter_once(mailing: Mailing, mail_server: MailServer) -> None:
    make_many()
    start(mailing)
    sent = at_once(lambda: send(mailing.pk))
    assert sum(sent) == READERS
    assert set(mail_server.letters.values()) == {1}


def test_more_than_one_of_them_had_something_to_do(mailing: Mailing, mail_server: MailServer) -> None:
    mail_server.delay = 0.05
    make_many()
    start(mailing)
    assert sum(number > 0 for number in at_once(lambda: send(mailing.pk))) > 1


def test_a_mailing_that_many_start_is_started_once(mailing: Mailing) -> None:
    make_many()
    at_once(lambda: start(mailing))
    assert states() == ["due"] * READERS


def test_starting_and_sending_at_once_sends_each_letter_once(mailing: Mailing, mail_server: MailServer) -> None:
    make_many()

    def work() -> None:
        start(mailing)
        send(mailing.pk)

    at_once(work)
    assert (mail_server.letters.total(), set(states())) == (READERS, {"sent"})


def test_what_is_held_in_the_middle_stops(mailing: Mailing, mail_server: MailServer) -> None:
    mail_server.delay = 0.02
    make_many()
    start(mailing)
    with ThreadPoolExecutor(1) as threads:
        working = threads.submit(at_once, lambda: send(mailing.pk))
        mail_server.wait_for(5)
        hold(mailing)
        working.result()
    assert mail_server.letters.total() == states().count("sent") < READERS


def test_a_week_that_two_publish_at_once_has_one_mailing(mailing: Mailing) -> None:
    Mailing.objects.all().delete()
    at_once(lambda: plan_weekly(mailing.week))
    assert Mailing.objects.count() == 1


def test_who_asks_twice_at_one_moment_is_one_subscriber(mailing: Mailing) -> None:
    at_once(lambda: readers.ask("Bob@example.org", "ja", "weekly"))
    assert Subscriber.objects.count() == 1


def test_no_letter_is_owed_twice_for_one_mailing(mailing: Mailing) -> None:
    make_readers("bob")
    start(mailing)
    Mailing.objects.update(status="due")
    start(mailing)
    assert Delivery.objects.count() == 1
