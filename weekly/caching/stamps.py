"""A stamp for everything that answers show: drawn anew when it changes, so that what was kept before is known as old.

Stamps are random, so that nobody has to count: two processes that renew one at the same time need not agree.
"""

from __future__ import annotations

import mmap
import os
import secrets
import tempfile
import weakref
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

from django.core.cache.backends.base import BaseCache

ALL = "all"  # renewed whenever any other is
WIDTH, PLACES = 8, 1 << 20  # of stamps in a file: bytes, and how many
KEPT = 7 * 24 * 3600  # seconds; one that was lost is drawn anew, and what has it on record is dropped


class Stamps(Protocol):
    def look(self, key: str) -> tuple[Any, Any]:
        """What the cache has under a key, and the stamp of all."""

    def read(self, names: Iterable[str]) -> list[Any]:
        """The stamps of these names, in their order."""

    def renew(self, names: Sequence[str]) -> None:
        """Draw these anew, and that of all before and after.

        Before: who reads a new stamp of one name then finds that of all changed. After: who reads that of all in
        between and an old stamp of one name finds it changed again.
        """


class CacheStamps:
    """Stamps in the cache itself, whichever it is; one trip to it for an entry and the stamp of all."""

    def __init__(self, cache: BaseCache) -> None:
        self.cache = cache

    def look(self, key: str) -> tuple[Any, Any]:
        found = self.cache.get_many([key, _stamp_key(ALL)])
        return found.get(key), found.get(_stamp_key(ALL))

    def read(self, names: Iterable[str]) -> list[Any]:
        keys = [_stamp_key(name) for name in names]
        found = self.cache.get_many(keys)
        missing = [key for key in dict.fromkeys(keys) if key not in found]
        for key in missing:
            self.cache.add(key, secrets.token_hex(8), KEPT)
        if missing:  # another process may have been first
            found |= self.cache.get_many(missing)
        return [found.get(key) or secrets.token_hex(8) for key in keys]

    def renew(self, names: Sequence[str]) -> None:
        drawn = {_stamp_key(name): secrets.token_hex(8) for name in names}
        self.cache.set(_stamp_key(ALL), secrets.token_hex(8), KEPT)
        self.cache.set_many(drawn, KEPT)
        self.cache.set(_stamp_key(ALL), secrets.token_hex(8), KEPT)


def _stamp_key(name: str) -> str:
    return f"stamp.{_hash(name).hex()}"


def _hash(name: str) -> bytes:
    return blake2b(name.encode(), digest_size=16).digest()


class FileStamps:
    """Stamps in one file that the processes of one machine have in their memory together; no file is read for one.

    A name's place comes from its hash. Of two names with the same place each is dropped with the other, which costs a
    rendering; with a million places that hardly happens.
    """

    def __init__(self, cache: BaseCache, table: Table) -> None:
        self.cache, self.table = cache, table

    def look(self, key: str) -> tuple[Any, Any]:
        (stamp,) = self.read([ALL])  # before the entry, which may be written with a newer one
        return self.cache.get(key), stamp

    def read(self, names: Iterable[str]) -> list[bytes]:
        table = self.table.now()
        return [table[place : place + WIDTH] for place in map(_place, names)]

    def renew(self, names: Sequence[str]) -> None:
        table = self.table.now()
        for place in (_place(ALL), *map(_place, names), _place(ALL)):
            table[place : place + WIDTH] = secrets.token_bytes(WIDTH)

    def renew_all(self) -> None:
        self.table.now()[:] = os.urandom(PLACES * WIDTH)


def _place(name: str) -> int:
    return int.from_bytes(_hash(name)[:4]) % PLACES * WIDTH


class Table:
    """The file of stamps, in memory."""

    def __init__(self, path: Path) -> None:
        self.path, self.lock = path, Lock()
        self._open()

    def now(self) -> mmap.mmap:
        """The table; where somebody deleted its file, the one that stands there now."""
        if not os.fstat(self.handle).st_nlink:
            with self.lock:
                if not os.fstat(self.handle).st_nlink:
                    self._open()
        return self.table

    def _open(self) -> None:
        if not self.path.exists():
            self._make()
        self.handle = os.open(self.path, os.O_RDWR)
        weakref.finalize(self, os.close, self.handle)  # no sooner: another thread may hold that of a deleted file
        self.table = mmap.mmap(self.handle, PLACES * WIDTH)

    def _make(self) -> None:
        """A table in which every stamp is drawn already, so that nothing from before it counts as unchanged."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=self.path.parent) as draft:
            draft.write(os.urandom(PLACES * WIDTH))
            draft.flush()
            try:
                os.link(draft.name, self.path)
            except FileExistsError:
                return  # another process was first


@cache
def table_at(path: Path) -> Table:
    """One for each file, however many threads there are."""
    return Table(path)
