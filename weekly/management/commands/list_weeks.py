"""What a reading list holds, read without touching the database."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from papers.errors import Notice
from papers.management.base import DigestCommand
from papers.messages import translated
from weekly.importers.base import Entry, Week
from weekly.importers.source import MAX_LIST_BYTES, load_weeks


class Command(DigestCommand):
    help = "List the weeks of a reading list and their entries, with all that is odd about them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("source", metavar="SOURCE", help="file or address of a reading list, or arxiv:ID[,ID…]")

    def work(self, *, source: str, **options: Any) -> int:
        weeks = load_weeks(source, fetch=fetch_list, today=timezone.localdate())
        self.answer({"weeks": [week_json(week) for week in weeks]}, lambda: self._print(weeks))
        return 0

    def _print(self, weeks: Iterable[Week]) -> None:
        for week in weeks:
            self.stdout.write(f"{week.start} – {week.end}  {week.heading}")
            self._print_warnings(week.warnings)
            for entry in week.entries:
                paper = f"arXiv {entry.arxiv_id}" if entry.arxiv_id else _("not on arXiv")
                self.stdout.write(f"  {entry.rank:>2}. {entry.title} ({paper})")
                self._print_warnings(entry.warnings)

    def _print_warnings(self, notices: Iterable[Notice]) -> None:
        for message in _messages(notices):
            self.stdout.write(f"      ! {message}")


def fetch_list(url: str) -> bytes:
    """The list at an address. Raises SourceError."""
    from papers.conf import get_http  # with all that drafts; not needed to read a file

    return get_http().get(url, max_bytes=MAX_LIST_BYTES).content


def week_json(week: Week) -> dict[str, Any]:
    return {
        "start": week.start.isoformat(),
        "end": week.end.isoformat(),
        "heading": week.heading,
        "entries": [entry_json(entry) for entry in week.entries],
        "warnings": _messages(week.warnings),
    }


def entry_json(entry: Entry) -> dict[str, Any]:
    return {**asdict(entry), "warnings": _messages(entry.warnings)}


def _messages(notices: Iterable[Notice]) -> list[str]:
    return [translated(notice) for notice in notices]
