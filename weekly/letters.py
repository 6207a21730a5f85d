"""Letters to readers: who is due one. The rows are the truth, the message to the worker only rings."""

from __future__ import annotations

from celery import current_app
from django.db import transaction
from django.db.models import Q

from weekly.models import Comment, CommentState, Letter, LetterKind, Report

TASK = "weekly.tasks.send_letters"


def queue_reply(comment: Comment) -> None:
    """A letter to each in the thread who asked to be told of answers, but for the one who wrote this answer."""
    thread = Comment.objects.filter(Q(pk=comment.parent_id) | Q(parent=comment.parent_id)) if comment.parent_id else ()
    asked = [one.email for one in thread if one.notify and one.email and one.state == CommentState.APPROVED]
    for email in {email.casefold(): email for email in asked if email.casefold() != comment.email.casefold()}.values():
        _queue(LetterKind.REPLY, comment.pk, email)


def queue_report(report: Report) -> None:
    """One letter to who reported, where they left an address."""
    if report.email:
        _queue(LetterKind.REPORT, report.pk, report.email)


def _queue(kind: LetterKind, about: int, email: str) -> None:
    Letter.objects.get_or_create(kind=kind, about=about, email=email)
    transaction.on_commit(lambda: current_app.send_task(TASK), robust=True)
