"""Where a report's words stand in the text of today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from papers.blocks import with_plain_newlines
from papers.places import read_place
from weekly.hearing.screening import is_hidden
from weekly.models import Report


@dataclass(frozen=True)
class Located:
    """`passage` as it stands, None where its block is gone; `span` is the quote's start and end (exclusive) in it.

    `span` is None where nothing was quoted, or the quoted words stand there no longer. `has_changed` says whether the
    passage is another than the one that was read. A report of the page as a whole has an empty passage.
    """

    passage: str | None
    span: tuple[int, int] | None = None
    has_changed: bool = False

    @property
    def is_gone(self) -> bool:
        return self.passage is None


def located(report: Report, page: Any) -> Located:
    """Where a report's quote stands in this version of its page."""
    if not report.place:
        return Located("", has_changed=page.live_revision_id != report.revision)
    passage = read_place(page, report.place)
    if passage is None:
        return Located(None, has_changed=True)
    has_changed = with_plain_newlines(passage) != with_plain_newlines(report.passage)
    return Located(passage, _span(report.quote, passage), has_changed)


def _span(quote: str, passage: str) -> tuple[int, int] | None:
    """Where the words stand first. Browsers give a selection's line breaks and spaces as they like, and a quote is
    kept without signs that nobody sees."""
    wanted = "".join(quote.split())
    written = [offset for offset, char in enumerate(passage) if not (char.isspace() or is_hidden(char))]
    at = "".join(passage[offset] for offset in written).find(wanted)
    return (written[at], written[at + len(wanted) - 1] + 1) if wanted and at >= 0 else None
