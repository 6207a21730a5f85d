"""A cache in files for the processes of one machine, for sites without a cache server.

Django's own looks through the whole folder for each entry that it writes, and its `add` lets two writers win at once.
"""

from __future__ import annotations

import os
import pickle
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache

from weekly.caching.stamps import FileStamps, table_at

FOLDERS = 256
LOOKED_THROUGH = 1 / 8  # of the writes into a folder
_MISSING = object()


class FileCache(FileBasedCache):
    """Entries in 256 folders, each kept small by itself: what is too old goes first, then what was written first.

    LOCATION must be a folder of the service's own on a local disk: entries are pickles, as Django's are.
    """

    def __init__(self, folder: str, params: dict[str, Any]) -> None:
        params = {**params, "OPTIONS": {"MAX_ENTRIES": 10_000, **params.get("OPTIONS", {})}}
        super().__init__(folder, params)
        self.stamps = FileStamps(self, table_at(Path(self._dir) / "stamps"))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        try:
            with Path(self._key_to_file(key, version)).open("rb") as file:
                return default if self._is_expired(file) else pickle.load(file)  # noqa: S301 - our own folder
        except FileNotFoundError:
            return default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """The old entry goes first: what takes another file's place, file systems bring to the disk at once, and the
        asker waits. One that is written meanwhile is as good."""
        self._make_folder(key, version)
        self._cull()
        name = self._key_to_file(key, version)
        with self._draft(value, timeout) as draft, suppress(FileExistsError):
            Path(name).unlink(missing_ok=True)
            os.link(draft, name)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Of several writers one wins, and nobody reads what is half written."""
        if self.has_key(key, version):  # noqa: W601 - one that is too old is deleted by this
            return False
        self._make_folder(key, version)
        with self._draft(value, timeout) as draft:
            try:
                os.link(draft, self._key_to_file(key, version))
            except FileExistsError:
                return False
        return True

    @contextmanager
    def _draft(self, value: Any, timeout: Any) -> Iterator[str]:
        """An entry under a name of its own for a while."""
        with tempfile.NamedTemporaryFile(dir=self._dir) as file:
            self._write_content(file, timeout, value)
            file.flush()
            yield file.name

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        value = self.get(key, _MISSING, version)
        if value is not _MISSING:
            self.set(key, value, timeout, version)
        return value is not _MISSING

    def clear(self) -> None:
        """Stamps are drawn anew as well: processes remember some things under them."""
        super().clear()
        self.stamps.renew_all()

    def _write_content(self, file: IO[bytes], timeout: Any, value: Any) -> None:
        """Not compressed, so that reading is quick; pages bring a compressed copy of their own."""
        file.write(pickle.dumps(self.get_backend_timeout(timeout), self.pickle_protocol))
        file.write(pickle.dumps(value, self.pickle_protocol))

    def _key_to_file(self, key: str, version: int | None = None) -> str:
        name = super()._key_to_file(key, version)[len(self._dir) + 1 :]
        return f"{self._dir}/{name[:2]}/{name}"

    def _make_folder(self, key: str, version: int | None) -> None:
        Path(self._key_to_file(key, version)).parent.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _list_cache_files(self) -> list[str]:
        return [str(path) for path in Path(self._dir).glob(f"*/*{self.cache_suffix}")]

    def _cull(self) -> None:
        """Now and then one folder is looked through, and not all for each entry."""
        if random.random() < LOOKED_THROUGH:  # noqa: S311 - no secret
            self.tidy(Path(self._dir) / f"{random.randrange(FOLDERS):02x}")  # noqa: S311

    def tidy(self, folder: Path) -> None:
        """Delete what is too old, and what was written first where the folder holds more than its share."""
        names = sorted(folder.glob(f"*{self.cache_suffix}"), key=_written_at)
        kept = [name for name in names if not self._is_old(name)]
        for name in kept[: max(0, len(kept) - self._max_entries // FOLDERS)]:
            self._delete(str(name))

    def _is_old(self, name: Path) -> bool:
        try:
            with name.open("rb") as file:
                return self._is_expired(file)  # deletes it
        except FileNotFoundError:
            return True


def _written_at(name: Path) -> float:
    try:
        return name.stat().st_mtime
    except FileNotFoundError:
        return time.time()
