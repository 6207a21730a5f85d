"""Publish a week and its chosen papers, through the same gate as in the admin."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from papers.management.base import DigestCommand, Result, iso_date
from weekly.actions import Gap, check_week, gaps_of, publish_week
from weekly.homes import week_starting


class Command(DigestCommand):
    help = "Publish a week and its chosen papers, all or none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("week", type=iso_date, help="the week's first day, YYYY-MM-DD")
        parser.add_argument("--language", help="the week's language (default: the site's)")
        parser.add_argument(
            "--override", metavar="REASON", type=str.strip, default="", help="publish despite errors and open approvals"
        )

    def work(self, *, week: date, language: str | None, override: str, **options: Any) -> Result:
        page = week_starting(week, language)
        check_week(page)
        gaps = gaps_of(page)
        missing = [gap for gap in gaps if not (override and gap.can_be_overridden)]
        published = [] if missing else publish_week(page, reason=override)
        answer = {
            "published": [{"title": done.title, "url": done.get_url()} for done in published],
            "missing": [gap_json(gap) for gap in missing],
            "overridden": [gap_json(gap) for gap in gaps if published],
        }
        return Result(answer, answer_text(answer), complete=not missing)


def answer_text(answer: dict[str, Any]) -> str:
    """What was published, or why nothing was, as lines for a terminal."""
    lines = [f"published {done['url']}  {done['title']}" for done in answer["published"]]
    lines += [f"overridden {gap['title']}: {gap['message']}" for gap in answer["overridden"]]
    lines += [f"missing   {gap['title']}: {gap['message']}" for gap in answer["missing"]]
    return "\n".join([*lines, "Nothing was published."] if answer["missing"] else lines)


def gap_json(gap: Gap) -> dict[str, Any]:
    return {"page": gap.page.pk, "title": gap.page.title, "field": gap.path, "message": gap.message}
