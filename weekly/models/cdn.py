"""What a CDN may have a copy of, with all that it shows, so that a change purges just these addresses.

The rows are the truth and the broker is a doorbell: what is to be purged stands here until it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from django.db import models
from django.db.models import Q


class CdnCopyQuerySet(models.QuerySet):
    def current(self) -> CdnCopyQuerySet:
        """Those that show nothing that has changed."""
        return self.filter(purge_at=None)


class CdnCopy(models.Model):
    """An answer that CDNs may keep, at the address that was asked for; no one has it after `until`.

    `shows` are hashes of the names of what it shows. Once something of that has changed, `purge_at` is when the
    next purge is due; `purged` says that one went through, and `leased_until` how long a worker has the row.
    """

    address = models.CharField(max_length=500)
    shows = models.TextField()
    until = models.DateTimeField(db_index=True)
    purge_at = models.DateTimeField(null=True, blank=True)
    purged = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)

    objects = models.Manager.from_queryset(CdnCopyQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["address"], condition=Q(purge_at=None), name="weekly_cdncopy_current"),
            models.Index(fields=["purge_at"], condition=~Q(purge_at=None), name="weekly_cdncopy_purge"),
        ]

    def __str__(self) -> str:
        return self.address


class DroppedName(models.Model):
    """Something that changed, by its name in papers.showing, until all copies that show it are to be purged."""

    name = models.TextField()

    def __str__(self) -> str:
        return self.name


def hashes_of(names: Iterable[str]) -> set[str]:
    """Short, whatever the names. Two that are hashed alike purge an address too many."""
    return {blake2b(name.encode(), digest_size=8).hexdigest() for name in names}
