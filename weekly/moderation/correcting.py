"""How a correction reaches the readers: the live text corrected and published, and no draft lost.

Everything is read anew under a lock. Where anything stands in the way nothing is written at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wagtail.models import Page, Revision

from papers.errors import Notice


@dataclass(frozen=True)
class Corrected:
    """A passage before and after, the revision that was published, and what is to be told of the newest draft."""

    page: Page
    before: str
    after: str
    revision: Revision
    label: str
    note: Notice | None = None


def correct(page_id: int, place: str, user: Any, *, seen: str, text: str, override: str = "") -> Corrected:
    """Put `text` where `seen` stands in the live page and publish it; call it inside a transaction.

    Raises Refused where something stands in the way, and NotReady where the page cannot be published so.
    """
    raise NotImplementedError
