"""Tells at start where this machine cannot draw the pictures that go with shared links."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Warning  # noqa: A004 - Django's own name
from wagtail.coreutils import get_content_languages

from papers.errors import SettingsError
from weekly.sharing.addresses import face_for


def check_fonts(**kwargs: Any) -> list[CheckMessage]:
    """A language without a font has pages without pictures; all else works, so it is a warning."""
    try:
        without = [code for code in get_content_languages() if face_for(code) is None]
    except SettingsError as error:
        return [
            Warning(str(error), hint="Correct or remove it; the system's fonts are searched then.", id="weekly.W011")
        ]
    if not without:
        return []
    told = f"No font was found for pictures of shared links in: {', '.join(without)}. Their pages have none."
    hint = "Install one, such as Debian's fonts-noto-cjk, or name a file in DIGEST['SHARE_FONT']."
    return [Warning(told, hint=hint, id="weekly.W010")]
