"""What stands about a paper, for its page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template

from papers.models import PaperPage, PaperTag
from weekly.models import WeekPage
from weekly.reading_time import minutes_of
from weekly.related import Around, around

register = template.Library()


@register.simple_tag
def papers_around(paper: PaperPage, tags: Iterable[PaperTag], weeks: Iterable[WeekPage]) -> Around:
    """The papers before and after, and related ones; three queries. `tags` and `weeks` as the page has them already."""
    return around(paper, tags, weeks)


@register.filter
def reading_minutes(page: Any) -> int:
    """Whole minutes that a reader of a paper's or a week's page takes for its text."""
    return minutes_of(page)
