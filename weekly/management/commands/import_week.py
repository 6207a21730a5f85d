"""Import one or more weeks of a reading list, or a week of arXiv ids, as drafts."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from papers.management.base import DigestCommand, iso_date
from papers.messages import translated
from weekly.homes import locale_for
from weekly.importing import ImportedEntry, ImportedWeek, ask_arxiv, import_week
from weekly.sources import weeks_to_import


class Command(DigestCommand):
    help = "Import weeks as drafts. Nothing is published, and what an editor wrote stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("source", help="file or address of a reading list, or arxiv:ID[,ID…]")
        parser.add_argument("--week", type=iso_date, help="the week's first day (default: the newest week)")
        parser.add_argument("--all", action="store_true", dest="every", help="every week of the list")
        parser.add_argument("--language", help="language of the drafts (default: the site's)")

    def work(self, *, source: str, week: date | None, every: bool, language: str | None, **options: Any) -> int:
        locale = locale_for(language)
        weeks, origin = weeks_to_import(source, week, every=every)
        done = [import_week(found, origin, locale, ask_arxiv(found.entries)) for found in weeks]
        self.answer({"weeks": [week_json(imported) for imported in done]}, lambda: self._print(done))
        return 0

    def _print(self, done: list[ImportedWeek]) -> None:
        for imported in done:
            self.stdout.write(f"{imported.week.start} – {imported.week.end}  {imported.title}")
            for warning in imported.warnings:
                self.stdout.write(f"    ! {translated(warning)}")
            for entry in imported.entries:
                self.stdout.write(f"  {entry.entry.rank:>2}. {entry.change:8} {entry.entry.arxiv_id or '–':12} {entry.title}")
                for warning in entry.warnings:
                    self.stdout.write(f"      ! {translated(warning)}")


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
