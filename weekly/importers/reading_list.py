"""The reading list of DAIR.AI: weeks of ten papers in Markdown tables, in both of its layouts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from papers.errors import IndexOnly, Notice, NoWeeks, UnreadableList, gettext_noop
from weekly.importers.base import Week
from weekly.importers.headings import FIRST_YEAR, DayRange, page_year, with_years
from weekly.importers.index import index_files
from weekly.importers.picking import with_same_start
from weekly.importers.rows import rank_of
from weekly.importers.sections import Section, read_sections
from weekly.importers.tables import read_table, split_tables

YEAR_ASSUMED = gettext_noop("Nothing tells the year of this week; %(year)s was assumed, the list's year without years.")
ODD_LENGTH = gettext_noop("The heading covers %(days)s days. Is it right?")
UNDATED = gettext_noop("%(count)s rows below “%(heading)s” were left out, since the heading names no readable week.")

_WEB_PAGE = re.compile(r"\s*<(?:!doctype\s+html|html)\b", re.I)


class ReadingListImporter:
    """Reads weeks in the order of the list. What is odd about a row or a week is a warning on it."""

    key: ClassVar[str] = "dair-ai"
    name: ClassVar[str] = "DAIR.AI reading list"

    def weeks(self, text: str, *, name: str) -> tuple[Week, ...]:
        """Read a whole list. Raises UnreadableList, NoWeeks, or IndexOnly where the tables are in other files."""
        _require_markdown(text, name)
        sections = read_sections(text)
        weeks = _read_weeks(sections, page_year(text, name))
        if any(week.entries for week in weeks):
            return with_same_start(weeks)
        if files := index_files(text):
            raise IndexOnly(name=name, files=", ".join(files))
        if any(section.rows for section in sections if section.names_week or _numbered(section)):
            raise UnreadableList(name=name, reason="it has rows, but none that can be read below a heading with dates")
        raise NoWeeks(name=name)


def _require_markdown(text: str, name: str) -> None:
    if "\0" in text:
        raise UnreadableList(name=name, reason="it is not text")
    if _WEB_PAGE.match(text):
        raise UnreadableList(name=name, reason="it is a web page, not the Markdown file itself")


@dataclass(frozen=True, slots=True)
class _Dated:
    """A section and its days; None where they cannot be told."""

    section: Section
    days: DayRange | None
    year_assumed: bool = False


def _read_weeks(sections: Sequence[Section], year: int | None) -> list[Week]:
    """The weeks of all sections that have a date; numbered rows of others are told on the week beside them."""
    weeks: list[Week] = []
    lost: list[Notice] = []
    for dated in _dated(sections, year):
        found = _section_weeks(dated)
        if not found and (count := _numbered(dated.section)):
            lost.append(Notice(UNDATED, {"count": count, "heading": dated.section.title}))
        weeks += found
        if weeks and lost:
            weeks[-1] = replace(weeks[-1], warnings=(*weeks[-1].warnings, *lost))
            lost = []
    return weeks


def _numbered(section: Section) -> int:
    return sum(rank_of(row.text) is not None for row in section.rows)


def _dated(sections: Sequence[Section], year: int | None) -> list[_Dated]:
    resolved = iter(with_years([section.range for section in sections if section.range], year))
    return [_date(section, next(resolved) if section.range else None) for section in sections]


def _date(section: Section, days: DayRange | None) -> _Dated:
    if days is not None and days.year is None:
        return _Dated(section, replace(days, year=FIRST_YEAR), year_assumed=True)
    return _Dated(section, days)


def _section_weeks(dated: _Dated) -> list[Week]:
    """A week for each table of the section; none where it has no date."""
    if dated.days is None:
        return []
    try:
        start, end = dated.days.days()
    except ValueError:  # 29 February of a year that has none
        return []
    length = (end - start).days + 1
    warnings = [Notice(YEAR_ASSUMED, {"year": FIRST_YEAR})] if dated.year_assumed else []
    warnings += [] if 6 <= length <= 8 else [Notice(ODD_LENGTH, {"days": length})]
    tables = [read_table(rows) for rows in split_tables(dated.section.rows) or [[]]]
    return [Week(start, end, dated.section.title, entries, (*warnings, *odd)) for entries, odd in tables]
