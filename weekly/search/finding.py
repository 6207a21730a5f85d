"""Papers that match, best tier first and newest first within it, a page at a time at the same cost on every page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from papers.keyset import BadCursor
from papers.models import PaperPage
from weekly.search.base import Index, Tier, tiers_of
from weekly.search.documents import key_of_last_day, page_of
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


def find_papers(index: Index, query: Query, after: str, limit: int) -> tuple[list[PaperPage], Place | None]:
    """A page of public papers with their questions, and the place of its last where more follow. Raises BadCursor."""
    places = _places(index, query, Place.parse(after) if after else None, limit + 1)
    shown = places[:limit]
    papers = (
        PaperPage.objects.live()
        .filter(listed=True)
        .select_related("locale")
        .in_bulk([page_of(place.key) for place in shown])
    )
    found = [papers[pk] for place in shown if (pk := page_of(place.key)) in papers]
    return found, shown[-1] if len(places) > limit else None


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
