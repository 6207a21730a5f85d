"""From what an editor gave in the import's form to weeks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from papers import conf
from papers.errors import EmptyWeek
from weekly.importers.base import Week
from weekly.importers.paper_ids import PaperIdsImporter
from weekly.importers.reading_list import ReadingListImporter
from weekly.importers.source import MAX_LIST_BYTES, decode_list, load_weeks, load_weeks_from_text
from weekly.importing import Source

PASTED = "pasted text"


def fetch(url: str) -> bytes:
    """For a person who waits: one try. Raises SourceError."""
    return conf.get_hasty_http().get(url, max_bytes=MAX_LIST_BYTES).content


def read_weeks(given: Mapping[str, Any]) -> tuple[Sequence[Week], Source]:
    """All weeks, newest first, and where they come from. Raises ListError, SourceError and TooLarge."""
    weeks, source = _read(given)
    if not any(week.entries for week in weeks):
        raise EmptyWeek(start=weeks[0].start.isoformat(), heading=weeks[0].heading)
    return sorted(weeks, key=lambda week: week.start, reverse=True), source


def _read(given: Mapping[str, Any]) -> tuple[Sequence[Week], Source]:
    way = given["way"]
    if way == "ids":
        importer = PaperIdsImporter(given["start"])
        return importer.weeks(given["ids"]), Source(importer.key, importer.name)
    url = given["url"] if way == "url" else ""
    source = Source(ReadingListImporter.key, ReadingListImporter.name, url)
    if way == "url":
        return load_weeks(url, fetch=fetch), source
    if way == "text":
        return load_weeks_from_text(given["text"], PASTED), source
    file = given["file"]
    return load_weeks_from_text(decode_list(file.read(MAX_LIST_BYTES + 1), file.name), file.name), source
