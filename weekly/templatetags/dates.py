"""Spans of days in the reader's language."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.utils.formats import date_format, get_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()


KEPT = 2_000  # spans: a week's is shown again and again


@register.simple_tag
def span_of(start: date, end: date) -> SafeString:
    """Both days as words in the reader's language."""
    return _span(start, end, get_language())


@lru_cache(KEPT)
def _span(start: date, end: date, language: str | None) -> SafeString:
    first, last = words_of(start, end)
    told = '<time datetime="{}">{}</time> – <time datetime="{}">{}</time>'
    return format_html(told, start.isoformat(), first, end.isoformat(), last)


@register.filter
def with_days(title: str, week: Any) -> SafeString:
    """A week's title; the days that stand in it, as in those that `week_title` gives, are marked and so not broken."""
    told = escape(title)
    for day in {week.start, week.end}:
        words = escape(date_format(day))
        told = told.replace(words, format_html('<time datetime="{}">{}</time>', day.isoformat(), words), 1)
    return mark_safe(told)  # noqa: S308 - both are escaped


def words_of(start: date, end: date) -> tuple[str, str]:
    """A year that both share is said once, on the side where the language puts it."""
    if start.year != end.year:
        return date_format(start), date_format(end)
    if get_format("DATE_FORMAT").startswith("Y"):
        return date_format(start), date_format(end, "MONTH_DAY_FORMAT")
    return date_format(start, _without_year(get_format("DATE_FORMAT"))), date_format(end)


def _without_year(form: str) -> str:
    """The first day spelt as the last one: in English MONTH_DAY_FORMAT has the whole month and DATE_FORMAT a short one.
    Where words stand about the year, MONTH_DAY_FORMAT knows best."""
    found = re.fullmatch(r"([\w. ]+?),? Y", form)
    return found[1] if found else "MONTH_DAY_FORMAT"
