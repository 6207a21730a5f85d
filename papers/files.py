"""The papers' files and pictures of their pages, kept for editors only: in a storage that no address leads to.

A host names it `digest` in STORAGES. Where there is none, nothing is kept, and a file that is needed is
fetched anew.
"""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import InvalidStorageError, Storage, storages
from django.utils import timezone

logger = logging.getLogger(__name__)

ALIAS = "digest"
PICTURE = ".webp"
KEEP_PICTURES = timedelta(days=30)


def keep_file(key: str, data: bytes) -> None:
    """Keep a paper's PDF under its source key, in place of one that was kept before."""
    _write(_file_name(key), data)


def kept_file(key: str) -> bytes | None:
    """The PDF of a source, or None where it was not kept."""
    return _read(_file_name(key))


def keep_picture(key: str, number: int, quote: str, data: bytes) -> None:
    """Keep the picture of a page with this quote marked; an empty quote for an unmarked page."""
    _write(_picture_name(key, number, quote), data)


def kept_picture(key: str, number: int, quote: str) -> bytes | None:
    return _read(_picture_name(key, number, quote))


def drop_old_pictures() -> int:
    """Delete pictures that were painted more than KEEP_PICTURES ago, and return how many; PDFs are kept.

    A picture that is asked for again is painted anew. A storage that cannot list its files keeps them all.
    """
    if (storage := _storage()) is None:
        return 0
    oldest, dropped = timezone.now() - KEEP_PICTURES, 0
    try:
        for folder in storage.listdir("")[0]:
            for name in storage.listdir(folder)[1]:
                dropped += name.endswith(PICTURE) and _dropped(storage, f"{folder}/{name}", oldest)
    except FileNotFoundError:  # nothing was ever kept
        return dropped
    except (OSError, NotImplementedError):
        logger.warning("Old pictures could not be listed", exc_info=True)
    return dropped


def _dropped(storage: Storage, name: str, oldest: datetime) -> bool:
    try:
        if storage.get_modified_time(name) >= oldest:
            return False
        storage.delete(name)
    except OSError:  # painted anew just now, or not ours to delete: the next night sees to it
        return False
    return True


def _file_name(key: str) -> str:
    return f"{_hash(key)}/paper.pdf"


def _picture_name(key: str, number: int, quote: str) -> str:
    return f"{_hash(key)}/{number}-{_hash(quote)[:16]}{PICTURE}"


def _hash(text: str) -> str:
    """Keys are ids with slashes, or whole addresses: no names for files."""
    return hashlib.sha256(text.encode()).hexdigest()


def _storage() -> Storage | None:
    try:
        return storages[ALIAS]
    except InvalidStorageError:
        return None


def _write(name: str, data: bytes) -> None:
    """A full disk must not stop the reading of a paper: what was not kept is fetched anew."""
    if (storage := _storage()) is None:
        return
    try:
        storage.delete(name)
        storage.save(name, ContentFile(data))
    except OSError:
        logger.warning("A file could not be kept", extra={"name_kept": name}, exc_info=True)


def _read(name: str) -> bytes | None:
    if (storage := _storage()) is None:
        return None
    try:
        with storage.open(name) as file:
            return file.read()
    except OSError:
        return None
