"""Plain text as HTML with its formulas as MathML: readers need no script for them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from django.utils.safestring import SafeString, mark_safe

from papers.formulas import Kind, Piece, may_hold_formulas, pieces_of
from papers.mathml import mathml


def with_maths(text: str, *, display: bool = True) -> SafeString:
    """The text as HTML, escaped, its formulas as MathML; without `display`, none stands in a line of its own.

    What reads otherwise than the text that it was made from carries that text in `data-tex`.
    """
    if not may_hold_formulas(text):
        return escape(text)
    return mark_safe("".join(_shown(piece, display) for piece in pieces_of(text)))


def paragraphs(text: str, show: Callable[[str], SafeString] = with_maths) -> SafeString:
    """The text as HTML paragraphs: blank lines part them, as in Django's `linebreaks`, and no formula crosses one."""
    found = re.split(r"\n{2,}", re.sub(r"\r\n?", "\n", text))
    return mark_safe("\n\n".join(f"<p>{show(one).replace(chr(10), '<br>')}</p>" for one in found))


def escape(text: str) -> SafeString:
    """As Django's own, which first looks whether the text is a promise of one: that takes longer than all the rest."""
    return SafeString(html.escape(text))


def _shown(piece: Piece, display: bool) -> str:
    if piece.kind == Kind.TEXT:
        return escape(piece.source)
    source = escape(" ".join(piece.source.split()))
    if piece.kind == Kind.DOLLAR:
        return f'<span data-tex="{source}">$</span>'
    is_display = display and piece.kind == Kind.DISPLAY
    markup = mathml(" ".join(piece.body.split()), display=is_display)
    if markup is None:
        return f"<code>{source}</code>"
    return f'<span class="{"tex display" if is_display else "tex"}" data-tex="{source}">{markup}</span>'
