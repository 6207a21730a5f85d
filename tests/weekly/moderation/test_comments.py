"""Comments decided and answered."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model

from papers.applying import bot
from tests.factories import make_comment, make_paper
from tests.weekly.moderation.acting import actions_on, again, make_helper
from weekly.models import Comment, CommentState, Letter
from weekly.moderation.comments import answer, approve, decline, mark_spam
from weekly.moderation.deciding import Refused

pytestmark = pytest.mark.django_db
DECISIONS = [(approve, "approved"), (decline, "declined"), (mark_spam, "spam")]


@pytest.fixture
def paper(db: None) -> Any:
    return make_paper(live=True)


def addresses() -> list[str]:
    return sorted(Letter.objects.values_list("email", flat=True))


@pytest.mark.parametrize(("decide", "state"), DECISIONS)
def test_a_waiting_comment_is_decided_by_name(paper: Any, alice: Any, decide: Any, state: str) -> None:
    comment = make_comment(paper)
    assert decide([comment.pk], alice).done == 1
    assert (again(comment).state, comment.decided_by, comment.decided_at is None) == (state, alice, False)


@pytest.mark.parametrize(("decide", "state"), DECISIONS)
def test_the_history_says_who_decided(paper: Any, alice: Any, decide: Any, state: str) -> None:
    comment = make_comment(paper)
    decide([comment.pk], alice)
    assert actions_on(comment) == [(f"weekly.comment.{state}", alice)]


def test_several_are_decided_at_once(paper: Any, alice: Any) -> None:
    comments = [make_comment(paper) for _ in range(3)]
    assert approve([comment.pk for comment in comments], alice).done == 3
    assert Comment.objects.waiting().count() == 0


def test_the_second_editor_is_told_and_overwrites_nothing(paper: Any, alice: Any, carol: Any) -> None:
    comment = make_comment(paper)
    approve([comment.pk], alice)
    told = mark_spam([comment.pk], carol)
    assert (told.done, again(comment).state) == (0, CommentState.APPROVED)
    assert f"alice decided this already: {CommentState.APPROVED.label}." in str(told.refused[0])


def test_an_approved_comment_is_taken_down_by_who_saw_it_approved(paper: Any, alice: Any) -> None:
    comment = make_comment(paper, state=CommentState.APPROVED)
    assert decline([comment.pk], alice, seen=CommentState.APPROVED).done == 1
    assert again(comment).state == CommentState.DECLINED


def test_a_comment_that_was_erased_is_told(alice: Any) -> None:
    told = approve([987_654], alice)
    assert (told.done, "no longer there" in str(told.refused[0])) == (0, True)


@pytest.mark.parametrize("permissions", [(), ("change",)])
def test_only_who_may_publish_the_page_decides(paper: Any, permissions: tuple[str, ...]) -> None:
    comment = make_comment(paper)
    told = approve([comment.pk], make_helper("dave", *permissions))
    assert (told.done, again(comment).state) == (0, CommentState.WAITING)
    assert "may not decide" in str(told.refused[0])


def test_who_may_publish_need_not_edit(paper: Any) -> None:
    assert approve([make_comment(paper).pk], make_helper("dave", "publish")).done == 1


def test_a_machine_approves_nothing(paper: Any) -> None:
    comment = make_comment(paper)
    assert approve([comment.pk], bot()).done == 0
    assert again(comment).state == CommentState.WAITING


def test_an_approved_answer_is_told_to_who_asked(paper: Any, alice: Any) -> None:
    parent = make_comment(paper, state=CommentState.APPROVED, email="bob@example.org", notify=True)
    approve([make_comment(paper, parent=parent).pk], alice)
    assert addresses() == ["bob@example.org"]


@pytest.mark.parametrize("decide", [decline, mark_spam])
def test_an_answer_that_nobody_sees_is_told_to_nobody(paper: Any, alice: Any, decide: Any) -> None:
    parent = make_comment(paper, state=CommentState.APPROVED, email="bob@example.org", notify=True)
    decide([make_comment(paper, parent=parent).pk], alice)
    assert addresses() == []


# Answers


def test_an_editors_answer_is_shown_at_once_in_their_name(paper: Any, alice: Any) -> None:
    comment = make_comment(paper, state=CommentState.APPROVED)
    given = answer(comment, alice, " Yes. ")
    assert (given.parent, given.text, given.state) == (comment, "Yes.", CommentState.APPROVED)
    assert (given.editor, given.name) == (alice, "alice")


def test_an_answer_to_an_answer_goes_to_the_thread(paper: Any, alice: Any) -> None:
    first = make_comment(paper, state=CommentState.APPROVED)
    second = make_comment(paper, parent=first, state=CommentState.APPROVED)
    assert answer(second, alice, "Yes.").parent == first


def test_a_waiting_comment_is_approved_by_its_answer(paper: Any, alice: Any) -> None:
    comment = make_comment(paper)
    answer(comment, alice, "Yes.")
    assert again(comment).state == CommentState.APPROVED
    assert [action for action, _user in actions_on(comment)] == ["weekly.comment.answered", "weekly.comment.approved"]


def test_who_asked_is_told_of_the_editors_answer(paper: Any, alice: Any) -> None:
    answer(make_comment(paper, email="bob@example.org", notify=True), alice, "Yes.")
    assert addresses() == ["bob@example.org"]


@pytest.mark.parametrize("state", [CommentState.DECLINED, CommentState.SPAM])
def test_what_nobody_sees_is_not_answered(paper: Any, alice: Any, state: str) -> None:
    with pytest.raises(Refused, match="Nobody would see"):
        answer(make_comment(paper, state=state), alice, "Yes.")
    assert Comment.objects.count() == 1


def test_an_answer_in_a_hidden_thread_is_refused(paper: Any, alice: Any) -> None:
    first = make_comment(paper, state=CommentState.SPAM)
    with pytest.raises(Refused, match="Nobody would see"):
        answer(make_comment(paper, parent=first), alice, "Yes.")


def test_an_empty_answer_is_refused(paper: Any, alice: Any) -> None:
    with pytest.raises(Refused, match="Write an answer"):
        answer(make_comment(paper), alice, " \n")


def test_who_may_not_publish_the_page_answers_nothing(paper: Any) -> None:
    with pytest.raises(Refused, match="may not decide"):
        answer(make_comment(paper), make_helper("dave", "change"), "Yes.")


def test_an_erased_comment_cannot_be_answered(paper: Any, alice: Any) -> None:
    comment = make_comment(paper)
    Comment.objects.all().delete()
    with pytest.raises(Refused, match="no longer there"):
        answer(Comment(pk=comment.pk or 1, page=paper), alice, "Yes.")


def test_a_user_name_that_is_an_address_is_shown_to_nobody(paper: Any) -> None:
    editor = get_user_model().objects.create_superuser("eve@example.org", "eve@example.org", "secret")
    assert answer(make_comment(paper), editor, "Yes.").name == ""
