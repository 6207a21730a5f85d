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


@register.simple_tag(takes_context=True)
def reading_minutes(context: Mapping[str, Any], page: Any) -> int:
    """Whole minutes that a reader of a week's page takes for its text, or of a paper's with its `questions`."""
    questions = context.get("questions")
    return minutes_of(page, questions() if questions else ())
