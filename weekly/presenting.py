"""What the week's page shows: its entries, the weeks beside it, provenance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from papers.presenting import reviewer

if TYPE_CHECKING:
    from weekly.models.weeks import WeekPage


def neighbours(week: WeekPage) -> dict[str, WeekPage | None]:
    """The public weeks before and after this one."""
    weeks = type(week).objects.sibling_of(week, inclusive=False).live().public()
    return {
        "previous_week": weeks.filter(start__lt=week.start).order_by("-start").first(),
        "next_week": weeks.filter(start__gt=week.start).order_by("start").first(),
    }


def week_context(week: WeekPage, request: HttpRequest) -> dict[str, Any]:
    """Readers see the chosen entries; a paper whose page is not public shows as a plain entry."""
    entries = [entry for entry in week.entry_list() if entry.chosen]
    if not getattr(request, "is_preview", False):
        for entry in entries:
            if entry.shown_paper and not entry.shown_paper.listed:
                entry.shown_paper = None
    stamps = [stamp for stamp in week.provenance.values() if stamp.get("backend")]
    return {"entries": entries, "drafted_by": stamps[:1], "review": reviewer(week.pk), **neighbours(week)}
