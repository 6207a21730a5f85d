"""Proposed changes taken, left and undone."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import Page

from papers.mending import leave, take, undo
from papers.models import Decision, PaperPage, ProposedChange
from tests.factories import make_editor, make_paper, make_qa
from tests.papers.test_rescanning import ABSTRACT, WRONG, make_broken, make_term, scanned

pytestmark = pytest.mark.django_db
RIGHT = "注意ヘッドを調べました。"


@pytest.fixture
def alice(db: None) -> Any:
    return make_editor()


def draft_of(page: Page) -> PaperPage:
    return PaperPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def a_change(**fields: Any) -> ProposedChange:
    """The one change that is proposed for a new paper."""
    make_broken(**fields)
    return scanned(make_term())[0]


def decision_of(change: ProposedChange) -> str:
    change.refresh_from_db()
    return change.decision


def open_editor(page: Page, user: Any) -> None:
    EditingSession.objects.create(
        user=user, content_type=ContentType.objects.get_for_model(Page), object_id=page.pk, last_seen_at=timezone.now()
    )


def test_a_taken_change_is_a_revision_in_the_editors_name(alice: Any) -> None:
    change = a_change()
    assert take(change.pk, alice).done
    draft = draft_of(change.page)
    assert (draft.abstract_translated, draft.latest_revision.user) == (RIGHT, alice)


def test_a_taken_change_names_its_revision_and_its_editor(alice: Any) -> None:
    change = a_change()
    take(change.pk, alice)
    change.refresh_from_db()
    assert (change.decision, change.decided_by) == (Decision.TAKEN, alice)
    assert change.revision == PaperPage.objects.get(pk=change.page_id).latest_revision


def test_an_answer_is_changed_in_its_block_alone(alice: Any) -> None:
    qa = [make_qa(1, answer=WRONG), make_qa(2)]
    paper = make_paper(abstract=ABSTRACT, abstract_translated="注意ヘッドです。", qa=qa)
    take(scanned(make_term())[0].pk, alice)
    answers = [block.value["answer"] for block in draft_of(paper).qa]
    assert answers == [RIGHT, "答え2です。"]


def test_the_live_page_stays_as_it_is_unless_asked(alice: Any) -> None:
    change = a_change(live=True)
    take(change.pk, alice)
    page = PaperPage.objects.get(pk=change.page_id)
    assert (page.abstract_translated, page.has_unpublished_changes) == (WRONG, True)


def test_a_live_page_without_other_changes_is_published_at_once(alice: Any) -> None:
    change = a_change(live=True)
    assert take(change.pk, alice, publish=True).published
    page = PaperPage.objects.get(pk=change.page_id)
    assert (page.abstract_translated, page.has_unpublished_changes) == (RIGHT, False)


def test_other_changes_are_not_published_with_it(alice: Any) -> None:
    paper = make_broken(live=True)
    paper.summary = "別の要約です。"
    paper.save_revision()
    outcome = take(scanned(make_term())[0].pk, alice, publish=True)
    assert (outcome.done, outcome.published) == (True, False)
    assert "other changes" in str(outcome.reason)


def test_a_page_that_was_never_published_stays_a_draft(alice: Any) -> None:
    outcome = take(a_change().pk, alice, publish=True)
    assert (outcome.done, outcome.published) == (True, False)
    assert "not published" in str(outcome.reason)


def test_the_gate_is_asked_before_publishing(alice: Any) -> None:
    change = a_change(live=True)
    PaperPage.objects.filter(pk=change.page_id).update(summary="")
    page = PaperPage.objects.get(pk=change.page_id)
    page.latest_revision.content["summary"] = ""
    page.latest_revision.save()
    outcome = take(change.pk, alice, publish=True)
    assert (outcome.done, outcome.published) == (True, False)
    assert "It stays a draft." in str(outcome.reason)


def test_a_text_that_changed_since_is_marked_gone(alice: Any) -> None:
    change = a_change()
    page = draft_of(change.page)
    page.abstract_translated = "別の文です。"
    page.save_revision()
    assert not take(change.pk, alice).done
    assert decision_of(change) == Decision.GONE


def test_a_block_that_was_deleted_is_marked_gone(alice: Any) -> None:
    paper = make_paper(abstract=ABSTRACT, abstract_translated="注意ヘッドです。", qa=[make_qa(1, answer=WRONG)])
    change = scanned(make_term())[0]
    page = draft_of(paper)
    page.qa = []
    page.save_revision()
    assert not take(change.pk, alice).done
    assert decision_of(change) == Decision.GONE


def test_a_locked_page_is_told_and_stays_open(alice: Any) -> None:
    change = a_change()
    Page.objects.filter(pk=change.page_id).update(locked=True, locked_by=make_editor("carol"))
    assert "locked" in str(take(change.pk, alice).reason)
    assert decision_of(change) == Decision.OPEN


def test_a_page_that_another_editor_has_open_is_told_and_stays_open(alice: Any) -> None:
    change = a_change()
    open_editor(change.page, make_editor("carol"))
    assert "carol has" in str(take(change.pk, alice).reason)
    assert decision_of(change) == Decision.OPEN


def test_ones_own_open_editor_does_not_stand_in_the_way(alice: Any) -> None:
    change = a_change()
    open_editor(change.page, alice)
    assert take(change.pk, alice).done


def test_who_may_not_edit_the_page_takes_nothing(alice: Any) -> None:
    change = a_change()
    bob = get_user_model().objects.create_user("bob")
    assert "may not edit" in str(take(change.pk, bob).reason)
    assert decision_of(change) == Decision.OPEN


def test_a_change_without_a_proposal_cannot_be_taken(alice: Any) -> None:
    change = a_change(abstract_translated="何かです。")
    assert "no rule" in str(take(change.pk, alice).reason)


def test_a_second_click_makes_no_second_revision(alice: Any) -> None:
    change = a_change()
    take(change.pk, alice)
    assert not take(change.pk, alice).done
    assert PaperPage.objects.get(pk=change.page_id).revisions.count() == 2


def test_undo_puts_the_old_text_back_by_another_revision(alice: Any) -> None:
    change = a_change()
    take(change.pk, alice)
    assert undo(change.pk, alice).done
    assert draft_of(change.page).abstract_translated == WRONG
    assert PaperPage.objects.get(pk=change.page_id).revisions.count() == 3


def test_undo_leaves_a_text_that_was_edited_since(alice: Any) -> None:
    change = a_change()
    take(change.pk, alice)
    page = draft_of(change.page)
    page.abstract_translated = "別の文です。"
    page.save_revision()
    assert not undo(change.pk, alice).done
    assert draft_of(change.page).abstract_translated == "別の文です。"


def test_what_was_undone_can_be_taken_again(alice: Any) -> None:
    change = a_change()
    take(change.pk, alice)
    undo(change.pk, alice)
    assert take(change.pk, alice).done
    assert draft_of(change.page).abstract_translated == RIGHT


def test_a_change_that_was_left_leaves_the_text(alice: Any) -> None:
    change = a_change()
    assert leave(change.pk, alice).done
    assert decision_of(change) == Decision.LEFT
    assert draft_of(change.page).abstract_translated == WRONG


def test_a_taken_change_cannot_be_left(alice: Any) -> None:
    change = a_change()
    take(change.pk, alice)
    assert not leave(change.pk, alice).done


def test_an_approved_text_counts_as_edited_afterwards(alice: Any) -> None:
    paper = make_broken()
    draft = draft_of(paper)
    draft.approve("abstract_translated")
    draft.save_revision()
    take(scanned(make_term())[0].pk, alice)
    assert draft_of(paper).states()["abstract_translated"] == "edited"
