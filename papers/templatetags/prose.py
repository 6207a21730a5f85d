"""Plain text for readers: paragraphs, and formulas as formulas."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.defaultfilters import stringfilter
from django.utils.safestring import SafeString, mark_safe

from papers import formulas, maths, plain_maths

register = template.Library()


@register.filter
@stringfilter
def prose(text: str) -> SafeString:
    """A text of several paragraphs, in place of `linebreaks`."""
    return maths.paragraphs(text)


@register.filter
@stringfilter
def inline(text: str) -> SafeString:
    """A title or a line. No formula leaves the line."""
    return maths.with_maths(text, display=False)


@register.filter
@stringfilter
def plain(text: str) -> str:
    """A text for where no markup is read, such as a window's title."""
    return plain_maths.plain(text)


@register.filter
@stringfilter
def beginning(text: str, length: int) -> str:
    """In place of `truncatechars`, before `inline`: no formula is cut."""
    return formulas.beginning(text, length)


@register.simple_tag
def titles(paper: Any, url: str) -> SafeString:
    """A link to a paper under its translated title, with the original beside it. Lists have twenty of them."""
    link, language = maths.escape(str(url)), maths.escape(paper.source_language)
    original = maths.with_maths(paper.title, display=False)
    if not paper.title_translated:
        return mark_safe(f'<a href="{link}" lang="{language}">{original}</a>')
    translated = maths.with_maths(paper.title_translated, display=False)
    beside = f'<span class="original-title" lang="{language}">{original}</span>'
    return mark_safe(f'<a href="{link}">{translated}</a>\n{beside}')
