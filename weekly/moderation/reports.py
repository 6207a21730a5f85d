"""Reports decided: taken, answered, declined, or known as spam. Who comes second is told; nothing is overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, QuerySet
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Comment as EditorNote
from wagtail.models import Page

from papers.errors import Notice, gettext_noop
from papers.places import place_label
from weekly.letters import queue_report
from weekly.models import Correction, Report, ReportState
from weekly.models.voices import ReportQuerySet
from weekly.moderation.correcting import Corrected, correct
from weekly.moderation.deciding import Outcome, Refused, Tally, claimed, mark, noted, tally

NO_REPLY = gettext_noop("Write what the reader should be told first.")
OTHER_PASSAGE = gettext_noop("A report of another passage stays open: “%(message)s”")
TOO_MANY_THANKS = gettext_noop("The names to thank are too long: %(length)d characters of at most %(limit)d.")

ACTIONS = {
    ReportState.TAKEN: "weekly.report.taken",
    ReportState.ANSWERED: "weekly.report.answered",
    ReportState.DECLINED: "weekly.report.declined",
    ReportState.SPAM: "weekly.report.spam",
}
THANKS_LENGTH = Correction._meta.get_field("thanks").max_length


@dataclass(frozen=True)
class Group:
    """The reports of one passage: how many, the newest one's time, the highest key, and the place in words."""

    page: Page
    place: str
    label: str
    count: int
    newest: datetime
    last: int


def groups(reports: ReportQuerySet | None = None, *, newest_first: bool = False) -> QuerySet:
    """Reports (else all open ones) by passage, as rows of page, place, count, newest and last (the highest key).

    The most reported first, else the newest. Made to be cut into pages; `shown` makes Groups of what is on one.
    """
    found = Report.objects.open() if reports is None else reports
    rows = found.order_by().values("page", "place")
    rows = rows.annotate(count=Count("pk"), newest=Max("created_at"), last=Max("pk"))
    order = ("-newest", "-last") if newest_first else ("-count", "-newest", "-last")
    return rows.order_by(*order)


def shown(rows: Iterable[dict[str, Any]]) -> list[Group]:
    """Rows of `groups` with their pages as readers see them; the number of queries does not grow with the rows."""
    rows = list(rows)
    found = Page.objects.filter(pk__in={row["page"] for row in rows}).specific()
    pages = {page.pk: page for page in found}
    return [
        Group(**{**row, "page": pages[row["page"]], "label": place_label(pages[row["page"]], row["place"])})
        for row in rows
        if row["page"] in pages
    ]


def thanks_for(reports: Iterable[Report]) -> str:
    """The names of those who wish to be thanked, each once; as many as a correction has room for."""
    thanks = ""
    for name in dict.fromkeys(report.name for report in reports if report.thanks and report.name):
        longer = f"{thanks}, {name}" if thanks else name
        thanks = longer if len(longer) <= THANKS_LENGTH else thanks
    return thanks


def take(
    report: Report,
    user: Any,
    *,
    text: str,
    reason: str,
    thanks: str,
    is_typo: bool,
    also: Sequence[int] = (),
    override: str = "",
    seen: str | None = None,
) -> Outcome:
    """Publish `text` as the report's passage, write the Correction, and decide the report and those in `also` by it.

    `text` is the whole passage. `seen` is the whole passage that the editor had before them, None for the one that
    the report holds: where another one stands by now, nothing is written. `also` are keys of reports of the same
    passage. `override` is the editor's reason to publish in spite of errors. `thanks` is a name, or empty.
    """
    words = {"reason": reason.strip(), "thanks": thanks.strip(), "is_typo": is_typo}
    try:
        with transaction.atomic():
            rows, notes = _held(report, also, user)
            if len(words["thanks"]) > THANKS_LENGTH:
                raise Refused(TOO_MANY_THANKS, length=len(words["thanks"]), limit=THANKS_LENGTH)
            seen = rows[0].passage if seen is None else seen
            done = correct(rows[0].page_id, rows[0].place, user, seen=seen, text=text, override=override)
            correction = _written(rows, done, user, words)
    except Refused as error:
        return Outcome(False, reason=error.notice, gaps=error.gaps, can_override=error.can_override)
    return Outcome(True, correction=correction, notes=(*notes, *([done.note] if done.note else ())))


