"""What the review desk's scripts know of a page when it is opened, and after each save."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from papers.admin.changes import changes_part
from papers.admin.evidence import evidence_part
from papers.admin.findings import findings_part
from papers.admin.redraft import redraft_part
from papers.admin.texts import texts_part

Part = Callable[[Any], dict[str, Any]]


def page_part(page: Any) -> dict[str, Any]:
    """Which fields are drafted, what they are called, their states, and where to ask for all this again."""
    return {
        "page": page.pk,
        "fields": list(page.drafted),
        "labels": {name: page.place_name(name) for name in page.drafted},
        "states": {name: state.value for name, state in page.states().items()},
        "urls": {"desk": reverse("papers_admin:desk", args=[page.pk])},
    }


# Each takes the newest draft and gives keys of the data; keys that hold a dict (urls, texts) are put together.
PARTS: tuple[Part, ...] = (page_part, findings_part, texts_part, evidence_part, redraft_part, changes_part)


def desk_data(page: Any) -> dict[str, Any]:
    """All parts together, ready for JSON."""
    data: dict[str, Any] = {}
    for part in PARTS:
        for key, value in part(page).items():
            data[key] = {**data[key], **value} if isinstance(data.get(key), dict) else value
    return data
