"""Draft a week, and wait for it if told so."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from papers import ledger
from papers.management.base import DigestCommand, Result, iso_date
from papers.messages import notice_text
from papers.models import DraftRun, Status
from papers.models.runs import PARTS
from weekly.actions import request_week
from weekly.homes import week_starting
from weekly.waiting import wait_with_bar

ENDED_WELL = {Status.DONE, Status.PARKED}


class Command(DigestCommand):
    help = "Queue the drafts of a week's papers and of its overview."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("week", type=iso_date, help="the week's first day, YYYY-MM-DD")
        parser.add_argument("--only", choices=[*PARTS], help="one part instead of all")
        parser.add_argument("--wait", action="store_true", help="show a progress bar and end when all runs have ended")
        parser.add_argument("--language", help="the week's language (default: the site's)")

    def work(self, *, week: date, only: str | None, wait: bool, language: str | None, **options: Any) -> Result:
        page = week_starting(week, language)
        runs = request_week(page, (only,) if only else PARTS)
        if wait:
            wanted = {run.pk for run in runs}
            runs = [run for run in wait_with_bar(page.run_group) if run.pk in wanted]
        data = {"runs": [run_json(run) for run in runs], "totals": ledger.summary(runs)}
        complete = not wait or all(run.status in ENDED_WELL for run in runs)
        return Result(data, runs_text(runs), complete)


def runs_text(runs: list[DraftRun]) -> str:
    """The runs and their totals as lines for a terminal."""
    lines = []
    for run in runs:
        reason = notice_text(run.error) or notice_text(run.note)
        lines.append(f"{run.status:8} {run.scope:9} {run.page.title[:60]}{': ' + reason if reason else ''}")
    totals = ledger.summary(runs)
    tokens = f"{totals['prompt_tokens']} + {totals['completion_tokens']} tokens"
    return "\n".join(
        [*lines, f"{len(runs)} runs, {totals['calls']} calls, {tokens}, {totals['seconds']:.1f} s of work"]
    )


def run_json(run: DraftRun) -> dict[str, Any]:
    """A run as scripts see it. `paper` is the arXiv id where there is one, else the page's slug."""
    page = run.page.specific
    names = ("scope", "status", "attempts", "prompt_tokens", "cached_tokens", "completion_tokens", "calls", "seconds")
    return {
        "paper": getattr(page, "arxiv_id", None) or page.slug,
        "title": page.title,
        **{name: getattr(run, name) for name in names},
        "error": notice_text(run.error),
        "note": notice_text(run.note),
        "cost": str(run.cost) if run.cost is not None else None,
        "backend": run.backend,
        "model": run.model,
    }
