"""The papers' files and pictures of their pages, kept for editors only: in a storage that no address leads to.

A host names it `digest` in STORAGES. Where there is none, nothing is kept, and a file that is needed is
fetched anew.
"""

from __future__ import annotations

import hashlib
import logging

from django.core.files.base import ContentFile
from django.core.files.storage import InvalidStorageError, Storage, storages

logger = logging.getLogger(__name__)

ALIAS = "digest"


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


def _file_name(key: str) -> str:
    return f"{_hash(key)}/paper.pdf"


def _picture_name(key: str, number: int, quote: str) -> str:
    return f"{_hash(key)}/{number}-{_hash(quote)[:16]}.webp"


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
