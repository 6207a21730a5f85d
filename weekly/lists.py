"""What API and feeds list: public pages only, ids first and rows after, at the same cost on every page of a list."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page

from papers import showing
from papers.keyset import BadCursor
from papers.models import PaperPage
from papers.statements import OneOf, written_once
from weekly.models import Comment, Correction, DigestIndexPage, WeekEntry, WeekPage

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
THREADS = 50  # on a page of comments
_ABOVE_ALL = 2**63 - 1  # no row has a higher key
_KEY = re.compile(r"\d{1,18}", re.ASCII)
_MOMENT_CURSOR = re.compile(r"(\d{1,17})\.(\d{1,18})", re.ASCII)


def newest_weeks(home: DigestIndexPage | None, limit: int) -> list[WeekPage]:
    """The newest public weeks of a digest.

    Below the home and not by locale: there SQLite would walk through every page of that language.
    """
    if home is None:
        return []
    showing.shows(showing.weeks(home.locale.language_code))
    return list(WeekPage.objects.descendant_of(home).newest().select_related("locale")[:limit])


def find_week(start: date, language: str, source: str | None) -> WeekPage | None:
    """The public week that starts on a day; where several lists have one, the first that was imported."""
    showing.shows(*showing.weeks_near(language, [start]))
    weeks = WeekPage.objects.starting(start, language).newest().select_related("locale")
    if source is not None:
        weeks = weeks.filter(source=source)
    return weeks.order_by("pk").first()


def weeks_of(paper: PaperPage) -> list[WeekPage]:
    """The public weeks that show a paper, newest first."""
    showing.shows(showing.weeks_of(paper.pk))
    return _weeks_of(paper.pk)


@written_once
def _weeks_of(paper: Any) -> QuerySet:
    entries = WeekEntry.objects.filter(paper=paper, chosen=True)
    return WeekPage.objects.newest().filter(pk__in=entries.values("week"))


def find_paper(slug: str, language: str) -> PaperPage | None:
    """A public paper by its slug, ids first: in one query, SQLite would walk through the list of papers."""
    showing.shows(showing.slug(slug))
    ids = list(Page.objects.filter(slug=slug).values_list("pk", flat=True))
    return PaperPage.objects.live().listed(language).filter(pk__in=ids).order_by("pk").first()


def entries_of(weeks: Iterable[WeekPage]) -> dict[int, list[WeekEntry]]:
    """The chosen entries of public weeks by week id, in two queries. A paper that is not public is left out."""
    weeks = [week.pk for week in weeks]
    showing.shows(*map(showing.papers_of, weeks))
    entries = list(WeekEntry.objects.filter(week__in=weeks, chosen=True).order_by("sort_order"))
    papers = PaperPage.objects.live().filter(listed=True).for_lists()
    shown = papers.in_bulk({entry.paper_id for entry in entries if entry.paper_id})
    found: dict[int, list[WeekEntry]] = defaultdict(list)
    for entry in entries:
        entry.shown_paper = shown.get(entry.paper_id)
        found[entry.week_id].append(entry)
    return found


def threads_of(page: Page, writer: str = "", after: str = "", limit: int = THREADS) -> tuple[list[Comment], str | None]:
    """The comments on a page, newest first, each with its answers in `shown_answers`, oldest first; and a cursor.

    Approved ones, and what this writer has waiting. Two queries. Raises BadCursor.
    """
    if after and not _KEY.fullmatch(after):
        raise BadCursor(cursor=after)
    showing.shows(showing.voices(page.pk))
    own = (writer,) if writer else ()
    found = _threads(page.pk, int(after or _ABOVE_ALL), *own, size=limit + 1)
    following = str(found[limit - 1].pk) if len(found) > limit else None
    answers: dict[int | None, list[Comment]] = defaultdict(list)
    if found:
        for answer in _answers(*own, *(thread.pk for thread in found[:limit]), own=bool(own)):
            answers[answer.parent_id].append(answer)
    for thread in found[:limit]:
        thread.shown_answers = answers[thread.pk]
    return found[:limit], following


@written_once
def _threads(page: Any, below: Any, writer: Any = "", *, size: int) -> QuerySet:
    shown = Comment.objects.filter(page=page).shown_to(writer)
    return shown.filter(parent=None, pk__lt=below).order_by("-pk")[:size]


@written_once
def _answers(*values: Any, own: bool) -> QuerySet:
    """The writer first, where there is one, then the threads; by page, all comments would be read."""
    (writer, *threads) = values if own else ("", *values)
    return Comment.objects.filter(parent__in=OneOf(threads)).shown_to(writer).order_by("pk")


def cursor_to(page: Page, writer: str, comment: str) -> str:
    """The cursor of the threads that begin with a comment's own; empty where that is among the newest, or not shown."""
    if not _KEY.fullmatch(comment):
        return ""
    shown = Comment.objects.filter(page=page.pk).shown_to(writer)
    said = shown.filter(pk=comment).first()
    if said is None:
        return ""
    thread = said.parent_id or said.pk
    newer = shown.filter(parent=None, pk__gt=thread)[:THREADS].count()
    return str(thread + 1) if newer == THREADS else ""


def list_corrections(
    language: str, after: str, limit: int, page_id: int | None = None
) -> tuple[list[Correction], str | None]:
    """The public corrections of a language, or of one public page in whatever language, newest first, each with its
    page; and a cursor. Raises BadCursor."""
    showing.shows(showing.corrections(language) if page_id is None else showing.corrected(page_id))
    of_page = Correction.objects.public().filter(page=page_id)
    corrections = Correction.objects.listed(language) if page_id is None else of_page
    if after:
        moment, pk = _moment_place(after)
        corrections = corrections.filter(Q(corrected_at__lt=moment) | Q(pk__lt=pk), corrected_at__lte=moment)
    ids = list(corrections.values_list("pk", flat=True)[: limit + 1])
    rows = Correction.objects.select_related("page__locale").in_bulk(ids[:limit])
    found = [rows[pk] for pk in ids[:limit] if pk in rows]
    return found, _moment_cursor(found[-1]) if len(ids) > limit and found else None


def _moment_cursor(row: Correction) -> str:
    return f"{(row.corrected_at - _EPOCH) // timedelta(microseconds=1)}.{row.pk}"


def _moment_place(cursor: str) -> tuple[datetime, int]:
    match = _MOMENT_CURSOR.fullmatch(cursor)
    if match is None:
        raise BadCursor(cursor=cursor)
    return _EPOCH + timedelta(microseconds=int(match[1])), int(match[2])


def corrections_of(page: Page) -> list[Correction]:
    """What was corrected in public on a page, newest first."""
    showing.shows(showing.corrected(page.pk))
    return _corrections_of(page.pk)


@written_once
def _corrections_of(page: Any) -> QuerySet:
    return Correction.objects.noted().filter(page=page)


def last_corrected(page: Page) -> datetime | None:
    """When a page was last corrected with a public note."""
    showing.shows(showing.corrected(page.pk))
    return Correction.objects.noted().filter(page=page.pk).values_list("corrected_at", flat=True).first()
