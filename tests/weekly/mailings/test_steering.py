"""Editors hold a mailing, release it, send it now, and send letters again that may not have arrived."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_subscriber
from tests.servers.mail import MailServer
from tests.weekly.mailings.going import go, go_on, make_readers, states
from weekly.mailings.readers import end
from weekly.mailings.starting import NOBODY, NOT_PUBLIC, start, start_due
from weekly.mailings.steering import hold, release, send_again, send_now
from weekly.models import Delivery, Mailing

pytestmark = pytest.mark.django_db
BOB = "bob@example.org"


def status(mailing: Mailing) -> str:
    mailing.refresh_from_db()
    return mailing.status


def not_before(mailing: Mailing, hours: int) -> None:
    Mailing.objects.filter(pk=mailing.pk).update(due_at=timezone.now() + timedelta(hours=hours))


def test_a_mailing_is_held_and_released(mailing: Mailing) -> None:
    assert (hold(mailing), status(mailing)) == (True, "held")
    assert (release(mailing), status(mailing)) == (True, "due")


def test_one_that_is_being_sent_goes_on_where_it_was_held(mailing: Mailing, mail_server: MailServer) -> None:
    make_readers("bob", "carol")
    start(mailing)
    assert (hold(mailing), go_on(mailing)) == (True, 0)
    assert (release(mailing), go_on(mailing), mailing.status) == (True, 2, "sent")


@pytest.mark.parametrize("ended", ["sent", "skipped"])
def test_what_has_ended_can_be_neither_held_nor_released(mailing: Mailing, ended: str) -> None:
    Mailing.objects.update(status=ended)
    assert [hold(mailing), release(mailing), status(mailing)] == [False, False, ended]


def test_what_was_sent_is_not_sent_once_more_by_a_second_press(mailing: Mailing, mail_server: MailServer) -> None:
    make_readers("bob")
    go(mailing)
    assert send_now(mailing) is False
    start_due()
    assert (go_on(mailing), mail_server.letters) == (0, {BOB: 1})


@pytest.mark.parametrize("before", ["due", "held"])
def test_sending_now_does_not_wait_for_the_hour(mailing: Mailing, mail_server: MailServer, before: str) -> None:
    make_readers("bob")
    not_before(mailing, 20)
    Mailing.objects.update(status=before)
    assert send_now(mailing) is True
    start_due()
    assert go_on(mailing) == 1


def test_a_skipped_one_goes_once_its_week_is_public_again(mailing: Mailing, mail_server: MailServer) -> None:
    make_readers("bob")
    mailing.week.unpublish()
    start_due()
    mailing.week.get_latest_revision().publish()
    assert send_now(mailing) is True
    start_due()
    assert (go_on(mailing), mailing.status, mailing.reason) == (1, "sent", "")


def test_letters_that_were_left_out_go_when_it_is_sent_after_all(mailing: Mailing, mail_server: MailServer) -> None:
    make_readers("bob")
    start(mailing)
    mailing.week.unpublish()
    go_on(mailing)
    mailing.week.get_latest_revision().publish()
    send_now(mailing)
    start_due()
    assert (go_on(mailing), states()) == (1, ["sent"])


def test_one_that_was_skipped_and_is_to_go_after_all_can_be_held_and_released_first(
    mailing: Mailing, mail_server: MailServer
) -> None:
    make_readers("bob")
    start(mailing)
    mailing.week.unpublish()
    go_on(mailing)
    mailing.week.get_latest_revision().publish()
    assert [step(mailing) for step in (send_now, hold, release)] == [True] * 3
    start_due()
    assert (go_on(mailing), mailing.status, mailing.reason) == (1, "sent", "")


@pytest.mark.parametrize(("is_public", "reason"), [(False, NOT_PUBLIC), (True, NOBODY)])
def test_why_nothing_went_out_is_told(mailing: Mailing, mail_server: MailServer, is_public: bool, reason: str) -> None:
    (bob,) = make_readers("bob")
    start(mailing)
    if is_public:
        end(bob)
    else:
        mailing.week.unpublish()
    assert (go_on(mailing), mailing.status, mailing.reason) == (0, "skipped", reason)


def test_an_unsure_letter_is_sent_again_where_an_editor_says_so(mailing: Mailing, mail_server: MailServer) -> None:
    mail_server.answer("drop")
    make_readers("bob", "carol")
    go(mailing)
    assert send_again(mailing) == 1
    assert (go_on(mailing), states(), mailing.status) == (1, ["sent", "sent"], "sent")


def test_sending_again_counts_attempts_anew(mailing: Mailing) -> None:
    make_readers("bob")
    Mailing.objects.update(status="sent")
    Delivery.objects.create(mailing=mailing, subscriber=make_subscriber("carol"), state="failed", attempts=5, claims=5)
    assert (send_again(mailing, "failed"), status(mailing)) == (1, "sending")
    assert list(Delivery.objects.values_list("state", "attempts", "claims")) == [("due", 0, 5)]


def test_where_nothing_is_unsure_nothing_is_sent_again(mailing: Mailing, mail_server: MailServer) -> None:
    make_readers("bob")
    go(mailing)
    assert (send_again(mailing), status(mailing)) == (0, "sent")


def test_a_worker_that_wakes_up_after_that_overwrites_nothing(mailing: Mailing) -> None:
    """It had been handing the letter over when it fell asleep; meanwhile it was called unsure, and sent again."""
    from weekly.mailings.outcomes import Outcome, Verdict
    from weekly.mailings.sending import _settle

    reader = make_subscriber()
    asleep = Delivery.objects.create(mailing=mailing, subscriber=reader, state="handing", claims=1)
    Delivery.objects.update(state="sent", claims=2)
    _settle(asleep, reader, Outcome(Verdict.LATER, "450 later"))
    assert states() == ["sent"]
