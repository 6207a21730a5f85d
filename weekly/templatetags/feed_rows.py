"""A paper's questions for feeds, written by hand as the rows of lists are: a feed of twenty papers has hundreds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from papers.maths import escape
from papers.plain_maths import plain
from papers.presenting import PlainQuestion
from weekly.addresses import is_web

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
    lines.append(_paragraphs(value["answer"] or ""))
    if original := value["answer_original"]:
        lines.append(f"<blockquote{lang}>{_paragraphs(original)}</blockquote>")
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


def _line(text: Any) -> SafeString:
    return escape(plain(str(text)))


def _paragraphs(text: str) -> str:
    """As Django's `linebreaks`."""
    found = re.split("\n{2,}", _line(text).replace("\r\n", "\n").replace("\r", "\n"))
    return "\n\n".join(f"<p>{one.replace(chr(10), '<br>')}</p>" for one in found)
