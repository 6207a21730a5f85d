"""Publish in spite of errors and unapproved texts: with a reason, and never what is missing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from wagtail.models import PageLogEntry

from papers.models import PaperPage
from tests.factories import make_paper, make_qa, make_week
from tests.weekly.admin.test_publish import live, look, send
from weekly.models import WeekPage

REASON = "Read twice by Alice"
pytestmark = pytest.mark.django_db


@pytest.fixture
def unread() -> PaperPage:
    """A paper whose only answer nobody has approved."""
    return make_paper(qa=[make_qa(1, approved=False)])


@pytest.fixture
def week(unread: PaperPage) -> WeekPage:
    return make_week(unread)


def publish_anyway(client: Client, week: WeekPage, reason: str = REASON) -> str:
    answer = send(client, week, chosen=(0,), publish="override", override_reason=reason)
    return answer.content.decode()


def test_an_unapproved_answer_keeps_the_week_in(alice: Client, week: WeekPage) -> None:
    assert "something stands against it" in send(alice, week, chosen=(0,)).content.decode()
    assert live(week) == [False]


def test_what_stands_against_it_is_offered_to_be_overridden(alice: Client, week: WeekPage) -> None:
    html = look(alice, week)
    assert "1 error or unapproved text stands." in html
    assert 'name="override_reason"' in html


def test_with_a_reason_everything_goes_out(alice: Client, week: WeekPage, unread: PaperPage) -> None:
    publish_anyway(alice, week)
    assert live(week, unread) == [True, True]


def test_the_reason_stands_in_the_history_of_the_page_that_needed_it(
    alice: Client, week: WeekPage, unread: PaperPage
) -> None:
    publish_anyway(alice, week)
    (entry,) = PageLogEntry.objects.filter(action="papers.override")
    assert (entry.page_id, entry.user.get_username(), entry.data["reason"]) == (unread.pk, "alice", REASON)
    assert REASON in entry.formatter.format_message(entry)


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_without_a_reason_nothing_goes_out(alice: Client, week: WeekPage, unread: PaperPage, reason: str) -> None:
    assert "give a reason" in publish_anyway(alice, week, reason)
    assert live(week, unread) == [False, False]


def test_no_reason_makes_up_for_what_is_missing(alice: Client, week: WeekPage) -> None:
    other = make_week(make_paper(summary="", qa=[make_qa(1, approved=False)]), slug="other")
    html = publish_anyway(alice, other)
    assert "is still missing" in html
    assert 'name="override_reason"' not in html
    assert live(other) == [False]


def test_what_is_missing_is_told_apart_from_what_can_be_overridden(alice: Client) -> None:
    html = look(alice, make_week(make_paper(summary="", qa=[make_qa(1, approved=False)])))
    assert html.count("digest-gap--doubted") == 1
    assert html.count(">needed<") == 1


def test_the_plain_button_takes_no_reason(alice: Client, week: WeekPage) -> None:
    send(alice, week, chosen=(0,), override_reason=REASON)
    assert live(week) == [False]


def test_a_text_changed_after_an_override_is_looked_at_again(alice: Client, week: WeekPage, unread: PaperPage) -> None:
    publish_anyway(alice, week)
    draft = PaperPage.objects.get(pk=unread.pk).get_latest_revision_as_object()
    assert draft.gaps() == []
    draft.summary = "別の要約です。"
    assert [path for path, _message in draft.gaps()] == [f"qa.{draft.qa[0].id}"]


def test_an_override_is_kept_while_the_text_stands(alice: Client, week: WeekPage, unread: PaperPage) -> None:
    publish_anyway(alice, week)
    before = PaperPage.objects.get(pk=unread.pk).latest_revision_id
    send(alice, week, chosen=(0,))
    assert PaperPage.objects.get(pk=unread.pk).latest_revision_id == before


def test_a_locked_paper_takes_no_override(writer: Callable[..., Client], week: WeekPage, unread: PaperPage) -> None:
    PaperPage.objects.filter(pk=unread.pk).update(locked=True)
    assert "The page is locked." in publish_anyway(writer("change_page", "publish_page"), week)
    assert live(week, unread) == [False, False]


def test_a_locked_paper_that_is_ready_goes_out(writer: Callable[..., Client]) -> None:
    paper = make_paper()
    PaperPage.objects.filter(pk=paper.pk).update(locked=True)
    week = make_week(paper)
    send(writer("change_page", "publish_page"), week, chosen=(0,))
    assert live(week, paper) == [True, True]


def test_who_may_not_publish_may_not_override(writer: Callable[..., Client], week: WeekPage) -> None:
    publish_anyway(writer("change_page"), week)
    assert live(week) == [False]
