"""Which mailings there are: one for a week that comes out, one a day of what is new, none of an archive."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from papers.models import PaperPage
from tests.factories import make_editor, make_paper, make_subscriber, make_week
from weekly.mailings.hours import local_day, sending_hour
from weekly.mailings.making import plan_daily, plan_weekly
from weekly.models import Mailing, WeekPage

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _past_the_hour(digest: Any, noon: None) -> None:
    """This day's mail is due, and it is long until the next day's."""
    digest(MAIL_HOUR=6)


def today() -> date:
    return local_day(timezone.now())


def last_week() -> date:
    return today() - timedelta(days=7)


def publish(week: WeekPage) -> None:
    week.get_latest_revision().publish()


def public_week(start: date, code: str = "ja") -> WeekPage:
    return make_week(make_paper(live=True, code=code), live=True, start=start, code=code)


def came_out(page: Any, when: datetime) -> Any:
    """As if a page had been published for the first time at that moment."""
    type(page).objects.filter(pk=page.pk).update(first_published_at=when)
    return page


def paper_of_today(ago: timedelta = HOUR, **fields: Any) -> PaperPage:
    """A paper that came out some time before this day's mail."""
    return came_out(make_paper(live=True, **fields), sending_hour(today()) - ago)


def daily() -> list[list[int]]:
    """The pages of each daily mailing that is made now."""
    return [mailing.page_ids for mailing in plan_daily()]


def test_a_week_that_is_published_has_a_mailing_in_its_language() -> None:
    week = public_week(start=last_week(), code="ko")
    mailing = Mailing.objects.get()
    assert (mailing.week, mailing.language, mailing.frequency, mailing.status) == (week, "ko", "weekly", "due")
    assert (mailing.first_day, mailing.last_day) == (week.start, week.end)


def test_it_is_due_at_the_next_sending_hour() -> None:
    public_week(start=last_week())
    due = Mailing.objects.get().due_at
    assert timezone.now() < due <= timezone.now() + timedelta(days=1, minutes=15)
    assert due == sending_hour(local_day(due))


def test_a_draft_has_none() -> None:
    make_week(make_paper(), start=last_week())
    assert not Mailing.objects.exists()


def test_the_copy_of_a_week_is_mailed_to_nobody_by_itself() -> None:
    week = public_week(start=last_week())
    copy = week.copy(update_attrs={"slug": "copy", "title": "Copy"}, keep_live=True)
    assert (copy.live, [mailing.week for mailing in Mailing.objects.all()]) == (True, [week])


@pytest.mark.parametrize(("status", "is_told"), [("sent", True), ("sending", True), ("skipped", False)])
def test_a_week_that_is_imported_anew_is_not_mailed_twice(status: str, is_told: bool) -> None:
    public_week(start=last_week()).delete()
    Mailing.objects.update(status=status, started_at=timezone.now())
    public_week(start=last_week())
    assert Mailing.objects.exclude(week=None).exists() is not is_told


def test_a_week_that_was_deleted_before_its_hour_is_mailed_once_it_is_back() -> None:
    public_week(start=last_week()).delete()
    again = public_week(start=last_week())
    assert Mailing.objects.exclude(week=None).get().week == again


def test_the_same_days_of_another_list_or_language_are_mailed() -> None:
    public_week(start=last_week())
    public_week(start=last_week(), code="ko")
    make_week(make_paper(live=True), live=True, start=last_week(), source="other", slug="other")
    assert Mailing.objects.count() == 3


def test_publishing_again_changes_nothing() -> None:
    week = public_week(start=last_week())
    Mailing.objects.update(status="sent")
    publish(week)
    assert [mailing.status for mailing in Mailing.objects.all()] == ["sent"]


def test_a_week_that_was_public_before_there_was_mail_gets_none_by_being_corrected() -> None:
    week = public_week(start=last_week())
    Mailing.objects.all().delete()
    week.save_revision()
    publish(week)
    assert not Mailing.objects.exists()


def test_a_week_of_an_archive_mails_nobody() -> None:
    public_week(start=today() - timedelta(days=21))
    assert not Mailing.objects.exists()


def test_a_week_that_ended_two_weeks_ago_still_goes() -> None:
    public_week(start=today() - timedelta(days=20))
    assert Mailing.objects.exists()


def test_editors_can_mail_an_old_week_by_hand_and_only_once() -> None:
    week = public_week(start=date(2023, 1, 2))
    assert plan_weekly(week) == plan_weekly(week) == Mailing.objects.get()


def test_a_week_that_goes_out_by_schedule_has_a_mailing(client: Any) -> None:
    week = make_week(make_paper(), start=last_week())
    draft = week.get_latest_revision_as_object()
    draft.go_live_at = timezone.now() - HOUR
    draft.save_revision(user=make_editor()).publish()
    assert Mailing.objects.get().week == week


