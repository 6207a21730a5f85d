"""What a CDN may have a copy of, with all that it shows, so that a change purges just these addresses.

The rows are the truth and the broker is a doorbell: what is to be purged stands here until it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from django.db import models
from django.db.models import Q


class CopyQuerySet(models.QuerySet):
    def true(self) -> CopyQuerySet:
        """Those that nothing has to be done about."""
        return self.filter(purge_at=None)

    def showing(self, names: Iterable[str]) -> CopyQuerySet:
        """Those of answers that show any of these; the names are those of papers.showing."""
        shown = CopyName.objects.filter(name__in=[hash_of(name) for name in names])
        return self.filter(pk__in=shown.values("copy"))

    def forget(self) -> None:
        """Without signals, and without reading each row: there may be tens of thousands."""
        names = CopyName.objects.filter(copy__in=self.values("pk"))
        names._raw_delete(names.db)
        self._raw_delete(self.db)


class Copy(models.Model):
    """One answer that CDNs were given to keep, at the address that was asked for.

    `purge_at` is empty while it is true. Where something that it shows has changed it is the moment of the next purge,
    or of the next try while a worker is at it. `purged` says that one went through: a second one follows.
    """

    address = models.TextField()
    made_at = models.DateTimeField(auto_now_add=True)
    purge_at = models.DateTimeField(null=True, blank=True)
    purged = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0)

    objects = models.Manager.from_queryset(CopyQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["purge_at"], condition=~Q(purge_at=None), name="weekly_copy_purge")]

    def __str__(self) -> str:
        return self.address


class CopyName(models.Model):
    """One of the things that an answer shows."""

    copy = models.ForeignKey(Copy, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["name", "copy"], name="weekly_copy_shows")]

    def __str__(self) -> str:
        return self.name


class DroppedName(models.Model):
    """Something that changed, written with the change; it goes once all copies that show it are to be purged."""

    name = models.TextField()

    def __str__(self) -> str:
        return self.name


def hash_of(name: str) -> str:
    """Short, whatever the name."""
    return blake2b(name.encode(), digest_size=16).hexdigest()
