"""Letters of a mailing go out over real SMTP, each once, whatever the server says."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.factories import make_subscriber
from tests.servers.mail import MailServer
from tests.weekly.mailings.going import go, go_on, make_readers, pass_time, states
from weekly.mailings.sending import ATTEMPTS, AWAY, DIED, LEASE, send
from weekly.mailings.sweeping import doubt_dead
from weekly.models import Delivery, EndReason, Mailing, MailingStatus

pytestmark = pytest.mark.django_db
BOB, CAROL = "bob@example.org", "carol@example.org"


def fresh(mailing: Mailing) -> str:
    mailing.refresh_from_db()
    return mailing.status


def test_everybody_who_asked_gets_one_letter(mailing: Mailing, mail_server: MailServer) -> None:
    make_readers("bob", "carol")
    assert go(mailing) == 2
    assert mail_server.letters == {BOB: 1, CAROL: 1}


def test_a_mailing_that_went_out_has_ended(mailing: Mailing, mail_server: MailServer) -> None:
    make_readers("bob")
    go(mailing)
    assert (mailing.status, states()) == (MailingStatus.SENT, ["sent"])
    assert None not in (mailing.ended_at, Delivery.objects.get().sent_at)


def test_what_is_rung_for_again_sends_nothing_twice(mailing: Mailing, mail_server: MailServer) -> None:
    make_readers("bob")
    go(mailing)
    assert [go(mailing), go_on(mailing)] == [0, 0]
    assert mail_server.letters == {BOB: 1}


def test_every_letter_can_be_ended_with_one_click(mailing: Mailing, mail_server: MailServer) -> None:
    make_readers("bob")
    go(mailing)
    ((_address, letter),) = mail_server.messages
    assert letter["List-Unsubscribe"].strip().startswith("<http://localhost/subscription/")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_all_letters_go_over_one_connection(mailing: Mailing, mail_server: MailServer) -> None:
    make_readers("bob", "carol", "dan")
    go(mailing)
    assert (len(mail_server.messages), mail_server.connections) == (3, 1)


def test_a_connection_that_the_server_closed_is_opened_anew(mailing: Mailing, mail_server: MailServer) -> None:
    mail_server.close_after_each = True
    make_readers("bob", "carol")
    assert go(mailing) == 2
    assert (states(), mail_server.connections) == (["sent", "sent"], 2)


def test_who_ended_the_mail_meanwhile_gets_none(mailing: Mailing, mail_server: MailServer) -> None:
    make_readers("bob", "carol")
    mailing.status, mailing.started_at = MailingStatus.SENDING, timezone.now()
    mailing.save()
    for reader in make_readers("dan", ended_at=timezone.now()):
        Delivery.objects.create(mailing=mailing, subscriber=reader)
    assert go_on(mailing) == 0
    assert states() == ["skipped"]


def test_the_letter_of_somebody_who_was_erased_is_left_out(mailing: Mailing, mail_server: MailServer) -> None:
    Mailing.objects.update(status=MailingStatus.SENDING)
    reader = make_subscriber()
    Delivery.objects.create(mailing=mailing, subscriber=reader)
    reader.delete()
    assert (go_on(mailing), states()) == (0, ["skipped"])


def test_a_refusal_for_now_waits_longer_every_time(mailing: Mailing, mail_server: MailServer) -> None:
    mail_server.refuse(BOB, "451 4.7.1 come back later")
    make_readers("bob")
    waits = []
    for _time in range(2):
        go(mailing)
        waits.append(Delivery.objects.get().lease_until - timezone.now())
        pass_time()
    assert states() == ["due"]
    assert 1.5 * waits[0] < waits[1]


def test_after_five_refusals_a_letter_has_failed_and_says_why(mailing: Mailing, mail_server: MailServer) -> None:
    mail_server.refuse(BOB, "451 4.7.1 come back later")
    make_readers("bob")
    for _time in range(ATTEMPTS):
        go(mailing)
        pass_time()
    assert (states(), mailing.status) == (["failed"], MailingStatus.SENT)
    assert Delivery.objects.get().error == "451 4.7.1 come back later"


def test_no_such_address_fails_at_once_and_ends_the_mail(mailing: Mailing, mail_server: MailServer) -> None:
    mail_server.refuse(BOB, "550 5.1.1 <Bob@Example.org>: no such user")
    (bob,) = make_readers("bob")
    go(mailing)
    bob.refresh_from_db()
    assert (states(), bob.end_reason) == (["failed"], EndReason.BOUNCED)


def test_no_error_repeats_the_address(mailing: Mailing, mail_server: MailServer) -> None:
    mail_server.refuse(BOB, "550 5.1.1 <Bob@Example.org>: no such user as bob@example.org")
    make_readers("bob")
    go(mailing)
    assert Delivery.objects.get().error == "550 5.1.1 <…>: no such user as …"


def test_a_refusal_of_us_is_no_bounce(mailing: Mailing, mail_server: MailServer) -> None:
    mail_server.refuse(BOB, "554 5.7.1 relay access denied")
    (bob,) = make_readers("bob")
    go(mailing)
    bob.refresh_from_db()
    assert (states(), bob.bounces, bob.is_active) == (["due"], 0, True)


def test_a_full_mailbox_ends_the_mail_only_after_some_times(mailing: Mailing, mail_server: MailServer) -> None:
    mail_server.refuse(BOB, "552 5.2.2 mailbox full")
    (bob,) = make_readers("bob", bounces=1)
    go(mailing)
    bob.refresh_from_db()
    assert (states(), bob.bounces, bob.is_active) == (["failed"], 2, True)


def test_a_letter_that_goes_out_forgives_earlier_bounces(mailing: Mailing, mail_server: MailServer) -> None:
    (bob,) = make_readers("bob", bounces=2)
    go(mailing)
    bob.refresh_from_db()
    assert bob.bounces == 0


def test_a_refused_letter_stops_no_other(mailing: Mailing, mail_server: MailServer) -> None:
    mail_server.refuse(BOB, "550 5.1.1 no such user")
    make_readers("bob", "carol")
    go(mailing)
    assert (states(), mail_server.letters) == (["failed", "sent"], {CAROL: 1})


def test_a_letter_that_is_called_spam_fails_and_is_no_bounce(mailing: Mailing, mail_server: MailServer) -> None:
    mail_server.answer("554 5.7.1 looks like spam")
    (bob,) = make_readers("bob")
    go(mailing)
    bob.refresh_from_db()
    assert (states(), bob.bounces) == (["failed"], 0)


def test_a_letter_without_an_answer_is_never_sent_again_by_itself(mailing: Mailing, mail_server: MailServer) -> None:
    mail_server.answer("drop")
    make_readers("bob")
    go(mailing)
    pass_time()
    assert (go_on(mailing), states(), mailing.status) == (0, ["unsure"], MailingStatus.SENT)
    assert mail_server.letters == {BOB: 1}


def test_after_a_lost_answer_the_others_get_theirs(mailing: Mailing, mail_server: MailServer) -> None:
    mail_server.answer("drop")
    make_readers("bob", "carol")
    go(mailing)
    assert (states(), mail_server.letters) == (["unsure", "sent"], {BOB: 1, CAROL: 1})


@pytest.mark.usefixtures("closed_server")
def test_a_server_that_is_away_costs_no_attempt_and_is_told(mailing: Mailing) -> None:
    make_readers("bob")
    go(mailing)
    assert (mailing.status, mailing.reason) == (MailingStatus.SENDING, AWAY)
    assert (states(), Delivery.objects.get().attempts) == (["due"], 0)


def test_when_the_server_is_back_the_reason_goes(mailing: Mailing, mail_server: MailServer) -> None:
    make_readers("bob")
    Mailing.objects.update(reason=AWAY)
    mailing.refresh_from_db()
    go(mailing)
    assert (mailing.status, mailing.reason) == (MailingStatus.SENT, "")


def test_a_letter_that_another_worker_has_is_left_to_it(mailing: Mailing, mail_server: MailServer) -> None:
    Mailing.objects.update(status=MailingStatus.SENDING)
    until = timezone.now() + LEASE
    Delivery.objects.create(mailing=mailing, subscriber=make_subscriber(), state="claimed", lease_until=until)
    assert (go_on(mailing), states()) == (0, ["claimed"])


def test_what_a_dead_worker_had_only_claimed_is_sent(mailing: Mailing, mail_server: MailServer) -> None:
    Mailing.objects.update(status=MailingStatus.SENDING)
    Delivery.objects.create(
        mailing=mailing, subscriber=make_subscriber(), state="claimed", lease_until=timezone.now() - LEASE
    )
    assert (go_on(mailing), states()) == (1, ["sent"])


def test_what_a_dead_worker_was_handing_over_is_unsure(mailing: Mailing, mail_server: MailServer) -> None:
    Mailing.objects.update(status=MailingStatus.SENDING)
    Delivery.objects.create(
        mailing=mailing, subscriber=make_subscriber(), state="handing", lease_until=timezone.now() - LEASE
    )
    doubt_dead()
    assert (go_on(mailing), states(), Delivery.objects.get().error) == (0, ["unsure"], DIED)


def test_a_letter_on_which_workers_die_again_and_again_is_given_up(mailing: Mailing, mail_server: MailServer) -> None:
    Mailing.objects.update(status=MailingStatus.SENDING)
    Delivery.objects.create(mailing=mailing, subscriber=make_subscriber(), state="due", attempts=ATTEMPTS)
    assert (go_on(mailing), states()) == (0, ["failed"])


def test_a_held_mailing_sends_nothing(mailing: Mailing, mail_server: MailServer) -> None:
    Delivery.objects.create(mailing=mailing, subscriber=make_subscriber())
    Mailing.objects.update(status=MailingStatus.HELD)
    assert (send(mailing.pk), states()) == (0, ["due"])


def test_a_week_that_was_withdrawn_meanwhile_goes_to_nobody(mailing: Mailing, mail_server: MailServer) -> None:
    make_readers("bob")
    Mailing.objects.update(status=MailingStatus.SENDING)
    Delivery.objects.create(mailing=mailing, subscriber=make_subscriber("carol"))
    mailing.week.unpublish()
    assert (go_on(mailing), states(), mailing.status) == (0, ["skipped"], MailingStatus.SKIPPED)


def test_an_address_that_cannot_be_written_fails_alone(mailing: Mailing, mail_server: MailServer) -> None:
    broken = make_subscriber("carol")
    type(broken).objects.filter(pk=broken.pk).update(email="carol@")
    make_readers("bob")
    go(mailing)
    assert (states(), mail_server.letters) == (["failed", "sent"], {BOB: 1})
