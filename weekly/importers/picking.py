"""Which of a list's weeks is meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from papers.errors import AmbiguousWeek, EmptyWeek, Notice, NoWeeks, UnknownWeek, gettext_noop
from weekly.importers.base import Week

SAME_START = gettext_noop("%(count)s tables of the list claim the week from %(start)s: %(weeks)s")

_SHOWN = 8


def pick_week(weeks: Sequence[Week], start: date | None = None) -> Week:
    """The week that starts on `start`, or the newest.

    Raises UnknownWeek, AmbiguousWeek where several start on that day, EmptyWeek where it has no rows.
    """
    if not weeks:
        raise NoWeeks(name="")
    wanted = start or max(week.start for week in weeks)
    found = [week for week in weeks if week.start == wanted]
    if not found:
        raise UnknownWeek(start=wanted.isoformat(), weeks=_shortened([week.start for week in weeks]))
    if len(found) > 1:
        raise AmbiguousWeek(start=wanted.isoformat(), weeks=_described(found))
    if not found[0].entries:
        raise EmptyWeek(start=wanted.isoformat(), heading=found[0].heading)
    return found[0]


def with_same_start(weeks: Sequence[Week]) -> tuple[Week, ...]:
    """Warn on each of several weeks that start on one day; they stay apart."""
    by_start: dict[date, list[Week]] = defaultdict(list)
    for week in weeks:
        by_start[week.start].append(week)
    notices = {start: _same_start(start, found) for start, found in by_start.items() if len(found) > 1}
    return tuple(
        replace(week, warnings=(*week.warnings, notices[week.start])) if week.start in notices else week
        for week in weeks
    )


def _same_start(start: date, weeks: Sequence[Week]) -> Notice:
    return Notice(SAME_START, {"count": len(weeks), "start": start.isoformat(), "weeks": _described(weeks)})


def _described(weeks: Sequence[Week]) -> str:
    """Headings, each with its table's first title, since two tables can stand under one heading."""
    named = [f"“{week.heading}” ({week.entries[0].title if week.entries else '–'} …)" for week in weeks[:_SHOWN]]
    return "; ".join(named) + (" …" if len(weeks) > _SHOWN else "")


def _shortened(starts: Sequence[date]) -> str:
    """The newest starts, and the oldest behind an ellipsis."""
    days = [day.isoformat() for day in sorted(set(starts), reverse=True)]
    return ", ".join(days if len(days) <= _SHOWN else [*days[: _SHOWN - 1], "…", days[-1]])
