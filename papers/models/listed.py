"""Papers as lists have them: rows, since to build a page of each takes several times as long as to read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet

from papers import showing
from papers.keyset import PAGE_SIZE, Cursor, page_of, rows_after
from papers.models.facts import PaperFacts
from papers.models.pages import PaperPage
from papers.statements import OneOf, written_once


class _Columns(NamedTuple):
    pk: int
    sort_date: date | None
    live: bool
    url_path: str
    slug: str
    title: str
    title_translated: str
    summary: str
    language: str
    source_language: str
    arxiv_id: str | None
    arxiv_version: int | None
    source_url: str
    pdf_url: str
    authors: str
    published_on: date | None
    updated_on: date | None
    categories: str
    abstract_only: bool
    withdrawn: bool


class ListedPaper(PaperFacts, _Columns):
    """A paper as lists show it. It has no texts but the summary, and nothing can be asked of it."""

    __slots__ = ()


@written_once
def _newest(language: Any, *, size: int) -> QuerySet:
    return PaperPage.objects.listed(language).values_list(*_Columns._fields)[:size]


@written_once
def _earlier(language: Any, day: Any, pk: Any, *, size: int) -> QuerySet:
    rows = rows_after(PaperPage.objects.listed(language), Cursor(day, pk))
    return rows.values_list(*_Columns._fields)[:size]


@written_once
def _by_key(*keys: Any) -> QuerySet:
    return PaperPage.objects.filter(pk__in=OneOf(keys)).order_by().values_list(*_Columns._fields)


def list_newest(language: str, after: str, size: int = PAGE_SIZE) -> tuple[list[ListedPaper], Cursor | None]:
    """The public papers of a language, newest first, and the next page's cursor. Raises BadCursor. One query."""
    showing.shows(showing.papers(language))
    if after:
        cursor = Cursor.parse(after)
        rows = _earlier(language, cursor.sort_date, cursor.pk, size=size + 1)
    else:
        rows = _newest(language, size=size + 1)
    shown, following = page_of(list(map(ListedPaper._make, rows)), size)
    return _live(shown), following


def listed_papers(keys: Sequence[int]) -> list[ListedPaper]:
    """Live papers by their keys, in that order. One query."""
    rows = _by_key(*keys) if keys else []
    found = {paper.pk: paper for paper in map(ListedPaper._make, rows)}
    return _live(found[key] for key in keys if key in found)


def _live(papers: Iterable[ListedPaper]) -> list[ListedPaper]:
    shown = [paper for paper in papers if paper.live]
    showing.shows(*(showing.page(paper.pk) for paper in shown))
    return shown