def answer(reports: Iterable[Report], user: Any, reply: str) -> Tally:
    """Answer reports without a change; the reply goes to those who left an address."""
    return _decide([report.pk for report in reports], user, ReportState.ANSWERED, reply)


def decline(reports: Iterable[Report], user: Any, reason: str) -> Tally:
    """Decline reports; the reason goes to those who left an address."""
    return _decide([report.pk for report in reports], user, ReportState.DECLINED, reason)


def mark_spam(ids: Iterable[int], user: Any) -> Tally:
    """Know reports as spam; nobody gets a letter."""
    return _settled(ids, user, ReportState.SPAM, "")


def _decide(ids: list[int], user: Any, state: ReportState, reply: str) -> Tally:
    if not reply.strip():
        return Tally(0, (Notice(NO_REPLY),))
    return _settled(ids, user, state, reply.strip())


@transaction.atomic
def _settled(ids: Iterable[int], user: Any, state: ReportState, reply: str) -> Tally:
    rows, refused = claimed(Report.objects.all(), ids, user, seen=ReportState.OPEN, action="change")
    _settle(rows, user, state, reply=reply)
    return tally(rows, refused)


def _settle(rows: Sequence[Report], user: Any, state: ReportState, **fields: Any) -> None:
    mark(rows, user, state, **fields)
    for row in rows:
        noted(row, ACTIONS[state], user, place=row.place)
        if state != ReportState.SPAM:
            queue_report(row)
    _resolve_notes({row.note_id for row in rows if row.note_id}, user)


def _resolve_notes(notes: set[int], user: Any) -> None:
    """A note beside a block ends with its last report. It is held first: two last ones may be decided at once.

    Wagtail's own log of this would keep the reader's words for good.
    """
    held = EditorNote.objects.filter(pk__in=notes, resolved_at=None).order_by("pk").select_for_update(of=("self",))
    ids = {note.pk for note in held}
    waiting = set(Report.objects.open().filter(note__in=ids).values_list("note", flat=True))
    EditorNote.objects.filter(pk__in=ids - waiting).update(resolved_at=timezone.now(), resolved_by=user)


def _held(report: Report, also: Sequence[int], user: Any) -> tuple[list[Report], list[Notice]]:
    """The report and, after it, those of its passage that go with it; and why others do not."""
    ids = [report.pk, *also]
    rows, refused = claimed(Report.objects.all(), ids, user, seen=ReportState.OPEN, action="publish")
    if report.pk in refused:
        raise Refused.because(refused[report.pk])
    first = next(row for row in rows if row.pk == report.pk)
    same = [row for row in rows if (row.page_id, row.place) == (first.page_id, first.place) and row is not first]
    others = [row for row in rows if row not in (first, *same)]
    strays = [Notice(OTHER_PASSAGE, {"message": row.message[:60]}) for row in others]
    return [first, *same], [*dict.fromkeys(refused.values()), *strays]


def _written(rows: Sequence[Report], done: Corrected, user: Any, words: dict[str, Any]) -> Correction:
    """What readers and the page's history keep of it."""
    correction = Correction.objects.create(
        page_id=done.page.pk,
        language=done.page.locale.language_code,
        place=rows[0].place,
        place_label=done.label,
        before=done.before,
        after=done.after,
        revision=done.revision.pk,
        corrected_by=user,
        **words,
    )
    _settle(rows, user, ReportState.TAKEN, correction=correction)
    data = {"place": rows[0].place, "reports": [row.pk for row in rows], "correction": correction.pk}
    log(done.page, ACTIONS[ReportState.TAKEN], user=user, revision=done.revision, content_changed=True, data=data)
    return correction
