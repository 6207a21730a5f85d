"""Which index this site's database has."""

from __future__ import annotations

from django.core import checks
from django.db import connection
from django.utils.translation import gettext as _

from weekly.search.base import Index
from weekly.search.postgres import PostgresIndex
from weekly.search.sqlite import SqliteIndex, has_fts5


def get_index() -> Index | None:
    """The index of the database in use; None where that has no search that would do."""
    if connection.vendor == "postgresql":
        return PostgresIndex()
    return SqliteIndex() if connection.vendor == "sqlite" and has_fts5() else None


def check_index(**kwargs: object) -> list[checks.CheckMessage]:
    """A system check: readers of a site without an index are told that there is no search."""
    if get_index():
        return []
    if connection.vendor == "sqlite":
        told = _("This SQLite was built without FTS5: the search of the digest stays closed.")
        hint = _("Use a Python whose sqlite3 has FTS5, or PostgreSQL; then run rebuild_search.")
    else:
        told = _("The search of the digest stays closed: it needs SQLite or PostgreSQL, and this database is %s.")
        told, hint = told % connection.vendor, _("Everything else works.")
    return [checks.Warning(told, hint=hint, id="weekly.W001")]
