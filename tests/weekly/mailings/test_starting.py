"""What is due becomes letters, one for everybody who wants it; what cannot go out says why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests.factories import make_mailing, make_paper, make_subscriber
from tests.weekly.mailings.going import go, make_readers, states
from weekly.mailings.starting import NOBODY, NOT_PUBLIC, start, start_due
from weekly.mailings.sweeping import sweep
from weekly.models import Delivery, Mailing

pytestmark = pytest.mark.django_db


def told(mailing: Mailing) -> tuple[str, str]:
    mailing.refresh_from_db()
    return mailing.status, mailing.reason


def readers_of(mailing: Mailing) -> set[str]:
    return set(Delivery.objects.filter(mailing=mailing).values_list("subscriber__email", flat=True))


def test_who_wants_this_language_this_often_is_owed_a_letter(mailing: Mailing) -> None:
    make_subscriber("bob")
    make_subscriber("carol", code="ko")
    make_subscriber("dan", frequency="daily")
    start(mailing)
    assert readers_of(mailing) == {"bob@example.org"}


def test_who_never_confirmed_or_has_ended_it_is_owed_none(mailing: Mailing) -> None:
    make_subscriber("bob")
    make_subscriber("carol", confirmed_at=None)
    make_subscriber("dan", ended_at=timezone.now())
    start(mailing)
    assert readers_of(mailing) == {"bob@example.org"}


def test_more_readers_than_are_read_at_once_are_all_owed_one(mailing: Mailing) -> None:
    make_readers(*(f"reader{number}" for number in range(1_100)))
    start(mailing)
    assert Delivery.objects.count() == 1_100


def test_a_mailing_that_is_not_due_yet_waits(mailing: Mailing) -> None:
    make_readers("bob")
    Mailing.objects.update(due_at=timezone.now() + timedelta(hours=1))
    start_due()
    assert told(mailing) == ("due", "")


def test_a_held_mailing_waits(mailing: Mailing) -> None:
    make_readers("bob")
    Mailing.objects.update(status="held")
    start_due()
    assert (told(mailing), states()) == (("held", ""), [])


def test_a_week_that_was_withdrawn_is_skipped_with_the_reason(mailing: Mailing) -> None:
    make_readers("bob")
    mailing.week.unpublish()
    start_due()
    assert (told(mailing), states()) == (("skipped", NOT_PUBLIC), [])


def test_a_week_that_was_made_private_is_skipped(mailing: Mailing) -> None:
    make_readers("bob")
    PageViewRestriction.objects.create(page=mailing.week, restriction_type=PageViewRestriction.LOGIN)
    start_due()
    assert told(mailing) == ("skipped", NOT_PUBLIC)


def test_a_week_that_was_deleted_is_skipped_and_its_mailing_stays(mailing: Mailing) -> None:
    make_readers("bob")
    mailing.week.delete()
    start_due()
    assert told(mailing) == ("skipped", NOT_PUBLIC)


def test_where_nobody_wants_it_it_says_so(mailing: Mailing) -> None:
    start_due()
    assert told(mailing) == ("skipped", NOBODY)


def test_a_daily_mailing_goes_while_one_of_its_pages_is_public() -> None:
    make_subscriber(frequency="daily")
    gone, public = make_paper(live=True), make_paper(live=True)
    gone.unpublish()
    mailing = make_mailing(None, gone, public)
    assert (go(mailing), mailing.status) == (1, "sent")


def test_a_daily_mailing_of_which_nothing_is_left_is_skipped() -> None:
    make_subscriber(frequency="daily")
    paper = make_paper(live=True)
    mailing = make_mailing(None, paper)
    paper.delete()
    start_due()
    assert told(mailing) == ("skipped", NOT_PUBLIC)


def test_one_sweep_starts_what_is_due_and_leaves_what_is_sent(mailing: Mailing) -> None:
    make_readers("bob")
    sweep()
    assert (told(mailing), states()) == (("sending", ""), ["due"])


def test_a_sweep_ends_what_has_no_open_letter(mailing: Mailing) -> None:
    Mailing.objects.update(status="sending")
    Delivery.objects.create(mailing=mailing, subscriber=make_subscriber(), state="sent")
    sweep()
    assert told(mailing) == ("sent", "")
