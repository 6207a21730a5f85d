"""Weeks as lists have them: rows, since to build a page of each takes several times as long as to read it."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import F, QuerySet
from wagtail.models import Page

from papers import showing
from papers.keyset import Cursor, page_of, rows_after
from papers.statements import written_once

DEEPEST = 255  # no tree of pages has more steps: each takes four of a path's 255 signs


class ListedWeek(NamedTuple):
    """A week as lists show it."""

    pk: int
    sort_date: date
    end: date
    url_path: str
    title: str
    theme: str
    overview: str
    language: str
    source: str
    source_name: str
    source_url: str

    @property
    def start(self) -> date:
        return self.sort_date


_COLUMNS = ("pk", "start", *ListedWeek._fields[2:])


def weeks_below(folder: Page, after: str, size: int, steps: int = DEEPEST) -> tuple[list[ListedWeek], Cursor | None]:
    """The public weeks in a part of the tree, newest first, and the next page's cursor. Raises BadCursor.

    By their place and not by locale: there SQLite would walk through every page of that language. One query.
    """
    showing.shows(showing.weeks(folder.locale.language_code))
    place = folder.path, folder.depth, folder.depth + steps
    if after:
        cursor = Cursor.parse(after)
        rows = _earlier(*place, cursor.sort_date, cursor.pk, size=size + 1)
    else:
        rows = _newest(*place, size=size + 1)
    shown, following = page_of(list(map(ListedWeek._make, rows)), size)
    showing.shows(*(showing.page(week.pk) for week in shown))
    return shown, following


@written_once
def _newest(path: Any, above: Any, last: Any, *, size: int) -> QuerySet:
    return _columns(_below(path, above, last))[:size]


@written_once
def _earlier(path: Any, above: Any, last: Any, day: Any, pk: Any, *, size: int) -> QuerySet:
    weeks = _below(path, above, last).annotate(sort_date=F("start"))
    return _columns(rows_after(weeks, Cursor(day, pk)))[:size]


def _below(path: Any, above: Any, last: Any) -> QuerySet:
    weeks = apps.get_model("weekly.WeekPage").objects.newest()
    return weeks.filter(path__startswith=path, depth__gt=above, depth__lte=last)


def _columns(weeks: QuerySet) -> QuerySet:
    columns = {"language": "locale__language_code"}
    return weeks.values_list(*(columns.get(name, name) for name in _COLUMNS))
