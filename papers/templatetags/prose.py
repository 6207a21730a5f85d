"""Plain text for readers: paragraphs, and formulas as formulas."""

from __future__ import annotations

from django import template
from django.template.defaultfilters import stringfilter
from django.utils.safestring import SafeString

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
