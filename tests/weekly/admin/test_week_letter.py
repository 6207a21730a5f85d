"""A week's letter before it goes out, and what the publish page says of when it goes to how many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_mailing, make_paper, make_subscriber, make_week
from tests.weekly.reading import text_of
from weekly.admin.mail_figures import outlook_of
from weekly.models import Mailing, WeekPage

pytestmark = pytest.mark.django_db


def this_week(**fields: Any) -> WeekPage:
    """A week that is not old yet."""
    return make_week(
        make_paper(live=True, title="On Things"), start=timezone.now().date() - timedelta(days=7), **fields
    )


def address(week: WeekPage) -> str:
    return reverse("weekly_admin:week_letter", args=[week.pk])


def look(client: Client, url: str) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").find("main")


def outlook(client: Client, week: WeekPage, view: str = "publish") -> str:
    return text_of(look(client, reverse(f"weekly_admin:{view}", args=[week.pk])).select_one(".mail-outlook"))


def test_a_drafts_letter_is_shown_as_it_would_go_out(alice: Client) -> None:
    week = this_week()
    draft = week.get_latest_revision_as_object()
    draft.theme = "新しい主題"
    draft.save_revision()
    text = look(alice, address(week)).find("pre").get_text()
    assert "新しい主題" in text
    assert "On Things" in text


def test_looking_at_it_plans_and_sends_nothing(alice: Client) -> None:
    make_subscriber()
    look(alice, address(this_week()))
    assert not Mailing.objects.exists()
    assert mail.outbox == []


def test_a_test_of_a_draft_goes_to_the_editor_alone(alice: Client) -> None:
    make_subscriber()
    alice.post(address(this_week()), {"do": "test"})
    (sent,) = mail.outbox
    assert sent.to == ["alice@example.org"]
    assert "On Things" in sent.body


def test_who_may_edit_the_week_sees_its_letter(writer: Callable[..., Client]) -> None:
    week = this_week()
    assert writer("change_page").get(address(week)).status_code == 200


def test_who_may_not_edit_it_does_not(writer: Callable[..., Client]) -> None:
    week = make_week(make_paper(code="ko"), code="ko")
    assert writer("change_page").get(address(week)).status_code == 302


def test_the_editor_desk_and_publish_page_lead_there(alice: Client) -> None:
    week = this_week()
    edit = reverse("wagtailadmin_pages:edit", args=[week.pk])
    pages = [edit, *(reverse(f"weekly_admin:{view}", args=[week.pk]) for view in ("publish", "desk"))]
    assert all(address(week) in alice.get(page).content.decode() for page in pages)


# When it goes to how many


def test_the_publish_page_says_when_it_goes_to_how_many(alice: Client) -> None:
    make_subscriber()
    make_subscriber("carol")
    assert outlook(alice, this_week()).startswith("Published now, it goes by mail to 2 readers: ")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("due", "Goes by mail to 1 reader: Monday, May 13, 2024, noon."),
        ("held", "Its mailing to 1 reader is held."),
        ("sending", "Is being sent to 1 reader."),
        ("sent", "Went by mail to 0 readers: May 13, 2024, noon."),
        ("skipped", "Was not sent by mail: Nobody gets it."),
    ],
)
def test_a_week_that_has_a_mailing_says_how_it_stands(alice: Client, status: str, said: str) -> None:
    make_subscriber()
    week = make_week(make_paper(live=True), live=True)
    make_mailing(week, status=status, reason="Nobody gets it." if status == "skipped" else "")
    assert outlook(alice, week).startswith(said)


def test_an_old_week_goes_to_nobody_by_itself(alice: Client) -> None:
    make_subscriber()
    week = make_week(make_paper(live=True), start=date(2023, 5, 1))
    assert outlook(alice, week).startswith("Goes by mail to nobody by itself")


def test_what_is_said_is_what_publishing_plans(noon: None) -> None:
    make_subscriber()
    week = this_week()
    before = outlook_of(week)
    week.get_latest_revision().publish()
    after = outlook_of(WeekPage.objects.get(pk=week.pk))
    assert after.row.mailing.due_at == before.due_at
    assert (after.readers, before.readers) == (1, 1)


def test_a_week_that_was_published_before_does_not_go_out_again() -> None:
    week = this_week(live=True)
    Mailing.objects.all().delete()
    assert outlook_of(WeekPage.objects.get(pk=week.pk)).due_at is None


# By hand


def test_an_old_week_is_sent_where_an_editor_asks_for_it(alice: Client) -> None:
    week = make_week(make_paper(live=True), live=True)
    response = alice.post(address(week), {"do": "plan"})
    mailing = Mailing.objects.get(week=week)
    assert mailing.status == "due"
    assert response["Location"] == reverse("weekly_admin:mailing", args=[mailing.pk])


def test_a_draft_is_not_planned(alice: Client) -> None:
    week = make_week(make_paper(live=True))
    assert look(alice, address(week)).select("[value=plan]") == []
    alice.post(address(week), {"do": "plan"})
    assert not Mailing.objects.exists()


def test_who_may_not_publish_plans_nothing(writer: Callable[..., Client]) -> None:
    week = make_week(make_paper(live=True), live=True)
    client = writer("change_page")
    assert look(client, address(week)).select("[value=plan]") == []
    client.post(address(week), {"do": "plan"})
    assert not Mailing.objects.exists()


def test_a_week_that_has_a_mailing_gets_no_second_one(alice: Client) -> None:
    week = make_week(make_paper(live=True), live=True)
    mailing = make_mailing(week, status="sent", ended_at=datetime(2024, 5, 13, tzinfo=UTC))
    alice.post(address(week), {"do": "plan"})
    assert Mailing.objects.get() == mailing
    assert Mailing.objects.get().status == "sent"
