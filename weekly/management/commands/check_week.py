"""Check a week and its papers anew, and print what was found."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from papers.management.base import DigestCommand, Result, iso_date
from papers.models import Finding
from papers.models.findings import Severity
from papers.models.reviewed import path_of
from weekly.actions import check_week
from weekly.homes import week_starting

SEVERITIES = Severity.values  # the worst first


class Command(DigestCommand):
    help = "Check the newest drafts of a week and its papers, and keep what was found."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("week", type=iso_date, help="the week's first day, YYYY-MM-DD")
        parser.add_argument("--language", help="the week's language (default: the site's)")

    def work(self, *, week: date, language: str | None, **options: Any) -> Result:
        pages = [page for page, _found in check_week(week_starting(week, language))]
        titles = {page.pk: page.title for page in pages}
        found = sorted(Finding.objects.current().filter(page__in=titles), key=in_order(list(titles)))
        rows = [finding_json(finding, titles[finding.page_id]) for finding in found]
        return Result({"findings": rows}, rows_text(rows))


def in_order(pages: list[int]) -> Callable[[Finding], tuple[int, int, int]]:
    """The pages' own order, the worst first."""
    return lambda finding: (pages.index(finding.page_id), SEVERITIES.index(finding.severity), finding.pk)


def finding_json(finding: Finding, title: str) -> dict[str, Any]:
    """A finding as scripts see it. `page` is the page's key; `start` and `end` count code points of the text."""
    names = ("block", "field", "severity", "start", "end", "suggestion")
    return {
        "page": finding.page_id,
        "title": title,
        **{name: getattr(finding, name) for name in names},
        "check": finding.rule,
        "message": finding.text,
        "dismissed": finding.dismissed_at is not None,
    }


def rows_text(rows: Iterable[Mapping[str, Any]]) -> str:
    """The findings page by page as lines for a terminal, with their sum."""
    lines, standing = [], [row for row in rows if not row["dismissed"]]
    for title, found in groupby(standing, key=lambda row: row["title"]):
        lines.append(title)
        lines += [f"  {row['severity']:8} {row['check']:14} {_place(row)}: {row['message']}" for row in found]
    return "\n".join([*lines, _("%(count)d findings stand.") % {"count": len(standing)}])


def _place(row: Mapping[str, Any]) -> str:
    place = path_of(row["block"][:8], row["field"])
    return f"{place} {row['start']}–{row['end']}" if row["end"] else place
