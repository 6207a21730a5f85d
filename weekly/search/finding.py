"""Papers that match, best tier first and newest first within it, a page at a time at the same cost on every page."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from papers import showing
from papers.models import PaperPage
from papers.statements import OneOf, written_once
from weekly.search.base import Index, Place
from weekly.search.documents import FoundPaper, page_of
from weekly.search.query import Query


def find_papers(index: Index, query: Query, after: str, limit: int) -> tuple[list[FoundPaper], Place | None]:
    """A page of public papers with their questions, and the place of its last where more follow. Raises BadCursor."""
    places = index.find(query, Place.parse(after) if after else None, limit + 1)
    shown = places[:limit]
    keys = [page_of(place.key) for place in shown]
    papers = {paper.pk: paper for paper in map(FoundPaper._make, _public(*keys) if keys else ())}
    showing.shows(*map(showing.page, papers))
    return [papers[pk] for pk in keys if pk in papers], shown[-1] if len(places) > limit else None


@written_once
def _public(*keys: Any) -> QuerySet:
    return PaperPage.objects.live().filter(listed=True, pk__in=OneOf(keys)).order_by().values_list(*FoundPaper._fields)
