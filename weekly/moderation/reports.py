"""Reports decided: taken, answered, declined, or known as spam. Who comes second is told, and nothing is overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page

from weekly.models import Report
from weekly.models.voices import ReportQuerySet
from weekly.moderation.deciding import Outcome, Tally


@dataclass(frozen=True)
class Group:
    """The reports of one passage: how many, the newest one's time and key, and the place in words."""

    page: Page
    place: str
    label: str
    count: int
    newest: datetime
    last: int


def groups(reports: ReportQuerySet | None = None, *, newest_first: bool = False) -> QuerySet:
    """Reports (else all open ones) by passage, as rows of page, place, count, newest and last (the highest key).

    The most reported first, else the newest. Made to be cut into pages; `shown` makes Groups of what is on one.
    """
    raise NotImplementedError


def shown(rows: Iterable[dict[str, Any]]) -> list[Group]:
    """Rows of `groups` with their pages as readers see them; the number of queries does not grow with the rows."""
    raise NotImplementedError


def thanks_for(reports: Iterable[Report]) -> str:
    """The names of those who wish to be thanked, each once, as a list in the active language."""
    raise NotImplementedError


def take(
    report: Report,
    user: Any,
    *,
    text: str,
    reason: str,
    thanks: str,
    is_typo: bool,
    also: Sequence[int] = (),
    override: str = "",
    seen: str | None = None,
) -> Outcome:
    """Publish `text` as the report's passage, write the Correction, and decide the report and those in `also` by it.

    `text` is the whole passage. `seen` is the whole passage that the editor had before them, None for the one that
    the report holds: where another one stands by now, nothing is written. `also` are keys of reports of the same
    passage. `override` is the editor's reason to publish in spite of errors. `thanks` is a name, or empty.
    """
    raise NotImplementedError


def answer(reports: Iterable[Report], user: Any, reply: str) -> Tally:
    """Answer reports without a change; the reply goes to those who left an address."""
    raise NotImplementedError


def decline(reports: Iterable[Report], user: Any, reason: str) -> Tally:
    """Decline reports; the reason goes to those who left an address."""
    raise NotImplementedError


def mark_spam(ids: Iterable[int], user: Any) -> Tally:
    """Know reports as spam; nobody gets a letter."""
    raise NotImplementedError
