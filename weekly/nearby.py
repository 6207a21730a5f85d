"""Which papers are near a paper: by its tags, in its week, and in the list of all.

One query for all of them. Its parts are limited each for itself, which Django's union cannot say on SQLite.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils import timezone

from papers import showing
from papers.models import PaperPage, TaggedPaper
from papers.models.listed import ListedPaper
from weekly.models import WeekEntry, WeekPage

NEAR = 12  # papers of a tag, and of the list, on either side of a date
WEEK_SIZE = 100  # entries of a week that are looked at

_TAG, _WEEK, _NEWER, _OLDER = "tag", "week", "newer", "older"

Part = tuple[str, list[Any]]


@dataclass(slots=True)
class Nearby:
    """Ids of public papers: `tags` gives for each the tags that it was found by; `week` is in the week's order.

    `newer` and `older` are those beside the paper in the list of all, the nearest first. The paper itself is among
    those of its tags and its week.
    """

    tags: dict[int, list[int]]
    week: list[int]
    newer: list[int]
    older: list[int]


def find_nearby(paper: PaperPage, tags: Sequence[int], week: WeekPage | None) -> Nearby:
    """The papers about a paper, by the ids of these tags and in this week."""
    parts = [*_near_in_list(paper), *(part for tag in tags for part in _near_by_tag(paper, tag))]
    if week is not None:
        parts.append(_in_week(week))
    sql = " UNION ALL ".join(f"SELECT * FROM ({part}) AS part{number}" for number, (part, _values) in enumerate(parts))
    rows: dict[str, list[tuple[int, str, int]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for _part, values in parts for value in values])
        for kind, key, day, pk in cursor.fetchall():
            rows[kind].append((key, day, pk))
    showing.shows(*showing.papers_near(paper.language, _span(rows)), *([showing.papers_of(week.pk)] if week else ()))
    by_tag: dict[int, list[int]] = defaultdict(list)
    for tag, _day, pk in rows[_TAG]:
        by_tag[pk].append(tag)
    week_order, newer, older = ([pk for _key, _day, pk in sorted(rows[kind])] for kind in (_WEEK, _NEWER, _OLDER))
    return Nearby(by_tag, week_order, newer, older[::-1])


def _span(rows: Mapping[str, list[tuple[int, str, int]]]) -> Iterator[date | None]:
    """The first and the last day of the list that was looked at; None where the list ended before."""
    for kind in (_NEWER, _OLDER):
        days = [date.fromisoformat(day) for _key, day, _pk in rows[kind]]
        yield from (min(days), max(days)) if len(days) == NEAR else (None,)


def _near_by_tag(paper: PaperPage, tag: int) -> list[Part]:
    """A tag's papers up to a paper's date, and from it on, over the index of tag pages."""
    rows = f"FROM {TaggedPaper._meta.db_table} WHERE tag_id = %s AND language = %s AND live AND sort_date"
    head = f"SELECT '{_TAG}' AS kind, tag_id AS key, '' AS day, content_object_id AS pk {rows}"
    values = [tag, paper.language, date_of(paper)]
    return [
        (f"{head} <= %s ORDER BY sort_date DESC, content_object_id DESC LIMIT {NEAR}", values),
        (f"{head} > %s ORDER BY sort_date, content_object_id LIMIT {NEAR}", values),
    ]


def _near_in_list(paper: PaperPage) -> list[Part]:
    """The papers beside a paper in the list of all, over that list's index."""
    rows = f"FROM {PaperPage._meta.db_table} WHERE language = %s AND listed AND sort_date"
    columns = "0 AS key, CAST(sort_date AS text) AS day, page_ptr_id AS pk"
    day = date_of(paper)
    values = [paper.language, day, day, paper.pk]
    return [
        (
            f"SELECT '{kind}' AS kind, {columns} {rows} {sign}= %s AND (sort_date {sign} %s OR page_ptr_id {sign} %s) "
            f"ORDER BY sort_date {way}, page_ptr_id {way} LIMIT {NEAR}",
            values,
        )
        for kind, sign, way in ((_NEWER, ">", "ASC"), (_OLDER, "<", "DESC"))
    ]


def _in_week(week: WeekPage) -> Part:
    """The public papers of a week in its order."""
    entries, papers = WeekEntry._meta.db_table, PaperPage._meta.db_table
    sql = (
        f"SELECT '{_WEEK}' AS kind, entry.sort_order AS key, '' AS day, entry.paper_id AS pk FROM {entries} entry "
        f"JOIN {papers} paper ON paper.page_ptr_id = entry.paper_id "
        f"WHERE entry.week_id = %s AND entry.chosen AND paper.listed ORDER BY entry.sort_order LIMIT {WEEK_SIZE}"
    )
    return sql, [week.pk]


def date_of(paper: PaperPage | ListedPaper) -> date:
    """The date that lists have; a draft has none yet and stands before all others."""
    return paper.sort_date or timezone.localdate()
