"""Where a report's words stand in the text of today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from weekly.models import Report


@dataclass(frozen=True)
class Located:
    """`passage` as it stands, None where its block is gone; `span` is the quote's start and end (exclusive) in it.

    `span` is None where nothing was quoted, or the quoted words stand there no longer. `has_changed` says whether the
    passage is another than the one that was read.
    """

    passage: str | None
    span: tuple[int, int] | None = None
    has_changed: bool = False

    @property
    def is_gone(self) -> bool:
        return self.passage is None


def located(report: Report, page: Any) -> Located:
    """Where a report's quote stands in this version of its page."""
    raise NotImplementedError
