"""The index on SQLite: a table of FTS5 that keeps no texts. Its rowids are keys, so that it reads newest first."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from functools import cache, partial

from django.db import connection

from weekly.models import SearchEntry
from weekly.search.base import Place, Tier, by_tiers, tier_marks
from weekly.search.documents import Document
from weekly.search.query import Query

# The tokens are made already: of this tokenizer nothing is wanted but to part them at spaces.
_CREATE = """CREATE VIRTUAL TABLE IF NOT EXISTS weekly_search USING fts5(
    words, marks, content='', columnsize=0, tokenize="ascii tokenchars '#!+.-'")"""
_FORGET = "INSERT INTO weekly_search(weekly_search, rowid, words, marks) VALUES ('delete', %s, %s, %s)"
_LEARN = "INSERT INTO weekly_search(rowid, words, marks) VALUES (%s, %s, %s)"
_FIND = "SELECT rowid FROM weekly_search WHERE weekly_search MATCH %s AND rowid < %s ORDER BY rowid DESC LIMIT %s"
_LAST = 2**63 - 1


@cache
def has_fts5() -> bool:
    """Whether this Python's SQLite was built with FTS5."""
    database = sqlite3.connect(":memory:")
    try:
        database.execute("CREATE VIRTUAL TABLE tried USING fts5(words)")
    except sqlite3.OperationalError:
        return False
    finally:
        database.close()
    return True


class SqliteIndex:
    def create(self) -> None:
        _run(_CREATE)

    def clear(self) -> None:
        SearchEntry.objects.all().delete()
        _run("DROP TABLE IF EXISTS weekly_search")
        self.create()

    def versions(self, page_ids: Iterable[int]) -> dict[int, str]:
        return dict(SearchEntry.objects.filter(pk__in=page_ids).values_list("pk", "version"))

    def put(self, documents: Mapping[int, Document]) -> None:
        self.drop(documents)
        rows = [(document.key, *_columns(document)) for document in documents.values()]
        with connection.cursor() as cursor:
            cursor.executemany(_LEARN, rows)
        SearchEntry.objects.bulk_create(
            SearchEntry(page_id=pk, key=document.key, version=document.version, indexed=_packed(document))
            for pk, document in documents.items()
        )

    def drop(self, page_ids: Iterable[int]) -> None:
        """FTS5 takes a row out of its lists only if it is told again what the row held."""
        entries = SearchEntry.objects.filter(pk__in=list(page_ids))
        rows = [(entry.key, *_unpacked(entry.indexed)) for entry in entries]
        with connection.cursor() as cursor:
            cursor.executemany(_FORGET, rows)
        entries.delete()

    def tidy(self) -> None:
        _run("INSERT INTO weekly_search(weekly_search) VALUES ('optimize')")

    def find(self, query: Query, after: Place | None, limit: int) -> list[Place]:
        return by_tiers(query, after, limit, partial(_keys, query))


def _keys(query: Query, tier: Tier, below: int | None, limit: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [_match(query, tier), _LAST if below is None else below, limit])
        return [key for (key,) in cursor.fetchall()]


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _columns(document: Document) -> tuple[str, str]:
    return " ".join(document.words), " ".join(document.marks)


def _packed(document: Document) -> bytes:
    return zlib.compress("\n".join(_columns(document)).encode())


def _unpacked(indexed: bytes) -> list[str]:
    return zlib.decompress(indexed).decode().split("\n")


def _match(query: Query, tier: Tier) -> str:
    """FTS5's expression. All is quoted, and no token holds a quote. What a title has stands among the words too."""
    wanted, unwanted = tier_marks(query, tier)
    rows = [_quoted(" ".join(phrase)) for phrase in query.phrases if len(phrase) > 1 or not wanted]
    rows += [f"({' OR '.join(map(_quoted, group))})" for group in query.marks]
    found = " AND ".join([*rows, *map(_quoted, wanted)])
    return f"({found}) NOT ({' AND '.join(map(_quoted, unwanted))})" if unwanted else found


def _quoted(text: str) -> str:
    return f'"{text}"'
