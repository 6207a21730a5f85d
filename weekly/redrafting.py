"""Draft a week's theme or overview anew, as an editor asks while they have the week open.

As with a paper's texts, what comes of it is kept as a suggestion and never written into the page.
"""

from __future__ import annotations

from typing import Any

from papers import ledger
from papers.actions import begin, context_for, drafter_for
from papers.errors import InvalidReply, Notice
from papers.ledger import Outcome
from papers.models import DraftRun
from papers.redrafting import keep, wish_of
from weekly.actions import fingerprint, newest_draft, week_input
from weekly.models import WeekPage


def redraft(run_id: int) -> DraftRun | None:
    """Work on a redraft, if it is free to claim."""
    return ledger.work(run_id, _draft, _apply)


def _draft(run: DraftRun) -> tuple[str, dict[str, Any]]:
    week = newest_draft(WeekPage.objects.get(pk=run.page_id))
    drafter, name = drafter_for(run), run.request["place"]
    begin(run, drafter, {})
    items = week_input(week)
    result = drafter.redraft_overview(items, context_for(week.locale.language_code), name, wish_of(run))
    if result.problems:
        raise InvalidReply(reason=Notice(result.problems[name]))
    if name == "theme":
        return result.theme, {}
    return result.overview, {"entries": list(result.entries), "drawn_from": fingerprint(items)}


def _apply(run: DraftRun, drafted: tuple[str, dict[str, Any]]) -> Outcome:
    text, facts = drafted
    return keep(run, (text, None), **facts)
