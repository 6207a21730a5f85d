"""A reader's right to be forgotten: the address goes at once; the words too, where they ask for that."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Comment as EditorNote
from wagtail.models import CommentReply, Revision

from weekly.models import Comment, Correction, Delivery, Letter, Report, Subscriber
from weekly.models.voices import voices_changed

ERASED = "–"
NOTES = "wagtail_admin_comments"
SEPARATOR = ", "  # between the names that one correction thanks


@dataclass(frozen=True)
class Erased:
    """How many rows of each kind held something of the reader."""

    comments: int
    reports: int
    letters: int
    corrections: int
    subscriptions: int

    def as_json(self) -> dict[str, int]:
        return asdict(self)


@transaction.atomic
def erase_reader(email: str, *, texts: bool = False) -> Erased:
    """Take an address, in whatever case it was typed, out of everything that is kept.

    With `texts`, what its reader wrote goes as well. An answer by somebody else stays: its thread begins with an
    empty comment then. A correction stays public without the thanks. The number of mailings' letters stays.
    """
    comments, reports = Comment.objects.filter(email__iexact=email), Report.objects.filter(email__iexact=email)
    letters, _kinds = Letter.objects.filter(email__iexact=email).delete()
    subscriptions = _erase_subscriptions(email)
    thanked = _unthank(reports) if texts else 0
    counts = (comments.count(), reports.count())
    if texts:
        _erase_comments(comments)
        _erase_reports(reports)
    else:
        comments.update(email="", notify=False)
        reports.update(email="")
    return Erased(*counts, letters, thanked, subscriptions)


def _erase_subscriptions(email: str) -> int:
    subscribers = Subscriber.objects.at(email)
    Delivery.objects.filter(subscriber__in=subscribers).update(error="")
    return subscribers.delete()[1].get(Subscriber._meta.label, 0)


def _unthank(reports: QuerySet[Report]) -> int:
    """Corrections that thank the reader leave that name out; others whom they thank stay."""
    changed = 0
    for report in reports.exclude(correction=None).exclude(name="").select_related("correction"):
        thanks = f"{SEPARATOR}{report.correction.thanks}{SEPARATOR}"  # a name may hold a comma itself
        left = thanks.replace(f"{SEPARATOR}{report.name}{SEPARATOR}", SEPARATOR)
        if left != thanks:
            left = left.removeprefix(SEPARATOR).removesuffix(SEPARATOR)
            changed += Correction.objects.filter(pk=report.correction_id).update(thanks=left)
            thanked = report.correction
            voices_changed.send(Correction, pages={thanked.page_id}, languages={thanked.language})
    return changed


def _erase_comments(comments: QuerySet[Comment]) -> None:
    own = list(comments.values_list("pk", flat=True))
    answered = set(Comment.objects.filter(parent__in=own).exclude(pk__in=own).values_list("parent", flat=True))
    pages = set(comments.filter(pk__in=answered).values_list("page", flat=True))
    comments.filter(pk__in=answered).update(name="", email="", writer="", text="", notify=False)
    voices_changed.send(Comment, pages=pages)
    Comment.objects.filter(pk__in=set(own) - answered).delete()


def _erase_reports(reports: QuerySet[Report]) -> None:
    """The reports, and their words in the notes that editors see beside the block; other readers' words stay there."""
    for report in reports.exclude(note=None).select_related("note"):
        _erase_from_revisions(report)
        CommentReply.objects.filter(comment=report.note_id, text__contains=report.message).delete()
        EditorNote.objects.filter(pk=report.note_id, text__contains=report.message).update(text=ERASED)
    reports.delete()


def _erase_from_revisions(report: Report) -> None:
    """Wagtail copies a page's notes into each of its revisions, where they are kept and would come back from."""
    for revision in Revision.objects.filter(object_id=str(report.page_id)).iterator(chunk_size=20):
        notes = revision.content.get(NOTES, ())
        rows = [row for note in notes for row in (note, *note.get("replies", ())) if report.message in row["text"]]
        for row in rows:
            row["text"] = ERASED
        if rows:
            Revision.objects.filter(pk=revision.pk).update(content=revision.content)
