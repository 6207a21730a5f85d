"""The port: what an index of a database can do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol, Self

from papers.keyset import BadCursor
from weekly.search.documents import HEAD, TITLE, Document, key_of_last_day
from weekly.search.query import Query

_PLACE = re.compile(r"(?P<tier>[123])\.(?P<key>\d{10,17})", re.ASCII)


class Tier(IntEnum):
    """Where a query's words stand in a paper. Within a tier the newest come first, so that nothing is ever sorted."""

    TITLE = 1
    HEAD = 2
    ANYWHERE = 3


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


def tiers_of(query: Query) -> tuple[Tier, ...]:
    """Without words, nothing stands in a title."""
    return tuple(Tier) if query.phrases else (Tier.ANYWHERE,)


def tier_marks(query: Query, tier: Tier) -> tuple[list[str], list[str]]:
    """The marks that papers of a tier all have, and those that they must not all have: they are in a tier before."""
    title, head = ([sign + token for token in query.tokens] for sign in (TITLE, HEAD))
    nothing: list[str] = []
    return {Tier.TITLE: (title, nothing), Tier.HEAD: (head, title), Tier.ANYWHERE: (nothing, head)}[tier]


def by_tiers(
    query: Query, after: Place | None, limit: int, find: Callable[[Tier, int | None, int], Sequence[int]]
) -> list[Place]:
    """What `find` gives of tiers, by the key to look below and how many are wanted, until there are enough."""
    found: list[Place] = []
    for tier in tiers_of(query):
        if after and tier < after.tier:
            continue
        below = after.key if after and tier == after.tier else None
        found += [Place(tier, key) for key in find(tier, below, limit - len(found))]
        if len(found) >= limit:
            break
    return found


class Index(Protocol):
    """Documents by page id. Writing goes on inside the caller's transaction."""

    def create(self) -> None:
        """Make what is missing of the index in the database."""

    def clear(self) -> None:
        """Forget all documents."""

    def versions(self, page_ids: Iterable[int]) -> dict[int, str]:
        """The versions of what is indexed of these pages."""

    def put(self, documents: Mapping[int, Document]) -> None:
        """Index documents by page id, in place of what was indexed of these pages."""

    def drop(self, page_ids: Iterable[int]) -> None:
        """Forget pages."""

    def tidy(self) -> None:
        """After a great change: whatever makes reading fast."""

    def find(self, query: Query, after: Place | None, limit: int) -> list[Place]:
        """The places of the first documents, best tier first and newest first within it; those after a place."""
