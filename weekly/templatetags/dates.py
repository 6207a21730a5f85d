"""Spans of days in the reader's language."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.formats import date_format, get_format

register = template.Library()


@register.simple_tag
def span_of(start: date, end: date) -> tuple[str, str]:
    """Both days as words; a year that they share is said once, on the side where the language puts it."""
    if start.year != end.year:
        return date_format(start), date_format(end)
    if get_format("DATE_FORMAT").startswith("Y"):
        return date_format(start), date_format(end, "MONTH_DAY_FORMAT")
    return date_format(start, "MONTH_DAY_FORMAT"), date_format(end)
