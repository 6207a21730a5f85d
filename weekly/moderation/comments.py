"""Comments decided. A decision is about what its editor saw: who comes second is told, and nothing is overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from papers.errors import gettext_noop
from papers.people import name_of
from weekly.letters import queue_reply
from weekly.models import Comment, CommentState
from weekly.models.voices import NAME_LENGTH
from weekly.moderation.deciding import Refused, Tally, claimed, mark, noted, tally

EMPTY = gettext_noop("Write an answer first.")
HIDDEN = gettext_noop("Nobody would see this answer: the comment is not shown (%(state)s).")

ACTIONS = {
    CommentState.APPROVED: "weekly.comment.approved",
    CommentState.DECLINED: "weekly.comment.declined",
    CommentState.SPAM: "weekly.comment.spam",
}
ANSWERED = "weekly.comment.answered"


def approve(ids: Iterable[int], user: Any, *, seen: str = CommentState.WAITING) -> Tally:
    """Show comments to all; of an answer, those who asked are told by mail.

    `seen` is the state in which the editor saw them: give another one to take a decision back. The user must be
    allowed to publish the page.
    """
    return _decide(ids, user, seen, CommentState.APPROVED)


def decline(ids: Iterable[int], user: Any, *, seen: str = CommentState.WAITING) -> Tally:
    """Show comments to nobody; with `seen` approved, take them down."""
    return _decide(ids, user, seen, CommentState.DECLINED)


def mark_spam(ids: Iterable[int], user: Any, *, seen: str = CommentState.WAITING) -> Tally:
    """Show comments to nobody, and know them as spam."""
    return _decide(ids, user, seen, CommentState.SPAM)


@transaction.atomic
def answer(comment: Comment, user: Any, text: str) -> Comment:
    """Answer in public, in the user's name; a comment that waits is approved by it.

    Raises Refused where the text is empty, the comment is not shown or gone, or the user may not publish the page.
    """
    if not text.strip():
        raise Refused(EMPTY)
    thread = _held_thread(comment, user)
    if hidden := next((one for one in thread if one.state in {CommentState.DECLINED, CommentState.SPAM}), None):
        raise Refused(HIDDEN, state=hidden.get_state_display())
    _settle([one for one in thread if one.state == CommentState.WAITING], user, CommentState.APPROVED)
    given = Comment.objects.create(
        page_id=thread[0].page_id,
        parent=thread[0],
        name=_public_name(user),
        text=text.strip(),
        state=CommentState.APPROVED,
        editor=user,
        decided_by=user,
        decided_at=timezone.now(),
    )
    noted(comment, ANSWERED, user, answer=given.pk)
    queue_reply(given)
    return given


@transaction.atomic
def _decide(ids: Iterable[int], user: Any, seen: str, state: CommentState) -> Tally:
    rows, refused = claimed(Comment.objects.all(), ids, user, seen=seen, action="publish")
    _settle(rows, user, state)
    return tally(rows, refused)


def _settle(rows: Sequence[Comment], user: Any, state: CommentState) -> None:
    mark(rows, user, state)
    for row in rows:
        noted(row, ACTIONS[state], user)
        if state == CommentState.APPROVED:
            queue_reply(row)


def _held_thread(comment: Comment, user: Any) -> list[Comment]:
    """The comment that a thread began with, then the one that is answered where that is an answer itself."""
    ids = [comment.parent_id or comment.pk, comment.pk]
    rows, refused = claimed(Comment.objects.all(), ids, user, seen=None, action="publish")
    for reason in refused.values():
        raise Refused.because(reason)
    return rows


def _public_name(user: Any) -> str:
    """An editor's name for readers. A user name that is a mail address is shown to nobody."""
    name = name_of(user)
    return "" if "@" in name else name[:NAME_LENGTH]
