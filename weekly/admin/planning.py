"""What an import would do, told before anything is written."""

from __future__ import annotations

from papers.paper import Paper
from weekly.importers.base import Entry, Week
from weekly.importing import (
    ImportedEntry,
    ImportedWeek,
    Metadata,
    Source,
    first_address,
    gone,
    planned,
    week_title,
    week_warnings,
)
from weekly.models import WeekEntry, WeekPage


def plan_week(week: Week, source: Source, language: str, metadata: Metadata) -> ImportedWeek:
    """What `import_week` would do in a language, without writing anything; `page_id` is None for a new week."""
    page = WeekPage.objects.starting(week.start, language).filter(source=source.key).first()
    known = list(page.get_latest_revision_as_object().entries.all()) if page else []
    title = page.title if page else week_title(week.start, week.end, language)
    entries = tuple(_plan_entry(entry, known, metadata) for entry in week.entries)
    return ImportedWeek(week, title, entries, (*week_warnings(week, metadata), *gone(known)), page.pk if page else None)


def _plan_entry(entry: Entry, known: list[WeekEntry], metadata: Metadata) -> ImportedEntry:
    row, change, warnings = planned(entry, known, metadata)
    found = metadata.of(entry)
    title = found.title if isinstance(found, Paper) else entry.title
    address = first_address(entry)
    return ImportedEntry(entry, change, row.title if row else title, warnings, address, row.paper_id if row else None)
