"""Rows of lists, written by hand: a list has dozens, and a template takes most of its time for them.

A host that wants other rows writes them in its own template of the list, from the same values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.utils.formats import get_format, localize
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from papers.formulas import beginning
from papers.maths import escape, with_maths
from papers.models.listed import ListedPaper
from papers.templatetags.prose import titles
from weekly.addresses import is_web
from weekly.models import WeekPage
from weekly.models.listed import ListedWeek
from weekly.reversing import paths_to
from weekly.search.documents import FoundPaper
from weekly.tags import CountedTag
from weekly.templatetags.dates import span_of
from weekly.templatetags.remembered import DATES, current_app, date_in_words

register = template.Library()
SUMMARY, THEME = 180, 120  # characters
_PAPER = """
  <li>
    <h2>{}</h2>
    <p class="meta">{}
      {}</p>
    <p>{}</p>
  </li>
"""
_WEEK = """
  <li>
    <a href="{}">{}</a>
    {}
  </li>
"""
_CITATION = """
    <li{}>{}
      {}
      {}</li>
"""
_QUOTE = (
    '<details data-original><summary>{}{}</summary><blockquote class="original" lang="{}">{}</blockquote></details>'
)
_TAG = '<li><a href="{}">{} <span class="number">{}</span></a></li>'


@register.simple_tag
def paper_rows(papers: Iterable[tuple[ListedPaper, str | None]]) -> SafeString:
    """Papers, each with its address: title, day, and the beginning of the summary."""
    days = day_elements()
    return mark_safe("".join(_paper(paper, url, days) for paper, url in papers))


def _paper(paper: ListedPaper, url: str | None, days: Callable[[date], SafeString]) -> str:
    """Each value is HTML before it comes to its place."""
    return _PAPER.format(titles(paper, url), *day_and_number(paper, days), beginning_of(paper))


def day_and_number(paper: ListedPaper | FoundPaper, days: Callable[[date], SafeString]) -> tuple[str, str]:
    """When a paper was published, and its number at arXiv; empty where that is not known."""
    day = days(paper.published_on) if paper.published_on else ""
    return day, f'<span lang="en">arXiv:{escape(paper.arxiv_id)}</span>' if paper.arxiv_id else ""


def beginning_of(paper: ListedPaper | FoundPaper) -> SafeString:
    """The beginning of its summary."""
    return with_maths(beginning(paper.summary, SUMMARY), display=False)


@register.simple_tag
def week_rows(weeks: Iterable[tuple[WeekPage | ListedWeek, str | None]]) -> SafeString:
    """Weeks, each with its address: their days and themes."""
    return mark_safe("".join(_week(week, url) for week, url in weeks))


def _week(week: WeekPage | ListedWeek, url: str | None) -> str:
    words = with_maths(beginning(week.theme, THEME), display=False)
    theme = f'<span class="week-theme">{words}</span>' if week.theme else ""
    return _WEEK.format(escape(str(url)), span_of(week.start, week.end), theme)


def day_elements() -> Callable[[date], SafeString]:
    """Gives days as elements in the language at hand."""
    spelt, language = get_format("DATE_FORMAT"), get_language()
    return lambda day: _day_element(day, spelt, language)


@lru_cache(DATES)
def _day_element(day: date, spelt: str, language: str | None) -> SafeString:
    """`spelt` and `language` are those at hand."""
    words = date_in_words(day, "DATE_FORMAT")
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), words)


@register.simple_tag(takes_context=True)
def tag_rows(context: Mapping[str, Any], counts: Iterable[CountedTag]) -> SafeString:
    """Tags with the number of their papers."""
    path_of = paths_to("weekly:tag", current_app(context))
    said = localize if settings.USE_THOUSAND_SEPARATOR else str
    rows = ((path_of(count.tag.slug), count.tag.name, said(count.papers)) for count in counts)
    return mark_safe("".join(_TAG.format(*map(escape, row)) for row in rows))


@register.simple_tag
def citation_rows(citations: Iterable[Mapping[str, Any]], pdf_url: str, language: str) -> SafeString:
    """Where a paper says something: its pages, and its words in its own language."""
    pdf = escape(pdf_url) if is_web(pdf_url) else ""
    return mark_safe("".join(_citation(citation, pdf, escape(language)) for citation in citations))


def _citation(citation: Mapping[str, Any], pdf: str, language: str) -> str:
    number, is_found = citation["page"], citation["verified"]
    page = f"p.{number:d}" if number else ""
    if page:
        place = f'<a href="{pdf}#page={number:d}">{page}</a>' if pdf else f"<span>{page}</span>"
    else:
        place = f"<span>{escape(_('Abstract'))}</span>" if is_found else ""
    doubt = "" if is_found else f'<span class="remark">{escape(_("not found in the paper"))}</span>'
    return _CITATION.format("" if is_found else ' class="unverified"', place, doubt, _quote(citation, page, language))


def _quote(citation: Mapping[str, Any], page: str, language: str) -> str:
    words = with_maths(citation["quote"] or "", display=False)
    where = f'<span class="unseen"> {page}</span>' if page else ""
    return _QUOTE.format(escape(_("Quote")), where, language, words) if words else ""
