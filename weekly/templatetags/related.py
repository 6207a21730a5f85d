"""What stands about a paper, for its page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from papers.models import PaperPage
from papers.showing import Later
from weekly.reading_time import minutes_of
from weekly.related import Around, around

register = template.Library()


@register.simple_tag(takes_context=True)
def papers_around(context: Mapping[str, Any], paper: PaperPage) -> Later[Around]:
    """The papers before and after, and related ones; three queries, beside those of the page's `tags` and `weeks`."""
    tags, weeks = context["tags"], context["weeks"]
    return Later(lambda: around(paper, tags(), weeks()))


@register.filter
def reading_minutes(page: Any) -> int:
    """Whole minutes that a reader of a paper's or a week's page takes for its text."""
    return minutes_of(page)
