"""The list's index: links to the files that hold the tables."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from weekly.importers.headings import named_year, read_range

# - [Top AI Papers of the Week (June 21 - June 28)](years/2026.md#top-ai-papers-of-the-week-june-21---june-28---2026)
_LINK = re.compile(
    r"\[(?P<label>[^\[\]]*papers?\s+of\s+the\s+week[^\[\]]*)\]\((?P<file>[^()\s#?]+\.md)\b[^()\s]*\)", re.I
)


def index_files(text: str) -> tuple[str, ...]:
    """The files that the weeks of an index link to, each once, in order; none where the text is no index."""
    return tuple(dict.fromkeys(found["file"] for found in _LINK.finditer(text)))


def index_file(text: str, start: date | None) -> str | None:
    """The file that holds the week of that start, else that is named for its year; without a start the newest year's.

    The year of a file is the year in which its weeks end. None where no file is named so.
    """
    files = {named_year(file): file for file in reversed(index_files(text))}
    years = [year for year in files if year]
    if start is None:
        return files[max(years)] if years else None
    return _files_by_start(text).get(start) or files.get((start + timedelta(days=6)).year)


def _files_by_start(text: str) -> dict[date, str]:
    found: dict[date, str] = {}
    for link in _LINK.finditer(text):
        days, year = read_range(link["label"]), named_year(link["file"])
        if days and year:
            try:
                found[replace(days, year=year).days()[0]] = link["file"]
            except ValueError:  # 29 February of a year that has none: the other files still count
                continue
    return found
