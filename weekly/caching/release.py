"""What was deployed: pages that another release made are not answered by this one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

import django
import wagtail
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template import engines
from django.template.backends.django import DjangoTemplates

# Settings that pages show; who changes another one clears the cache.
SETTINGS = ("DIGEST", "LANGUAGES", "LANGUAGE_CODE", "TIME_ZONE", "STATIC_URL", "MEDIA_URL", "FORCE_SCRIPT_NAME")
CODE = ("papers", "weekly")


@cache
def release() -> str:
    """A hash of templates, code, texts, names of static files and settings; the same on all machines of a release."""
    made = blake2b(digest_size=12)
    made.update(f"{django.VERSION} {wagtail.VERSION} {getattr(staticfiles_storage, 'manifest_hash', '')}".encode())
    for name in SETTINGS:
        made.update(repr(getattr(settings, name, None)).encode())
    for path in sorted(_files()):
        made.update(path.read_bytes())
    return made.hexdigest()


def _files() -> Iterator[Path]:
    for app in CODE:
        folder = Path(apps.get_app_config(app).path)
        yield from folder.rglob("*.py")
        yield from folder.rglob("*.mo")
    for engine in engines.all():
        if isinstance(engine, DjangoTemplates):
            for directory in engine.template_dirs:
                yield from (path for path in Path(directory).rglob("*") if path.is_file())
