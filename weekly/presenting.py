"""What the week's page shows: its entries, the weeks beside it, provenance."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet, Subquery
from django.http import HttpRequest

from papers import showing
from papers.addressing import addressed
from papers.presenting import reviewer
from papers.showing import Later
from papers.statements import written_once
from papers.visibility import visible

if TYPE_CHECKING:
    from weekly.models.weeks import WeekEntry, WeekPage, WeekQuerySet

EARLIER_WEEKS = 12


def neighbours(week: WeekPage) -> dict[str, WeekPage]:
    """The public weeks before and after this one, in one query."""
    beside = _beside(week.path[: -week.steplen], week.depth, week.start, kind=type(week))
    found = {"previous_week" if other.start < week.start else "next_week": other for other in beside}
    ends = [found[name].start if name in found else None for name in ("previous_week", "next_week")]
    showing.shows(*showing.weeks_near(week.locale.language_code, ends))
    return found


@written_once
def _beside(folder: Any, depth: Any, start: Any, *, kind: type[WeekPage]) -> QuerySet:
    weeks = visible(kind.objects.filter(path__startswith=folder, depth=depth))
    before = weeks.filter(start__lt=start).order_by("-start").values("pk")[:1]
    after = weeks.filter(start__gt=start).order_by("start").values("pk")[:1]
    return kind.objects.filter(Q(pk=Subquery(before)) | Q(pk=Subquery(after)))


def shown_entries(week: WeekPage, *, preview: bool = False) -> list[WeekEntry]:
    """The chosen entries. A paper whose page is not public shows as a plain entry; a preview has its newest draft."""
    entries = [entry for entry in week.entry_list() if entry.chosen]
    for entry in entries:
        if entry.shown_paper and preview:
            entry.shown_paper = entry.shown_paper.get_latest_revision_as_object()
        elif entry.shown_paper and not entry.shown_paper.listed:
            entry.shown_paper = None
    return entries


def week_context(week: WeekPage, request: HttpRequest) -> dict[str, Any]:
    """What the page shows; what has to be asked for is asked for where it stands."""
    entries = Later(partial(shown_entries, week, preview=getattr(request, "is_preview", False)))
    stamps = [stamp for stamp in week.provenance.values() if stamp.get("backend")]
    beside = Later(partial(neighbours, week))
    return {
        "entries": entries,
        "has_translations": Later(lambda: _has_translations(entries())),
        "drafted_by": stamps[:1],
        "machine_made": Later(lambda: bool(stamps) or _is_drafted(entries())),
        "review": Later(partial(reviewer, week.pk)),
        "previous_week": Later(lambda: beside().get("previous_week")),
        "next_week": Later(lambda: beside().get("next_week")),
    }


def _has_translations(entries: Iterable[WeekEntry]) -> bool:
    """Whether anything in the list can be read in two languages."""
    papers = [entry.shown_paper for entry in entries if entry.shown_paper]
    return any(paper.title_translated or (paper.abstract_translated and paper.abstract) for paper in papers)


def _is_drafted(entries: Iterable[WeekEntry]) -> bool:
    """Whether a machine drafted for any of the papers."""
    papers = [entry.shown_paper for entry in entries if entry.shown_paper]
    return any(stamp.get("backend") for paper in papers for stamp in paper.provenance.values())


def home_context(weeks: WeekQuerySet, request: HttpRequest) -> dict[str, Any]:
    """The newest week with its entries, and those before it with their addresses; /weeks/ has the rest."""
    newest, *earlier = weeks[: EARLIER_WEEKS + 1] or [None]
    entries = shown_entries(newest) if newest else []
    return {"newest": newest, "entries": entries, "weeks": addressed(earlier, request)}
