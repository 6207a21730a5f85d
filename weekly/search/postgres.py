"""The index on PostgreSQL: a tsvector with GIN beside each entry.

GIN knows no order and no positions. So the newest papers are looked at first, some years at a time, by marks that GIN
answers alone; and whether a phrase's tokens stand in a row is read from a bounded number of rows only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from weekly.models import SearchEntry
from weekly.search.base import Tier, tier_marks
from weekly.search.documents import Document, key_of, key_of_last_day, year_mark, year_of
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
_FIND = """WITH found AS MATERIALIZED (SELECT key FROM weekly_searchentry WHERE vector @@ %s::tsquery)
    SELECT key FROM found WHERE key < %s AND key >= %s ORDER BY key DESC LIMIT %s"""
# The rows first: asked for both at once, PostgreSQL would read the phrase from every row that GIN names.
_CHECK = """WITH few AS MATERIALIZED (SELECT key, vector FROM weekly_searchentry WHERE key = ANY(%s))
    SELECT key FROM few WHERE vector @@ %s::tsquery ORDER BY key DESC"""
_YEARS = (1, 4, 16)  # how many are looked at together, from the newest; then all that are left
_CHECKED = (60, 140)  # papers of which a phrase is read, in turns, for each span of years
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

    def find(self, query: Query, tier: Tier, below: int | None, limit: int) -> Sequence[int]:
        if below is None:
            below = key_of_last_day()
        newest = SearchEntry.objects.filter(key__lt=below).order_by("-key").values_list("key", flat=True).first()
        found: list[int] = []
        with transaction.atomic(), connection.cursor() as cursor:
            # A scan of all rows would seem cheap, since the vectors that it reads stand elsewhere.
            cursor.execute("SET LOCAL enable_seqscan = off")
            for span, marks in _spans(newest) if newest else ():
                words = _expression(query, tier, marks)
                found += _newest(cursor, words, _in_a_row(query), span, limit - len(found))
                if len(found) >= limit:
                    break
        return found


def _newest(cursor: CursorWrapper, words: str, row: str, span: tuple[int, int], limit: int) -> list[int]:
    """The newest keys of a span that match the words, and what must stand in a row, if anything must."""
    start, below = span
    found: list[int] = []
    for size in _CHECKED if row else (limit,):
        keys = _keys(cursor, _FIND, [words, below, start, size])
        found += _keys(cursor, _CHECK, [keys, row]) if row else keys
        if len(found) >= limit or len(keys) < size:
            break
        below = keys[-1]
    return found[:limit]


def _keys(cursor: CursorWrapper, sql: str, values: list[Any]) -> list[int]:
    cursor.execute(sql, values)
    return [key for (key,) in cursor.fetchall()]


def _spans(key: int) -> Iterator[tuple[tuple[int, int], list[str]]]:
    """Spans of years back from a key: where each begins and ends, and its years' marks. The last has all years left."""
    below, newest = key + 1, year_of(key)
    for years in _YEARS:
        first = max(newest - years + 1, 1)
        start = key_of(date(first, 1, 1), 0)
        yield (start, below), [year_mark(year) for year in range(first, newest + 1)]
        below, newest = start, max(first - 1, 1)
    yield (0, below), []


def _expression(query: Query, tier: Tier, years: list[str]) -> str:
    """A tsquery that GIN answers alone: all tokens, in whatever order."""
    wanted, unwanted = tier_marks(query, tier)
    parts = [*map(_quoted, query.tokens), *map(_any_of, query.marks), *map(_quoted, wanted)]
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
