"""Papers that match, best tier first and newest first within it, a page at a time at the same cost on every page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import QuerySet

from papers import showing
from papers.keyset import BadCursor
from papers.models import PaperPage
from papers.statements import OneOf, written_once
from weekly.search.base import Index, Tier, tiers_of
from weekly.search.documents import FoundPaper, key_of_last_day, page_of
from weekly.search.query import Query

_PLACE = re.compile(r"(?P<tier>[123])\.(?P<key>\d{10,17})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """The last paper that was shown: its tier and its key."""

    tier: Tier
    key: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `3.3173412345678`. Raises BadCursor."""
        match = _PLACE.fullmatch(text)
        if match is None or not 1 << 32 <= int(match["key"]) < key_of_last_day():
            raise BadCursor(cursor=text)
        return cls(Tier(int(match["tier"])), int(match["key"]))

    def __str__(self) -> str:
        return f"{self.tier.value}.{self.key}"


def find_papers(index: Index, query: Query, after: str, limit: int) -> tuple[list[FoundPaper], Place | None]:
    """A page of public papers with their questions, and the place of its last where more follow. Raises BadCursor."""
    places = _places(index, query, Place.parse(after) if after else None, limit + 1)
    shown = places[:limit]
    keys = [page_of(place.key) for place in shown]
    papers = {paper.pk: paper for paper in map(FoundPaper._make, _public(*keys) if keys else ())}
    showing.shows(*map(showing.page, papers))
    return [papers[pk] for pk in keys if pk in papers], shown[-1] if len(places) > limit else None


@written_once
def _public(*keys: Any) -> QuerySet:
    return PaperPage.objects.live().filter(listed=True, pk__in=OneOf(keys)).values_list(*FoundPaper._fields)


def _places(index: Index, query: Query, after: Place | None, limit: int) -> list[Place]:
    found: list[Place] = []
    for tier in tiers_of(query):
        if after and tier < after.tier:
            continue
        below = after.key if after and tier == after.tier else None
        found += [Place(tier, key) for key in index.find(query, tier, below, limit - len(found))]
        if len(found) >= limit:
            break
    return found
