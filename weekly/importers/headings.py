"""Headings such as `## Top ML Papers of the Week (May 6 - May 12) - 2024`, and the days they name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import PurePosixPath
from urllib.parse import urlsplit

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"\b({'|'.join(_MONTHS)})[a-z]*\.?"
_DAY = r"(\d{1,2})(?!\d)(?:st|nd|rd|th)?"
_YEAR = r"(20\d\d)(?!\d)"
# Jan 1-8 · Feb 13 - 19 · Mar 13-Mar 19 · May 29-June 4 · May 6 - May 12 · December 30, 2024 - January 5, 2025
_RANGE = re.compile(
    rf"{_MONTH}\s*{_DAY}(?:,?\s*{_YEAR})?\s*(?:-|–|—|to\b)\s*(?:{_MONTH}\s*)?{_DAY}(?:.*?{_YEAR})?", re.I
)
_HEADING = re.compile(r"(#{1,6}(?!#)|\*\*)(.*)")
_OF_THE_WEEK = re.compile(r"papers?\s+of\s+the\s+week", re.I)
_TITLED_YEAR = re.compile(rf"#\s[^(\n]*[—–-]\s*{_YEAR}\s*?(?:\n|$)")
# A year alone names a file for it; in 2024-05-06.md and 20240506.md it is part of the date of a copy.
_NAMED_YEAR = re.compile(r"(?<!\d)(20[2-9]\d)(?![-_]?\d)")

# All weeks of the list but those of its first year carry a year in their heading.
FIRST_YEAR = 2023
# Neighbours may have changed places; a week that stands further out of the list's order is of another year.
_DISORDER = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and its depth; `range` is None where it names no days that a calendar has."""

    text: str
    level: int
    range: DayRange | None
    names_week: bool


@dataclass(frozen=True, slots=True)
class DayRange:
    """(month, day) of the first and the last day; `year` is the last day's, None where the heading has none."""

    first: tuple[int, int]
    last: tuple[int, int]
    year: int | None = None

    def days(self) -> tuple[date, date]:
        """The first and the last day. Raises ValueError where the year has no such day, or none is known."""
        if self.year is None:
            raise ValueError("no year")
        year = self.year if self.first <= self.last else self.year - 1
        return date(year, *self.first), date(self.year, *self.last)


def read_heading(line: str) -> Heading | None:
    """A Markdown heading, or a bold line that names a week; None for any other line."""
    found = _HEADING.match(line.strip())
    if found is None:
        return None
    marks, text = found[1], found[2].strip(" \t#*:")
    names_week = _OF_THE_WEEK.search(text) is not None
    if not names_week and (marks == "**" or not found[2].startswith((" ", "\t"))):
        return None
    days = read_range(text)
    return Heading(text, marks.count("#") or 2, days, names_week or days is not None)


def read_range(text: str) -> DayRange | None:
    """The days that a text names, if it names any that a calendar has."""
    found = _RANGE.search(text)
    if found is None:
        return None
    month, day, first_year, last_month, last_day, year = found.groups()
    first, last = (_number(month), int(day)), (_number(last_month or month), int(last_day))
    if year is None and first_year:
        year = int(first_year) + (first > last)
    days = DayRange(first, last, int(year) if year else None)
    return days if _is_possible(days) else None


def _number(month: str) -> int:
    return _MONTHS.index(month.lower()) + 1


def _is_possible(days: DayRange) -> bool:
    try:
        replace(days, year=days.year or 2024).days()  # 2024 has a 29 February
    except ValueError:
        return False
    return True


def page_year(text: str, name: str) -> int | None:
    """The year that a page is for: `# … — 2023` in its text, or `years/2023.md` as its name."""
    titled = _TITLED_YEAR.match(text.lstrip("\ufeff\n\r "))
    return int(titled[1]) if titled else named_year(name)


def named_year(name: str) -> int | None:
    """The year that a file or the last part of an address is named for."""
    found = _NAMED_YEAR.search(PurePosixPath(urlsplit(name).path.replace("\\", "/")).stem)
    return int(found[1]) if found else None


def with_years(ranges: Sequence[DayRange], year: int | None) -> list[DayRange]:
    """Give each range its year: the page's, unless headings state others; else by the order of the sections.

    Where neither says anything a range keeps no year.
    """
    stated = {days.year for days in ranges if days.year}
    if year is not None and stated <= {year}:
        return [replace(days, year=year) for days in ranges]
    if not stated:
        return list(ranges)
    newest_first = _is_newest_first(ranges)
    ordered = _in_order(ranges if newest_first else ranges[::-1])
    return ordered if newest_first else ordered[::-1]


def _is_newest_first(ranges: Sequence[DayRange]) -> bool:
    """Whether most weeks that adjoin the next in the list come after it; weeks further apart say nothing."""
    pairs = list(zip(ranges, ranges[1:], strict=False))
    return sum(_adjoins(later, earlier) for later, earlier in pairs) >= sum(_adjoins(b, a) for a, b in pairs)


def _adjoins(later: DayRange, earlier: DayRange) -> bool:
    """Whether one week begins at most nine days after the other, in whatever year."""
    days = (date(2024, *later.first) - date(2024, *earlier.first)).days % 366
    return 0 < days <= 9


def _in_order(ranges: Sequence[DayRange]) -> list[DayRange]:
    """Fill the years of a list that goes from new to old: downwards from a known week, then up from the first."""
    done: list[DayRange] = []
    for days in ranges:
        done.append(_next_to(done[-1], days, older=True) if done and done[-1].year else days)
    for index in reversed(range(len(done) - 1)):
        done[index] = _next_to(done[index + 1], done[index], older=False)
    return done


def _next_to(known: DayRange, days: DayRange, *, older: bool) -> DayRange:
    """`days` in the year nearest to `known` that keeps the order."""
    if days.year or not known.year:
        return days
    limit = known.days()[1]
    years = range(limit.year + 1, limit.year - 2, -1) if older else range(limit.year - 1, limit.year + 2)
    for year in years:
        last = date(year, days.last[0], 1) + timedelta(days=days.last[1] - 1)
        if last <= limit + _DISORDER if older else last >= limit - _DISORDER:
            return replace(days, year=year)
    return days
