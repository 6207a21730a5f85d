"""A file between the steps of an import: kept beside the sessions, so that any process finds it and it expires."""

from __future__ import annotations

import base64
from importlib import import_module
from typing import Any

from django.conf import settings

KEEP = 3600  # seconds


def _store(key: str | None = None) -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore(key)


def keep(data: bytes, user: Any, **facts: str) -> str:
    """Keep a file for its user; returns the key by which the next step finds it."""
    store = _store()
    store.update({"upload": base64.b64encode(data).decode(), "by": user.pk, **facts})
    store.set_expiry(KEEP)
    store.save(must_create=True)
    return store.session_key


def fetch(key: str, user: Any) -> tuple[bytes, dict[str, str]] | None:
    """The file and its facts; None where it has expired, or is another user's."""
    kept = _store(key).load() if key else {}
    if "upload" not in kept or kept.get("by") != user.pk:
        return None
    return base64.b64decode(kept["upload"]), kept


def drop(key: str) -> None:
    _store(key).delete()
