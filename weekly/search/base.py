"""The port: what an index of a database can do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from typing import Protocol

from weekly.search.documents import HEAD, TITLE, Document
from weekly.search.query import Query


class Tier(IntEnum):
    """Where a query's words stand in a paper. Within a tier the newest come first, so that nothing is ever sorted."""

    TITLE = 1
    HEAD = 2
    ANYWHERE = 3


def tiers_of(query: Query) -> tuple[Tier, ...]:
    """Without words, nothing stands in a title."""
    return tuple(Tier) if query.phrases else (Tier.ANYWHERE,)


def tier_marks(query: Query, tier: Tier) -> tuple[list[str], list[str]]:
    """The marks that papers of a tier all have, and those that they must not all have: they are in a tier before."""
    title, head = ([sign + token for token in query.tokens] for sign in (TITLE, HEAD))
    nothing: list[str] = []
    return {Tier.TITLE: (title, nothing), Tier.HEAD: (head, title), Tier.ANYWHERE: (nothing, head)}[tier]


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

    def find(self, query: Query, tier: Tier, below: int | None, limit: int) -> Sequence[int]:
        """The keys of a tier's newest documents, descending; with `below`, of those before that key."""
