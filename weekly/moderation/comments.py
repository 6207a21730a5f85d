"""Comments decided. A decision is about what its editor saw: who comes second is told, and nothing is overwritten."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from weekly.models import Comment, CommentState
from weekly.moderation.deciding import Tally


def approve(ids: Iterable[int], user: Any, *, seen: str = CommentState.WAITING) -> Tally:
    """Show comments to all; of an answer, those who asked are told by mail.

    `seen` is the state in which the editor saw them: give another one to take a decision back. The user must be
    allowed to publish the page.
    """
    raise NotImplementedError


def decline(ids: Iterable[int], user: Any, *, seen: str = CommentState.WAITING) -> Tally:
    """Show comments to nobody; with `seen` approved, take them down."""
    raise NotImplementedError


def mark_spam(ids: Iterable[int], user: Any, *, seen: str = CommentState.WAITING) -> Tally:
    """Show comments to nobody, and know them as spam."""
    raise NotImplementedError


def answer(comment: Comment, user: Any, text: str) -> Comment:
    """Answer in public, in the user's name; a comment that waits is approved by it.

    Raises Refused where the text is empty, the comment was declined or is gone, or the user may not publish the page.
    """
    raise NotImplementedError
