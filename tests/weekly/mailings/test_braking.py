"""A mailing of which most letters are refused holds itself, and no reader's mail ends for that."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from tests.servers.mail import MailServer
from tests.weekly.mailings.going import go, go_on, make_readers, pass_time, states
from tests.weekly.mailings.test_parallel import at_once
from weekly.mailings import readers
from weekly.mailings.braking import REFUSALS, REFUSED
from weekly.mailings.sending import ATTEMPTS, send
from weekly.mailings.starting import start
from weekly.mailings.steering import release, send_again, send_now
from weekly.models import EndReason, Mailing, MailingStatus, Subscriber

pytestmark = pytest.mark.django_db
GONE = "550 5.1.1 no such user"
MANY = REFUSALS * 2 + 5


def make_refused(server: MailServer, count: int, answer: str = GONE, **fields: object) -> list[Subscriber]:
    """Readers whose addresses the server does not know."""
    refused = make_readers(*(f"refused{number}" for number in range(count)), **fields)
    for reader in refused:
        server.refuse(reader.email, answer)
    return refused


def active() -> int:
    return Subscriber.objects.active().count()


def test_a_mailing_that_is_refused_everywhere_holds_itself(mailing: Mailing, mail_server: MailServer) -> None:
    make_refused(mail_server, MANY)
    go(mailing)
    assert (mailing.status, mailing.reason) == (MailingStatus.HELD, REFUSED)
    assert (states().count("failed"), states().count("due")) == (REFUSALS, MANY - REFUSALS)


def test_nobodys_mail_ends_for_it(mailing: Mailing, mail_server: MailServer) -> None:
    make_refused(mail_server, MANY)
    go(mailing)
    assert active() == MANY
    assert set(Subscriber.objects.values_list("bounces", "end_reason")) == {(0, "")}


def test_refusals_beside_as_many_letters_that_went_out_end_the_mail(mailing: Mailing, mail_server: MailServer) -> None:
    make_readers(*(f"reader{number}" for number in range(REFUSALS)))
    make_refused(mail_server, REFUSALS)
    go(mailing)
    assert (mailing.status, active()) == (MailingStatus.SENT, REFUSALS)


def test_few_refusals_hold_nothing(mailing: Mailing, mail_server: MailServer) -> None:
    make_refused(mail_server, REFUSALS - 1)
    go(mailing)
    assert (mailing.status, active()) == (MailingStatus.SENT, 0)


def test_letters_that_the_server_takes_from_nobody_hold_it_as_well(mailing: Mailing, mail_server: MailServer) -> None:
    make_refused(mail_server, REFUSALS, "554 5.7.1 relay access denied")
    for _time in range(ATTEMPTS):
        go(mailing)
        pass_time()
    assert (mailing.status, active()) == (MailingStatus.HELD, REFUSALS)


@pytest.mark.parametrize("going_on", [release, send_now])
def test_once_the_server_is_mended_all_get_their_letter(
    mailing: Mailing, mail_server: MailServer, going_on: Any
) -> None:
    make_refused(mail_server, MANY)
    go(mailing)
    mail_server.refuse_none()
    going_on(mailing)
    send_again(mailing, "failed")
    assert (go_on(mailing), mailing.status, mailing.reason) == (MANY, MailingStatus.SENT, "")


def test_what_is_released_and_refused_again_is_held_after_as_many_more(
    mailing: Mailing, mail_server: MailServer
) -> None:
    make_refused(mail_server, MANY)
    go(mailing)
    release(mailing)
    go_on(mailing)
    assert (mailing.status, states().count("failed"), active()) == (MailingStatus.HELD, 2 * REFUSALS, MANY)


def test_who_had_ended_before_stays_without_mail(mailing: Mailing, mail_server: MailServer) -> None:
    (bob,) = make_readers("bob", ended_at=mailing.due_at, end_reason=EndReason.BOUNCED)
    make_refused(mail_server, REFUSALS)
    go(mailing)
    bob.refresh_from_db()
    assert (bob.is_active, active()) == (False, REFUSALS)


@pytest.mark.parametrize("reason", [EndReason.ASKED, EndReason.COMPLAINED, EndReason.EDITOR])
def test_who_wants_no_mail_gets_none_whatever_bounced_before(
    mailing: Mailing, mail_server: MailServer, reason: str
) -> None:
    refused = make_refused(mail_server, REFUSALS)
    readers.end(refused[0], EndReason.BOUNCED)
    readers.end(refused[0], reason)
    go(mailing)
    refused[0].refresh_from_db()
    assert (refused[0].is_active, refused[0].end_reason) == (False, reason)


def test_a_bounce_changes_no_reason() -> None:
    (bob,) = make_readers("bob", ended_at=timezone.now(), end_reason=EndReason.ASKED)
    readers.end(bob, EndReason.BOUNCED)
    bob.refresh_from_db()
    assert bob.end_reason == EndReason.ASKED


@pytest.mark.django_db(transaction=True)
def test_many_workers_stop_together(mailing: Mailing, mail_server: MailServer) -> None:
    make_refused(mail_server, MANY)
    start(mailing)
    at_once(lambda: send(mailing.pk))
    assert Mailing.objects.get().status == MailingStatus.HELD
    assert REFUSALS <= states().count("failed") < REFUSALS + 4
