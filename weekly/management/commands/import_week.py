"""Import one or more weeks of a reading list, or a week of arXiv ids, as drafts."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from papers.errors import NothingImported
from papers.management.base import DigestCommand, Result, iso_date
from papers.messages import translated
from weekly.homes import locale_for
from weekly.importing import ImportedEntry, ImportedWeek, ask_arxiv, import_week
from weekly.sources import split_ambiguous, weeks_to_import


class Command(DigestCommand):
    help = "Import weeks as drafts. Nothing is published, and what an editor wrote stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("source", help="file or address of a reading list, or arxiv:ID[,ID…]")
        parser.add_argument("--week", type=iso_date, help="the week's first day (default: the newest week)")
        parser.add_argument("--all", action="store_true", dest="every", help="every week of the list")
        parser.add_argument("--language", help="language of the drafts (default: the site's)")

    def work(self, *, source: str, week: date | None, every: bool, language: str | None, **options: Any) -> Result:
        locale = locale_for(language)
        weeks, origin = weeks_to_import(source, week, every=every)
        single, ambiguous = split_ambiguous(weeks)
        done = [import_week(found, origin, locale, ask_arxiv(found.entries)) for found in single]
        done += [ImportedWeek(found, found.heading, (), found.warnings) for found in ambiguous]
        refused = [entry for week in done for entry in week.entries if entry.paper_id is None]
        if refused and not any(entry.paper_id for week in done for entry in week.entries):
            raise NothingImported(reason=" ".join(str(notice) for notice in refused[0].warnings))
        data = {"weeks": [week_json(imported) for imported in done]}
        return Result(data, "\n".join(map(week_text, done)), complete=not (refused or ambiguous))


def week_text(imported: ImportedWeek) -> str:
    """A week as lines for a terminal."""
    lines = [f"{imported.week.start} – {imported.week.end}  {imported.title}"]
    lines += [f"    ! {translated(warning)}" for warning in imported.warnings]
    for done in imported.entries:
        lines.append(f"{done.entry.rank:4d}. {done.change:8} {done.entry.arxiv_id or '–':12} {done.title}")
        lines += [f"      ! {translated(warning)}" for warning in done.warnings]
    return "\n".join(lines)


def week_json(imported: ImportedWeek) -> dict[str, Any]:
    return {
        "start": imported.week.start.isoformat(),
        "end": imported.week.end.isoformat(),
        "title": imported.title,
        "entries": [entry_json(entry) for entry in imported.entries],
        "warnings": [translated(warning) for warning in imported.warnings],
    }


def entry_json(imported: ImportedEntry) -> dict[str, Any]:
    entry = imported.entry
    return {
        "rank": entry.rank,
        "title": imported.title,
        "arxiv_id": entry.arxiv_id,
        "arxiv_version": entry.arxiv_version,
        "url": imported.url,
        "status": str(imported.change),
        "warnings": [translated(warning) for warning in imported.warnings],
    }
