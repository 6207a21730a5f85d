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
    return {"template": notice.template, "params": {key: _kept(value) for key, value in notice.params.items()}}


def _kept(value: object) -> Any:
    """A parameter that is a notice itself, such as a reason, is kept as one and translated with the rest."""
    if isinstance(value, Notice):
        return notice_json(value)
    return value if isinstance(value, int | float) else str(value)


def stored_notice(kept: Mapping[str, Any]) -> Notice | None:
    if not kept:
        return None
    params = {key: stored_notice(value) if isinstance(value, dict) else value for key, value in kept["params"].items()}
    return Notice(kept["template"], params)


def translated(notice: Notice | None) -> str:
    """The notice in the active language; empty for none."""
    if notice is None:
        return ""
    params = {key: translated(value) if isinstance(value, Notice) else value for key, value in notice.params.items()}
    return gettext(notice.template) % params


def notice_text(kept: Mapping[str, Any]) -> str:
    """A kept notice in the active language."""
    return translated(stored_notice(kept))