def test_each_language_has_a_mailing_of_its_own() -> None:
    public_week(start=last_week())
    public_week(start=last_week(), code="ko")
    assert set(Mailing.objects.values_list("language", flat=True)) == {"ja", "ko"}


def test_what_came_out_since_yesterday_goes_by_mail_today() -> None:
    make_subscriber(frequency="daily")
    paper = paper_of_today()
    assert daily() == [[paper.pk]]
    assert Mailing.objects.get().due_at == sending_hour(today())


def test_a_daily_mailing_is_made_once_a_day() -> None:
    make_subscriber(frequency="daily")
    paper_of_today()
    plan_daily()
    paper_of_today()
    assert daily() == []


def test_where_nothing_is_new_there_is_no_mailing() -> None:
    make_subscriber(frequency="daily")
    assert daily() == []


def test_where_nobody_gets_daily_mail_there_is_no_mailing() -> None:
    make_subscriber()
    make_subscriber("carol", frequency="daily", confirmed_at=None)
    make_subscriber("dan", frequency="daily", ended_at=timezone.now())
    paper_of_today()
    assert daily() == []


def test_before_the_hour_there_is_none(digest: Any) -> None:
    digest(MAIL_HOUR=18)
    make_subscriber(frequency="daily")
    paper_of_today()
    assert daily() == []


def test_what_comes_out_after_the_hour_belongs_to_tomorrow() -> None:
    make_subscriber(frequency="daily")
    came_out(make_paper(live=True), sending_hour(today()) + timedelta(seconds=1))
    assert daily() == []


def test_nothing_is_mailed_twice_and_nothing_left_out_between_two_days() -> None:
    make_subscriber(frequency="daily")
    before, late, new = (paper_of_today(ago) for ago in (25 * HOUR, 24.5 * HOUR, HOUR))
    yesterday = today() - timedelta(days=1)
    days = {"first_day": yesterday, "last_day": yesterday, "due_at": sending_hour(yesterday)}
    Mailing.objects.create(frequency="daily", language="ja", page_ids=[before.pk], status="sent", **days)
    assert daily() == [[late.pk, new.pk]]


def test_what_came_out_on_days_without_mail_goes_with_the_next() -> None:
    make_subscriber(frequency="daily")
    days = {"first_day": today() - timedelta(days=5), "last_day": today() - timedelta(days=4), "due_at": timezone.now()}
    Mailing.objects.create(frequency="daily", language="ja", page_ids=[], status="sent", **days)
    paper = paper_of_today(timedelta(days=3))
    assert daily() == [[paper.pk]]


def test_after_quiet_weeks_a_daily_mailing_looks_back_on_two_of_them() -> None:
    make_subscriber(frequency="daily")
    days = {name: today() - timedelta(days=40) for name in ("first_day", "last_day")}
    Mailing.objects.create(frequency="daily", language="ja", status="sent", due_at=timezone.now(), **days)
    _old, older, new = (paper_of_today(timedelta(days=days)) for days in (15, 13, 1))
    assert daily() == [[older.pk, new.pk]]


def test_the_first_daily_mailing_looks_back_on_one_day_only() -> None:
    make_subscriber(frequency="daily")
    paper_of_today(timedelta(days=2))
    assert daily() == []


def test_weeks_go_by_daily_mail_too_in_the_order_of_publication() -> None:
    make_subscriber(frequency="daily")
    paper = paper_of_today(HOUR)
    week = came_out(public_week(start=last_week()), sending_hour(today()) - 2 * HOUR)
    assert daily() == [[week.pk, paper.pk]]


def test_papers_of_an_imported_archive_are_left_out() -> None:
    make_subscriber(frequency="daily")
    old, both, _drafted = (paper_of_today(listed_on=date(2024, 5, 6)) for _number in range(3))
    make_week(old, both, start=date(2024, 5, 6), live=True)
    make_week(both, start=last_week(), live=True)
    assert daily() == [[both.pk]]


def test_papers_of_a_week_that_is_still_a_draft_go_by_daily_mail() -> None:
    make_subscriber(frequency="daily")
    paper = paper_of_today(listed_on=last_week())
    assert daily() == [[paper.pk]]


def test_a_paper_that_is_not_public_is_left_out() -> None:
    make_subscriber(frequency="daily")
    paper_of_today().unpublish()
    secret = paper_of_today()
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    assert daily() == []


def test_each_language_has_its_own_daily_mailing() -> None:
    make_subscriber(frequency="daily")
    make_subscriber(frequency="daily", code="ko")
    paper, korean = paper_of_today(), paper_of_today(code="ko")
    assert sorted(daily()) == sorted([[paper.pk], [korean.pk]])
