"""A report opens as an editor comment beside the text that it is about, where Wagtail's editor shows it."""

from __future__ import annotations

from wagtail.models import Comment as EditorComment
from wagtail.models import CommentReply

from papers.applying import bot
from weekly.models import Report

MOST_REPLIES = 20  # the queue has them all; the editor's margin shall stay readable


def note_beside(report: Report) -> EditorComment | None:
    """The editor comment that tells of a report: the one that its passage has while reports of it are open, else a
    new one. None for a report of the page as a whole, beside which Wagtail's editor can show nothing."""
    if not report.place:
        return None
    note = _open_note(report)
    if note is None:
        return EditorComment.objects.create(
            page_id=report.page_id,
            user=bot(),
            text=_told(report),
            contentpath=report.place,
            position="",
            revision_created_id=report.revision,
        )
    if note.replies.count() < MOST_REPLIES:
        CommentReply.objects.create(comment=note, user=bot(), text=_told(report))
    return note


def _open_note(report: Report) -> EditorComment | None:
    others = Report.objects.open().of_same_passage(report).exclude(pk=report.pk)
    notes = EditorComment.objects.filter(pk__in=others.values("note"), resolved_at=None)
    return notes.order_by("pk").last()


def _told(report: Report) -> str:
    """The reader's words. The mail address stays where it is."""
    words = f"{report.name}: {report.message}" if report.name else report.message
    quoted = f"“{report.quote}”\n" if report.quote else ""
    return quoted + words + (f"\n→ {report.wording}" if report.wording else "")
