"""Notices of the core on their way to people: kept as template and parameters, shown in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from papers.errors import Notice


def notice_json(notice: Notice | None) -> dict[str, Any]:
    """What a JSONField keeps of a notice; empty for none."""
    if notice is None:
        return {}
    params = {key: value if isinstance(value, int | float) else str(value) for key, value in notice.params.items()}
    return {"template": notice.template, "params": params}


def stored_notice(kept: Mapping[str, Any]) -> Notice | None:
    return Notice(kept["template"], kept["params"]) if kept else None


def translated(notice: Notice | None) -> str:
    """The notice in the active language; empty for none."""
    return gettext(notice.template) % notice.params if notice else ""


def notice_text(kept: Mapping[str, Any]) -> str:
    """A kept notice in the active language."""
    return translated(stored_notice(kept))
