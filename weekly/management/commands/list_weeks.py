"""What a reading list holds, read without touching the database."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from papers.errors import Notice
from papers.management.base import DigestCommand, Result
from papers.messages import translated
from weekly.importers.base import Entry, Week
from weekly.importers.source import load_weeks


class Command(DigestCommand):
    help = "List the weeks of a reading list and their entries, with all that is odd about them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("source", metavar="SOURCE", help="file or address of a reading list, or arxiv:ID[,ID…]")

    def work(self, *, source: str, **options: Any) -> Result:
        weeks = load_weeks(source, fetch=_fetch, today=timezone.localdate())
        return Result({"weeks": [week_json(week) for week in weeks]}, "\n".join(map(week_text, weeks)))


def _fetch(url: str) -> bytes:
    from weekly.sources import fetch_list  # with all that drafts; not needed to read a file

    return fetch_list(url)


def week_text(week: Week) -> str:
    """A week as lines for a terminal."""
    return "\n".join([f"{week.start} – {week.end}  {week.heading}", *_warnings(week.warnings), *_entries(week)])


def _entries(week: Week) -> Iterator[str]:
    for entry in week.entries:
        paper = f"arXiv {entry.arxiv_id}" if entry.arxiv_id else _("not on arXiv")
        yield f"  {entry.rank:>2}. {entry.title} ({paper})"
        yield from _warnings(entry.warnings)


def _warnings(notices: Iterable[Notice]) -> Iterator[str]:
    return (f"      ! {message}" for message in _messages(notices))


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
