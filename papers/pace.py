"""The pause between requests to a host, kept in the database so that all processes of the site share it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from papers.models import SourcePace
from papers.sources.pacing import NotYet

# A holder that died is forgotten after this; longer than any single download may take.
HOLD = timedelta(minutes=5)
SHORTEST_NAP = 0.02  # seconds; waiters leave the database in peace


class DatabasePacer:
    """At most one request per `delay` seconds and one connection at a time to `host`, site-wide."""

    def __init__(self, host: str, delay: float) -> None:
        self.host, self.delay = host, timedelta(seconds=delay)

    @contextmanager
    def turn(self, max_wait: float) -> Iterator[None]:
        """Wait for the next slot and hold it for one request.

        Raises NotYet, without waiting, where a pause keeps everybody out for more than `max_wait` seconds.
        """
        name = f"{os.getpid()}:{threading.get_ident()}"
        SourcePace.objects.get_or_create(host=self.host, defaults={"next_at": timezone.now()})
        while not self._take(name):
            pause = self._pause()
            if pause > max_wait:
                raise NotYet(pause)
            time.sleep(min(max(pause, SHORTEST_NAP), 1.0))
        try:
            yield
        finally:
            SourcePace.objects.filter(host=self.host, holder=name).update(holder="", held_until=None)

    def push_back(self, seconds: float) -> None:
        """The host asked for a pause: nobody may ask it before then."""
        then = timezone.now() + timedelta(seconds=seconds)
        SourcePace.objects.filter(host=self.host, next_at__lt=then).update(next_at=then)

    def _take(self, name: str) -> bool:
        now = timezone.now()
        free = SourcePace.objects.filter(Q(holder="") | Q(held_until__lt=now), host=self.host, next_at__lte=now)
        return bool(free.update(holder=name, held_until=now + HOLD, next_at=now + self.delay))

    def _pause(self) -> float:
        """Seconds until the next slot begins; negative where one is only held."""
        return (SourcePace.objects.get(host=self.host).next_at - timezone.now()).total_seconds()
