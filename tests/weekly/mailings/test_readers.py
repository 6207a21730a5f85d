"""Asking, confirming, changing and ending: who gets mail is told to nobody, and nobody can be made to get it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from tests.factories import make_home, make_mailing, make_paper, make_subscriber, make_week
from weekly import letters
from weekly.erasing import erase_reader
from weekly.mailings import readers
from weekly.models import Delivery, EndReason, Letter, Subscriber

pytestmark = pytest.mark.django_db
BOB = "bob@example.org"


@pytest.fixture(autouse=True)
def _home() -> None:
    make_home()
    make_home("en")


def ask(email: str = BOB, language: str = "en", frequency: str = "weekly") -> int:
    """Ask for mail; returns how many letters that brought."""
    before = len(mail.outbox)
    readers.ask(email, language, frequency)
    letters.send_due()
    return len(mail.outbox) - before


def rest(**fields: object) -> None:
    """As if the pause between two letters had passed."""
    Subscriber.objects.update(asked_at=timezone.now() - readers.PAUSE - timedelta(seconds=1), **fields)


def test_who_asks_gets_one_letter_and_no_digest_yet() -> None:
    assert ask() == 1
    assert not Subscriber.objects.get().is_active


def test_the_letter_holds_a_link_to_confirm_and_one_to_end_it() -> None:
    ask()
    (letter,) = mail.outbox
    assert "http://localhost/en/subscribe/confirm/" in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_letter_is_in_the_language_of_the_digest() -> None:
    ask(language="ja")
    ask("carol@example.org")
    assert mail.outbox[1].subject == "Paper Digest by mail: please confirm"
    assert "/en/" not in mail.outbox[0].body


def test_no_link_holds_the_address() -> None:
    ask()
    assert "bob" not in mail.outbox[0].body.lower()


def test_who_confirms_gets_mail_from_then_on() -> None:
    ask(frequency="daily")
    readers.confirm(Subscriber.objects.get())
    assert list(Subscriber.objects.active().of("en", "daily").values_list("email", flat=True)) == [BOB]


def test_asking_again_at_once_sends_no_second_letter() -> None:
    assert [ask(), ask("BOB@example.org")] == [1, 0]
    assert Subscriber.objects.count() == 1


def test_asking_again_later_sends_another_one() -> None:
    ask()
    rest()
    assert ask() == 1


def test_nobody_can_have_a_letter_box_filled() -> None:
    sent = 0
    for _time in range(readers.MOST_A_DAY + 3):
        sent += ask()
        rest()
    assert sent == readers.MOST_A_DAY


def test_asking_in_two_languages_makes_two_subscriptions() -> None:
    assert [ask(language="ja"), ask(language="en")] == [1, 1]
    assert set(Subscriber.objects.values_list("language", flat=True)) == {"ja", "en"}


def test_who_gets_mail_already_is_told_so_by_mail_and_nothing_changes() -> None:
    reader = make_subscriber(code="en")
    assert ask(frequency="daily") == 1
    reader.refresh_from_db()
    assert (reader.frequency, reader.is_active) == ("weekly", True)
    assert mail.outbox[0].subject == "Paper Digest by mail: you get it already"


def test_who_ended_it_can_ask_again_and_gets_mail_once_confirmed() -> None:
    reader = make_subscriber(code="en", ended_at=timezone.now(), end_reason=EndReason.ASKED, bounces=2)
    ask(frequency="daily")
    readers.confirm(reader)
    reader.refresh_from_db()
    assert (reader.is_active, reader.frequency, reader.end_reason, reader.bounces) == (True, "daily", "", 0)


def test_who_called_our_mail_spam_gets_none_whoever_asks() -> None:
    make_subscriber(code="en", ended_at=timezone.now(), end_reason=EndReason.COMPLAINED)
    assert ask() == 0


def test_after_a_month_even_that_reader_can_ask() -> None:
    past = timezone.now() - readers.RESPITE - timedelta(hours=1)
    make_subscriber(code="en", ended_at=past, end_reason=EndReason.COMPLAINED)
    assert ask() == 1


def test_ending_it_stops_mail_and_keeps_the_first_reason() -> None:
    reader = make_subscriber()
    readers.end(reader)
    readers.end(reader, EndReason.BOUNCED)
    reader.refresh_from_db()
    assert (reader.is_active, reader.end_reason) == (False, EndReason.ASKED)


def test_bounces_in_a_row_end_it() -> None:
    reader = make_subscriber()
    for _time in range(readers.MOST_BOUNCES):
        readers.count_bounce(reader, is_dead=False)
    reader.refresh_from_db()
    assert (reader.bounces, reader.end_reason) == (readers.MOST_BOUNCES, EndReason.BOUNCED)


def test_who_never_confirmed_is_forgotten_after_a_week() -> None:
    ask()
    rest()
    readers.forget()
    assert Subscriber.objects.exists()
    Subscriber.objects.update(asked_at=timezone.now() - timedelta(days=7, minutes=1))
    readers.forget()
    assert not Subscriber.objects.exists()


def test_who_ended_it_is_forgotten_after_a_month() -> None:
    ended = {"end_reason": EndReason.ASKED, "ended_at": timezone.now() - readers.KEPT - timedelta(hours=1)}
    make_subscriber(**ended)
    make_subscriber("carol", **{**ended, "ended_at": timezone.now()})
    readers.forget()
    assert Subscriber.objects.get().email == "carol@example.org"


def test_an_address_that_bounced_is_kept_so_that_nothing_goes_there() -> None:
    past = timezone.now() - timedelta(days=400)
    make_subscriber(end_reason=EndReason.BOUNCED, ended_at=past)
    readers.forget()
    assert Subscriber.objects.exists()


def test_who_is_forgotten_is_forgotten_with_the_letter_to_confirm() -> None:
    ask()
    assert Letter.objects.get().email == BOB
    Subscriber.objects.update(asked_at=timezone.now() - timedelta(days=8))
    readers.forget()
    assert not Letter.objects.exists()


def test_a_letter_to_somebody_who_was_forgotten_meanwhile_is_not_sent() -> None:
    readers.ask(BOB, "en", "weekly")
    Subscriber.objects.all().delete()
    assert (letters.send_due(), Letter.objects.count()) == (0, 0)


def test_erasing_a_reader_erases_subscriptions_and_keeps_the_number_of_letters() -> None:
    reader = make_subscriber("Bob")
    Delivery.objects.create(mailing=make_mailing(make_week(make_paper())), subscriber=reader, error="550 no")
    assert erase_reader("bob@EXAMPLE.org").subscriptions == 1
    assert list(Delivery.objects.values_list("subscriber", "error")) == [(None, "")]


def test_the_same_address_in_another_case_is_the_same_subscriber() -> None:
    make_subscriber("Bob")
    assert Subscriber.objects.at("bOB@example.ORG").exists()
