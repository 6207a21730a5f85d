"""Lists page by keyset: each page begins after the last row of the one before, so page 5,000 costs what page 1 does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Self, TypeVar

from django.db.models import Q, QuerySet

from papers.errors import DigestError, gettext_noop

PAGE_SIZE = 20
# Eighteen digits are within what any database takes for a key.
_CURSOR = re.compile(r"(?P<date>\d{4}-\d\d-\d\d)\.(?P<pk>\d{1,18})", re.ASCII)

Row = TypeVar("Row")


class BadCursor(DigestError):
    template = gettext_noop("“%(cursor)s” is no place in this list.")


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row that was shown, in lists ordered by date and key, both descending."""

    sort_date: date
    pk: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2024-05-06.123`. Raises BadCursor."""
        match = _CURSOR.fullmatch(text)
        if match is None:
            raise BadCursor(cursor=text)
        try:
            return cls(date.fromisoformat(match["date"]), int(match["pk"]))
        except ValueError as error:
            raise BadCursor(cursor=text) from error

    def __str__(self) -> str:
        return f"{self.sort_date.isoformat()}.{self.pk}"


def rows_after(rows: QuerySet, cursor: Cursor, key: str = "pk") -> QuerySet:
    """The rows that follow the cursor. `sort_date` stands alone in one condition: there the index is entered."""
    follows = Q(sort_date__lt=cursor.sort_date) | Q(**{f"{key}__lt": cursor.pk})
    return rows.filter(follows, sort_date__lte=cursor.sort_date)


def page_of(found: list[Row], size: int = PAGE_SIZE, key: str = "pk") -> tuple[list[Row], Cursor | None]:
    """What a page shows of `size + 1` rows that were asked for, and the cursor of the next page, None where there is
    none; `key` names the column that breaks ties."""
    shown = found[:size]
    last = shown[-1] if len(found) > size else None
    return shown, Cursor(last.sort_date, getattr(last, key)) if last else None
