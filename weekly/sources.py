"""Reading lists as a command names them: a file, an address, or ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from papers import conf
from weekly.importers.base import Week
from weekly.importers.picking import pick_week
from weekly.importers.source import MAX_LIST_BYTES, importer_for, load_weeks
from weekly.importing import Source


def fetch_list(url: str) -> bytes:
    """The list at an address. Raises SourceError."""
    return conf.get_http().get(url, max_bytes=MAX_LIST_BYTES).content


def weeks_to_import(source: str, start: date | None, *, every: bool = False) -> tuple[tuple[Week, ...], Source]:
    """The wanted week of a source, or every one, oldest first; and what to call the source.

    Of `every` week, those that share a start date with another are left in; `split_ambiguous` parts them.

    Raises ListError and SourceError.
    """
    weeks = load_weeks(source, fetch=fetch_list, start=start, today=timezone.localdate())
    importer = importer_for(source, start=start)
    url = source if source.startswith(("http://", "https://")) else ""
    chosen = sorted(weeks, key=lambda week: week.start) if every else [pick_week(weeks, start)]
    return tuple(chosen), Source(importer.key, importer.name, url)


def split_ambiguous(weeks: Sequence[Week]) -> tuple[list[Week], list[Week]]:
    """Weeks that can be imported, and those that share their key with another: they are told of, never merged."""
    starts = Counter(week.start for week in weeks)
    return [w for w in weeks if starts[w.start] == 1], [w for w in weeks if starts[w.start] > 1]
