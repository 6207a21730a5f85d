"""An override in the page editor: asked for where it helps, with a reason, for these very texts."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupApprovalTask, PageLogEntry, Workflow, WorkflowTask

from papers.models import NotReady, PaperPage
from tests.editing import address, open_editor, save
from tests.factories import approve_all, make_editor, make_paper, make_qa, make_week
from weekly.models import WeekPage

pytestmark = pytest.mark.django_db
REASON = "Alice has read it twice"
FIELD = 'name="override_reason"'


@pytest.fixture
def unread() -> PaperPage:
    return make_paper(qa=[make_qa(1, approved=False)])


def publish(client: Client, page: Any, **fields: Any) -> str:
    return unescape(save(client, page, {**open_editor(client, page), **fields}, "publish").content.decode())


def is_live(page: Any) -> bool:
    return type(page).objects.get(pk=page.pk).live


def newest(page: PaperPage) -> PaperPage:
    return PaperPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def override(page: PaperPage, reason: str = REASON) -> PaperPage:
    draft = newest(page)
    draft.override(reason, make_editor("carol"))
    draft.save_revision()
    return newest(page)


# The guard


def test_an_unapproved_answer_blocks() -> None:
    page = make_paper(qa=[make_qa(1, approved=False)])
    with pytest.raises(NotReady):
        page.get_latest_revision().publish()


def test_an_approved_one_does_not(unread: PaperPage) -> None:
    approve_all(unread).get_latest_revision().publish()
    assert is_live(unread)


def test_an_error_blocks_even_what_a_person_wrote() -> None:
    page = make_paper(abstract_translated="うまくいくと")
    assert [path for path, _message in page.gaps()] == ["abstract_translated"]


def test_a_reason_opens_the_gate_for_these_texts(unread: PaperPage) -> None:
    assert override(unread).gaps() == []


def test_another_answer_closes_it_again(unread: PaperPage) -> None:
    draft = override(unread)
    draft.qa[0].value["question"] = "別の質問は何ですか。"
    draft.summary = ""
    assert draft.override_reason == ""


def test_no_reason_fills_what_is_missing() -> None:
    page = override(make_paper(summary="", qa=[make_qa(1, approved=False)]))
    assert [path for path, _message in page.gaps()] == ["summary"]


# The editor


def test_nothing_is_asked_before_publishing_was_refused(alice: Client, unread: PaperPage) -> None:
    assert FIELD not in alice.get(address(unread)).content.decode()


def test_a_reason_is_asked_for_where_it_helps(alice: Client, unread: PaperPage) -> None:
    html = publish(alice, unread)
    assert "Errors or unapproved texts stand. Mend them, or say why and publish." in html
    assert html.count(FIELD) == 1
    assert not is_live(unread)


def test_it_is_not_asked_for_where_something_is_missing(alice: Client) -> None:
    page = make_paper(summary="", qa=[make_qa(1, approved=False)])
    assert FIELD not in publish(alice, page)


def test_a_reason_publishes(alice: Client, unread: PaperPage) -> None:
    publish(alice, unread, override_reason=REASON)
    assert is_live(unread)
    assert PageLogEntry.objects.get(action="papers.override").data["reason"] == REASON


def test_the_history_tells_the_reason(alice: Client, unread: PaperPage) -> None:
    publish(alice, unread, override_reason=REASON)
    html = alice.get(reverse("wagtailadmin_pages:history", args=[unread.pk])).content.decode()
    assert f"Published in spite of what stood against it: {REASON}" in html


@pytest.mark.parametrize("reason", ["", " \n "])
def test_blanks_are_no_reason(alice: Client, unread: PaperPage, reason: str) -> None:
    publish(alice, unread, override_reason=reason)
    assert not is_live(unread)


def test_saving_a_draft_takes_no_reason(alice: Client, unread: PaperPage) -> None:
    save(alice, unread, {**open_editor(alice, unread), "override_reason": REASON})
    assert newest(unread).override_reason == ""


def test_a_text_changed_after_that_is_blocked_again(alice: Client, unread: PaperPage) -> None:
    publish(alice, unread, override_reason=REASON)
    html = publish(alice, unread, summary="別の要約です。")
    assert FIELD in html
    assert PaperPage.objects.get(pk=unread.pk).summary == "一行の要約です。"


def test_a_week_is_overridden_in_the_same_way(alice: Client) -> None:
    week = make_week(make_paper(), overview="概観はまだ途中で")
    assert FIELD in publish(alice, week)
    publish(alice, week, override_reason=REASON)
    assert is_live(week)


def test_a_week_without_papers_is_not(alice: Client) -> None:
    week = make_week(make_paper(), overview="概観はまだ途中で")
    fields = {**open_editor(alice, week), "override_reason": REASON}
    fields.pop("entries-0-chosen")
    save(alice, week, fields, "publish")
    assert not WeekPage.objects.get(pk=week.pk).live


# Workflows and locks


def await_approval(page: PaperPage, client: Client) -> Any:
    workflow = Workflow.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=GroupApprovalTask.objects.create(name="Approve"))
    return workflow.start(page, get_user(client)).current_task_state


def approve(client: Client, page: PaperPage, **fields: str) -> str:
    sent = {**open_editor(client, page), "workflow-action-name": "approve", **fields}
    return unescape(save(client, page, sent, "workflow-action").content.decode())


def test_the_last_approval_of_a_workflow_asks_for_a_reason(alice: Client, unread: PaperPage) -> None:
    state = await_approval(unread, alice)
    assert FIELD in approve(alice, unread)
    state.refresh_from_db()
    assert (state.status, is_live(unread)) == ("in_progress", False)


def test_with_a_reason_the_last_approval_publishes(alice: Client, unread: PaperPage) -> None:
    state = await_approval(unread, alice)
    approve(alice, unread, override_reason=REASON)
    state.refresh_from_db()
    assert (state.status, is_live(unread)) == ("approved", True)


def test_a_locked_page_takes_no_reason(alice: Client, unread: PaperPage) -> None:
    fields = {**open_editor(alice, unread), "override_reason": REASON}
    PaperPage.objects.filter(pk=unread.pk).update(locked=True, locked_by=make_editor("carol"))
    save(alice, unread, fields, "publish")
    assert not is_live(unread)


def test_the_reason_stays_in_the_form_where_something_else_is_wrong(alice: Client, unread: PaperPage) -> None:
    html = publish(alice, unread, override_reason=REASON, title="")
    field = BeautifulSoup(html, "html.parser").find(attrs={"name": "override_reason"})
    assert field.get_text().strip() == REASON
