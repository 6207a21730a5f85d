"""The index on PostgreSQL: a tsvector with GIN beside each entry.

GIN knows no order and no positions. So the newest papers are looked at first, some years at a time, by marks that GIN
answers alone; and whether a phrase's tokens stand in a row is read from a bounded number of rows only. Where the newest
papers show that few match, all others are looked at together: few are found faster without their years.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import NamedTuple

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from weekly.models import SearchEntry
from weekly.search.base import Place, Tier, by_tiers, tier_marks
from weekly.search.documents import Document, days_between, key_of, year_mark, year_of
from weekly.search.query import Query

# Vectors stand apart from their rows, which so stay small: most searches read no vector at all. No pending list:
# every search would walk through it.
_CREATE = (
    "ALTER TABLE weekly_searchentry ADD COLUMN IF NOT EXISTS vector tsvector",
    "ALTER TABLE weekly_searchentry ALTER COLUMN vector SET STORAGE EXTERNAL",
    "ALTER TABLE weekly_searchentry SET (toast_tuple_target = 128)",
    "CREATE INDEX IF NOT EXISTS weekly_search_vector ON weekly_searchentry USING gin (vector) WITH (fastupdate = off)",
)
_PUT = "INSERT INTO weekly_searchentry (page_id, key, version, vector) VALUES (%s, %s, %s, %s::tsvector)"
# For this search alone, with the newest keys, of all and of those below one. A scan of all rows would seem cheap, since
# the vectors that it reads stand elsewhere; spans have to be looked at in their order; to compile a plan takes longer
# than to follow it.
_BEGIN = """SELECT set_config('enable_seqscan', 'off', true), set_config('max_parallel_workers_per_gather', '0', true),
    set_config('jit', 'off', true),
    (SELECT max(key) FROM weekly_searchentry), (SELECT max(key) FROM weekly_searchentry WHERE key < %s)"""
# GIN first and by itself: with more to go by, PostgreSQL would read the vectors of all rows that it names. A phrase is
# read from one row after the other, until there are enough.
_FIND = """WITH found AS MATERIALIZED (SELECT key, vector FROM weekly_searchentry WHERE vector @@ %s::tsquery)
    SELECT ARRAY(SELECT key FROM ({spans}) few{in_a_row} LIMIT %s),
        (SELECT count(*) FROM found WHERE key >= %s AND key < %s)"""
_SPAN = "(SELECT key, vector FROM found WHERE key >= %s AND key < %s ORDER BY key DESC LIMIT %s)"
_IN_A_ROW = " WHERE vector @@ %s::tsquery"
_YEARS = (1, 4, 16)  # spans back from the newest paper; a last one has all years that are left
_AT_ONCE = 2  # years of a span that are looked at before the others
_CHECKED = 200  # papers of which a phrase is read, for each span
_FEW, _FEWEST_DAYS = 100, 90  # papers of a year, and how much of it shows as many
_POSITIONS, _PLACES = 16_383, 255  # PostgreSQL's last position, and how many a lexeme may have
_MAX_BYTES = 700_000  # of 1 MB that a vector can hold


class PostgresIndex:
    def create(self) -> None:
        with connection.cursor() as cursor:
            for sql in _CREATE:
                cursor.execute(sql)

    def clear(self) -> None:
        self.create()
        SearchEntry.objects.all().delete()

    def versions(self, page_ids: Iterable[int]) -> dict[int, str]:
        return dict(SearchEntry.objects.filter(pk__in=page_ids).values_list("pk", "version"))

    def put(self, documents: Mapping[int, Document]) -> None:
        self.drop(documents)
        rows = [(pk, document.key, document.version, _vector(document)) for pk, document in documents.items()]
        with connection.cursor() as cursor:
            cursor.executemany(_PUT, rows)

    def drop(self, page_ids: Iterable[int]) -> None:
        SearchEntry.objects.filter(pk__in=list(page_ids)).delete()

    def tidy(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE weekly_searchentry")

    def find(self, query: Query, after: Place | None, limit: int) -> list[Place]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_BEGIN, [after.key if after else 0])
            *_settings, newest, newest_after = cursor.fetchone()

            def find(tier: Tier, below: int | None, most: int) -> list[int]:
                first = newest if below is None else newest_after
                return _Search(cursor, query, tier, most).back_from(first) if first else []

            return by_tiers(query, after, limit, find)


class _Span(NamedTuple):
    """Keys from `start` on and below another one, and how many of the newest that match are taken."""

    start: int
    below: int
    most: int


@dataclass(frozen=True, slots=True)
class _Search:
    """The search in one tier."""

    cursor: CursorWrapper
    query: Query
    tier: Tier
    limit: int

    def back_from(self, newest: int) -> list[int]:
        """The newest keys that match, descending, from a key on."""
        found: list[int] = []
        spans = _spans(newest, _CHECKED if _in_a_row(self.query) else self.limit)
        while spans and len(found) < self.limit:
            span = spans.pop(0)
            near = span._replace(start=max(span.start, _first_day(year_of(span.below - 1) - _AT_ONCE + 1)))
            keys, matching = self._keys([near], _years(near), self.limit - len(found))
            found += keys
            is_done = len(found) >= self.limit or matching >= span.most
            if not is_done and (near.start > span.start or _are_few(matching, near)):
                left = span._replace(below=near.start, most=span.most - matching)
                return found + self._keys([left, *spans], [], self.limit - len(found))[0]
        return found

    def _keys(self, spans: list[_Span], years: list[str], limit: int) -> tuple[list[int], int]:
        """Of each span the newest that match, of these what stands in a row; and how many there were to choose from."""
        row = _in_a_row(self.query)
        sql = _FIND.format(spans=" UNION ALL ".join([_SPAN] * len(spans)), in_a_row=_IN_A_ROW if row else "")
        values = [_expression(self.query, self.tier, years), *chain.from_iterable(spans), *([row] if row else [])]
        self.cursor.execute(sql, [*values, limit, spans[-1].start, spans[0].below])
        return self.cursor.fetchone()


def _spans(newest: int, most: int) -> list[_Span]:
    """Spans of years back from a key. The last has all years that are left."""
    found, below, last = [], newest + 1, year_of(newest)
    for years in (*_YEARS, date.max.year):
        start = _first_day(last - years + 1)
        found.append(_Span(start, below, most))
        below, last = start, last - years
    return [span for span in found if span.start < span.below]


def _first_day(year: int) -> int:
    return key_of(date(max(year, 1), 1, 1), 0)


def _years(span: _Span) -> list[str]:
    return [year_mark(year) for year in range(year_of(span.start), year_of(span.below - 1) + 1)]


def _are_few(matching: int, span: _Span) -> bool:
    """Whether a span shows that few papers match; some weeks show nothing."""
    days = days_between(span.start, span.below)
    return days >= _FEWEST_DAYS and matching * 365 < _FEW * days


def _expression(query: Query, tier: Tier, years: list[str]) -> str:
    """A tsquery that GIN answers alone: all tokens, in whatever order. What a title has stands among the words too."""
    wanted, unwanted = tier_marks(query, tier)
    parts = [*map(_quoted, wanted or query.tokens), *map(_any_of, query.marks)]
    parts += [_any_of(years)] if years else []
    parts += [f"!({' & '.join(map(_quoted, unwanted))})"] if unwanted else []
    return " & ".join(parts)


def _in_a_row(query: Query) -> str:
    """The same of those phrases that have more than one token; empty where none has."""
    rows = [" <-> ".join(map(_quoted, phrase)) for phrase in query.phrases if len(phrase) > 1]
    return " & ".join(f"({row})" for row in rows)


def _any_of(tokens: Iterable[str]) -> str:
    return f"({' | '.join(map(_quoted, tokens))})"


def _quoted(token: str) -> str:
    """No token holds a quote or a backslash."""
    return f"'{token}'"


def _vector(document: Document) -> str:
    """The words with their places, the marks without. Of a text that is too long for a vector, its beginning."""
    places: dict[str, list[str]] = {mark: [] for mark in document.marks}
    size = sum(len(mark.encode()) + 4 for mark in places)
    for place, token in enumerate(document.words, start=1):
        size += 2 if token in places else len(token.encode()) + 8
        if size > _MAX_BYTES:
            break
        row = places.setdefault(token, [])
        if place <= _POSITIONS and len(row) < _PLACES:
            row.append(str(place))
    return " ".join(f"{_quoted(token)}:{','.join(row)}" if row else _quoted(token) for token, row in places.items())
