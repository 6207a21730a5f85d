"""Publish a week and its chosen papers, through the same gate as in the admin."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from papers.management.base import DigestCommand, iso_date
from weekly.actions import Gap, gaps_of, publish_week
from weekly.homes import week_starting


class Command(DigestCommand):
    help = "Publish a week and its chosen papers, all or none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("week", type=iso_date, help="the week's first day, YYYY-MM-DD")
        parser.add_argument("--language", help="the week's language (default: the site's)")

    def work(self, *, week: date, language: str | None, **options: Any) -> int:
        page = week_starting(week, language)
        gaps = gaps_of(page)
        published = [] if gaps else publish_week(page)
        answer = {
            "published": [{"title": done.title, "url": done.get_url()} for done in published],
            "missing": [gap_json(gap) for gap in gaps],
        }
        self.answer(answer, lambda: self._print(answer))
        return 1 if gaps else 0

    def _print(self, answer: dict[str, Any]) -> None:
        for done in answer["published"]:
            self.stdout.write(f"published {done['url']}  {done['title']}")
        for gap in answer["missing"]:
            self.stdout.write(f"missing   {gap['title']}: {gap['message']}")
        if answer["missing"]:
            self.stdout.write("Nothing was published.")


def gap_json(gap: Gap) -> dict[str, Any]:
    return {"page": gap.page.pk, "title": gap.page.title, "field": gap.path, "message": gap.message}
