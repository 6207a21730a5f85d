"""The search among public papers, on SQLite's FTS5 and PostgreSQL's tsvector.

A text becomes tokens (words), a paper a row of them (documents), a reader's words a query (query); an index of the
database answers it (base, sqlite, postgres), newest first in tiers (finding), and excerpts show where (excerpts).
"""
