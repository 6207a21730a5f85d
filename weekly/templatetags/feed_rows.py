"""What feeds hold of papers by the hundred, written by hand as the rows of lists are: questions, and papers of weeks.

Formulas are written as characters: few programs that read feeds show any markup of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from papers import maths
from papers.maths import escape
from papers.models import PaperPage
from papers.plain_maths import plain
from papers.presenting import PlainQuestion
from weekly.addresses import is_web
from weekly.models import WeekEntry

register = template.Library()


@register.simple_tag
def question_rows(questions: Iterable[tuple[str, PlainQuestion]], language: str, pdf_url: str) -> SafeString:
    """Questions with their answers, the original's words in `language`, and the pages that they rest on."""
    lang, pdf = f' lang="{escape(language)}"', escape(pdf_url) if is_web(pdf_url) else ""
    return mark_safe("".join(_question(block.value, lang, pdf) for _key, block in questions))


def _question(value: Mapping[str, Any], lang: str, pdf: str) -> str:
    lines = [f"<h3>{_line(value['question'])}</h3>"]
    if original := value["question_original"]:
        lines.append(f"<p{lang}>{_line(original)}</p>")
    lines.append(paragraphs(value["answer"] or ""))
    if original := value["answer_original"]:
        lines.append(f"<blockquote{lang}>{paragraphs(original)}</blockquote>")
    if citations := value["citations"]:
        lines.append(f"<ul>{''.join(_citation(citation, lang, pdf) for citation in citations)}</ul>")
    return "\n".join([*lines, ""])


def _citation(citation: Mapping[str, Any], lang: str, pdf: str) -> str:
    place = f"p.{escape(str(citation['page']))}" if citation["page"] else ""
    if place and pdf:
        place = f'<a href="{pdf}#page={place[2:]}">{place}</a>'
    words = f"<q{lang}>{_line(citation['quote'])}</q>" if citation["quote"] else ""
    doubt = "" if citation["verified"] else f" ({escape(_('not found in the paper'))})"
    return f"<li>{place}{' ' if place else ''}{words}{doubt}</li>"


@register.simple_tag
def entry_rows(papers: Iterable[tuple[WeekEntry, str | None]]) -> SafeString:
    """The papers of a week, each with its address: title, summary and abstract in both languages, the list's note."""
    return mark_safe("".join(_entry(entry, url) for entry, url in papers))


def _entry(entry: WeekEntry, url: str | None) -> str:
    """A paper without a page has the title that the list gave it."""
    paper = f'<p lang="en">{_line(entry.title)}</p>' if not url else _paper(entry.shown_paper, url)
    note = f'<blockquote lang="en">{paragraphs(entry.note)}</blockquote>' if entry.note else ""
    return f"<li>{paper}{note}</li>\n"


def _paper(paper: PaperPage, url: str) -> str:
    lang, link, original = f' lang="{escape(paper.source_language)}"', escape(url), _line(paper.title)
    if translated := paper.title_translated:
        title = f'<a href="{link}">{_line(translated)}</a><br><span{lang}>{original}</span>'
    else:
        title = f'<a href="{link}"{lang}>{original}</a>'
    return f"<p>{title}</p>\n{paragraphs(paper.summary)}{abstract_of(paper)}"


@register.simple_tag
def abstract_of(paper: PaperPage) -> SafeString:
    """A paper's abstract in both languages."""
    lang = escape(paper.source_language)
    original = f'<div lang="{lang}">{paragraphs(paper.abstract)}</div>' if paper.abstract else ""
    return mark_safe(f"{paragraphs(paper.abstract_translated)}{original}\n")


@register.filter
def paragraphs(text: str) -> SafeString:
    """As Django's `linebreaks`."""
    return maths.paragraphs(plain(str(text)), escape)


def _line(text: Any) -> SafeString:
    return escape(plain(str(text)))
