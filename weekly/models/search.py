"""What the search knows of which paper. The index itself is the database's own: see weekly.search."""

from __future__ import annotations

from django.db import models


class SearchEntry(models.Model):
    """A paper in the search index, kept true by weekly.search.signals.

    No foreign key to the page: a cascade would take the row away before the index is told what it held.
    `key` is the paper's place, newest last, and holds the page's id; `version` is a hash of what was indexed;
    `indexed` is that itself, where the database wants to be told again what it shall forget.
    """

    page_id = models.BigIntegerField(primary_key=True)
    key = models.BigIntegerField(unique=True)
    version = models.CharField(max_length=32)
    indexed = models.BinaryField(null=True)

    def __str__(self) -> str:
        return f"{self.page_id} at {self.key}"
