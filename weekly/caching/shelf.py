"""Where answers are kept for all processes, and dropped. A cache that is away costs time, never a wrong answer."""

from __future__ import annotations

import logging
import math
import pickle
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache as once
from functools import partial
from threading import Lock
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import BaseCache, caches
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.signals import setting_changed
from django.db import transaction

from papers.cache_faults import CACHE_FAULTS
from papers.standing import STAMPS
from weekly.caching.cdn import schedule_purge
from weekly.caching.entries import Entry, Kept, Part
from weekly.caching.stamps import ALL, CacheStamps, Stamps

ALIAS = "digest"
KEPT = 24 * 3600  # seconds: the longest that a drop can be missed which a killed process never sent
RENDERING = 30  # seconds that one who renders keeps the others waiting at most, should it die
PATIENCE = 5.0  # seconds that one waits for another's answer
PAUSE = 0.02  # seconds between two looks
AWAY = 5.0  # seconds for which a cache that failed is not asked again

Stamped = TypeVar("Stamped", bound=Kept)
NewPart = tuple[str, set[str]]  # HTML, and the names of what it shows

logger = logging.getLogger(__name__)
FAILURES = (*CACHE_FAULTS, EOFError, pickle.UnpicklingError)  # away, or holding what cannot be read


class Shelf:
    """Answers by address in one cache, with the stamps of what they show."""

    def __init__(self, alias: str) -> None:
        self.alias = alias
        self.away_until = 0.0
        self.owed: set[str] = set()  # drops that the cache did not take yet
        self.lock = Lock()
        self.stood: tuple[Any, Any] = (None, None)  # a stamp of all, and those of what stood then

    @property
    def cache(self) -> BaseCache:
        """Each thread has its own connection."""
        return caches[self.alias]

    @property
    def stamps(self) -> Stamps:
        return getattr(self.cache, "stamps", None) or CacheStamps(self.cache)

    def find(self, key: str) -> Entry | None:
        """What is kept under a key, if nothing that it shows has changed."""
        entry, found = None, None
        with self._asking() as asking:
            if asking:
                entry, stamp = self.stamps.look(key)
                found = self._still_true(key, entry, stamp) if isinstance(entry, Entry) else None
        return found

    def _still_true(self, key: str, entry: Entry, stamp: Any) -> Entry | None:
        if entry.all_stamp == stamp:
            return entry
        if not self._is_unchanged(entry):
            return None
        renewed = replace(entry, all_stamp=stamp)  # read before the others: see Stamps.renew
        if stamp is not None:
            left = math.ceil(entry.until - time.time())
            self.cache.set(key, renewed, max(1, left))  # no longer than before: KEPT is a net for lost drops
        return renewed

    def _is_unchanged(self, kept: Kept) -> bool:
        return kept.until > time.time() and tuple(self.stamps.read(kept.names)) == kept.stamps

    def find_parts(self, key: str) -> dict[str, Part]:
        """The parts that are kept under a key and show nothing that has changed."""
        found: dict[str, Part] = {}
        with self._asking() as asking:
            if asking:
                kept, stamp = self.stamps.look(key)
                found = self._true_parts(kept or {}, stamp)
        return found

    def _true_parts(self, kept: Mapping[str, Part], stamp: Any) -> dict[str, Part]:
        """In one trip to the cache, however many parts there are."""
        parts = {name: part for name, part in kept.items() if part.until > time.time()}
        asked = sorted({name for part in parts.values() if part.all_stamp != stamp for name in part.names})
        stamps = dict(zip(asked, self.stamps.read(asked), strict=True)) if asked else {}
        return {
            name: part
            for name, part in parts.items()
            if part.all_stamp == stamp or part.stamps == tuple(map(stamps.get, part.names))
        }

    def begin(self) -> Any:
        """The stamp of all, to be read before rendering; None where the cache is away."""
        stamp = None
        with self._asking() as asking:
            if asking:
                (stamp,) = self.stamps.read([ALL])
        return stamp

    def standing(self, begun: Any) -> Any:
        """The stamps of what stands around all pages, read after that of all: so whatever was made from what processes
        remember under them is not kept either, where that was dropped since."""
        if begun is None:
            return None
        known, stamps = self.stood
        if known != begun:
            stamps = None
            with self._asking() as asking:
                if asking:
                    stamps = tuple(self.stamps.read(STAMPS))
                    self.stood = begun, stamps
        return stamps

    def keep(
        self, key: str, entry: Callable[..., Entry], names: Iterable[str], begun: Any, until: float = math.inf
    ) -> bool:
        """Keep an answer, unless anything was dropped since it was begun: it may show what was there before."""
        return self._keep(key, lambda: self._stamped(entry, names, begun, until), begun)

    def keep_parts(
        self, key: str, old: Mapping[str, Part], new: Mapping[str, NewPart], begun: Any, until: float
    ) -> None:
        """Keep parts of a page under the same condition."""

        def made() -> dict[str, Part]:
            stamped = {
                name: self._stamped(partial(Part, html=html), names, begun, until)
                for name, (html, names) in new.items()
            }
            return {name: replace(part, all_stamp=begun) for name, part in old.items()} | stamped

        self._keep(key, made, begun)

    def _keep(self, key: str, make: Callable[[], Any], begun: Any) -> bool:
        kept = False
        with self._asking() as asking:
            if asking and begun is not None:
                made = make()
                if self.stamps.read([ALL]) == [begun]:  # after the others: see Stamps.renew
                    self.cache.set(key, made, KEPT)
                    kept = True
        return kept

    def _stamped(self, make: Callable[..., Stamped], names: Iterable[str], begun: Any, until: float) -> Stamped:
        names = tuple(sorted(names))
        stamps = tuple(self.stamps.read(names))
        return make(names=names, stamps=stamps, all_stamp=begun, until=min(until, time.time() + KEPT))

    def claim(self, key: str) -> bool:
        """Whether this one is to render; another does where not."""
        with self._asking() as asking:
            return not asking or self.cache.add(_lock(key), 1, RENDERING)
        return True

    def release(self, key: str) -> None:
        with self._asking() as asking:
            if asking:
                self.cache.delete(_lock(key))

    def wait(self, key: str) -> Entry | None:
        """What another one renders; None where that takes too long, or cannot be kept."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            time.sleep(PAUSE)
            held = self._is_held(key)
            if (entry := self.find(key)) or not held:
                return entry
        return None

    def _is_held(self, key: str) -> bool:
        with self._asking() as asking:
            return asking and self.cache.has_key(_lock(key))  # noqa: W601 - not a dict
        return False

    def drop(self, names: Iterable[str]) -> bool:
        """Nothing that shows any of these is answered from here on, or where it returns False, as soon as the cache
        is back."""
        names, done = sorted(set(names)), False
        with self._asking() as asking:
            if asking:
                self.stamps.renew(names)
                done = True
        if not done:
            with self.lock:
                self.owed |= set(names)
        return done

    @contextmanager
    def _asking(self) -> Iterator[bool]:
        """Whether the cache can be asked; it is told what it is owed first. A failure is logged once and passes."""
        if time.monotonic() < self.away_until or not self._pays():
            yield False
            return
        try:
            yield True
            self._found_again()
        except FAILURES as error:
            self._lost(error)

    def _pays(self) -> bool:
        """Whether the cache took all that it is owed."""
        if not self.owed:
            return True
        try:
            with self.lock:
                self.stamps.renew(sorted(self.owed))
                self.owed.clear()
        except FAILURES as error:
            self._lost(error)
        return not self.owed

    def _lost(self, error: Exception) -> None:
        if not self.away_until:
            logger.warning("The page cache is away: pages are rendered for everybody", exc_info=error)
        self.away_until = time.monotonic() + AWAY

    def _found_again(self) -> None:
        if self.away_until:
            self.away_until = 0.0
            logger.warning("The page cache is back")


def _lock(key: str) -> str:
    return f"{key}.lock"


def cache_alias() -> str:
    return ALIAS if ALIAS in settings.CACHES else "default"


def is_shared(cache: BaseCache) -> bool:
    """Whether other processes see it: what they change could not be dropped from it otherwise."""
    return not isinstance(cache, LocMemCache | DummyCache)


@once
def get_shelf() -> Shelf | None:
    """The shelf of this process; None where the site has no cache that its processes share."""
    alias = cache_alias()
    return Shelf(alias) if is_shared(caches[alias]) else None


def drop(*names: str) -> None:
    """Drop all that shows any of these, once the transaction at hand is through."""
    if names and (shelf := get_shelf()):
        transaction.on_commit(partial(shelf.drop, names))
        schedule_purge(names)  # after the drop, since both wait for the commit


def _forget(setting: str, **kwargs: Any) -> None:
    if setting == "CACHES":
        get_shelf.cache_clear()


setting_changed.connect(_forget, dispatch_uid="weekly.caching.shelf")
